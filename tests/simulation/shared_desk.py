"""A small procedure of which several roles may do the same, for tests of who does it."""

from datetime import date

from attrs import frozen

from ssflow import Legislation
from ssflow.calendar import days
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.rules import Citation, Rulebook, Value, rulebook
from ssflow.text import Text


@frozen
class Facts:
    """Nothing is told."""


@guard("须由负责人办理", "the manager does it", cites="guide-004")
def is_manager(act: Act[Facts]) -> bool:
    return act.role is SharedDesk.manager


class SharedDesk(Process):
    """A request that the clerk or the manager checks; only the manager turns it down, although the clerk may try."""

    title = Text("共办", "Shared desk")
    facts = Facts

    here = Place("本地", "here")
    person, clerk, manager = Role("个人", "person"), Role("经办", "clerk"), Role("负责人", "manager")

    reply = Term("答复时限", "reply", owed_by=clerk)

    waiting = State("待办", "waiting", reply)
    passed = State("通过", "passed", final=True)
    refused = State("不予办理", "refused", final=True)

    ask = opens(waiting).by(person | clerk, "申请", "ask", cites="guide-004")
    check = waiting.to(passed).by(clerk | manager, "审核", "check", cites="guide-004")
    refuse = waiting.to(refused, when=is_manager).by(clerk | manager, "不予办理", "refuse", cites="guide-004")


BOOK = Rulebook(
    "shared_desk",
    (
        Value(
            parameter="reply",
            amount=days(20),
            since=date(2020, 1, 1),
            cites=(Citation("guide-004"),),
            text="",
            confidence="guide",
            rolls=True,
        ),
    ),
    laws=rulebook("consultation").laws,
)
LAW = Legislation(rulebook=lambda _: BOOK)
