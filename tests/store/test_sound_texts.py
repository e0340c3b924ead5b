"""Sound records are written and read by compiled functions: as by the careful ones, whose faults and texts they must never change.

The careful way is the oracle: the codec without the short cut, and a converter whose classes are read field by field.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Flag, StrEnum, auto
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import evolve, field, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from ssflow import machines
from ssflow.calendar import days
from ssflow.case import Event, EventKind
from ssflow.case import evolve as follow
from ssflow.case.case import Case
from ssflow.case.obligations import Granted, Obligation
from ssflow.converters import compiled, objects, stored_converter
from ssflow.converters.texts import Writers
from ssflow.errors import CodecError, SsflowError
from ssflow.records import Codec
from ssflow.testing import load_scenarios
from ssflow.testing.scenarios import trials_of

ROOT = Path(__file__).parents[1]
CODEC = Codec(machines.get)
LINES = [line for path in sorted((ROOT / "golden").glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def unusual(*_: object) -> str:
    raise TypeError


def outcome(action: Callable[[], object]) -> object:
    """What comes of an action: its value, or the words of its error."""
    try:
        return action()
    except SsflowError as error:
        return type(error), error.say("zh"), error.say("en")


def events_of(name: str) -> Iterator[Event]:
    """What is recorded in the worked cases of a procedure."""
    for scenario in load_scenarios(ROOT / "scenarios" / f"{name}.toml"):
        yield from (event for trial in trials_of(scenario) for event in trial.events if event.process == name)


def cases_of(name: str) -> Iterator[Case]:
    """The worked cases of a procedure after their acts."""
    cases = dict[str, Case]()
    for event in events_of(name):
        if event.version == 1:
            cases[event.case] = Case.unopened(machines.get(name), event.case, dict(event.places))
        if event.case in cases and event.version == cases[event.case].version + 1 and event.kind is EventKind.act:
            cases[event.case] = follow(cases[event.case], event)
    yield from cases.values()


@pytest.mark.parametrize("name", machines.names())
def test_sound_events_and_cases_are_written_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event of the worked cases takes the short way, there and back, and its text is that of the careful way; so it is with the case after it."""
    events, cases = list(events_of(name)), list(cases_of(name))
    assert events
    for event in events:
        assert (text := CODEC._sound_text(event)) == CODEC._text_of(event)
        assert CODEC._sound_event(text) == event
    written = [CODEC._sound_case(case) for case in cases]
    monkeypatch.setattr(Codec, "_sound_case", unusual)
    assert written == [CODEC.encode_case(case) for case in cases]
    assert [CODEC.decode_case(text) for text in written] == cases


ODD = [
    None,
    True,
    0,
    1,
    -1,
    1.0,
    "",
    "x",
    "\ud800",
    '\u2028\x00"\\',
    [],
    (),
    ("x",),
    ["x"],
    {},
    {"a": "b"},
    Decimal(1),
    date(2026, 9, 21),
    datetime(2026, 9, 21, tzinfo=UTC),
    datetime(2026, 9, 21),  # noqa: DTZ001 - a naive one is meant
    datetime(2026, 9, 21, tzinfo=timezone(timedelta(hours=8, seconds=1))),
    EventKind.act,
    StrEnum("Word", ["holder"]).holder,  # type: ignore[attr-defined]
    (("card", "x"),),
    (("card",),),
]


@given(
    st.sampled_from(LINES),
    st.dictionaries(
        st.sampled_from([one.name for one in fields(Event) if one.name != "case"]), st.sampled_from(ODD), max_size=2
    ),
)
def test_odd_events_are_judged_alike(line: str, changes: dict[str, Any]) -> None:
    """Whatever a field holds, an event is written as with all care, or refused in the same words."""
    event = evolve(CODEC.decode(line), **changes)
    with pytest.MonkeyPatch.context() as patched:
        quick = outcome(lambda: CODEC.encode(event))
        patched.setattr(Codec, "_sound_text", unusual)
        assert outcome(lambda: CODEC.encode(event)) == quick


