"""Moving the basic medical insurance. 基本医疗保险关系转移接续

Since December 2021 the old place uploads the information sheet and the new one takes the relation in on the sheet alone; the balance of the
account follows on a track of its own. Before that, the new place wrote a letter and closed when both were in. A person who does not apply
online prints a certificate at the old place first; that route keeps the letter, but since 2021 the old place's days do not wait for it. A
running case comes under a new regime by a recorded act alone.
"""

from attrs import fields

from ssflow.machines.medical_transfer.data import Application, Certificate, Cover, Facts, Money, Sheet, Sums, Ways
from ssflow.machines.medical_transfer.guards import ACCEPTABLE, added_up, has_balance, matches, online, same_person
from ssflow.machines.medical_transfer.waiting import Figures, waits
from ssflow.machines.reckoning.retirement_age import in_months
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Regime, Role, Rule, State, Term, guard, opens
from ssflow.text import Text

NEW = "nhsa-office-2021-43"
OLD = "hrss-office-2016-94"


@guard("当地规定欠费须先缴清的，须无欠费", "nothing is owed, where the place asks for that")
def arrears_settled(act: Act[Facts]) -> bool:
    return not act.facts.arrears or act.allows(MedicalTransfer.arrears_allowed)


@guard(
    "待遇须自规定的月份起享受",
    "benefits run from the month that the rules give",
    cites=[NEW, "state-council-office-2024-38"],
)
def benefits_due(act: Act[Facts]) -> bool:
    values = {field.name: act.figure(getattr(MedicalTransfer, field.name)) for field in fields(Figures)}
    lawful = waits(act.facts.interruption, Figures(**{name: in_months(v) for name, v in values.items() if v}))
    return lawful is None or act.facts.waited in lawful


IN_ORDER = added_up & benefits_due


