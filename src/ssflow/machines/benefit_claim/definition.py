"""Claiming a social-insurance benefit. 社会保险待遇申领

The claimant applies, the agency accepts, examines and decides; an incomplete claim is returned for completion, a
refusal gives its reasons. Terms depend on the kind of benefit and run from receipt. Guangdong has
a further term for the review of unemployment benefit, which runs from acceptance and stops while records are collected.
"""

from ssflow.machines.benefit_claim.data import Claim, Facts, Findings, Kind, Refusal
from ssflow.machines.benefit_claim.guards import CLAIMS, entitled, papers_shown, registered, same_claim
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard(
    "失业保险金自失业登记之日起算；当地设有申领期限而逾期的，自申领之日起算",
    "unemployment benefit runs from the registration, or from the claim where the place sets a window and it has passed",
    cites=["social-insurance-law 50(3)", "guangdong-unemployment-rules 36(3)"],
)
def begins_lawfully(act: Act[Facts]) -> bool:
    if act.facts.kind is not Kind.unemployment or act.facts.registered_on is None:
        return True
    last = act.end_of(BenefitClaim.registration_window, act.facts.registered_on)
    late = last is not None and act.on > last
    return act.facts.begins_on == (act.on if late else act.facts.registered_on)


@guard(
    "当地须归集申领人在省内其他地方的失业保险关系",
    "the place collects the claimant's unemployment records from elsewhere in the province",
    cites="guangdong-unemployment-rules 36(4)",
)
def records_elsewhere(act: Act[Facts]) -> bool:
    return act.figure(BenefitClaim.collection) is not None


@guard(
    "拒付失业保险金须告知申领人可以怎么办",
    "a refusal of unemployment benefit says what the applicant can do",
    cites="hrss-office-2024-60 1",
)
def advice_given(act: Act[Facts]) -> bool:
    rule = act.figure(BenefitClaim.advice_due)
    return rule is None or rule.amount is not True or bool(act.facts.advice.strip())


class BenefitClaim(Process):
    """One claim of one benefit; a new claim after a refusal is another case."""

    title = Text("社会保险待遇申领", "Claim of a social-insurance benefit")
    facts = Facts

    claiming = Place("待遇领取地", "place of the benefit")

    claimant = Role("申领人（参保人或用人单位）", "claimant, the insured person or the employer", sole=True)
    agency = Role("社会保险经办机构（含医疗保障）", "social or medical insurance agency")

    handling = Term("办理时限", "handling", owed_by=agency)
    review = Term("审核时限", "review", owed_by=agency)
    collection = Term("失业保险关系归集时限", "collecting of unemployment records", owed_by=agency)
    registration_window = Rule("失业登记后的申领期限", "how long after registration a claim reaches back to it")
    advice_due = Rule("拒付是否须告知可以怎么办", "whether a refusal says what can be done")

    received = State("已收到申请", "received", handling)
    returned = State("退回补正", "returned for completion", stops=handling, by_analogy=True)
    collecting = State("归集失业保险关系", "unemployment records being collected", handling, collection, stops=review)
    examining = State("审核", "being examined", handling, review)
    granted = State("已核定", "granted", final=True)
    refused = State("不予支付", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)

    claim = opens(received, when=registered & begins_lawfully).by(
        claimant, "申领", "claim", data=Claim, cites=[*CLAIMS, "guide-002 2.3"]
    )
    send_back = received.to(returned).by(agency, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    complete = returned.to(received, when=same_claim).by(
        claimant, "补正", "complete", data=Claim, cites="licensing-law 32(1)(4)"
    )
    accept = (
        received.to(collecting, when=papers_shown & records_elsewhere) | received.to(examining, when=papers_shown)
    ).by(agency, "受理", "accept", cites=[*CLAIMS, "guangdong-unemployment-rules 36(1)"])
    collect = collecting.to(examining).by(agency, "归集完毕", "collect", cites="guangdong-unemployment-rules 36(4)")
    verify = examining.stays().by(agency, "核实条件", "verify the conditions", data=Findings, cites=CLAIMS)
    grant = examining.to(granted, when=entitled).by(agency, "核定", "grant", cites=CLAIMS)
    refuse = (
        (received | examining)
        .to(refused, when=advice_given)
        .by(agency, "不予支付", "refuse", data=Refusal, cites=[*CLAIMS, "guangdong-unemployment-rules 36(2)"])
    )
    withdraw = (
        (received | returned | collecting | examining).to(withdrawn).by(claimant, "撤回申请", "withdraw", cites=CLAIMS)
    )
