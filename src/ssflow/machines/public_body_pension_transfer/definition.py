"""Moving the pension relation of somebody who works or worked for a public body. 机关事业单位基本养老保险关系转移接续

A person who moves between public bodies, or between one and an enterprise, applies at the new place, which writes to the old
one. For a person who has left the service, the former employer hands in a form, and the relation goes to the place of the
household register without a letter. The closing begins once sheet and money match.
"""

from ssflow.machines.public_body_pension_transfer.data import Application, Departure, Facts
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.regions import lies_in
from ssflow.text import Text


@guard(
    "须为机关事业单位之间或者机关事业单位与企业之间流动",
    "the person moves between public bodies, or between one and an enterprise",
    cites=["hrss-rule-2017-1", "decree-765 12(2)"],
)
def moves_on(act: Act[Facts]) -> bool:
    return act.facts.moves_on


@guard(
    "须因辞职、辞退、未按规定程序离职、开除或者判刑离开",
    "the person has resigned, been dismissed, departed irregularly, been expelled or sentenced",
    cites="hrss-office-2017-7 9(2)",
)
def has_left(act: Act[Facts]) -> bool:
    return not act.facts.moves_on


@guard(
    "关系须转至户籍所在地",
    "the relation goes to the place of the household register",
    cites="hrss-office-2017-7 9(2)",
)
def to_register(act: Act[Facts]) -> bool:
    return lies_in(act.facts.register, act.places["new"], act.on)


@guard("同一经办机构内只转关系", "within one agency the relation moves alone", cites="hrss-rule-2017-1")
def without_money(act: Act[Facts]) -> bool:
    return act.facts.without_money


@guard("须为关系和资金一并转移", "relation and money move together", cites="hrss-rule-2017-1")
def with_money(act: Act[Facts]) -> bool:
    return not act.facts.without_money


@guard("信息、资金须匹配一致", "information and money match", cites="hrss-office-2017-7 9(3)")
def matches(act: Act[Facts]) -> bool:
    return act.facts.stated == act.facts.received


class PublicBodyPensionTransfer(Process):
    """One transfer of one person's relation."""

    title = Text("机关事业单位基本养老保险关系转移接续", "Transfer of a pension relation from or to a public body")
    facts = Facts

    old = Place("原参保地", "old place")
    new = Place("新参保地", "new place")

    applicant = Role("参保人或新用人单位", "insured person or new employer", at=new, sole=True)
    former_employer = Role("原用人单位", "former employer", at=old, sole=True)
    new_agency = Role("转入地社会保险经办机构", "agency of the new place", at=new)
    old_agency = Role("转出地社会保险经办机构", "agency of the old place", at=old)

    review = Term("审核并发出联系函时限", "review and letter", owed_by=new_agency)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    closing = Term("转入办结时限", "closing", owed_by=new_agency)

    applied = State("已申请，待受理", "applied for", early=review)
    reviewing = State("审核中", "being reviewed", review)
    letter_sent = State("已发联系函", "letter sent")
    moving_out = State("转出中", "moving out", sending)
    awaiting = State("已转出，待信息表和资金", "moved out, sheet and money awaited")
    awaiting_money = State("信息表已到，待资金", "money awaited")
    awaiting_sheet = State("资金已到，待信息表", "sheet awaited")
    mismatched = State("信息与资金不符", "mismatch")
    joining = State("接续中", "being joined", closing)
    closed = State("已办结", "closed", final=True)
    refused = State("不予转移", "refused", final=True)

    apply = opens(applied, when=moves_on).by(
        applicant, "申请转移", "apply", data=Application, cites="hrss-office-2017-7"
    )
    accept = applied.to(reviewing).by(new_agency, "受理", "accept", cites="hrss-office-2017-7")
    refuse = reviewing.to(refused).by(
        new_agency, "不予转移并说明", "refuse with reasons", data=Remarks, cites="hrss-office-2017-7"
    )
    send_letter = reviewing.to(letter_sent).by(new_agency, "发出联系函", "send the letter", cites="hrss-office-2017-7")
    take_letter = letter_sent.to(moving_out).by(
        old_agency, "收到联系函", "receive the letter", cites="hrss-office-2017-7"
    )
    report = opens(moving_out, when=has_left & to_register).by(
        former_employer, "提交离职人员转移申请表", "hand in the form", data=Departure, cites="hrss-office-2017-7 9(2)"
    )

    move_out = moving_out.to(awaiting).by(old_agency, "转出", "move out", cites="hrss-office-2017-7")
    take_sheet = (
        awaiting.to(joining, when=without_money)
        | awaiting.to(awaiting_money)
        | awaiting_sheet.to(joining, when=matches)
        | awaiting_sheet.to(mismatched)
    ).by(new_agency, "收到信息表", "receive the sheet", data=Sheet, cites="hrss-office-2017-7")
    take_money = (
        awaiting.to(awaiting_sheet, when=with_money)
        | awaiting_money.to(joining, when=matches)
        | awaiting_money.to(mismatched)
    ).by(new_agency, "收到资金", "receive the money", data=Money, cites="hrss-office-2017-7")
    take_correction = (mismatched.to(joining, when=matches) | mismatched.stays()).by(
        new_agency, "收到更正", "receive the correction", data=Sums, cites="hrss-office-2017-7 9(3)"
    )
    close = joining.to(closed).by(
        new_agency, "办结并告知", "close and tell", cites=["hrss-office-2017-7 9(3)", "decree-765 16"]
    )
