"""A definition that would do nothing, unseen, is refused when it is made."""

import re
from typing import Annotated, Any, Optional, Union

import pytest
from attrs import frozen

from ssflow.errors import DefinitionError, InputError
from ssflow.process import ON_RECORD, Act, Extension, Process, Role, Rule, State, Term, guard, opens
from tests.process.question import Facts, body


@frozen
class Slip:
    waht: str


@frozen
class Counted:
    what: int


@frozen
class Perhaps:
    what: str | None = None


@frozen
class OldStyle:
    what: Optional[str] = None  # noqa: UP045 - as it was written before Python 3.10


@frozen
class Others:
    what: str = ""
    colour: str = ""


@guard("须为红色", "it is red", cites="guide-004")
def of_others(act: Act[Others]) -> bool:
    return act.facts.colour == "red"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"ask": lambda p: opens(p["waiting"]).by(p["person"], "问", "ask", data=Slip, cites="guide-004")},
            "ask.waht: the facts have no waht, so what comes in is lost",
        ),
        (
            {"ask": lambda p: opens(p["waiting"]).by(p["person"], "问", "ask", data=Counted, cites="guide-004")},
            "ask.what: is of type int, but the fact what of type str",
        ),
        (
            {"ask": lambda p: opens(p["waiting"]).by(p["person"], "问", "ask", data=Perhaps, cites="guide-004")},
            "ask.what: is of type str or NoneType, but the fact what of type str",
        ),
        (
            {
                "more": Rule("延长", "more"),
                "second": lambda p: Term("另一期限", "second", owed_by=p["clerk"]),
                "longer": lambda p: (
                    p["waiting"]
                    .stays()
                    .by(p["clerk"], "延期", "longer", cites="guide-004", extends=Extension(p["second"], p["more"]))
                ),
                "later": lambda p: State("其后", "later", p["second"]),
                "go": lambda p: p["waiting"].to(p["later"]).by(p["clerk"], "去", "go", cites="guide-004"),
                "end": lambda p: p["later"].to(p["done"]).by(p["clerk"], "完", "end", cites="guide-004"),
            },
            "longer: from waiting: second does not run and go on, so nothing is extended",
        ),
        (
            {
                "second": lambda p: Term("另一期限", "second", owed_by=p["clerk"]),
                "later": lambda p: State("其后", "later", p["second"]),
                "go": lambda p: (
                    p["waiting"].to(p["later"]).by(p["clerk"], "去", "go", cites="guide-004", renews=p["reply"])
                ),
                "end": lambda p: p["later"].to(p["done"]).by(p["clerk"], "完", "end", cites="guide-004"),
            },
            "go: from waiting: reply does not run afterwards, so it does not start anew",
        ),
        (
            {
                "answer": lambda p: (
                    p["waiting"].to(p["done"], when=of_others).by(p["clerk"], "答", "a", cites="guide-004")
                )
            },
            "of_others: the guard is made for Others; Facts has no colour",
        ),
    ],
)
def test_what_would_do_nothing_is_named(changes, fault: str) -> None:
    """Data that is lost, a clock that is not there, a guard for other facts: each is told with its part."""
    with pytest.raises(DefinitionError, match=re.escape(fault)):
        type("Question", (Process,), body(**changes))


def test_what_may_be_missing_is_written_either_way() -> None:
    """``Optional[str]`` is ``str | None``."""

    @frozen
    class Told:
        what: str | None = None

    told = body(
        facts=Told,
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=OldStyle, cites="guide-004"),
    )
    assert issubclass(type("SmallQuestion", (Process,), told), Process)


def test_what_is_only_recorded_says_so() -> None:
    """A field that is no fact is marked, and then nothing is lost unseen."""

    @frozen
    class Remarked:
        what: str
        remark: Annotated[str, "备注", ON_RECORD] = ""

    said = body() | {}
    said["ask"] = opens(said["waiting"]).by(said["person"], "询问", "ask", data=Remarked, cites="guide-004")
    process = type("SmallQuestion", (Process,), said)

    assert process.fold(Facts(), Remarked("a", "b")) == Facts("a")


def test_the_parts_of_an_extension_are_not_exchanged() -> None:
    """The term comes first, then the figure by which it grows; the other way round is refused where it is written."""
    reply, more = Term("答复", "reply", owed_by=Role("人", "clerk")), Rule("延长", "more")
    for wrong in ((more, reply), (reply, reply), (reply, more, 1)):
        with pytest.raises(InputError):
            Extension(*wrong)


WRITTEN = [  # one type, or nothing, in the ways in which authors write it
    str | None,
    Optional[str],  # noqa: UP045
    Union[None, str],  # noqa: UP007
    Annotated[str, "事项"] | None,
    Annotated[Optional[str], "事项"],  # noqa: UP045
    Optional[Annotated[str, "事项"]],  # noqa: UP045
]


@pytest.mark.parametrize("given", WRITTEN)
@pytest.mark.parametrize("taken", WRITTEN)
def test_a_type_is_the_same_however_it_is_written(given: Any, taken: Any) -> None:
    """What comes in as a text or nothing sets a fact that is a text or nothing, in the old way of writing and in the new."""
    data = frozen(type("Told", (), {"__annotations__": {"what": given}, "what": None}))
    facts = frozen(type("Known", (), {"__annotations__": {"what": taken}, "what": None}))
    said = body(facts=facts)
    said["ask"] = opens(said["waiting"]).by(said["person"], "询问", "ask", data=data, cites="guide-004")
    process = type("SmallQuestion", (Process,), said)

    assert process.fold(facts(), data("a")) == facts("a")
