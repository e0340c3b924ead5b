"""The lapses of a procedure: a definition in which one would do nothing, or could not end, is refused or told."""

from collections.abc import Callable
from datetime import date

import pytest

from ssflow.calendar import days
from ssflow.case import Attempt, Case, Legislation, advance, advance_together, decide, evolve
from ssflow.errors import DefinitionError
from ssflow.process import (
    Lapse,
    Process,
    Role,
    State,
    opens,
)
from ssflow.rules import Citation, Rulebook, Value, rulebook
from tests.case.petition import figure
from tests.process.question import Asked, body


def with_a_lapse(*, ends: str) -> dict:
    """The small procedure with a lapse in its waiting state; ``ends`` names the state that the lapse leaves."""
    life = Lapse("有效期", "life")
    waiting, idle = State("待办", "waiting", life), State("搁置", "idle")
    done, gone = State("办结", "done", final=True), State("失效", "gone", final=True)
    states = {"waiting": waiting, "idle": idle}
    return body(reply=None, life=life, waiting=waiting, idle=idle, done=done, gone=gone) | {
        "ask": opens(waiting).by(person := Role("个人", "person"), "询问", "ask", data=Asked, cites="guide-004"),
        "person": person,
        "answer": (waiting | idle).to(done).by(clerk := Role("经办", "clerk"), "答复", "answer", cites="guide-004"),
        "clerk": clerk,
        "shelve": waiting.to(idle).by(clerk, "搁置", "shelve", cites="guide-004"),
        "expire": states[ends].to(gone).after(life, "失效", "expire", cites="guide-004"),
    }


def test_a_lapse_ends_the_states_in_which_it_runs() -> None:
    """A lapse that runs in one state and ends another is a fault; where it does both, it is not."""
    assert type("Question", (Process,), with_a_lapse(ends="waiting"))
    with pytest.raises(DefinitionError) as refused:
        type("Question", (Process,), with_a_lapse(ends="idle"))

    told = [fault.say("en") for fault in refused.value.faults]
    assert "life: the lapse has no effect in state waiting; add waiting.to(...).after(life, ...)" in told
    assert "life: the lapse ends idle, where it does not run" in told


def test_a_lapse_ends_the_states_that_hold_it_early() -> None:
    """Where figures may start a lapse, it has to have an effect, or the case could never be advanced again."""
    parts = with_a_lapse(ends="waiting")
    held = State("搁置", "idle", early=parts["life"])
    moved = parts["waiting"].to(held).by(parts["clerk"], "搁置", "shelve", cites="guide-004")
    answered = (parts["waiting"] | held).to(parts["done"]).by(parts["clerk"], "答复", "answer", cites="guide-004")

    with pytest.raises(DefinitionError, match="life: the lapse has no effect in state idle"):
        type("Question", (Process,), parts | {"idle": held, "shelve": moved, "answer": answered})


def test_a_lapse_that_sets_itself_off_again_takes_its_time() -> None:
    """A period that begins anew when it ends passes once for each of its lengths, and time goes on."""
    parts = with_a_lapse(ends="waiting")
    parts["expire"] = parts["waiting"].stays().after(parts["life"], "续期", "expire", cites="guide-004")
    process = type("Question", (Process,), {name: part for name, part in parts.items() if name != "gone"})
    life = Value(
        parameter="life",
        amount=days(10, roll="none"),
        since=date(2020, 1, 1),
        cites=(Citation("guide-004"),),
        text="ten days",
        confidence="single",
    )
    law = Legislation(rulebook=lambda _: Rulebook("question", (life,), laws=rulebook("consultation").laws))
    case = Case.unopened(process, "q", {process.places[0].name: "440100"})
    for event in decide(case, Attempt(deed=process.ask(Asked("?")), by=process.person, on=date(2026, 3, 2), law=law)):
        case = evolve(case, event)

    assert [event.on for event in advance(case, date(2026, 4, 1), law)] == [date(2026, 3, 13), date(2026, 3, 24)]


@pytest.mark.parametrize(
    "goes_on", [advance, lambda case, through, law: advance_together([case], through, law)], ids=["alone", "together"]
)
def test_a_lapse_that_never_ends_is_an_error(goes_on: Callable[..., object]) -> None:
    """Nobody waits for what would go on for ever: the case is named, whether it is looked at alone or with others."""
    parts = with_a_lapse(ends="waiting")
    parts["expire"] = parts["waiting"].stays().after(parts["life"], "续期", "expire", cites="guide-004")
    process = type("Question", (Process,), {name: part for name, part in parts.items() if name != "gone"})
    book = Rulebook("question", (figure("life", days(1).rolled("none")),), laws=rulebook("consultation").laws)
    law, unopened = Legislation(rulebook=lambda _: book), Case.unopened(process, "q", {"here": "440100"})
    (asked,) = decide(unopened, Attempt(deed=process.ask(Asked("?")), by=process.person, on=date(2026, 3, 2), law=law))
    case = evolve(unopened, asked)

    with pytest.raises(DefinitionError, match="10000 things in case q: a lapse sets itself off again and again"):
        goes_on(case, date(2090, 1, 1), law)