@given(
    st.sampled_from([line for line in LINES if '"clock"' in line]),
    st.sampled_from([one.name for one in fields(Obligation)]),
    st.sampled_from([*ODD, (days(3),), [days(3)], (Granted(machines.get("loss_report").activities[0]),), object()]),
)
def test_odd_obligations_are_judged_alike(line: str, name: str, value: Any) -> None:
    """Whatever a field of what is owed holds, its event is written as with all care, or refused in the same words."""
    event = CODEC.decode(line)
    event = evolve(event, obligations=tuple(evolve(o, **{name: value}) for o in event.obligations))
    with pytest.MonkeyPatch.context() as patched:
        quick = outcome(lambda: CODEC.encode(event))
        patched.setattr(Codec, "_sound_text", unusual)
        assert outcome(lambda: CODEC.encode(event)) == quick


def test_a_span_that_words_do_not_tell_is_refused() -> None:
    """The text of an obligation has its span in words: one with another rule than the words have would be read back as another."""
    event = next(event for event in map(CODEC.decode, LINES) if any(o.spans for o in event.obligations))
    changed = [evolve(o, spans=(days(3, first_day="included"),)) if o.spans else o for o in event.obligations]

    with pytest.raises(CodecError, match="would not be read back"):
        CODEC.encode(evolve(event, obligations=tuple(changed)))


RAW = st.sampled_from(
    [None, True, 0, 1, "", "x", "2026-09-21", "20260921", "2026-13-01", [], ["x"], {}, {"a": 1}, [[]], [{}], 1.5]
)


