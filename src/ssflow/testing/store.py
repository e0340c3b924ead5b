"""What a store promises, as tests: subclass `StoreContract` and say how a store is made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from ssflow.calendar import DeadlineStatus
from ssflow.calendar.clock import ZONE, start_of
from ssflow.case import Event, EventKind, Happening, LinkRef, Obligation, Store
from ssflow.errors import ConflictError, UnknownError
from ssflow.machines.loss_report import Report, Track
from ssflow.persons import Identity

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_LONG = 120  # events of one case, and cases: more than any page of a list


def an_event(case: str = "a", version: int = 1, **changes: Any) -> Event:
    """An event of a loss report that needs no law."""
    event = Event(
        case=case,
        version=version,
        process="loss_report",
        process_version=1,
        kind=EventKind.act,
        activity="cancel",
        on=date(2026, 9, 18),
        by="holder",
        target="temporary",
    )
    return evolve(event, **changes)


def a_whole_event(case: str = "a") -> Event:
    """An event of which every part that an act has is filled."""
    return an_event(
        case,
        kind=EventKind.late,
        activity="report_temporarily",
        at=datetime(2026, 9, 18, 1, tzinfo=UTC),
        party="person-1",
        actor="clerk-1",
        data=Report(Track.bank, Identity("11010519491231002X")),
        source="formal",
        closed=True,
        obligations=(
            Obligation(
                clock="temporary_force",
                owed_by="holder",
                spans=("24 hours", "5 days"),
                rolls=("none", "next"),
                waits_for="cancel",
                starts=date(2026, 9, 18),
                began=datetime(2026, 9, 18, 1, tzinfo=UTC),
                tolled=((date(2026, 9, 19), date(2026, 9, 20)), (date(2026, 9, 21), None)),
                due=date(2026, 9, 24),
                closes=datetime(2026, 9, 24, 1, tzinfo=UTC),
                status=DeadlineStatus.PROVISIONAL,
                cites=("card-measures 20",),
                confidence="single",
                region="440100",
                overdue=True,
            ),
        ),
        places=(("issuing", "440100"),),
        regime="present",
        links=(LinkRef(case="b", process="loss_report", version=1),),
        cites=("card-measures 20",),
        rulebook="0123456789ab",
        calendar="ba9876543210",
        before=3,
        after=2,
        sets_aside=(
            Happening(
                kind=EventKind.lapse, activity="lapse", on=date(2026, 9, 24), at=datetime(2026, 9, 23, 16, tzinfo=UTC)
            ),
        ),
        brings=(
            Happening(
                kind=EventKind.overdue, activity="check", on=date(2026, 9, 25), at=datetime(2026, 9, 24, 16, tzinfo=UTC)
            ),
        ),
        reason="found in the archive",
    )


def a_correction(case: str = "a") -> Event:
    """The event that takes the place of the first one."""
    return an_event(case, 2, kind=EventKind.correction, replaces=1, reason="misread")


class StoreContract:
    """Inherit from this in a test class and override `make_store`; ``now`` is the clock the store has to use."""

    def make_store(self, now: Any, tmp_path: Any) -> Store:
        """A new, empty store."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Any) -> Store:
        """The store under test."""
        return self.make_store(lambda: NOW, tmp_path)

    def test_what_is_appended_is_read_back_in_order(self, store: Store) -> None:
        """A trace is the events of the case, in order, stamped with the store's clock."""
        written = store.append([an_event(version=1), an_event(version=2)])

        assert store.trace("a") == written
        assert [event.version for event in written] == [1, 2]
        assert {event.recorded_at for event in written} == {NOW}

    def test_nothing_of_an_event_is_lost(self, store: Store) -> None:
        """Whatever an event holds is read back as it was: its data, its links, what it sets aside, why it was entered."""
        events = [evolve(a_whole_event(), version=1), a_correction()]
        written = store.append(events)

        for back in (written, store.trace("a")):
            assert list(back) == events
            assert {event.recorded_at for event in back} == {NOW}

    def test_cases_stand_in_the_order_of_their_opening(self, store: Store) -> None:
        """However they are called, and whatever happens in them later; a long trace is whole and in order."""
        store.append([an_event("z")])
        store.append([an_event("m"), an_event("a")])
        for version in range(2, _LONG + 1):
            store.append([an_event("m", version)])
        store.append([an_event(f"n{number:03}") for number in range(_LONG)])

        names = [f"n{number:03}" for number in range(_LONG)]
        assert [row.id for row in store.rows()] == ["z", "m", "a", *names]
        assert [event.version for event in store.trace("m")] == list(range(1, _LONG + 1))
        assert [store.trace(name) for name in names] == [(an_event(name),) for name in names]

    def test_what_is_refused_leaves_no_trace(self, store: Store) -> None:
        """Nor a link, nor a moment: a case that was not opened is unknown, and nobody names another."""
        link = LinkRef(case="b", process="loss_report", version=1)
        store.append([an_event("b")])

        with pytest.raises(ConflictError):
            store.append([an_event("a", links=(link,)), an_event("b", 3)])

        assert store.linking("b") == ()
        with pytest.raises(UnknownError):
            store.trace("a")

    def test_versions_are_taken_once(self, store: Store) -> None:
        """Of two writers who saw the same version, the second is told; nothing of it is written."""
        store.append([an_event(version=1)])

        with pytest.raises(ConflictError) as refused:
            store.append([an_event("b"), an_event(version=1)])

        assert (refused.value.expected, refused.value.found) == (0, 1)
        assert [row.id for row in store.rows()] == ["a"]

    def test_gaps_are_refused(self, store: Store) -> None:
        """An event whose predecessor is missing is not written."""
        with pytest.raises(ConflictError):
            store.append([an_event(version=2)])

        assert store.rows() == ()

    def test_several_cases_are_written_together(self, store: Store) -> None:
        """Events of related cases are written all or none."""
        store.append([an_event("a"), an_event("b")])

        with pytest.raises(ConflictError):
            store.append([an_event("a", 2), an_event("b", 3)])

        assert [row.version for row in store.rows()] == [1, 1]

    def test_what_was_looked_at_has_not_moved_on(self, store: Store) -> None:
        """Events decided on another case are written only while that is at the version that was read."""
        store.append([an_event("a"), an_event("b")])
        store.append([an_event("b", 2)], unchanged={"a": 1})

        with pytest.raises(ConflictError) as refused:
            store.append([an_event("a", 2)], unchanged={"b": 1})

        assert (refused.value.case, refused.value.expected, refused.value.found) == ("b", 1, 2)
        assert [row.version for row in store.rows()] == [1, 2]

    def test_whoever_names_a_case_is_known(self, store: Store) -> None:
        """A case is found from those that name it as related, once each."""
        link = LinkRef(case="a", process="loss_report", version=1)
        store.append([an_event("a"), an_event("b"), an_event("c", links=(link,))])
        store.append([an_event("b", 2, links=(link,)), an_event("c", 2, links=(link,))])

        assert store.linking("a") == ("b", "c")
        assert store.linking("b") == store.linking("nobody") == ()

    def test_unknown_cases_are_named(self, store: Store) -> None:
        """Asking for a case that does not exist says so, and nothing of the cases of other people."""
        store.append([an_event("somebody")])

        with pytest.raises(UnknownError) as unknown:
            store.trace("somebdy")

        assert (unknown.value.kind, unknown.value.name, unknown.value.known) == ("case", "somebdy", ())
        assert not any("somebody" in said for said in unknown.value.text)

    def test_rows_tell_what_closes_next(self, store: Store) -> None:
        """A row carries the next instant at which something runs out; only open clocks count."""
        due = Obligation(clock="temporary_force", spans=("5 days",), starts=date(2026, 9, 18), due=date(2026, 9, 23))
        late = evolve(due, due=date(2026, 9, 1), overdue=True)
        store.append([an_event("a", obligations=(late, due)), an_event("b")])
        closes = start_of(date(2026, 9, 24), ZONE)

        assert [row.closes for row in store.rows()] == [closes, None]
        assert [row.id for row in store.rows(closing_by=closes)] == ["a"]
        assert store.rows(closing_by=closes - timedelta(seconds=1)) == ()

    def test_an_empty_append_changes_nothing(self, store: Store) -> None:
        """No events, no write."""
        assert store.append([]) == ()
        assert store.rows() == ()
