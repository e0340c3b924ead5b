"""The promises of a store, as tests: subclass `StoreContract` and override the method that makes a store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

import pytest
from attrs import evolve

from ssflow.calendar.clock import ZONE, start_of
from ssflow.errors import ConflictError, ReusedKeyError, SsflowError, UnknownError
from ssflow.records import CaseRow, Change, Failure, ObligationRow, Outbox, Request, Store, VersionRow
from ssflow.text import Text

_LONG = 120  # events of one case, and cases: more than any page of a list
_CLOSES = start_of(date(2026, 9, 24), ZONE)


def a_change(case: str = "a", version: int = 1, *, events: int = 1, named: tuple[str, ...] = (), **row: Any) -> Change:
    """Return a change that brings a case to a version by so many events; ``row`` changes its line. The texts are opaque to a store."""
    line = CaseRow(case, "loss_report", "temporary", version, closed=False, closes=None)
    first = version - events + 1
    return Change(
        row=evolve(line, **row),
        events=tuple(f'{{"case":"{case}","text":"第{n}件\\n“é”😀","version":{n}}}' for n in range(first, version + 1)),
        snapshot=f"{case} at {version}：受理",
        named=named,
    )


def owed(case: str, clock: str, role: str, place: str | None, due: date | None, *, late: bool = False) -> ObligationRow:
    """Return a term that somebody owes in a case."""
    return ObligationRow(case=case, process="loss_report", clock=clock, role=role, place=place, due=due, late=late)


def a_failure(case: str, *, work: str = "sweep", tries: int = 1) -> Failure:
    """Return the failure of a work in a case."""
    why = Text("第1个事件已改动“é”😀", "event 1 was altered")
    return Failure(work=work, case=case, version=3, tries=tries, tried=_CLOSES, fault=why)


class StoreContract:
    """The tests of a store; inherit from this class in a test class and override `make_store`."""

    def make_store(self, tmp_path: Any) -> Store:
        """Return a new, empty store."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Any) -> Store:
        """The store under test."""
        return self.make_store(tmp_path)

    def test_what_is_appended_is_read_back_in_order(self, store: Store) -> None:
        """A trace is the texts of all events of the case, in order, character by character."""
        first, then = a_change("a", 2, events=2), a_change("a", 5, events=3)
        store.append([first])
        store.append([a_change("b"), then])

        assert store.traces(["b", "a"]) == {"b": a_change("b").events, "a": (*first.events, *then.events)}
        assert store.traces([]) == {}

    def test_the_state_of_a_case_is_what_was_written_last(self, store: Store) -> None:
        """The text of the last change takes the place of the one before, in its own case alone."""
        store.append([a_change("a"), a_change("b")])
        store.append([a_change("a", 3, events=2)])

        assert store.snapshots(["b", "a"]) == {"b": a_change("b").snapshot, "a": a_change("a", 3).snapshot}
        assert store.snapshots([]) == {}

    def test_versions_of_open_cases_are_counted(self, store: Store) -> None:
        """Versions are counted by the last event of each open case, whatever it was at the opening; a text that names none is counted too."""

        def at(case: str, number: int, version: object, **row: Any) -> Change:
            text = f'{{"data":"\\",\\"process_version\\":9","process":"x","process_version":{version},"reason":""}}'
            return evolve(a_change(case, number, **row), events=(text,))

        assert store.versions() == ()
        store.append([at("b", 1, 1), at("a", 1, 1), at("c", 1, 1), at("d", 1, 12, process="x"), at("e", 1, '"1"')])
        store.append([at("c", 2, 2), at("b", 2, 1, closed=True)])

        assert store.versions() == (
            VersionRow(process="loss_report", version=None, cases=1, example="e"),
            VersionRow(process="loss_report", version=1, cases=1, example="a"),
            VersionRow(process="loss_report", version=2, cases=1, example="c"),
            VersionRow(process="x", version=12, cases=1, example="d"),
        )

    def test_cases_come_in_the_order_of_their_opening(self, store: Store) -> None:
        """Cases come in the order of their opening, whatever their ids and later events; a long trace is whole and in order."""
        store.append([a_change("z")])
        store.append([a_change("m"), a_change("a")])
        for version in range(2, _LONG + 1):
            store.append([a_change("m", version)])
        names = [f"n{number:03}" for number in range(_LONG)]
        store.append([a_change(name) for name in names])

        assert [row.id for row in store.rows()] == ["z", "m", "a", *names]
        assert store.traces(["m"])["m"] == a_change("m", _LONG, events=_LONG).events
        assert store.traces(names) == {name: a_change(name).events for name in names}

    def test_versions_are_taken_once(self, store: Store) -> None:
        """Of two writers who saw the same version, the second gets an error and writes nothing."""
        store.append([a_change()])

        with pytest.raises(ConflictError) as refused:
            store.append([a_change("b"), a_change()])

        assert (refused.value.case, refused.value.expected, refused.value.found) == ("a", 0, 1)
        assert [row.id for row in store.rows()] == ["a"]
        assert store.traces(["a"])["a"] == a_change().events

    def test_a_case_is_changed_once_at_a_time(self, store: Store) -> None:
        """Two changes of one case in one write are refused, and nothing is written."""
        with pytest.raises(SsflowError):
            store.append([a_change(), a_change()])

        assert store.rows() == ()

    def test_gaps_are_refused(self, store: Store) -> None:
        """An event whose predecessor is missing is not written."""
        with pytest.raises(ConflictError) as refused:
            store.append([a_change(version=2)])

        assert (refused.value.expected, refused.value.found) == (1, 0)
        assert store.rows() == ()

    def test_several_cases_are_written_together(self, store: Store) -> None:
        """Events of related cases are written all or none."""
        store.append([a_change("a"), a_change("b")])

        with pytest.raises(ConflictError):
            store.append([a_change("a", 2, named=("b",)), a_change("b", 3)])

        assert [row.version for row in store.rows()] == [1, 1]
        assert store.snapshots(["a"])["a"] == a_change("a").snapshot
        assert store.linking(["b"])["b"] == ()

    def test_what_is_refused_leaves_no_trace(self, store: Store) -> None:
        """A case whose opening was refused together with another's change is unknown, and no case names it or is named by it."""
        store.append([a_change("b")])

        with pytest.raises(ConflictError):
            store.append([a_change("a", named=("b",)), a_change("b", 3)])

        assert store.linking(["b"])["b"] == ()
        assert [row.id for row in store.rows()] == ["b"]
        for ask in (store.traces, store.snapshots):
            with pytest.raises(UnknownError):
                ask(["a"])

    def test_what_was_looked_at_has_not_moved_on(self, store: Store) -> None:
        """Events decided on another case are written only while that case is at the version that was read."""
        store.append([a_change("a"), a_change("b")])
        store.append([a_change("b", 2)], unchanged={"a": 1})

        with pytest.raises(ConflictError) as refused:
            store.append([a_change("a", 2)], unchanged={"b": 1})

        assert (refused.value.case, refused.value.expected, refused.value.found) == ("b", 1, 2)
        assert [row.version for row in store.rows()] == [1, 2]

    def test_the_cases_that_name_a_case_are_found(self, store: Store) -> None:
        """The cases that name a case as related are found from it, once each."""
        store.append([a_change("a"), a_change("c", named=("a",)), a_change("b")])
        store.append([a_change("b", 2, named=("a", "nobody")), a_change("c", 2, named=("a",))])

        assert store.linking(["a", "nobody", "b", "c"]) == {"a": ("b", "c"), "nobody": ("b",), "b": (), "c": ()}
        assert store.linking([]) == {}

    def test_unknown_cases_are_named(self, store: Store) -> None:
        """The error for an unknown case names it, and tells nothing of other cases."""
        store.append([a_change("somebody")])

        for ask in (store.traces, store.snapshots):
            with pytest.raises(UnknownError) as unknown:
                ask(["somebody", "somebdy"])
            assert (unknown.value.kind, unknown.value.name, unknown.value.known) == ("case", "somebdy", ())
            assert not any("somebody" in said for said in unknown.value.text)

    def test_rows_are_the_last_lines(self, store: Store) -> None:
        """The line of a case is that of its last change, and lines come in the order in which the cases were opened."""
        store.append([a_change("b", closes=_CLOSES), a_change("a")])
        store.append([a_change("c")])
        store.append([a_change("b", 2, state="released", closed=True, late=True)])

        lines = [a_change("b", 2, state="released", closed=True, late=True), a_change("a"), a_change("c")]
        assert store.rows() == tuple(change.row for change in lines)

    def test_rows_tell_what_closes_next(self, store: Store) -> None:
        """Cases are found by the next instant at which a clock runs out in them, from that instant on."""
        store.append([a_change("a", closes=_CLOSES), a_change("b"), a_change("c", closes=_CLOSES + timedelta(hours=1))])

        assert [row.closes for row in store.rows()] == [_CLOSES, None, _CLOSES + timedelta(hours=1)]
        assert [row.id for row in store.rows(closing_by=_CLOSES)] == ["a"]
        assert store.rows(closing_by=_CLOSES - timedelta(microseconds=1)) == ()

    def test_rows_are_found_by_what_is_asked(self, store: Store) -> None:
        """Cases are found by any criterion, each once; a case without a known last day counts as having reached any."""
        day = date(2026, 9, 23)
        store.append([a_change("a", closes=_CLOSES, late=True, last=day), a_change("b", last=day), a_change("c")])
        store.append([a_change("d", late=True, last=day - timedelta(1))])

        assert [row.id for row in store.rows(late=True)] == ["a", "d"]
        assert [row.id for row in store.rows(since=day)] == ["a", "b", "c"]
        assert [row.id for row in store.rows(since=day + timedelta(1))] == ["c"]
        assert [row.id for row in store.rows(closing_by=_CLOSES, late=True)] == ["a", "d"]
        assert [row.last for row in store.rows()] == [day, day, None, day - timedelta(1)]

    def test_an_empty_append_changes_nothing(self, store: Store) -> None:
        """An empty append writes nothing."""
        store.append([])

        assert store.rows() == ()

    def test_what_is_owed_is_what_was_said_last(self, store: Store) -> None:
        """The obligations of the last change replace earlier ones in their own case alone; those due next come first."""
        day = date(2026, 9, 24)
        first, second = owed("a", "check", "office", "440100", None), owed("a", "making", "issuer", "440100", day)
        other = owed("b", "check", "office", "450500", day - timedelta(1), late=True)
        store.append([evolve(a_change("a"), obligations=(first, second)), evolve(a_change("b"), obligations=(other,))])

        assert store.obligations() == (other, second, first)
        store.append([evolve(a_change("a", 2), obligations=(evolve(first, due=day),))])
        assert store.obligations() == (other, evolve(first, due=day))
        store.append([a_change("a", 3), a_change("b", 2)])
        assert store.obligations() == ()

    def test_what_is_owed_is_found_by_all_that_is_asked(self, store: Store) -> None:
        """Obligations are found by role, place, last day and procedure; an unknown place matches any, a term without a last day matches no day."""
        day = date(2026, 9, 24)
        rows = (
            owed("a", "check", "office", "440100", day),
            owed("b", "check", "office", "450500", day),
            owed("c", "check", "office", None, day + timedelta(1)),
            owed("d", "check", "issuer", "440100", day + timedelta(2)),
            owed("e", "check", "office", "440100", None),
        )
        store.append([evolve(a_change(row.case), obligations=(row,)) for row in rows])

        def found(**asked: Any) -> str:
            return "".join(row.case for row in store.obligations(**asked))

        assert found(role="office") == "abce"
        assert found(role="office", place="440100") == "ace"
        assert found(role="office", place="440100", due_by=day) == "a"
        assert found(due_by=day + timedelta(1)) == "abc"
        assert found(place="440100") == "acde"
        assert found(process="loss_report", role="issuer") == "d"
        assert found(process="card_replacement") == found(role="nobody") == ""
        assert store.obligations() == rows

    def test_a_key_serves_once(self, store: Store) -> None:
        """A write is known by its key, and a second write under that key is refused as a whole."""
        request = Request(key="k-1", digest="d", answer=(("a", 1), ("b", 1)))
        store.append([a_change("a"), a_change("b")], request=request)

        assert store.request("k-1") == request
        assert store.request("k-2") is None
        with pytest.raises(ReusedKeyError):
            store.append([a_change("a", 2), a_change("c")], request=evolve(request, digest="e"))
        assert [row.version for row in store.rows()] == [1, 1]
        assert store.request("k-1") == request

    def test_a_key_of_what_was_refused_is_free(self, store: Store) -> None:
        """A request that could not be written leaves nothing under its key."""
        store.append([a_change("a")])
        request = Request(key="k-1", digest="d", answer=(("a", 1),))

        with pytest.raises(ConflictError):
            store.append([a_change("a")], request=request)
        assert store.request("k-1") is None
        store.append([a_change("a", 2)], request=request)
        assert store.request("k-1") == request

    def test_many_cases_are_written_together(self, store: Store) -> None:
        """Many cases are written together, with more of everything than fits into one statement."""
        day, many = date(2026, 9, 24), range(_LONG * 2)
        changes = [
            evolve(a_change(f"n{n:03}", 3, events=3), obligations=(owed(f"n{n:03}", "check", "office", "440100", day),))
            for n in many
        ]
        store.append(changes)
        store.append([evolve(a_change(change.row.id, 4), named=("n000",)) for change in changes])

        assert [row.version for row in store.rows()] == [4 for _ in many]
        names = [f"n{n:03}" for n in many]
        assert store.traces(names) == {name: a_change(name, 4, events=4).events for name in names}
        assert store.snapshots(names) == {name: a_change(name, 4).snapshot for name in names}
        assert store.linking(names) == {name: tuple(names) if name == "n000" else () for name in names}
        assert store.obligations() == ()

    def test_the_last_failure_of_each_work_is_kept(self, store: Store) -> None:
        """The last failure for each work and case is kept, ordered by the ids of the cases, whether or not the store has the case."""
        late = a_failure("a", tries=2)
        for failure in (a_failure("b"), a_failure("a"), a_failure("a", work="relay"), late):
            store.fail(failure)

        assert store.failures("sweep") == (late, a_failure("b"))
        assert store.failures("relay") == (a_failure("a", work="relay"),)
        assert store.failures("nothing") == ()
        assert store.rows() == ()

    def test_a_work_that_recovers_is_forgotten(self, store: Store) -> None:
        """A recovered work is forgotten in its own case alone; a second time there is nothing to forget."""
        kept = a_failure("a", work="relay"), a_failure("b")
        for failure in (*kept, a_failure("a")):
            store.fail(failure)
        for _ in range(2):
            store.recover("sweep", "a")

        assert (*store.failures("relay"), *store.failures("sweep")) == kept