def paths(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each part of plain data."""
    if path:
        yield path
    parts = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, part in parts:
        yield from paths(part, (*path, key))


def damaged(raw: Any, path: tuple[Any, ...], value: Any, how: str) -> None:
    """Replace, remove or double a part of plain data."""
    for key in path[:-1]:
        raw = raw[key]
    key = path[-1]
    if how == "replace" or isinstance(raw, list):
        raw[key] = value
    elif how == "remove":
        del raw[key]
    else:
        raw[f"{key}_more"] = value


def spoilt(line: str, data: st.DataObject) -> str:
    """A text with damage at up to two places."""
    raw = json.loads(line)
    for _ in range(data.draw(st.integers(0, 2))):
        path = data.draw(st.sampled_from(sorted(paths(raw), key=str)))
        damaged(raw, path, deepcopy(data.draw(RAW)), data.draw(st.sampled_from(["replace", "remove", "more"])))
    return json.dumps(raw)


@given(st.sampled_from(LINES), st.data())
def test_damage_is_found_alike(line: str, data: st.DataObject) -> None:
    """Whatever a record holds at whichever place, it is read as field by field: the same value, or the same faults."""
    text = spoilt(line, data) + data.draw(st.sampled_from(["", " ", "\n", "{}", "x"]))
    with pytest.MonkeyPatch.context() as patched:
        quick = outcome(lambda: CODEC.decode(text))
        patched.setattr(Codec, "_sound_event", unusual)
        patched.setattr("ssflow.converters.compiled.reader", lambda *_, **__: None)
        patched.setattr("ssflow.records.written._CONVERTERS", {})
        assert outcome(lambda: CODEC.decode(text)) == quick


CASES = [
    CODEC.encode_case(case)
    for name in ("loss_report", "card_replacement", "pension_transfer")
    for case in cases_of(name)
]


@given(st.sampled_from(CASES), st.data())
def test_damage_of_cases_is_found_alike(line: str, data: st.DataObject) -> None:
    """Whatever the text of a case holds at whichever place, it is read as field by field: the same case, or none."""
    text = spoilt(line, data)
    with pytest.MonkeyPatch.context() as patched:
        quick = CODEC.decode_case(text)
        patched.setattr("ssflow.converters.compiled.reader", lambda *_, **__: None)
        patched.setattr("ssflow.records.written._CONVERTERS", {})
        assert CODEC.decode_case(text) == quick


@frozen
class Inner:
    word: str
    amount: Decimal | None = None


def below(_: object, __: object, value: int) -> None:
    assert value < 10


@frozen
class Outer:
    """Data with all sorts of fields: judged, made anew for each, of itself."""

    number: int = field(validator=below)
    inner: tuple[Inner, ...] = ()
    pair: tuple[str, int | None] = ("a", None)
    words: dict[str, str] = field(factory=dict)
    within: "Outer | None" = None


def test_a_class_is_read_by_its_compiled_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound record never reaches the careful hook; defaults are made anew, accepted values are not judged again, a class may hold itself."""
    monkeypatch.setattr(objects, "_values", unusual)
    read = stored_converter().structure
    raw = {"number": 11, "inner": [{"word": "x", "amount": "1.50"}], "within": {"number": 1}}

    outer = read(raw, Outer)
    assert outer.inner == (Inner("x", Decimal("1.50")),)
    assert (outer.number, outer.within) == (11, Outer(1))
    assert outer.words == {}
    assert outer.words is not outer.within.words


@frozen
class Noted:
    """Values of all sorts in lists, and by names."""

    texts: tuple[str, ...] = ()
    ways: tuple[Literal["next", "none"], ...] = ()
    pair: tuple[str, str] = ("a", "b")
    pairs: tuple[tuple[str, str], ...] = ()
    numbers: tuple[int, ...] = ()
    perhaps: tuple[Inner | None, ...] = ()
    days: tuple[date | None, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    words: dict[str, str] = field(factory=dict)
    notes: dict[str, Any] = field(factory=dict)


@pytest.mark.parametrize("part", [one.name for one in fields(Noted)])
@pytest.mark.parametrize(
    "value",
    [
        [],
        ["none", "next"],
        ["x"],
        ["none", 1],
        ["none", None],
        [["a", "b"], ["c", "d"]],
        [["a", "b"], "cd"],
        [["a", "b"], ["c"]],
        [1, 2],
        [1, True],
        [{"word": "x"}, None],
        [{"word": 1}, 1],
        ["2026-09-21", None],
        ["act", "lapse"],
        ["acts"],
        [[]],
        "none",
        {},
        {"a": "b"},
        {"a": [1]},
        {1: "b"},
        None,
    ],
)
def test_lists_and_mappings_are_read_alike(part: str, value: Any) -> None:
    """Texts, words and plain values in lists and mappings are those that the careful way reads, or are refused in its words."""
    quick = outcome(lambda: stored_converter().structure({part: value}, Noted))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ssflow.converters.compiled.reader", lambda *_, **__: None)
        assert outcome(lambda: stored_converter().structure({part: value}, Noted)) == quick


@pytest.mark.parametrize(
    "value", [Outer(1), Outer(2, (Inner("\u2028", Decimal("1.50")),), ("b", 3), {"b": "1", "a": "2"}, Outer(1))]
)
def test_data_is_written_as_the_converter_writes_it(value: Outer) -> None:
    """Nested classes, pairs, mappings and sums have the texts of the careful way, keys sorted."""
    plain = stored_converter().unstructure(value)

    assert Writers().of(Outer)(value) == json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@frozen
class Hidden:
    _word: str = "x"


@frozen
class Counted:
    word: str
    length: int = field(init=False)

    @length.default
    def _(self) -> int:
        return len(self.word)


@pytest.mark.parametrize("cls", [Hidden, Counted])
def test_a_class_with_unusual_fields_is_left_to_the_careful_way(cls: type) -> None:
    """Fields that do not come in under their own names are neither written nor read by compiled functions."""
    with pytest.raises(TypeError):
        Writers().of(cls)
    assert compiled.reader(cls, (), judged=False) is None


@frozen(eq=False)
class Alone:
    """Equal to nothing but itself, so that no text is read back as an equal value."""

    word: str = "x"


class Ways(Flag):
    counter = auto()
    post = auto()


@frozen
class Chosen:
    ways: Ways


def test_what_would_not_be_read_back_equal_is_not_written() -> None:
    """Values that are equal only to themselves, and members without a name of their own, are left to the careful way."""
    with pytest.raises(TypeError):
        Writers().of(Alone)
    assert Writers().of(Chosen)(Chosen(Ways.post)) == '{"ways":"post"}'
    with pytest.raises(KeyError):
        Writers().of(Chosen)(Chosen(Ways.post | Ways.counter))
