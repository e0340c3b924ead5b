"""The second version: it renames parts, no longer has the state "reviewing", and adds a step with a term of its own."""

from enum import Enum, unique
from typing import Any

from attrs import frozen

from ssflow.process import Act, Lapse, Place, Process, Role, State, Term, guard, opens, was
from ssflow.text import Text
from tests.store.grant_1 import Grant as Grant1

C: Any = {"cites": "guide-004"}


@was(housing="rent")
@unique
class Use2(Enum):
    housing = Text("住房", "housing")
    study = Text("学习", "study")


@was(pieces="copies")
@frozen
class Request2:
    use: Use2
    pieces: int


@frozen
class Facts2:
    use: Use2 | None = None
    pieces: int = 0


@guard("须为五份以内", "no more than five pieces", cites="guide-004")
def not_many(act: Act[Facts2]) -> bool:
    return act.facts.pieces <= 5


class Grant(Process):
    title = Text("补助", "Grant")
    version = 2
    supersedes = Grant1
    facts = Facts2
    site = Place("所在地", "site", was="here")
    applicant = Role("申请人", "applicant", sole=True, was="person")
    clerk, treasurer = Role("经办", "clerk"), Role("出纳", "treasurer")
    processing = Term("办理时限", "processing", owed_by=clerk, was="handling")
    payment = Term("缴费时限", "payment", owed_by=applicant)
    paying_out = Term("拨付时限", "paying out", owed_by=treasurer)
    patience = Lapse("中止期限", "how long it is stayed")
    checking = State("审核", "being checked", processing, payment, was="examining")
    stayed = State("中止", "stayed", patience, stops=(processing, payment))
    granted = State("已准予", "granted", paying_out)
    decided = State("已决定", "decided", final=True)
    dropped = State("不予受理", "dropped", final=True)

    request = opens(checking).by(applicant, "申请", "apply", data=Request2, was="apply", **C)
    stay = checking.to(stayed).by(clerk, "中止", "stay", **C)
    resume = stayed.to(checking).by(clerk, "恢复", "resume", **C)
    note = checking.stays().triggered(clerk, "记入投诉", "note a complaint", **C)
    grant = checking.to(granted, when=not_many).by(clerk, "准予", "grant", **C)
    pay_out = granted.to(decided).by(treasurer, "拨付", "pay out", **C)
    refuse = checking.to(decided).by(clerk, "不予补助", "refuse", was="decide", **C)
    go_on = stayed.to(dropped).after(patience, "期满不予受理", "dropped", **C)
