"""Moving the pension relation of an employee. 城镇企业职工基本养老保险关系转移接续

A person who has moved applies at the new place, which examines and writes to the old one; that sends sheet and money, and the new place
closes when both match. Past the age line there is a temporary account instead. Sichuan and Chongqing close on the sheet alone; inside a
province only the record changes.
"""

from ssflow.machines.pension_transfer import guards
from ssflow.machines.pension_transfer.data import Application, Call, Facts, Fate, Record, Settlement, Ways
from ssflow.machines.pension_transfer.one_off_payments import Proof
from ssflow.machines.reckoning.retirement_age import in_months
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Choice, Place, Process, Regime, Role, Rule, State, Term, guard, opens
from ssflow.text import Text

MEASURES, SUPPLEMENT = "state-council-office-2009-66", "hrss-office-2019-94"
COLLECTING = [f"{MEASURES} 5(1)(2)", "hrss-rule-2016-5 4"]


def receives(act: Act[Facts], place: str) -> bool:
    enough = act.figure(PensionTransfer.enough_years)
    return enough is not None and act.facts.draws_in(place, act.places["old"], in_months(enough))


@guard("须已在新参保地缴费，或者由其支付养老金", "the new place is paid in, or pays the pension", cites=f"{MEASURES} 8")
def insured_there(act: Act[Facts]) -> bool:
    return act.facts.insured or receives(act, act.places["new"])


@guard(
    "须未到年龄界限，或者返回户籍省份、经批准调动、归集到待遇领取地",
    "below the age line, or back to the home province, or posted, or to the place that pays the pension",
    cites=[f"{MEASURES} 5", f"{MEASURES} 6", "hrss-rule-2016-5 1"],
)
def may_move(act: Act[Facts]) -> bool:
    line, facts, new = act.figure(PensionTransfer.age_line), act.facts, act.places["new"]
    below = line is None or facts.age * 12 < in_months(line)
    return below or facts.posted or facts.is_home(new) or receives(act, new)


@guard("省内流动只变更登记", "inside a province only the record changes", cites="provincial-pooling-answers")
def record_follows(act: Act[Facts]) -> bool:
    return not act.allows(PensionTransfer.inside_province) and not guards.between.holds(act)


@guard("须已到年龄界限且不属可以转移的情形", "past the age line, and no exception holds", cites=f"{MEASURES} 5(1)(2)")
def stays_there(act: Act[Facts]) -> bool:
    return not may_move.holds(act)


@guard("部分年限或者资金不能转移", "some years or money cannot move", cites=[f"{SUPPLEMENT} {n}" for n in (1, 2, 3)])
def part_stays(act: Act[Facts]) -> bool:
    line, proof = act.figure(PensionTransfer.one_off_line), act.figure(PensionTransfer.one_off_proof)
    return line is not None and proof is not None and act.facts.stays_behind(in_months(line), proof.since)


@guard("该日规定为封存", "the rule of the day is to seal it", cites="hrss-rule-2016-5 4")
def is_sealed(act: Act[Facts]) -> bool:
    return act.chosen(PensionTransfer.temporary_account) is Fate.sealed


@guard("须由待遇领取地在应领取时归集", "the place that pays the pension asks, when due", cites=COLLECTING)
def called_when_due(act: Act[Facts]) -> bool:
    return receives(act, act.facts.calling)


