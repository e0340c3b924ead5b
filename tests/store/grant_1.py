"""A grant, as its procedure was first defined."""

from enum import Enum, unique
from typing import Any

from attrs import frozen

from ssflow.process import Act, Lapse, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text

C: Any = {"cites": "guide-004"}


@unique
class Use(Enum):
    rent = Text("房租", "rent")
    study = Text("学习", "study")


@frozen
class Request:
    use: Use
    copies: int


@frozen
class Facts:
    use: Use | None = None
    copies: int = 0


@guard("须为三份以内", "no more than three copies", cites="guide-004")
def few(act: Act[Facts]) -> bool:
    return act.facts.copies <= 3


class Grant(Process):
    title = Text("补助", "Grant")
    facts = Facts
    here = Place("本地", "here")
    person, clerk = Role("个人", "person", sole=True), Role("经办", "clerk")
    handling = Term("办理时限", "handling", owed_by=clerk)
    payment = Term("缴费时限", "payment", owed_by=person)
    patience = Lapse("中止期限", "how long it is stayed")
    examining = State("审查", "being examined", handling, payment)
    reviewing = State("复核", "being reviewed", handling)
    stayed = State("中止", "stayed", patience, stops=(handling, payment))
    decided = State("已决定", "decided", final=True)
    dropped = State("不予受理", "dropped", final=True)

    apply = opens(examining).by(person, "申请", "apply", data=Request, **C)
    review = examining.to(reviewing).by(clerk, "复核", "review", **C)
    stay = examining.to(stayed).by(clerk, "中止", "stay", **C)
    resume = stayed.to(examining).by(clerk, "恢复", "resume", **C)
    note = (examining.stays() | reviewing.stays()).triggered(clerk, "记入投诉", "note a complaint", **C)
    decide = (examining | reviewing).to(decided, when=few).by(clerk, "决定", "decide", **C)
    go_on = stayed.to(dropped).after(patience, "期满不予受理", "dropped", **C)
