"""Querying, checking and disputing a person's payment record. 缴费记录查询、核对和异议

The person asks for the record, or is sent it, and finds it right or disputes it in writing with proof; the agency then reviews it and
corrects what is wrong. A record that shows arrears is an arrears notice as well.
"""

from ssflow.machines.payment_record.data import Facts, Objection, Query, Result, Statement
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Fee, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text


@guard(
    "查询须持本人有效身份证件", "the person who queries shows a valid identity document", cites="mohrss-decree-14 15"
)
def identity_shown(act: Act[Facts]) -> bool:
    return act.facts.identity_shown


@guard("受托查询须持书面委托材料", "an agent shows the written authority", cites="mohrss-decree-14 15")
def agent_authorised(act: Act[Facts]) -> bool:
    return act.facts.agent is None or act.facts.agent.authority_shown


@guard("需要书面查询结果的，应当提供", "a written result is given where one is wanted", cites="mohrss-decree-14 15")
def written_as_wanted(act: Act[Facts]) -> bool:
    return act.facts.written or not act.facts.written_wanted


@guard("记录载有欠费", "the record shows arrears", cites="guide-002 2.2")
def in_arrears(act: Act[Facts]) -> bool:
    return act.facts.arrears.is_finite() and act.facts.arrears > 0


@guard("须书面提出并提供证明材料", "the request is in writing, with proof", cites="mohrss-decree-14 16")
def proof_given(act: Act[Facts]) -> bool:
    return act.facts.proof


@guard(
    "须为直接缴费的个人；职工的社会保险费由用人单位代扣代缴",
    "the person pays directly; an employee's contributions are withheld and paid by the employer",
    cites=["social-insurance-law 60(1)", "social-insurance-law 60(2)"],
)
def pays_directly(act: Act[Facts]) -> bool:
    return act.facts.pays_directly


class PaymentRecord(Process):
    """One query of one person's record."""

    title = Text("缴费记录查询", "Query of the payment record")
    facts = Facts

    insured = Place("参保地", "insured place")

    person = Role("参保人", "insured person", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")
    collector = Role("社会保险费征收机构", "collecting body")

    answering = Term("查询答复时限", "answer to a query", owed_by=agency)
    review = Term("异议复核时限", "review of an objection", owed_by=agency)
    fee = Fee("查询费", "query fee")

    queried = State("待查询", "queried", answering)
    told = State("已告知记录", "record told")
    notified = State("已告知欠费", "arrears told")
    reviewing = State("复核", "under review", review)
    checked = State("核对无误", "found right", final=True)
    settled = State("欠费已缴清", "arrears settled", final=True)
    corrected = State("已更正", "corrected", final=True)
    upheld = State("维持记录", "record upheld", final=True)

    query = opens(queried, when=identity_shown & agent_authorised).by(
        person, "申请查询", "query", data=Query, cites=["social-insurance-law 74(4)", "guide-002 2.1", "guide-002 2.2"]
    )
    answer = (queried.to(notified, when=in_arrears & written_as_wanted) | queried.to(told, when=written_as_wanted)).by(
        agency, "提供查询结果", "answer", data=Result, cites=["social-insurance-law 74(4)", "mohrss-decree-14 15"]
    )
    send = (opens(notified, when=in_arrears) | opens(told)).by(
        agency,
        "寄送权益记录单",
        "send the statement",
        data=Statement,
        cites=["social-insurance-law 74(3)", "decree-259 16"],
    )
    notify = opens(notified, when=in_arrears).by(
        collector, "告知欠费", "notify of arrears", data=Statement, cites=["social-insurance-law 61", "guide-002 2.2"]
    )
    check = told.to(checked).by(person, "核对无误", "find the record right", cites="social-insurance-law 74(4)")
    pay = notified.to(settled, when=pays_directly).by(
        person, "缴清欠费", "pay the arrears", cites=["social-insurance-law 60(2)", "guide-002 2.2"]
    )
    collect = notified.to(settled).by(collector, "征收欠费", "collect the arrears", cites="social-insurance-law 63(1)")
    dispute = (
        (told | notified)
        .to(reviewing, when=proof_given)
        .by(person, "提出异议", "dispute the record", data=Objection, cites="mohrss-decree-14 16")
    )
    correct = reviewing.to(corrected).by(agency, "更正记录", "correct the record", cites="mohrss-decree-14 16")
    uphold = reviewing.to(upheld).by(agency, "维持记录", "uphold the record", data=Remarks, cites="mohrss-decree-14 16")
