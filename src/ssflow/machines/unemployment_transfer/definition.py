"""Moving the unemployment insurance of somebody who goes to another province. 失业保险关系转移接续

The new place examines and writes to the old one, which sends the information sheet and then pays the money over; with
less than a year paid the relation moves alone. Benefits do not wait for the money, and a result once sent is not
withdrawn. Inside some provinces nothing moves.
"""

from ssflow.machines.reckoning.periods import months_paid
from ssflow.machines.reckoning.retirement_age import in_months
from ssflow.machines.shared.remarks import Remarks
from ssflow.machines.unemployment_transfer.data import Application, Facts, Record, Standing, Ways
from ssflow.process import Act, Place, Process, Regime, Role, Rule, State, Term, guard, opens
from ssflow.regions import lies_in
from ssflow.text import Text


@guard(
    "须已在转入地参保，或者为选择户籍地领取待遇的本地户籍失业人员",
    "insured at the new place, or unemployed and choosing the place of the household register",
    cites="langfang-unemployment-guide",
)
def received_there(act: Act[Facts]) -> bool:
    home = lies_in(act.facts.register, act.places["new"], act.on)
    return act.facts.insured or (act.facts.standing is Standing.claiming and home)


@guard(
    "领取期间不得变更发放地",
    "the paying place is not changed while benefit is drawn",
    cites=["jiangsu-unemployment-answers", "shaanxi-unemployment-explanation"],
)
def paying_place_kept(act: Act[Facts]) -> bool:
    return not (act.facts.standing is Standing.claiming and act.facts.drawing)


@guard("须为选择在此领取待遇的失业人员", "unemployed, and claiming here", cites="jiangsu-unemployment-answers")
def claims_here(act: Act[Facts]) -> bool:
    return act.facts.standing is Standing.claiming


@guard(
    "在转出地缴费满规定年限的，费用随关系转移",
    "with enough paid at the old place the money moves with the relation",
    cites=["hrss-office-2021-85", "molss-decree-8 22"],
)
def money_moves(act: Act[Facts]) -> bool:
    least = act.figure(UnemploymentTransfer.least_paid)
    return least is None or months_paid(act.facts.periods, by=act.on) >= in_months(least)


class UnemploymentTransfer(Process):
    """One transfer of one person's relation from one old place."""

    title = Text("失业保险关系转移接续", "Transfer of unemployment insurance")
    facts = Facts

    old = Place("转出地", "old place")
    new = Place("转入地", "new place")

    person = Role("参保人", "insured person", at=new, sole=True)
    new_agency = Role("转入地失业保险经办机构", "agency of the new place", at=new)
    old_agency = Role("转出地失业保险经办机构", "agency of the old place", at=old)

    regime = Regime("办理办法", "whether it is moved", of=Ways)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    payment = Term("费用划转时限", "paying the money over", owed_by=old_agency)
    whole = Term("全程办理时限", "the whole transfer", owed_by=new_agency)
    least_paid = Rule("费用随同转移的缴费年限", "time paid from which the money moves too")

    applied = State("已申请", "applied for", whole)
    letter_sent = State("已发联系函", "letter sent", whole)
    moving_out = State("转出中", "moving out", sending, whole)
    sheet_sent = State("已发信息表，待划转费用", "sheet sent, money owed", payment, whole)
    paid_over = State("费用已划转，待信息表入账", "money paid over, sheet under way", whole)
    relation_sent = State("已发信息表，只转关系", "sheet sent, relation alone", whole)
    effective = State("关系已接续，待划转费用", "relation in effect, money owed", payment)
    closed = State("已办结", "closed", final=True)
    refused = State("不予受理", "refused", final=True)
    not_needed = State("省内无需转移", "no transfer needed", final=True)

    apply = (opens(applied, under=Ways.moved) | opens(not_needed, under=Ways.stays)).by(
        person, "申请转移", "apply", data=Application, cites=["social-insurance-law 52", "decree-258 22"]
    )
    refuse = applied.to(refused).by(
        new_agency, "不予受理并告知原因", "refuse with reasons", data=Remarks, cites="langfang-unemployment-guide"
    )
    send_letter = applied.to(letter_sent, when=received_there & paying_place_kept).by(
        new_agency, "受理并发出联系函", "accept and send the letter", cites="langfang-unemployment-guide"
    )
    take_letter = letter_sent.to(moving_out).by(
        old_agency, "收到联系函", "receive the letter", data=Record, cites="yinzhou-unemployment-guide"
    )
    move_out = (moving_out.to(sheet_sent, when=money_moves) | moving_out.to(relation_sent)).by(
        old_agency, "办理转出并发送信息表", "move out and send the sheet", cites="yinzhou-unemployment-guide"
    )
    take_sheet = (sheet_sent.to(effective) | paid_over.to(closed) | relation_sent.to(closed)).by(
        new_agency, "接续关系", "put the relation into effect", cites=["hrss-office-2021-85", "decree-765 14"]
    )
    pay_over = (sheet_sent.to(paid_over) | effective.to(closed)).by(
        old_agency, "划转费用", "pay the money over", cites=["hrss-office-2021-85", "molss-decree-8 22"]
    )
    grant = effective.stays(when=claims_here).by(
        new_agency,
        "不待费用到账发放待遇",
        "grant benefits before the money is in",
        cites="jiangsu-unemployment-answers",
    )
