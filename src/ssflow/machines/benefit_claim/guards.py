"""The guards of a benefit claim that look at facts alone; those that read figures are in the definition."""

from __future__ import annotations

from ssflow.machines.benefit_claim.data import Facts, Kind
from ssflow.process import Act, guard

CLAIMS = ["decree-765 18", "decree-765 19", "decree-765 20", "decree-765 22", "decree-765 24"]


@guard(
    "申领失业保险金须先办理失业登记",
    "unemployment benefit is claimed after the unemployment registration",
    cites=["social-insurance-law 45", "social-insurance-law 50(3)"],
)
def registered(act: Act[Facts]) -> bool:
    """A person who claims unemployment benefit has registered as unemployed before."""
    day = act.facts.registered_on
    return act.facts.kind is not Kind.unemployment or (day is not None and day <= act.on)


@guard(
    "补正不得变更参保人、待遇种类和起算日，须另行申请",
    "a completed claim keeps the insured person, the benefit and its first day; a change of them is another claim",
    cites=CLAIMS,
)
def same_claim(act: Act[Facts]) -> bool:
    """The completed claim is the one that was returned."""
    then, now = act.before, act.facts
    kept = (then.insured, then.kind, then.registered_on, then.begins_on)
    return kept == (now.insured, now.kind, now.registered_on, now.begins_on)


@guard(
    "手工报销须提供收费票据、费用清单",
    "receipts and lists of expenses are handed in for a reimbursement by hand",
    cites=["decree-765 20(2)", "decree-765 22(2)"],
)
def bills_shown(act: Act[Facts]) -> bool:
    """The bills for a reimbursement by hand are there."""
    return act.facts.kind not in (Kind.medical, Kind.work_injury) or act.facts.bills


@guard(
    "手工报销须提供诊断证明、病历资料，生育津贴须提供病历资料",
    "diagnosis and medical records are handed in, for the maternity allowance the records",
    cites=["decree-765 20(2)", "decree-765 20(3)", "decree-765 22(2)"],
)
def records_shown(act: Act[Facts]) -> bool:
    """The medical records are there where the benefit needs them."""
    return act.facts.kind not in (Kind.medical, Kind.maternity, Kind.work_injury) or act.facts.records


@guard(
    "职业培训等补贴须提供职业资格证书或者职业技能等级证书",
    "a vocational certificate is handed in for a training subsidy",
    cites="decree-765 24(3)",
)
def certificate_shown(act: Act[Facts]) -> bool:
    """The certificate that a training subsidy needs is there."""
    return act.facts.kind is not Kind.training or act.facts.certificate


@guard(
    "病残津贴须有地级以上劳动能力鉴定机构作出的完全丧失劳动能力鉴定结论",
    "the disability allowance needs a finding of full incapacity by a body of a prefecture or higher",
    cites="hrss-2024-72",
)
def incapacity_shown(act: Act[Facts]) -> bool:
    """The finding that the disability allowance needs is there."""
    return act.facts.kind is not Kind.disability or act.facts.incapacity


@guard(
    "经审核符合领取条件",
    "the conditions of the benefit are found to be met",
    cites=[f"social-insurance-law {article}" for article in (16, 17, 28, 38, 45, 54)],
)
def entitled(act: Act[Facts]) -> bool:
    """The agency found the conditions met."""
    return act.facts.entitled


papers_shown = bills_shown & records_shown & certificate_shown & incapacity_shown