class PensionTransfer(Process):
    """One transfer of one person's relation."""

    title = Text("城镇企业职工基本养老保险关系转移接续", "Transfer of an employee's pension relation")
    facts = Facts
    old = Place("原参保地", "old place")
    new = Place("新参保地", "new place")
    applicant = Role("参保人或用人单位", "insured person or employer", at=new, sole=True)
    new_agency = Role("转入地社会保险经办机构", "agency of the new place", at=new)
    old_agency = Role("转出地社会保险经办机构", "agency of the old place", at=old)
    regime = Regime("办结方式", "on what it is closed", of=Ways)
    review = Term("审核并发出联系函时限", "review and letter", owed_by=new_agency)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    notice = Term("书面告知不能转移部分的时限", "notice of what cannot move", owed_by=old_agency)
    closing = Term("转入办结时限", "closing", owed_by=new_agency)
    whole = Term("全程办理时限", "the whole transfer", owed_by=new_agency)
    inside_province = Rule("省内流动是否须转移", "whether a move inside a province needs a transfer")
    age_line = Rule("建立临时账户的年龄", "age from which the account is temporary", age=True)
    enough_years = Rule("待遇领取地的缴费年限", "years that make a place pay the pension")
    one_off_line = Rule("须附文书的一次性缴费年限", "length of a one-off payment that has to be proved")
    one_off_proof = Choice("一次性缴费的证明", "what proves a one-off payment made from that day on", of=Proof)
    temporary_account = Choice("再次跨省就业时的临时账户", "temporary account on moving on", of=Fate)
    applied = State("已申请，待受理", "applied for", whole, early=review)
    reviewing = State("审核中", "being reviewed", review, whole)
    letter_sent = State("已发联系函", "letter sent", whole)
    moving_part = State("转出中，待告知不能转移的部分", "moving out, a part stays", sending, notice, whole)
    moving_out = State("转出中", "moving out", sending, whole)
    awaiting = State("已转出，待信息表和资金", "moved out, both awaited", whole)
    awaiting_money = State("信息表已到，待资金", "money awaited", whole)
    awaiting_sheet = State("资金已到，待信息表", "sheet awaited", whole)
    checking = State("核对中", "being checked", closing, whole)
    mismatched = State("信息与资金不符，已退回", "mismatch, sent back", whole)
    temporary = State("已建临时账户，关系留在原参保地", "temporary account, relation at the old place")
    sealed = State("临时账户已封存", "temporary account sealed")
    closed = State("已办结", "closed", final=True)
    refused = State("不予转移", "refused", final=True)
    not_needed = State("省内无需转移，只变更登记", "no transfer needed, only the record changes", final=True)
    handed_over = State("临时账户已转出", "temporary account handed over", final=True)
    apply = (
        opens(not_needed, under=Ways.pooled)
        | opens(not_needed, when=record_follows & guards.in_order, under=Ways.both)
        | opens(applied, when=guards.between & guards.in_order, under=(Ways.both, Ways.sheet))
    ).by(applicant, "申请转移", "apply", data=Application, cites=[f"{MEASURES} 8(1)(1)", "guide-002 1.2"])
    accept = applied.to(reviewing).by(new_agency, "受理", "accept", cites="hrss-2009-187")
    refuse = reviewing.to(refused).by(
        new_agency, "不予转移并书面说明", "refuse in writing", data=Remarks, cites=f"{MEASURES} 8(1)(2)"
    )
    send_letter = reviewing.to(letter_sent, when=insured_there & guards.movable & may_move).by(
        new_agency, "发出联系函", "send the letter", cites=[f"{MEASURES} 8(1)(2)", "guide-002 1.3"]
    )
    keep = reviewing.to(temporary, when=insured_there & guards.not_drawing & stays_there).by(
        new_agency, "建立临时账户", "open a temporary account", cites=f"{MEASURES} 5(1)(2)"
    )
    take_letter = (letter_sent.to(moving_part, when=part_stays) | letter_sent.to(moving_out)).by(
        old_agency, "收到联系函", "receive the letter", data=Record, cites=f"{MEASURES} 8(1)(3)"
    )
    tell = moving_part.to(moving_out).by(old_agency, "书面告知", "tell", data=Remarks, cites=f"{SUPPLEMENT} 3")
    move_out = moving_out.to(awaiting, when=guards.arrears_told).by(
        old_agency, "转出", "move out", data=Settlement, cites=[f"{MEASURES} 8(1)(3)", "guide-002 1.4"]
    )
    take_sheet = (
        awaiting.to(awaiting_money, under=Ways.both)
        | awaiting.to(checking, under=Ways.sheet)
        | awaiting_sheet.to(checking)
    ).by(new_agency, "收到信息表", "receive the sheet", data=Sheet, cites=f"{MEASURES} 8(1)(4)")
    take_money = (awaiting.to(awaiting_sheet, under=Ways.both) | awaiting_money.to(checking)).by(
        new_agency, "收到资金", "receive the money", data=Money, cites=f"{MEASURES} 8(1)(4)"
    )
    close = checking.to(closed, when=guards.matches).by(
        new_agency, "办结并告知", "close and tell", cites=f"{MEASURES} 8(1)(4)"
    )
    send_back = checking.to(mismatched, when=guards.differs, under=Ways.both).by(
        new_agency, "退回核对", "send back", data=Remarks, cites="hrss-2009-187"
    )
    take_correction = mismatched.to(checking).by(
        new_agency, "收到更正", "receive the correction", data=Sums, cites="hrss-2009-187"
    )
    move_on = (temporary.to(sealed, when=is_sealed) | temporary.to(handed_over, under=Ways.both)).by(
        new_agency, "再次跨省就业", "let the person move on", cites=COLLECTING
    )
    collect = (temporary.to(handed_over, when=called_when_due) | sealed.to(handed_over, when=called_when_due)).by(
        new_agency, "由待遇领取地归集", "hand over for the pension", data=Call, cites=COLLECTING
    )
