"""What a store is given to write, and what it reads back, fits together."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve as changed

from ssflow.errors import InputError, StoreError
from ssflow.records import ObligationRow, Store
from ssflow.store.operations import traces
from ssflow.testing.store import a_change, owed

DUE = date(2026, 10, 8)


@pytest.mark.parametrize(
    "obligations",
    [
        (owed("b", "production", "issuer", "440100", DUE),),
        (owed("a", "production", "issuer", "440100", DUE), owed("a", "production", "office", "440100", None)),
    ],
    ids=["of another case", "one clock twice"],
)
def test_obligations_are_those_of_the_case(store: Store, obligations: Sequence[ObligationRow]) -> None:
    """A term of another case, or a second one of a clock, is refused by every store before anything is written."""
    with pytest.raises(InputError, match="the obligations of case a are required, one of a clock") as wrong:
        store.append([a_change("c"), changed(a_change("a"), obligations=tuple(obligations))])

    assert [fault.path for fault in wrong.value.faults] == ["changes[1].obligations"]
    assert store.rows() == ()


@pytest.mark.parametrize("version", [0, 1, 2])
def test_a_case_without_its_events_is_damaged(version: int) -> None:
    """A line of a case whose events are gone is told as damage, unless it says itself that there are none."""
    reading = traces(["a"], "cases.db")
    next(reading)
    with pytest.raises(StopIteration if version == 0 else StoreError):
        reading.send([[("a", 1, version, "", "")]])


# What each method of a store takes, and what is of another kind or cannot be meant. The path is that of the part which is refused.
ODD: list[tuple[str, str, tuple[Any, ...], dict[str, Any]]] = [
    ("append", "unchanged", ([],), {"unchanged": 5}),
    ("append", "unchanged", ([],), {"unchanged": {5: 1}}),
    ("append", "unchanged.b", ([],), {"unchanged": {"b": "1"}}),
    ("append", "request", ([],), {"request": 5}),
    ("rows", "closing_by", (), {"closing_by": date(2026, 10, 8)}),
    ("rows", "closing_by", (), {"closing_by": datetime(2026, 10, 8)}),  # noqa: DTZ001 - naive is what is refused
    ("rows", "late", (), {"late": 1}),
    ("rows", "since", (), {"since": "2026-10-08"}),
    ("obligations", "process", (), {"process": 5}),
    ("obligations", "role", (), {"role": 5}),
    ("obligations", "place", (), {"place": 440100}),
    ("obligations", "due_by", (), {"due_by": "2026-10-08"}),
    ("request", "key", (5,), {}),
    ("request", "key", ("",), {}),
    ("failures", "work", (5,), {}),
    ("fail", "failure", (5,), {}),
    ("recover", "work", (5, "a"), {}),
    ("recover", "case", ("sweep", 5), {}),
    ("subscribe", "subscriber", ("",), {}),
    ("unsubscribe", "subscriber", (5,), {}),
    ("waiting", "subscriber", (5,), {}),
    ("messages", "subscriber", (5, "a"), {}),
    ("messages", "case", ("s", 5), {}),
    ("delivered", "subscriber", (5, "a", 1), {}),
    ("delivered", "case", ("s", 5, 1), {}),
    ("delivered", "version", ("s", "a", 0), {}),
    ("note", "entries", (5,), {}),
    ("accesses", "case", (), {"case": 5}),
    ("accesses", "since", (), {"since": date(2026, 10, 8)}),
    ("accesses", "since", (), {"since": datetime(2026, 10, 8)}),  # noqa: DTZ001
    ("custody", "case", (5,), {}),
    ("order", "entry", (5,), {}),
]


def test_what_is_odd_is_refused_by_every_store(store: Store) -> None:
    """Before anything is read or written, and by the name of the part."""
    for method, path, given, named in ODD:
        with pytest.raises(InputError) as refused:
            getattr(store, method)(*given, **named)
        assert [fault.path for fault in refused.value.faults] == [path], (method, given, named)
