"""What a definition says of earlier names is refused where nobody could tell which part is meant."""

from enum import Enum, unique
from typing import Annotated

import pytest
from attrs import field, frozen

from ssflow.converters import former_of, from_json, stored_converter
from ssflow.errors import DefinitionError, InputError, UnknownError
from ssflow.process import Fee, Lapse, Place, Process, Role, State, Term, opens, registry, was
from ssflow.text import Text
from tests.process.question import Asked, body


def question(former=None, **changes) -> type[Process]:
    """A small procedure; ``former`` are older names of parts that it has anyhow."""
    parts = body(**changes)
    for name, old in (former or {}).items():
        object.__setattr__(parts[name], "was", old)
    return type("Question", (Process,), parts)


def test_every_kind_of_part_says_what_it_was() -> None:
    """One older name or several; records are read by all of them, and callers go on by the present one alone."""
    process = question(
        was=("query", "inquiry"),
        here=Place("本地", "here", was="place"),
        clerk=Role("经办", "clerk", was="officer"),
        reply=lambda p: Term("答复", "reply", owed_by=p["clerk"], was=("respond", "react")),
        waiting=lambda p: State("待办", "waiting", p["reply"], was="open"),
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, cites="guide-004", was="request"),
        answer=lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
    )
    names = process.names

    assert process.former == ("query", "inquiry")
    assert names.places["place"] is names.places["here"] is process.here
    assert names.roles["officer"] is process.clerk
    assert names.clocks["respond"] is names.clocks["react"] is process.reply
    assert names.states["open"] is process.waiting
    assert names.activities["request"] is process.ask
    with pytest.raises(UnknownError):
        process.state("open")


@pytest.mark.parametrize(
    ("changes", "path", "says"),
    [
        ({"was": "question"}, "was", "was= names question, which is also a present name"),
        ({"former": {"done": ("waiting",)}}, "done", "was= names waiting, which is also a present name"),
        ({"former": {"clerk": ("person",)}}, "clerk", "was= names person, which is also a present name"),
        (
            {"former": {"clerk": ("user",), "person": ("somebody", "user")}},
            "person",
            "user, which is already an older name of clerk",
        ),
        ({"fee": Fee("费", "fee", was="charge")}, "fee", "no record has its name, so was= does nothing"),
    ],
)
def test_names_that_tell_nobody_which_is_meant_are_refused(changes, path: str, says: str) -> None:
    """At the definition, at the part, in both languages."""
    with pytest.raises(DefinitionError) as refused:
        question(**changes)
    found = [fault for fault in refused.value.faults if says in fault.say("en")]

    assert [fault.path for fault in found] == [path]
    assert "was" in found[0].say("zh") and found[0].text.zh != found[0].text.en


def test_kinds_have_names_of_their_own() -> None:
    """What an activity is called now, a state may have been called: records tell them apart."""
    process = question(former={"done": ("answer",)})
    assert process.names.states["answer"] is process.done
    assert process.names.activities["answer"] is process.answer


@pytest.mark.parametrize("odd", ["", "no name", 3, None, ("a", ""), ["a"]])
def test_older_names_are_names(odd) -> None:
    """Of every part, of a procedure, of a field; what is none is refused with how it is written."""
    for make in (
        lambda: State("待办", "waiting", was=odd),
        lambda: Lapse("失效", "lapse", was=odd),
        lambda: type("Question", (Process,), {**body(), "was": odd}),
        lambda: was(what=odd)(Asked),
    ):
        with pytest.raises(InputError, match="was: an older name is a name") as refused:
            make()
        assert "旧名须为名称" in refused.value.say("zh")


@was(mislaid=("lost", "gone"))
@unique
class Why(Enum):
    mislaid = Text("遗失", "mislaid")
    broken = Text("损坏", "broken")


@was(copies="number")
@frozen
class Wish:
    copies: Annotated[int, "份数"]
    why: Why = Why.mislaid


@was(urgent="quick")
@frozen
class Urgent(Wish):
    urgent: bool = False


def test_fields_and_members_are_read_by_older_names_from_records_only() -> None:
    """A record has the name of its time; a form has the present one, and the older is unknown to it."""
    read = stored_converter().structure

    for old in ("lost", "gone", "mislaid"):
        assert read({"number": 2, "why": old}, Wish) == Wish(2, Why.mislaid)
    assert read({"number": 2, "why": "broken", "quick": True}, Urgent) == Urgent(2, Why.broken, True)
    assert former_of(Urgent) == {"number": "copies", "quick": "urgent"}
    with pytest.raises(InputError, match="number: there is no such field"):
        from_json({"number": 2}, Wish)
    with pytest.raises(InputError, match="why: the name is none of mislaid, broken"):
        from_json({"copies": 2, "why": "lost"}, Wish)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"number": 2, "copies": 3}, "copies: is given twice"),
        ({"copies": 2, "amount": 3}, r"amount: there is no such field; .* @was\(present=\"older\"\) above Wish"),
        ({"copies": 2, "why": "torn"}, r"why: the name is none of .* but torn; .* @was\(present=\"torn\"\) above Why"),
        ({"copies": 2, "why": "E12345678"}, r"why: .* but \*\*\*78"),
    ],
)
def test_a_record_of_unknown_names_says_what_to_write(raw, says: str) -> None:
    """The field or the class is named; a number that may be personal is not shown."""
    with pytest.raises(InputError, match=says) as refused:
        stored_converter().structure(raw, Wish)
    assert refused.value.say("zh") != refused.value.say("en")


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"what": "why"}, "what: is neither a field nor a member of"),
        ({"copies": "why"}, "copies: was= names why, which is also a present name"),
        ({"copies": "x", "why": "x"}, "why: was= names x, which is already an older name of copies"),
    ],
)
def test_fields_are_refused_like_parts(names, says: str) -> None:
    """Where the class is made."""

    @frozen
    class Other:
        copies: int
        why: int

    with pytest.raises(DefinitionError, match=says):
        was(**names)(Other)


def test_a_subclass_takes_no_name_that_was_another_fields() -> None:
    """An older name that is declared further up is found where the subclass claims it, or has a field of that name."""
    with pytest.raises(DefinitionError, match="why: was= names number, which is already an older name of copies"):
        was(why="number")(frozen(type("Sub", (Wish,), {})))

    @frozen
    class Number(Wish):
        number: int = 0

    @frozen
    class Held:
        what: str
        wishes: tuple[Number, ...] = ()

    @frozen
    class Facts:
        what: str = ""
        wishes: tuple[Number, ...] = field(default=())

    with pytest.raises(DefinitionError, match="Number.copies: was= names number, which is also a present name"):
        question(
            facts=Facts,
            ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Held, cites="guide-004"),
        )


def test_a_registry_knows_procedures_by_older_names() -> None:
    """And refuses those of which one name would mean two."""
    query, other = question(was="query"), type("Other", (Process,), body())
    find = registry(query, other)

    assert find("query") is find("question") is query
    assert find("other") is other
    with pytest.raises(UnknownError, match="did you mean question"):
        find("questio")
    with pytest.raises(DefinitionError, match="question: 2 procedures have this name"):
        registry(query, question())
    with pytest.raises(DefinitionError, match="question: was= names other, which is also a present name"):
        registry(question(was="other"), other)
    with pytest.raises(DefinitionError, match="other: was= names query, which is already an older name of question"):
        registry(query, type("Other", (Process,), body(was="query")))
    with pytest.raises(InputError, match="processes"):
        registry("question")
