"""Many cases at once: they are written together, each fails or is done by itself, and several workers do not do the same work."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from ssflow import Cases, MemoryStore
from ssflow.errors import InputError, UnknownError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Change, Store
from ssflow.records.rounds import Work
from ssflow.records.sweeps import in_portions
from ssflow.testing.store import a_change

REPORT = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
OPENED, NOW = date(2026, 9, 18), datetime(2026, 11, 22, 1, tzinfo=UTC)


@frozen
class Counting(MemoryStore):
    """A store that knows how many cases each write added to."""

    written: list[int] = field(factory=list, init=False)

    def append(self, changes: Sequence[Change], **more: object) -> None:
        super().append(changes, **more)
        self.written.append(len(changes))


def opened(store: Store, *names: str) -> Cases:
    cases = Cases(store, now=lambda: NOW)
    for name in names:
        cases.open(REPORT, by=LossReport.holder, on=OPENED, places="450500", case=name)
    return cases


@given(
    faulty=st.lists(st.booleans(), max_size=40),
    most=st.integers(min_value=1, max_value=12),
)
def test_all_are_done_but_those_that_fail(faulty: list[bool], most: int) -> None:
    """However they lie among the others, what fails is found by itself and noted once, and nothing else is done twice or not at all."""
    noted: list[str] = []
    kept: list[str] = []

    def do(some: Sequence[str]) -> Iterable[str]:
        assert len(some) <= most
        if any(faulty[int(one)] for one in some):
            raise ValueError(some)
        kept.extend(some)
        return some

    ids = [str(number) for number in range(len(faulty))]
    done, failures = in_portions(ids, do, lambda one, _: noted.append(one), most=most)
    assert done == kept == [one for one in ids if not faulty[int(one)]]
    assert noted == list(failures) == [one for one in ids if faulty[int(one)]]


def test_what_is_due_is_written_together() -> None:
    """A commit for each of 120 lapses would cost more than all else; one that cannot be read is left out of a write, and no other."""
    store = Counting()
    cases = opened(store, *(f"c{number}" for number in range(120)))
    store.append([a_change("x", closes=NOW)])
    store.written.clear()

    came = cases.sweep()
    assert (len(came.done), list(came.failed)) == (120, ["x"])
    assert {event.case for event in came.done} == {f"c{number}" for number in range(120)}
    assert sum(store.written) == 120
    assert len(store.written) <= 3 + 6  # three portions, one of which is halved until the faulty one is alone


def test_workers_look_anew_at_what_is_left() -> None:
    """While one works through its part, others do the rest: it meets fewer than half of all, and leaves none that is not done."""
    waiting = {f"c{number}": 1 for number in range(5000)}
    met: Counter[str] = Counter()
    in_vain = 0

    def do(some: Sequence[str]) -> Iterable[str]:
        nonlocal in_vain
        in_vain += sum(one not in waiting for one in some)
        met.update(some)
        for one in (*some, *list(waiting)[: 3 * len(some)]):  # three others are as quick
            waiting.pop(one, None)
        return ()

    came = Work("w", MemoryStore()).round(lambda: dict(waiting), do, NOW, most=50)
    print(f"met {met.total()} of 5000, {in_vain} in vain")
    assert (came.failed, waiting) == ({}, {})
    assert set(met.values()) == {1}
    assert met.total() < 5000 / 2


def test_a_case_that_stays_due_does_not_keep_a_worker() -> None:
    """What has nothing done to it is looked at once in a round."""
    looked: list[str] = []

    def do(some: Sequence[str]) -> Iterable[str]:
        looked.extend(some)
        return ()

    Work("w", MemoryStore()).round(lambda: dict.fromkeys(map(str, range(500)), 1), do, NOW, most=50)
    assert sorted(looked, key=int) == list(map(str, range(500)))


def test_one_case_is_advanced_by_itself(store: Store) -> None:
    """Of all that is due, what time has done in one case is recorded, and in those that it is connected with."""
    cases = opened(store, "a", "b")
    cases.open(REPORT, by=LossReport.holder, on=OPENED, places="450500", case="c", links=["a"])

    assert sorted(event.case for event in cases.advance(NOW, case="a")) == ["a", "c"]
    assert cases.advance(NOW, case="a") == ()
    assert [row.version for row in store.rows()] == [2, 1, 2]
    with pytest.raises(UnknownError):
        cases.advance(NOW, case="d")
    with pytest.raises(InputError, match="^case: "):
        cases.advance(NOW, case=7)  # type: ignore[arg-type]
