"""The JSON Schema of an activity takes and refuses what the door takes and refuses, except where a class judges what no form can tell."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any, Optional

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from ssflow import machines
from ssflow.converters import stored_converter, to_json
from ssflow.converters.schema import schema_of
from ssflow.errors import DefinitionError, InputError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.process import Activity
from ssflow.testing import data_strategy
from ssflow.text import Text

ACTIVITIES = [a for process in machines.sound() for a in process.activities if a.by is not None]
TAKING = list({activity.data: activity for activity in ACTIVITIES if activity.data}.values())  # one for each class
EXAMPLES = settings().max_examples // 2
# JSON knows one kind of numbers: 1.0 is a whole one for a schema, and Python's parser makes something else of it.
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 10**30, "", "x", "440100", "999999", "4401000", "440100\n", "2026-01-31", "2026-02-30", "2026-1-31",
    "20260131", "2026-01-31\n", "25.00", "25", ".5", "25.", "1e3", "-1", "1_000", " 25", "２５", "NaN", "Infinity", "25\n", "lost", "men",
    "other", [], {}, [[]], [{}], {"number": "x"}, {"number": "11010519491231002X"}, {"number": "11010519491231002X", "kind": "passport"},
    [{"first": "2026-01-01", "last": "2026-02-01"}],
]  # fmt: skip
STORED = stored_converter()


@cache
def validator(activity: Activity[Any]) -> Draft202012Validator:
    """The schema of an activity, itself checked; days are days, other formats are for people."""
    schema = activity.json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker(("date",)))


def form_accepts(activity: Activity[Any], raw: object) -> bool:
    """Whether the form is right, whatever the classes say of the values."""
    try:
        STORED.structure(raw, activity.data)
    except InputError:
        return False
    return True


def refused_at(activity: Activity[Any], raw: object) -> list[str]:
    """Where the door refuses; nowhere, if it takes the data."""
    try:
        activity.deed_of(raw)
    except InputError as error:
        return [fault.path for fault in error.faults]
    return []


def judged(schema: dict[str, Any], path: str) -> bool:
    """Whether something on a path, or above it, is marked as judged, or is a place."""
    here: dict[str, Any] = schema
    for step in ["", *path.replace("[", ".[").split(".")]:
        here = _step(schema, here, step)
        if here.get("x-judged") or here.get("format") == "cn-region":
            return True
    return False


def _step(schema: dict[str, Any], here: dict[str, Any], step: str) -> dict[str, Any]:
    part = here["items"] if step.startswith("[") else here["properties"][step] if step else here
    for option in part.get("anyOf", ()):
        part = {**part, **option} if "$ref" in option or "properties" in option else part
    return {**part, **schema["$defs"][part["$ref"].rpartition("/")[2]]} if "$ref" in part else part


@st.composite
def raws(draw: st.DrawFn, activity: Activity[Any]) -> Any:
    """Right data as JSON has it, and up to three things in it changed, taken away or added."""
    raw = to_json(draw(data_strategy(activity.data)))
    for _ in range(draw(st.integers(0, 3))):
        raw = draw(changed(raw))
    return raw


def changed(raw: Any) -> st.SearchStrategy[Any]:
    """The same with one odd thing in it, somewhere."""
    odd = st.sampled_from(ODD).map(deepcopy)
    if isinstance(raw, dict) and raw:
        within = st.sampled_from(sorted(raw)).flatmap(lambda key: changed(raw[key]).map(lambda new: raw | {key: new}))
        without = st.sampled_from(sorted(raw)).map(lambda key: {k: v for k, v in raw.items() if k != key})
        return st.one_of(within, within, within, without, odd.map(lambda new: raw | {"nonsense": new}), odd)
    if isinstance(raw, list) and raw:
        return st.one_of(changed(raw[0]).map(lambda new: [new, *raw[1:]]), odd)
    return odd


@pytest.mark.parametrize("activity", TAKING, ids=repr)
def test_the_schema_agrees_with_the_door(activity: Activity[Any]) -> None:
    """What the door takes the schema takes; what the schema takes is refused only by a judgement that the schema announces."""
    schema = activity.json_schema()

    @settings(max_examples=EXAMPLES)
    @given(raws(activity))
    def agree(raw: Any) -> None:
        valid, refused = validator(activity).is_valid(raw), refused_at(activity, raw)
        assert valid or refused, "the door takes what the schema refuses"
        if valid:
            assert form_accepts(activity, raw)
            assert [path for path in refused if not judged(schema, path)] == []
        else:
            assert not form_accepts(activity, raw) or any(judged(schema, path) for path in refused)

    agree()


@pytest.mark.parametrize("activity", ACTIVITIES, ids=repr)
def test_activities_of_one_class_ask_for_the_same(activity: Activity[Any]) -> None:
    """Only the title is an activity's own; that its schema is one in the dialect is checked."""
    schema = activity.json_schema()
    same = next((other.json_schema() for other in TAKING if other.data is activity.data), schema)

    assert validator(activity)
    assert schema["x-title"] == {"zh": activity.zh, "en": activity.en}
    assert {**same, "title": "", "x-title": ""} == {**schema, "title": "", "x-title": ""}


