"""What a store is given to write, and what it reads back, fits together."""

from collections.abc import Sequence
from datetime import date

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