class MedicalTransfer(Process):
    """One transfer of one person's relation."""

    title = Text("基本医疗保险关系转移接续", "Transfer of basic medical insurance")
    facts = Facts

    old = Place("转出地", "old place")
    new = Place("转入地", "new place")

    applicant = Role("参保人或用人单位", "insured person or employer", at=new, sole=True)
    old_agency = Role("转出地医疗保障经办机构", "agency of the old place", at=old)
    new_agency = Role("转入地医疗保障经办机构", "agency of the new place", at=new)

    regime = Regime("办理办法", "way of handling", of=Ways)
    registering = Term("在新参保地参保登记期限", "registration at the new place", owed_by=applicant)
    letter = Term("发出联系函时限", "letter", owed_by=new_agency)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    paying = Term("划转余额时限", "paying the balance over", owed_by=old_agency)
    closing = Term("转入时限", "transfer in", owed_by=new_agency)
    posting = Term("余额记账时限", "posting the balance", owed_by=new_agency)
    arrears_allowed = Rule("有欠费时可以转出", "whether a relation moves with arrears")
    short_gap = Rule("视为连续的最长中断时间", "longest gap that leaves cover continuous")
    steady_cover = Rule("跨制度转移前须连续参保的时间", "continuous cover before a change of scheme")
    longest_wait = Rule("统筹地区等待期上限", "longest wait that a place may set")
    local_wait = Rule("当地等待期", "wait that the place sets")
    fixed_wait = Rule("居民固定等待期", "fixed wait of residents")
    yearly_wait = Rule("居民每断保一年增加的等待期", "wait of residents for each missed year")
    many_years = Rule("适用最短等待期的断保年数", "missed years after which there is a least wait")
    least_wait = Rule("断保多年的最短等待期", "least wait after many missed years")

    certified = State("已停保，持参保凭证", "certificate printed", registering)
    registered = State("已在新参保地登记，持参保凭证", "registered at the new place, certificate in hand")
    applied = State("已申请，待审核", "applied for")
    writing = State("已受理，待发联系函", "accepted, letter to be written", letter, early=(sending, paying))
    letter_sent = State("已发联系函", "letter sent", early=(sending, paying))
    moving_out = State("转出中", "moving out", sending, paying)
    sheet_sent = State("信息表已发，余额待划转", "sheet sent, balance owed", paying)
    all_sent = State("已转出", "moved out")
    awaiting_money = State("信息表已到，待余额", "balance awaited")
    awaiting_sheet = State("余额已到，待信息表", "sheet awaited", posting)
    checking_unpaid = State("核对信息表，余额待划转", "sheet checked, balance owed", closing, paying)
    checking = State("核对信息表", "sheet checked", closing)
    checking_received = State("核对信息表，余额已到", "sheet checked, balance in", closing, posting)
    in_unpaid = State("关系已转入，余额待划转", "relation in, balance owed", paying)
    in_paid = State("关系已转入，待余额", "relation in, balance awaited")
    in_received = State("关系已转入，余额待记账", "relation in, balance to be posted", posting)
    closed = State("已办结", "closed", final=True)
    refused = State("不予受理", "not accepted", final=True)

    certify = opens(certified).by(
        applicant, "停保并打印参保凭证", "leave and print the certificate", data=Certificate, cites="guide-003 1.3"
    )
    register = certified.to(registered).by(
        applicant, "在新参保地参保登记", "register at the new place", cites=["hrss-2009-191", OLD]
    )
    apply = (opens(applied, when=online) | registered.to(applied, when=same_person)).by(
        applicant,
        "申请转移",
        "apply",
        data=Application,
        cites=["social-insurance-law 32", "guide-002 1.2", "guide-003 1.4", "guide-003 2.5"],
    )
    accept = (
        applied.to(moving_out, when=ACCEPTABLE & online, under=Ways.platform) | applied.to(writing, when=ACCEPTABLE)
    ).by(new_agency, "审核通过并受理", "accept", cites=[NEW, OLD, "guide-003 1.5", "guide-003 2.6"])
    refuse = applied.to(refused).by(
        new_agency, "不予受理并告知原因", "not accept, with reasons", data=Remarks, cites=NEW
    )
    send_letter = writing.to(letter_sent).by(new_agency, "发出联系函", "send the letter", cites=[OLD, "guide-002 1.3"])
    take_letter = letter_sent.to(moving_out).by(old_agency, "收到联系函", "receive the letter", cites=OLD)
    move_out = (
        moving_out.to(sheet_sent, when=arrears_settled & has_balance, under=Ways.platform)
        | moving_out.to(all_sent, when=arrears_settled)
    ).by(old_agency, "转出关系", "move out", data=Sheet, cites=[NEW, OLD, "guide-002 1.4"])
    pay = (sheet_sent.to(all_sent) | checking_unpaid.to(checking) | in_unpaid.to(in_paid)).by(
        old_agency, "划转余额", "pay the balance over", cites=NEW
    )
    take_sheet = (
        (all_sent.to(awaiting_money, when=has_balance, under=Ways.letters) | all_sent.to(checking))
        | (sheet_sent.to(checking_unpaid) | awaiting_sheet.to(checking_received))
    ).by(new_agency, "收到信息表", "receive the sheet", cites=[NEW, OLD])
    take_money = (
        (all_sent.to(awaiting_sheet, when=has_balance) | awaiting_money.to(checking_received))
        | (checking.to(checking_received, when=has_balance, under=Ways.platform) | in_paid.to(in_received))
    ).by(new_agency, "收到余额", "receive the balance", data=Money, cites=[NEW, OLD])
    take_in = (
        (checking.to(in_paid, when=IN_ORDER & has_balance, under=Ways.platform) | checking.to(closed, when=IN_ORDER))
        | checking_unpaid.to(in_unpaid, when=IN_ORDER)
        | checking_received.to(in_received, when=IN_ORDER, under=Ways.platform)
        | checking_received.to(closed, when=IN_ORDER, under=Ways.letters)
    ).by(new_agency, "转入关系", "take the relation in", data=Cover, cites=[NEW, OLD])
    put_right = (
        (checking_received | in_received)
        .stay(under=Ways.platform)
        .by(new_agency, "核对更正金额", "put the sums right", data=Sums, cites=NEW)
    )
    post = in_received.to(closed, when=matches).by(new_agency, "余额记入个人账户", "post the balance", cites=NEW)
    convert = (
        (certified | registered | applied | moving_out | all_sent).stay(under=Ways.platform)
        | (writing | letter_sent).to(applied, under=Ways.platform)
    ).by(new_agency, "转按新办法办理", "bring under the new rules", cites=NEW, renews=regime)
