"""Filing for medical treatment in another place. 异地就医备案

The insured person files; with a filing in effect the hospital settles every stay directly, and a person who paid claims
the money by hand (benefit_claim). A person who lives elsewhere is filed until something changes, a person who goes there for a time
until the period of the place ends. An emergency counts as filed.
"""

from ssflow.machines.benefit_claim import BenefitClaim
from ssflow.machines.benefit_claim.data import Kind as Benefit
from ssflow.machines.shared.remarks import Remarks
from ssflow.machines.treatment_elsewhere.data import Application, Basis, Bill, Change, Emergency, Facts, Filing, Kind
from ssflow.process import Act, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard("医疗保险待遇须处于正常状态", "the medical insurance is in force", cites="nhsa-2022-22 2")
def covered(act: Act[Facts]) -> bool:
    return act.facts.covered


@guard("就医地须不是参保地", "the place of treatment is another than the insured place", cites="nhsa-2022-22 2")
def elsewhere(act: Act[Facts]) -> bool:
    return act.facts.area != "" and not any(act.facts.is_in(place, act.on) for place in act.places.values())


@guard("长期居住须提供认定材料或者个人承诺书", "a long-term stay is proved or promised", cites="nhsa-2022-22 8")
def stay_shown(act: Act[Facts]) -> bool:
    return not act.facts.lives_there or act.facts.basis is not None


@guard("转诊须提供转诊转院证明材料", "a referral is proved", cites="nhsa-2022-22 8")
def referral_shown(act: Act[Facts]) -> bool:
    return act.facts.kind is not Kind.referral or act.facts.basis is Basis.proof


@guard("长期居住人员备案", "the person lives in the place of treatment", cites="nhsa-2022-22 7")
def lives_there(act: Act[Facts]) -> bool:
    return act.facts.lives_there


@guard("须记于备案之日", "it is dated on the day of the filing", cites="nhsa-2022-22")
def on_filing_day(act: Act[Facts]) -> bool:
    return act.on == act.facts.filed_on


@guard("备案须已生效", "the filing has taken effect", cites="nhsa-2022-22 16")
def in_effect(act: Act[Facts]) -> bool:
    return act.facts.effective_on is not None and act.facts.effective_on <= act.on


@guard("医疗机构须已开通异地就医直接结算", "the hospital settles for other places", cites="nhsa-2022-22 14")
def networked(act: Act[Facts]) -> bool:
    return act.facts.networked


@guard(
    "费用须尚未自费结算；已自费出院的，补办备案后手工报销",
    "the stay is not yet paid; a person who has paid files late and claims by hand",
    cites="nhsa-2022-22 16",
)
def unpaid(act: Act[Facts]) -> bool:
    return not act.facts.self_paid


@guard("须已申请手工报销医疗费用", "the medical expenses are claimed by hand", cites="decree-765 20(2)")
def claimed(act: Act[Facts]) -> bool:
    return any(
        claim.facts.kind is Benefit.medical
        and claim.facts.insured == act.facts.holder
        and set(claim.places.values()) == set(act.places.values())
        and claim.state is not BenefitClaim.withdrawn
        for claim in act.linked(BenefitClaim)
    )


@guard(
    "当地设有变更限制期的，须已届满，或者提供证明材料",
    "where the place bars an early change, that time is over or the change is proved",
)
def unlocked(act: Act[Facts]) -> bool:
    filed = act.facts.filed_on
    last = act.end_of(TreatmentElsewhere.change_lock, filed) if filed else None
    return act.facts.proved or last is None or act.on > last


@guard("最短有效期须已届满", "the shortest time for which a filing counts is over", cites="nhsa-2022-22")
def least_over(act: Act[Facts]) -> bool:
    filed = act.facts.filed_on
    last = act.end_of(TreatmentElsewhere.least_validity, filed) if filed else None
    return last is None or act.on > last


class TreatmentElsewhere(Process):
    """One filing of one person, or one emergency that counts as filed."""

    title = Text("异地就医备案", "Filing for treatment elsewhere")
    facts = Facts

    insured = Place("参保地", "insured place")

    holder = Role("参保人", "insured person", sole=True)
    agency = Role("参保地医疗保险经办机构", "medical insurance agency of the insured place")
    hospital = Role("就医地定点医疗机构", "hospital in the place of treatment")

    handling = Term("备案办理时限", "handling of the filing", owed_by=agency)
    validity = Lapse("临时外出就医备案有效期", "validity of a temporary filing")
    least_validity = Rule("临时外出就医备案最短有效期", "shortest validity of a temporary filing")
    change_lock = Rule("变更或取消的限制期", "how long a change or cancellation is barred")

    applied = State("备案办理中", "applied for", handling)
    long_term = State("长期备案有效", "filed for the long term")
    temporary = State("临时备案有效", "filed for a time", validity)
    as_filed = State("急诊抢救视同已备案", "emergency, counts as filed")
    refused = State("不予备案", "refused", final=True)
    cancelled = State("已取消备案", "cancelled", final=True)
    expired = State("备案期满", "expired", final=True)
    ended = State("因参保变动终止", "ended with the cover", final=True)
    settled = State("急诊费用已直接结算", "emergency settled directly", final=True)
    by_hand = State("急诊费用转手工报销", "emergency claimed by hand", final=True)

    apply = opens(applied, when=covered & elsewhere & stay_shown & referral_shown).by(
        holder, "申请备案（含补办）", "apply, also late", data=Application, cites=["nhsa-2022-22 8", "guide-002 2.6"]
    )
    file = (applied.to(long_term, when=on_filing_day & lives_there) | applied.to(temporary, when=on_filing_day)).by(
        agency, "备案", "file", data=Filing, cites="nhsa-2022-22 7"
    )
    refuse = applied.to(refused).by(agency, "不予备案", "refuse", data=Remarks, cites="nhsa-2022-22 8")
    admit = opens(as_filed, when=covered & elsewhere).by(
        hospital, "急诊抢救收治", "admit in an emergency", data=Emergency, cites="nhsa-2022-22 8"
    )

    settle = (
        (long_term | temporary).stay(when=in_effect & covered & networked & unpaid)
        | as_filed.to(settled, when=covered & networked & unpaid)
    ).by(hospital, "直接结算", "settle directly", data=Bill, cites="nhsa-2022-22 16")
    claim_by_hand = ((long_term | temporary).stay(when=claimed) | as_filed.to(by_hand, when=claimed)).by(
        holder, "转手工报销", "claim by hand", cites=["nhsa-2022-22 16", "decree-765 20(2)"]
    )
    change = long_term.stays(when=unlocked & elsewhere).by(
        holder, "变更备案", "change the filing", data=Change, cites="nhsa-2022-22"
    )
    cancel = (long_term.to(cancelled, when=unlocked) | temporary.to(cancelled)).by(
        holder, "取消备案", "cancel the filing", cites="nhsa-2022-22"
    )
    end = (long_term | temporary).to(ended).by(agency, "参保变动终止", "end with the cover", cites="nhsa-2022-22")
    close = temporary.to(expired, when=least_over).by(
        agency, "按当地期限终止", "close by the place's own period", cites="nhsa-2022-22"
    )
    expire = temporary.to(expired).after(validity, "备案期满失效", "filing expires", cites="nhsa-2022-22")
