"""Changing the particulars of an insured person. 参保人员信息变更

The person applies with the identity document; the agency compares what is new with the information other authorities
share, asks for further papers only where a law lets it, and changes the record or says why not.
"""

from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity, personal
from ssflow.process import ON_RECORD, Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text


@unique
class Particular(Enum):
    """The particular to be changed."""

    full_name = Text("姓名", "name")
    identity_number = Text("公民身份号码", "identity number")
    other = Text("其他参保信息", "other particulars")


@frozen
class Application:
    """The person, the particular as it is recorded now, and its new value."""

    person: Annotated[Identity, "参保人"]
    particular: Annotated[Particular, "变更事项"]
    changed_to: Annotated[str, "变更后的内容", ON_RECORD] = personal()
    identity_shown: Annotated[bool, "已出示身份证件"] = False


@frozen
class Comparison:
    """Whether the information that other authorities share confirms the change."""

    confirmed: Annotated[bool, "与共享信息比对一致"]


@frozen
class Demand:
    """What the agency asks for, in its own words; for papers beyond the identity document, also the rule that lets it ask."""

    remarks: Annotated[str, "说明", ON_RECORD]
    beyond_identity: Annotated[bool, "要求身份证件以外的证明材料"] = False
    basis: Annotated[str, "要求的依据"] = ""


@frozen
class Facts:
    """The facts of a change."""

    person: Identity | None = None
    particular: Particular | None = None
    identity_shown: bool = False
    confirmed: bool = False
    beyond_identity: bool = False
    basis: str = ""


@guard("须出示本人身份证件", "the identity document is shown", cites="decree-765 31")
def identity_shown(act: Act[Facts]) -> bool:
    return act.facts.identity_shown


@guard(
    "变更的信息须与共享信息比对核实",
    "comparison with shared information confirms the change",
    cites="decree-765 9",
)
def confirmed(act: Act[Facts]) -> bool:
    return act.facts.confirmed


@guard(
    "要求提供身份证件以外的证明材料，须有法律、法规或者国务院决定依据",
    "papers beyond the identity document are asked for on the basis of a law, a regulation or a State Council decision",
    cites="decree-765 31",
)
def demand_has_basis(act: Act[Facts]) -> bool:
    return not act.facts.beyond_identity or bool(act.facts.basis.strip())


@guard(
    "补正不得变更参保人和变更事项，须另行申请",
    "a correction keeps person and particular; another change is another application",
    cites="decree-765 10",
)
def same_change(act: Act[Facts]) -> bool:
    return (act.before.person, act.before.particular) == (act.facts.person, act.facts.particular)


class RecordChange(Process):
    """One change of one particular of one person."""

    title = Text("参保人员信息变更", "Change of an insured person's particulars")
    facts = Facts

    insured = Place("参保地", "insured place")

    person = Role("参保人", "insured person", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")

    handling = Term("办理时限", "handling", owed_by=agency)

    examining = State("审核", "being examined", handling)
    returned = State("退回补正", "returned for correction", stops=handling, by_analogy=True)
    verified = State("已核实", "verified", handling)
    changed = State("已变更", "changed", final=True)
    refused = State("不予变更", "refused", final=True)

    apply = opens(examining, when=identity_shown).by(
        person, "申请变更", "apply", data=Application, cites=["decree-765 9", "decree-765 10", "guide-002 2.5"]
    )
    compare = (examining.to(verified, when=confirmed) | examining.stays()).by(
        agency, "比对核实", "compare with shared information", data=Comparison, cites="decree-765 9"
    )
    send_back = examining.to(returned, when=demand_has_basis).by(
        agency, "退回补正", "send back", data=Demand, cites="decree-765 31"
    )
    correct = returned.to(examining, when=same_change & identity_shown).by(
        person, "补正", "correct", data=Application, cites="decree-765 31"
    )
    change = verified.to(changed).by(agency, "变更", "change", cites="decree-765 10")
    refuse = examining.to(refused).by(agency, "不予变更", "refuse", data=Remarks, cites="decree-765 10")
