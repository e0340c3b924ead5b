"""Every store keeps the contract."""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from attrs import evolve

from ssflow import MemoryStore, SQLiteStore
from ssflow.case import Event, Happening, Obligation, Store
from ssflow.testing import StoreContract
from ssflow.testing.store import NOW


class TestMemoryStore(StoreContract):
    """The store in memory."""

    def make_store(self, now, tmp_path: Path) -> MemoryStore:
        """A new store."""
        return MemoryStore(now=now)


class TestSQLiteStore(StoreContract):
    """The store in a file."""

    def make_store(self, now, tmp_path: Path) -> SQLiteStore:
        """A new file."""
        return SQLiteStore(tmp_path / "cases.db", now=now)


def broken(store: Callable[[], Store]) -> list[str]:
    """The tests of the contract that a store fails; each on a store of its own."""
    contract = StoreContract()
    tests = [getattr(contract, name) for name in vars(StoreContract) if name.startswith("test_")]
    found = []
    for test in tests:
        try:
            test(store())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it ends, the store does not keep the contract
            found.append(test.__name__)
    return found


class Passing:
    """A store that hands everything on to another, but for what the subclass spoils."""

    def __init__(self) -> None:
        self.inner = MemoryStore(now=lambda: NOW)

    def append(self, events, *, unchanged=None):
        return self.inner.append(events, unchanged=unchanged)

    def trace(self, case):
        return self.inner.trace(case)

    def linking(self, case):
        return self.inner.linking(case)

    def rows(self, *, closing_by=None):
        return self.inner.rows(closing_by=closing_by)


def losing(field: attrs.Attribute, within: str = "") -> type[Passing]:
    """A store that keeps a field of events, or of what they hold, at its default."""

    def blank(value):
        default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default
        return evolve(value, **{field.alias: default})

    def without(event):
        return evolve(event, **{within: tuple(map(blank, getattr(event, within)))}) if within else blank(event)

    class Losing(Passing):
        def append(self, events, *, unchanged=None):
            return super().append([without(event) for event in events], unchanged=unchanged)

    return Losing


class Backwards(Passing):
    """Gives events back from the last to the first."""

    def trace(self, case):
        return super().trace(case)[::-1]


class ByName(Passing):
    """Lists cases by their ids."""

    def rows(self, *, closing_by=None):
        return tuple(sorted(super().rows(closing_by=closing_by), key=lambda row: row.id))


class LatestFirst(Passing):
    """Lists the case first that was opened last."""

    def rows(self, *, closing_by=None):
        return super().rows(closing_by=closing_by)[::-1]


class Paged(Passing):
    """Gives a hundred back and no more."""

    def trace(self, case):
        return super().trace(case)[:100]

    def rows(self, *, closing_by=None):
        return super().rows(closing_by=closing_by)[:100]


class Short(Passing):
    """Keeps of each case the last ten events."""

    def trace(self, case):
        return super().trace(case)[-10:]


class Deaf(Passing):
    """Does not look at what was seen."""

    def append(self, events, *, unchanged=None):
        return super().append(events)


class Linkless(Passing):
    """Knows nobody who names a case."""

    def linking(self, case):
        super().linking(case)
        return ()


class Forgetting(Passing):
    """Says that it has written, and has not."""

    def append(self, events, *, unchanged=None):
        return MemoryStore(now=lambda: NOW).append(events, unchanged=unchanged)


def test_a_store_that_hands_on_is_one() -> None:
    """The measure by which the spoilt ones are told."""
    assert broken(Passing) == []


@pytest.mark.parametrize("store", [Backwards, ByName, LatestFirst, Paged, Short, Deaf, Linkless, Forgetting])
def test_a_store_that_spoils_something_breaks_the_contract(store: type[Passing]) -> None:
    """Order, number, links, versions: whatever is not kept is found."""
    assert broken(store)


OPTIONAL = [field for field in attrs.fields(Event) if field.default is not attrs.NOTHING]
PARTS = {"obligations": Obligation, "sets_aside": Happening, "brings": Happening}
LOST = [(field, "") for field in OPTIONAL if field.name != "recorded_at"]
LOST += [(f, name) for name, cls in PARTS.items() for f in attrs.fields(cls) if f.default is not attrs.NOTHING]


@pytest.mark.parametrize(("field", "within"), LOST, ids=lambda part: part if isinstance(part, str) else part.name)
def test_a_store_that_loses_a_field_breaks_the_contract(field: attrs.Attribute, within: str) -> None:
    """Of every field that an event may have, and that it may hold, somebody notices when it is gone."""
    assert broken(losing(field, within))
