"""Medical expenses while there is no usable card. 补卡期间医疗费用手工报销

A person who pays at a hospital because the card is lost, damaged or being made keeps the receipts and claims the money by
hand, once for each loss or damage. So a claim is related to the loss report or the replacement of that card, and to earlier
claims for it. Which expenses count differs by place and is known from guides only; see the doubts.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport, Track
from ssflow.machines.shared.checks import yuan
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text


@frozen
class Claim:
    """The expenses claimed, in yuan, the day they were paid and whether the receipts are there."""

    holder: Annotated[Identity, "参保人"]
    amount: Annotated[Decimal, "申请报销的金额"] = field(validator=yuan)
    paid_on: Annotated[date, "费用支付日"]
    receipts: Annotated[bool, "费用单据"]


@frozen
class Facts:
    """The facts of a claim."""

    holder: Identity | None = None
    amount: Decimal = Decimal(0)
    paid_on: date | None = None
    receipts: bool = False


@guard(
    "须关联本人的社保功能正式挂失或补换卡办件",
    "the claim is related to the person's own formal loss report of the social function or card replacement",
    cites="guide-004 2.4",
)
def gap_shown(act: Act[Facts]) -> bool:
    reports = [report for report in act.linked(LossReport) if report.facts.track is Track.social]
    formal = [report for report in reports if report.state not in (LossReport.temporary, LossReport.lapsed)]
    return any(link.facts.holder == act.facts.holder for link in (*formal, *act.linked(CardReplacement)))


@guard(
    "同一次丢失或损坏的费用一次性报销，已申报过的不再报销",
    "the expenses of one loss or damage are reimbursed once only, so every earlier claim for it was refused",
    cites="guide-004 2.4",
)
def claimed_once(act: Act[Facts]) -> bool:
    earlier = act.linked(GapExpenses)
    return all(claim.state is GapExpenses.refused for claim in earlier if claim.facts.holder == act.facts.holder)


@guard("须提交费用单据", "the receipts are handed in", cites="guide-004 2.4")
def receipts_shown(act: Act[Facts]) -> bool:
    return act.facts.receipts and act.facts.amount.is_finite() and act.facts.amount > 0


@guard("费用须已发生", "the expenses were paid before they are claimed", cites="guide-004 2.4")
def already_paid(act: Act[Facts]) -> bool:
    return act.facts.paid_on is not None and act.facts.paid_on <= act.on


@guard("补正不得变更参保人", "a correction keeps the insured person", cites="decree-765 20(2)")
def same_person(act: Act[Facts]) -> bool:
    return act.before.holder == act.facts.holder


class GapExpenses(Process):
    """One claim for the expenses during one gap."""

    title = Text("补卡期间医疗费用报销", "Reimbursement of medical expenses without a card")
    facts = Facts

    insured = Place("参保地", "insured place")

    holder = Role("参保人", "insured person", sole=True)
    agency = Role("医疗保险经办机构", "medical insurance agency")

    reimbursement = Term("手工报销时限", "reimbursement by hand", owed_by=agency)

    examining = State("审核", "being examined", reimbursement)
    returned = State("退回补正", "returned for correction", stops=reimbursement, by_analogy=True)
    reimbursed = State("已报销", "reimbursed", final=True)
    refused = State("不予报销", "refused", final=True)

    claim = opens(examining, when=gap_shown & claimed_once & receipts_shown & already_paid).by(
        holder, "申请报销", "claim", data=Claim, cites=["decree-765 20(2)", "guide-004 2.4"]
    )
    send_back = examining.to(returned).by(agency, "退回补正", "send back", data=Remarks, cites="decree-765 20(2)")
    correct = returned.to(examining, when=same_person & receipts_shown & already_paid).by(
        holder, "补正", "correct", data=Claim, cites="decree-765 20(2)"
    )
    reimburse = examining.to(reimbursed, when=claimed_once).by(agency, "报销", "reimburse", cites="decree-765 20(2)")
    refuse = examining.to(refused).by(agency, "不予报销", "refuse", data=Remarks, cites="decree-765 20(2)")
