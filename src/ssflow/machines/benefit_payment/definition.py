"""Collecting a benefit that was granted. 社会保险待遇发放

The agency pays, and checks from time to time whether the right to the benefit continues: by comparing data, by
authentication, or by commissioning others where neither gives an answer. Anyone who knows of an event that ends it
has to say so; the agency verifies and stops the payment, and recovers what was paid too much. How a benefit is claimed: benefit_claim, retirement.
"""

from ssflow.machines.benefit_claim import BenefitClaim
from ssflow.machines.benefit_claim.data import Kind
from ssflow.machines.benefit_payment.data import (
    OF_DISABILITY,
    OF_UNEMPLOYMENT,
    Confirmation,
    Entitlement,
    Facts,
    Finding,
    Ground,
    Loss,
)
from ssflow.machines.retirement import Retirement
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text

PAYMENT = ["social-insurance-law 73(2)", "decree-765 53"]
CHECKED = "decree-765 26(1)"
ENDED = "decree-765 25"


@guard("关联的申领须已核定", "the claim that is named as related was granted", cites=PAYMENT)
def granted(act: Act[Facts]) -> bool:
    claims = (*act.linked(BenefitClaim), *act.linked(Retirement))
    return all(claim.state in (BenefitClaim.granted, Retirement.granted) for claim in claims)


@guard(
    "停止的情形须与待遇种类相符",
    "the ground is one that ends this benefit",
    cites=["social-insurance-law 51", "hrss-2024-72"],
)
def ground_fits(act: Act[Facts]) -> bool:
    ground, kind = act.facts.ended_by, act.facts.kind
    fitting = {Kind.unemployment: OF_UNEMPLOYMENT, Kind.disability: OF_DISABILITY}
    return ground is Ground.died or ground in fitting.get(kind or Kind.pension, ())


@guard(
    "经核实确已丧失享受资格", "it was verified that the right to the benefit is lost", cites=[ENDED, "decree-765 26(2)"]
)
def lost(act: Act[Facts]) -> bool:
    return act.facts.lost


@guard("多享受的待遇须先处理", "overpaid benefit is dealt with first", cites="decree-765 46")
def nothing_overpaid(act: Act[Facts]) -> bool:
    return act.facts.overpaid == 0


class BenefitPayment(Process):
    """The payment of one benefit to one person."""

    title = Text("社会保险待遇发放", "Payment of a social-insurance benefit")
    facts = Facts

    paying_at = Place("待遇领取地", "place of the benefit")

    informant = Role("用人单位、待遇享受人员或者其亲属", "employer, recipient or relative")
    recipient = Role("待遇享受人员", "recipient", sole=True)
    agency = Role("社会保险经办机构（含医疗保障）", "social or medical insurance agency")

    reporting = Term("停止情形告知时限", "telling what ends a benefit", owed_by=informant)
    stopping = Term("核实并停发时限", "verifying and stopping", owed_by=agency)
    refunding = Term("退回多领待遇时限", "paying back", owed_by=recipient)

    paying = State("发放中", "being paid")
    unconfirmed = State("资格未能确认", "right not confirmed")
    arisen = State("停止的情形已发生，待告知", "what ends it has happened, to be told", reporting)
    told = State("已告知，待核实", "told, to be verified", stopping)
    investigating = State("调查核实中", "being investigated")
    stopped = State("已停止发放", "stopped")
    refunding_due = State("责令退回中", "ordered back", refunding)
    ended = State("已办结", "ended", final=True)

    begin = opens(paying, when=granted).by(agency, "开始发放", "begin to pay", data=Entitlement, cites=PAYMENT)
    pay = paying.stays().by(agency, "按时足额发放", "pay", cites=PAYMENT)
    confirm = (paying.stays() | unconfirmed.to(paying)).by(
        agency, "核验资格", "confirm the right", data=Confirmation, cites=CHECKED
    )
    fail = paying.to(unconfirmed).by(
        agency, "记录无法确认", "record that it is not confirmed", data=Remarks, cites=CHECKED
    )
    entrust = unconfirmed.stays().by(agency, "委托核实", "commission a check", data=Remarks, cites=CHECKED)
    authenticate = unconfirmed.to(paying).by(recipient, "自助认证", "authenticate", cites=CHECKED)

    arise = (
        (paying | unconfirmed)
        .to(arisen, when=ground_fits)
        .by(agency, "记录停止的情形发生", "record what ends it", data=Loss, cites=ENDED)
    )
    tell = arisen.to(told).by(informant, "告知", "tell", cites=ENDED)
    suspect = (
        (paying | unconfirmed | arisen)
        .to(investigating)
        .by(agency, "调查核实", "investigate", data=Remarks, cites="decree-765 26(2)")
    )
    clear = (
        (told | investigating)
        .to(paying)
        .by(agency, "确认继续享受", "find that it goes on", data=Remarks, cites=CHECKED)
    )
    stop = (
        (told | investigating)
        .to(stopped, when=lost)
        .by(agency, "停止发放", "stop", data=Finding, cites=[ENDED, "decree-765 26(2)"])
    )
    order_back = stopped.to(refunding_due).by(agency, "责令退回", "order back", data=Remarks, cites="decree-765 46")
    refund = refunding_due.to(ended).by(recipient, "退回", "pay back", cites="decree-765 46")
    set_off = refunding_due.to(ended).by(agency, "抵扣", "set off", data=Remarks, cites="decree-765 46")
    close = stopped.to(ended, when=nothing_overpaid).by(agency, "办结", "close", cites=ENDED)