class TellingStore(Store, Outbox, Protocol):
    """A store that also keeps messages of events."""


class OutboxContract(StoreContract):
    """The tests of a store that also keeps messages of events; inherit from it as from `StoreContract`."""

    def test_every_event_is_kept_for_each_subscriber(self, store: TellingStore) -> None:
        """From the subscription on, each event is kept in order for each subscriber until it is delivered."""
        store.append([a_change("a", 2, events=2)])
        for name in ("tax", "tax", "bank"):
            store.subscribe(name)
        then, opened = a_change("a", 5, events=3), a_change("b")
        store.append([then, opened])
        store.append([a_change("b", 2)])

        assert sorted(store.waiting("tax")) == sorted(store.waiting("bank")) == [("a", 3), ("b", 1)]
        assert store.messages("tax", "a") == then.events
        assert store.messages("tax", "b") == (*opened.events, *a_change("b", 2).events)
        store.delivered("tax", "a", 4)
        store.delivered("tax", "b", 2)
        store.delivered("tax", "b", 2)
        assert store.waiting("tax") == (("a", 5),)
        assert store.messages("tax", "a") == then.events[2:]
        assert store.messages("tax", "b") == store.messages("tax", "nobody") == ()
        assert store.messages("bank", "a") == then.events

    def test_nobody_is_told_of_what_was_refused(self, store: TellingStore) -> None:
        """A write that fails as a whole leaves no message either."""
        store.subscribe("tax")
        store.append([a_change("a")])
        with pytest.raises(ConflictError):
            store.append([a_change("b"), a_change("a")])

        assert store.waiting("tax") == (("a", 1),)
        assert store.messages("tax", "b") == ()

    def test_a_subscription_that_ended_receives_no_more(self, store: TellingStore) -> None:
        """Ending drops the waiting messages; a new subscription receives later ones only. An unknown subscriber is named in the error."""
        store.subscribe("tax")
        store.append([a_change("a")])
        store.unsubscribe("tax")
        store.unsubscribe("tax")
        store.append([a_change("a", 2)])
        with pytest.raises(UnknownError) as unknown:
            store.waiting("tax")
        assert (unknown.value.kind, unknown.value.name) == ("subscriber", "tax")
        store.subscribe("tax")
        store.append([a_change("a", 3)])

        assert store.waiting("tax") == (("a", 3),)
        assert store.messages("tax", "a") == a_change("a", 3).events

    def test_many_messages_are_kept_together(self, store: TellingStore) -> None:
        """Messages of more cases than fit into one statement are kept together."""
        store.subscribe("tax")
        changes = [a_change(f"n{n:03}", 2, events=2) for n in range(_LONG * 2)]
        store.append(changes)

        assert sorted(store.waiting("tax")) == [(change.row.id, 1) for change in changes]
        assert store.messages("tax", "n239") == changes[-1].events
