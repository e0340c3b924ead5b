"""What a newer version of a procedure makes of a running case where a role, a place or a figure is not what it was."""

from datetime import date
from typing import Any

import pytest

from ssflow.calendar import days
from ssflow.case import Attempt, Case, Event, Legislation, decide, evolve
from ssflow.case.upgrading import upgrade
from ssflow.errors import RefusedError
from ssflow.process import Place, Process, Role, State, Term, opens
from ssflow.rules import Rulebook, rulebook
from tests.case.petition import DAY, figure
from tests.process.question import Asked, body

ON = date(2026, 3, 4)


def law_of(*figures: Any) -> Legislation:
    return Legislation(rulebook=lambda _: Rulebook("question", figures, laws=rulebook("consultation").laws))


LAW = law_of(figure("reply", days(20)))
Q = type("Question", (Process,), body())


def second(**changes: Any) -> type[Process]:
    """A second version of the question."""
    return type("Question", (Process,), body(version=2, supersedes=Q, **changes))


def gone_over(to: type[Process], law: Legislation = LAW) -> tuple[Case, Event]:
    """A question asked under the first version, and the event by which it goes over."""
    unopened = Case.unopened(Q, "q", {"here": "440100"})
    (asked,) = decide(unopened, Attempt(deed=Q.ask(Asked("?")), by=Q.person, on=DAY, law=law))
    case = evolve(unopened, asked)
    return case, upgrade(case, to, (), ON, law, reason="x")


def test_a_term_whose_role_is_gone_is_owed_by_the_role_of_the_newer_version() -> None:
    """Its day stays; somebody has to owe it."""
    newer = second(
        clerk=None,
        office=Role("机构", "office"),
        reply=lambda p: Term("答复", "reply", owed_by=p["office"]),
        waiting=lambda p: State("待办", "waiting", p["reply"]),
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, cites="guide-004"),
        answer=lambda p: p["waiting"].to(p["done"]).by(p["office"], "答复", "answer", cites="guide-004"),
    )
    case, event = gone_over(newer)
    (reply,) = event.obligations

    assert (reply.owed_by, reply.clock) == (newer.office, newer.reply)
    assert reply.due == case.obligations[0].due == date(2026, 3, 23)


def test_a_place_that_the_case_does_not_name_is_a_ground() -> None:
    """Nobody knows whose figures hold there."""
    newer = second(
        there=Place("外地", "there"),
        clerk=lambda p: Role("经办", "clerk", at=p["there"]),
        person=lambda p: Role("个人", "person", at=p["here"]),
        reply=lambda p: Term("答复", "reply", owed_by=p["clerk"]),
        waiting=lambda p: State("待办", "waiting", p["reply"]),
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, cites="guide-004"),
        answer=lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
    )
    with pytest.raises(RefusedError, match='the case does not name the place "there"') as refused:
        gone_over(newer)
    assert [ground.name for ground in refused.value.grounds] == ["there"]
    assert "办件没有写明“外地”" in refused.value.say("zh")
