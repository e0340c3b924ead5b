"""Asking about social-insurance policy. 社会保险政策咨询

A person or employer that pays contributions may ask, free of charge, and is answered. A question about a person's own record is not a
consultation but a query (payment_record). No text sets a time for the answer.
"""

from typing import Annotated

from attrs import frozen

from ssflow.persons import personal
from ssflow.process import ON_RECORD, Act, Fee, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text


@frozen
class Question:
    """The question, and whether its answer needs a person's record."""

    question: Annotated[str, "咨询内容", ON_RECORD] = personal()
    needs_record: Annotated[bool, "涉及个人权益记录"] = False


@frozen
class Answer:
    """The answer of the agency."""

    answer: Annotated[str, "答复内容", ON_RECORD]


@frozen
class Facts:
    """The facts of a consultation."""

    needs_record: bool = False


@guard(
    "涉及个人权益记录的，须凭身份证件按缴费记录查询办理",
    "a question that needs a person's record is handled as a query of the payment record, with the identity document",
    cites=["mohrss-decree-14 15", "decree-765 49"],
)
def needs_no_record(act: Act[Facts]) -> bool:
    return not act.facts.needs_record


class Consultation(Process):
    """One question and its answer."""

    title = Text("社会保险政策咨询", "Consultation on social-insurance policy")
    facts = Facts

    asked_at = Place("受理地", "place that is asked")

    asker = Role("咨询人", "asker", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")

    answering = Term("答复时限", "answer", owed_by=agency)
    fee = Fee("咨询费", "consultation fee")

    asked = State("待答复", "waiting for the answer", answering)
    answered = State("已答复", "answered", final=True)

    ask = opens(asked, when=needs_no_record).by(
        asker, "提出咨询", "ask", data=Question, cites=["social-insurance-law 4(1)", "guide-002 2.4"]
    )
    answer = asked.to(answered).by(
        agency, "答复", "answer", data=Answer, cites=["social-insurance-law 74(4)", "decree-765 32"]
    )