@pytest.mark.parametrize("raw", [None, {}, [], {"x": 1}, 0, ""])
def test_an_activity_without_data_takes_none(raw: object) -> None:
    """Where nothing is asked for, nothing is all that both take."""
    assert validator(CardReplacement.accept).is_valid(raw) is not bool(refused_at(CardReplacement.accept, raw))


def test_titles_choices_formats() -> None:
    """Fields and choices have titles in both languages; days, places, identities and sums their formats; what has to be given is required."""
    schema = CardReplacement.apply.json_schema()
    application = schema["$defs"]["Application"]
    fields = application["properties"]

    assert schema["x-title"] == {"zh": "申请补换", "en": "apply"}
    assert (fields["reason"]["title"], fields["reason"]["x-title"]["en"]) == ("补换原因", "reason")
    assert fields["reason"]["x-titles"]["lost"] == {"zh": "遗失", "en": "lost"}
    assert {"type": "string", "format": "date"}.items() <= fields["issued_on"]["anyOf"][0].items()
    assert schema["$defs"]["Identity"]["format"] == "cn-identity"
    assert schema["$defs"]["Identity"]["properties"]["number"]["x-personal"] is True
    assert application["required"] == ["holder", "reason"]
    assert CardReplacement.pay.json_schema()["$defs"]["Payment"]["properties"]["paid"]["format"] == "decimal"


def test_every_field_has_a_chinese_title() -> None:
    """No schema falls back on the name in code."""
    without = [
        f"{activity!r} {name}.{field}"
        for activity in ACTIVITIES
        for name, cls in activity.json_schema().get("$defs", {}).items()
        for field, part in cls["properties"].items()
        if part["title"].isascii()
    ]
    assert without == []


def test_a_class_may_hold_itself_and_one_of_the_same_name() -> None:
    """Recursive classes end in a reference, and two classes of one name keep apart."""
    from ssflow.converters.schema import schema_of
    from ssflow.text import Text

    schema = schema_of(Tree, Text("树", "tree"))
    check = Draft202012Validator(schema)

    assert set(schema["$defs"]) == {"Tree", "Leaf", "Leaf-2"}
    assert check.is_valid(
        {"leaf": {"n": 1}, "other": {"word": "a"}, "parts": [{"leaf": {"n": 2}, "other": {"word": ""}}]}
    )
    assert not check.is_valid({"leaf": {"word": "a"}, "other": {"word": "a"}})


@attrs.frozen
class Leaf:
    n: int


class Elsewhere:
    @attrs.frozen
    class Leaf:
        """Of the same name, with another field."""

        word: str


@attrs.frozen
class Tree:
    leaf: Leaf
    other: Elsewhere.Leaf
    parts: tuple[Tree, ...] = ()


@attrs.frozen
class Loose:
    """Data whose types are written in the older ways."""

    number: Optional[int] = None  # noqa: UP045 - as older code writes it
    many: tuple[int, ...] = ()


@attrs.frozen
class Unordered:
    """Data of a type that no form has."""

    some: frozenset[int] = frozenset()


def test_types_are_read_in_every_spelling() -> None:
    """What may be left out is no list; what nobody can describe is refused with its field, not described wrongly."""
    schema = schema_of(Loose, Text("某", "some"))
    assert Draft202012Validator(schema).is_valid({"number": 3, "many": [1, 2]})
    assert not Draft202012Validator(schema).is_valid({"number": [3, None]})
    with pytest.raises(DefinitionError, match="some"):
        schema_of(Unordered, Text("某", "some"))
