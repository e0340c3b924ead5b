"""What a definition is made of is of its kind: a name in quotes where a part belongs is told with the part that holds it."""

import re

import pytest

from ssflow.errors import DefinitionError, InputError
from ssflow.process import Process, Role, State, Term, guard
from ssflow.text import Text
from tests.process.question import Asked, Facts, body


def answered(p, *, to=None, by=None, when=None, **how):
    """The activity by which the clerk answers, with one thing changed."""
    return p["waiting"].to(to or p["done"], when=when).by(by or p["clerk"], "答复", "answer", cites="guide-004", **how)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"answer": lambda p: answered(p, to="done")}, "answer.to: State is required, not str"),
        ({"answer": lambda p: answered(p, by="clerk")}, "answer.by: Role is required, not str"),
        ({"answer": lambda p: answered(p, by=p["clerk"] | "person")}, "answer.by: Role is required, not str"),
        (
            {"answer": lambda p: p["waiting"].to(p["done"]).by(None, "答复", "answer", cites="guide-004")},
            "answer.by: Role is required",
        ),
        ({"answer": lambda p: answered(p, when=lambda act: True)}, "answer.when: Guard | NoneType is required"),
        ({"answer": lambda p: answered(p, renews="reply")}, "answer.renews: Lapse | Term | Regime | NoneType is"),
        ({"answer": lambda p: answered(p, data=int)}, "answer.data: a frozen attrs class is required, not int"),
        ({"answer": lambda p: answered(p, data=Asked("a"))}, "answer.data: a frozen attrs class is required, not Ask"),
        ({"answer": lambda p: answered(p, data=Asked, upcasts=dict)}, "answer.upcasts: tuple is required, not dict"),
        ({"answer": lambda p: answered(p, data=Asked, upcasts=(1,))}, "answer.upcasts: Callable is required, not int"),
        (
            {"answer": lambda p: p["waiting"].to(p["done"]).after(p["reply"], "答复", "answer", cites="guide-004")},
            "answer.after: Lapse | NoneType is required, not Term",
        ),
        ({"waiting": State("待办", "waiting", "reply")}, "waiting.clocks[0]: Clock is required, not str"),
        ({"waiting": State("待办", "waiting", stops="reply")}, "waiting.stops[0]: Clock is required, not str"),
        ({"reply": Term("答复", "reply", owed_by="clerk")}, "reply.owed_by: Role is required, not str"),
        ({"clerk": Role("经办", "clerk", at="here")}, "clerk.at: Place | NoneType is required, not str"),
        ({"clerk": Role("经办", 7)}, "clerk.en: str is required, not int"),
        ({"corrects": ("clerk",)}, "corrects[0]: Role is required, not str"),
        ({"corrects": lambda p: p["clerk"]}, "corrects: [Role, ...] is required, not Role"),
        ({"version": "2"}, "version: a whole number from 1 is required, not '2'"),
        ({"version": 0}, "version: a whole number from 1 is required, not 0"),
        ({"version": True}, "version: a whole number from 1 is required, not True"),
        ({"facts": Facts()}, "facts: is missing; name a frozen attrs class"),
    ],
)
def test_a_thing_of_another_kind_is_named(changes, fault: str) -> None:
    """The fault names the part, the argument and the kind that is required, in both languages."""
    with pytest.raises(DefinitionError, match=re.escape(fault)) as refused:
        type("Question", (Process,), body(**changes))

    assert all(re.search("[\u4e00-\u9fff]", one.text.zh) for one in refused.value.faults)


@pytest.mark.parametrize(
    ("make", "argument"),
    [
        (lambda: guard("须有内容", "something is asked")(None), "test"),
        (lambda: guard("须有内容", 7), "en"),
        (lambda: guard(Text("须有内容", "something is asked"), "something is asked"), "zh"),
    ],
)
def test_a_guard_is_made_of_two_texts_and_a_function(make, argument: str) -> None:
    """A decorator that was put on something else says so where it stands."""
    with pytest.raises(InputError) as refused:
        make()

    assert [fault.path for fault in refused.value.faults] == [argument]


@pytest.mark.parametrize(
    "join",
    [
        lambda: guard("须有内容", "something is asked")(lambda act: True) & "asked",
        lambda: State("待办", "waiting").stays() | "done",
    ],
)
def test_only_like_is_joined_to_like(join) -> None:
    """Operators refuse foreign values as those of Python do."""
    with pytest.raises(TypeError, match="unsupported operand"):
        join()
