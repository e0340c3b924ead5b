"""Changing between the employees' and the residents' pension scheme. 城乡养老保险制度衔接

A person who has reached the retirement age and paid long enough as an employee brings the resident's account into the
employees' scheme; any other person, the other way round. The place that pays the pension examines and writes to the
other one, which sends information sheet and money.
"""

from ssflow.machines.pension_scheme_change.data import Application, Direction, Facts, Refund
from ssflow.machines.reckoning.periods import months_paid
from ssflow.machines.reckoning.retirement_age import in_months
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard(
    "须已达到职工养老保险法定退休年龄",
    "the statutory retirement age of the employees' scheme is reached",
    cites="hrss-2014-17",
)
def of_age(act: Act[Facts]) -> bool:
    return act.facts.of_age


@guard("须尚未领取养老保险待遇", "no pension is drawn yet", cites="hrss-2014-17")
def not_drawing(act: Act[Facts]) -> bool:
    return not act.facts.drawing


@guard(
    "职工养老保险缴费满规定年限的转入职工养老保险，不满的转入居民养老保险",
    "a person who has paid long enough as an employee changes to the employees' scheme, any other to the residents'",
    cites="hrss-2014-17",
)
def right_scheme(act: Act[Facts]) -> bool:
    enough, paid = act.figure(PensionSchemeChange.enough_years), months_paid(act.facts.as_employee, by=act.on)
    to_employees = act.facts.direction is Direction.to_employees
    return enough is not None and to_employees == (paid >= in_months(enough))


@guard("转入金额须与信息表一致", "the sum received is that of the sheet", cites="hrss-office-2014-25")
def matches(act: Act[Facts]) -> bool:
    return act.facts.stated == act.facts.received


@guard(
    "重复缴费时段的居民养老保险缴费须已退还",
    "contributions paid as a resident for months paid twice are refunded",
    cites=["hrss-2014-17", "hrss-office-2014-25"],
)
def overlap_refunded(act: Act[Facts]) -> bool:
    return act.facts.refunded == act.facts.overlap


class PensionSchemeChange(Process):
    """One person's change from one scheme to the other."""

    title = Text("城乡养老保险制度衔接", "Change between employees' and residents' pension scheme")
    facts = Facts

    old = Place("原制度参保地", "place of the scheme that is left")
    new = Place("待遇领取地", "place of pension receipt")

    person = Role("参保人", "insured person", at=new, sole=True)
    new_agency = Role("待遇领取地社会保险经办机构", "agency of the place of receipt", at=new)
    old_agency = Role("原制度社会保险经办机构", "agency of the scheme that is left", at=old)

    review = Term("审核并发出联系函时限", "review and letter", owed_by=new_agency)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    closing = Term("办结时限", "closing", owed_by=new_agency)
    enough_years = Rule("转入职工养老保险的缴费年限", "years that open the employees' scheme")

    applied = State("已申请，待受理", "applied for", early=review)
    reviewing = State("审核中", "being reviewed", review)
    letter_sent = State("已发联系函", "letter sent")
    moving_out = State("转出中", "moving out", sending)
    awaiting = State("已转出，待信息表和资金", "moved out, both awaited")
    awaiting_money = State("信息表已到，待资金", "money awaited")
    awaiting_sheet = State("资金已到，待信息表", "sheet awaited")
    checking = State("核对中", "being checked", closing)
    closed = State("已办结", "closed", final=True)
    refused = State("不予衔接", "refused", final=True)

    apply = opens(applied).by(person, "申请衔接", "apply", data=Application, cites="hrss-2014-17")
    accept = applied.to(reviewing).by(new_agency, "受理", "accept", cites="hrss-2014-17")
    refuse = reviewing.to(refused).by(
        new_agency, "不予衔接并说明", "refuse with reasons", data=Remarks, cites=["hrss-2014-17", "hrss-office-2014-25"]
    )
    send_letter = reviewing.to(letter_sent, when=of_age & not_drawing & right_scheme).by(
        new_agency, "发出联系函", "send the letter", cites=["hrss-2014-17", "hrss-office-2014-25"]
    )

    take_letter = letter_sent.to(moving_out).by(
        old_agency, "收到联系函", "receive the letter", cites="hrss-office-2014-25"
    )
    move_out = moving_out.to(awaiting).by(
        old_agency, "转出并终止关系", "move out and end the relation", cites="hrss-office-2014-25"
    )
    take_sheet = (awaiting.to(awaiting_money) | awaiting_sheet.to(checking)).by(
        new_agency, "收到信息表", "receive the sheet", data=Sheet, cites="hrss-office-2014-25"
    )
    take_money = (awaiting.to(awaiting_sheet) | awaiting_money.to(checking)).by(
        new_agency, "收到资金", "receive the money", data=Money, cites="hrss-office-2014-25"
    )
    take_correction = checking.stays().by(
        new_agency, "收到更正", "receive the correction", data=Sums, cites="hrss-office-2014-25"
    )
    refund = checking.stays().by(
        new_agency, "退还重复缴费", "refund what was paid twice", data=Refund, cites="hrss-office-2014-25"
    )
    close = checking.to(closed, when=matches & overlap_refunded).by(
        new_agency, "办结并告知", "close and tell", cites=["hrss-2014-17", "decree-765 16"]
    )
