"""Cases in a store: open, act, look, let time pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol, TypeVar, overload

from attrs import field, frozen

from ssflow import machines
from ssflow.calendar import clock
from ssflow.case.advance import advance, redate
from ssflow.case.case import Case, evolve, fold
from ssflow.case.correct import correct
from ssflow.case.decide import decide
from ssflow.case.events import Event, Obligation
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import advance_together
from ssflow.case.legislation import Legislation
from ssflow.case.opening import Opening, decide_together
from ssflow.case.options import Option, options
from ssflow.errors import ConflictError, RefusedError, SweepError, UnknownError
from ssflow.process import Activity, Process, Role
from ssflow.text import Text

D = TypeVar("D")


@frozen
class CaseRow:
    """One line of a list of cases. ``closes`` is the next instant at which something lapses or falls overdue."""

    id: str
    process: str
    state: str
    version: int
    closed: bool
    closes: datetime | None


class Store(Protocol):
    """Where events rest. Any object with these methods will do; ``ssflow.testing.StoreContract`` checks one."""

    def append(self, events: Sequence[Event], *, unchanged: Mapping[str, int] | None = None) -> tuple[Event, ...]:
        """Write events of one or several cases, all or none, and return them with ``recorded_at`` set.

        Raises ConflictError if a case already has an event of one of these versions, or lacks the one before it, or if a case of
        ``unchanged``, on which the events were decided, is no longer at the version named there.
        """

    def trace(self, case: str) -> tuple[Event, ...]:
        """All events of a case in order; raises UnknownError if it has none."""

    def rows(self, *, closing_by: datetime | None = None) -> tuple[CaseRow, ...]:
        """All cases, or the open ones whose next moment has come by an instant, in the order of their opening."""


@frozen
class Cases:
    """The cases of a store, judged by a law.

    ``now`` is asked only to refuse acts that are dated in the future; ``process_of`` finds a procedure by its name.
    """

    store: Store
    law: Legislation = field(factory=Legislation)
    now: Callable[[], datetime] = field(default=clock.now, kw_only=True)
    process_of: Callable[[str], type[Process]] = field(default=machines.get, kw_only=True)

    @overload
    def open(
        self,
        activity: Activity[None],
        *,
        by: Role,
        on: date | datetime,
        places: Mapping[str, str] | str,
        links: Iterable[str] = (),
        party: str = "",
        case: str = "",
    ) -> Case: ...

    @overload
    def open(
        self,
        activity: Activity[D],
        data: D,
        *,
        by: Role,
        on: date | datetime,
        places: Mapping[str, str] | str,
        links: Iterable[str] = (),
        party: str = "",
        case: str = "",
    ) -> Case: ...

    def open(
        self,
        activity: Activity[Any],
        data: Any = None,
        *,
        by: Role,
        on: date | datetime,
        places: Mapping[str, str] | str,
        links: Iterable[str] = (),
        party: str = "",
        case: str = "",
    ) -> Case:
        """Open a case of the activity's procedure and return it.

        ``places`` maps the names of the procedure's places to region codes; a single code serves a procedure with one place.
        ``links`` are the ids of related cases; ``case`` is the new id, made up if empty.

        Raises:
            RefusedError: the case may not be opened; all grounds are listed.
            UnknownError: no place has this code, or a linked case does not exist.
            ConflictError: a case of this id exists.

        """
        links = tuple(links)
        opening = Opening(activity=activity, data=data, by=by, places=places, case=case, links=links, party=party)
        return self._do(opening.unopened(), activity, data, by=by, on=on, links=links, party=party)

    def open_together(self, openings: Iterable[Opening], *, on: date | datetime) -> tuple[Case, ...]:
        """Open several cases at the same time, all or none, and return them in order.

        An opening may name in ``links`` any case of the store and those opened before it.

        Raises:
            RefusedError: one of them may not be opened; the grounds of all that may not are listed.
            ConflictError: a case of one of these ids exists.

        """
        openings = tuple(openings)
        for opening in openings:
            self._check_past(opening.activity, on)
        ours = {opening.case for opening in openings}
        for id_ in ours - {""}:
            with suppress(UnknownError):
                raise ConflictError(id_, 0, len(self.store.trace(id_)))
        theirs = dict.fromkeys(link for opening in openings for link in opening.links if link not in ours)
        linked = tuple(self.get(link) for link in theirs)
        around = tuple({case.id: case for link in linked for case in self._around(link, linked)}.values())
        events = decide_together(openings, on=on, law=self.law, related=linked, around=around)
        written = self.store.append(events, unchanged=_versions(linked))
        existing = {case.id for case in (*linked, *around)}
        begun = dict.fromkeys(event.case for event in written if event.case not in existing)
        traces = [tuple(event for event in written if event.case == case) for case in begun]
        return tuple(fold(self.process_of(trace[0].process), trace) for trace in traces)

    @overload
    def do(
        self,
        case: str,
        activity: Activity[None],
        *,
        by: Role,
        on: date | datetime,
        version: int | None = None,
        links: Iterable[str] = (),
        party: str = "",
    ) -> Case: ...

    @overload
    def do(
        self,
        case: str,
        activity: Activity[D],
        data: D,
        *,
        by: Role,
        on: date | datetime,
        version: int | None = None,
        links: Iterable[str] = (),
        party: str = "",
    ) -> Case: ...

    def do(
        self,
        case: str,
        activity: Activity[Any],
        data: Any = None,
        *,
        by: Role,
        on: date | datetime,
        version: int | None = None,
        links: Iterable[str] = (),
        party: str = "",
    ) -> Case:
        """Act in a case and return it as it then is; ``links`` adds related cases to those it has.

        Raises:
            RefusedError: the act may not be done; all grounds are listed, nothing is changed.
            ConflictError: the case is no longer at ``version``, or somebody wrote at the same time.
            UnknownError: there is no such case.

        """
        found = self.get(case)
        self._check_version(found, version)
        return self._do(found, activity, data, by=by, on=on, links=links, party=party)

    def get(self, case: str) -> Case:
        """A case by its id; raises UnknownError if there is none."""
        trace = self.store.trace(case)
        return fold(self.process_of(trace[0].process), trace)

    def options(self, case: str, *, on: date | datetime, by: Role | None = None) -> tuple[Option, ...]:
        """Every activity of a case with its verdict on a day."""
        found = self.get(case)
        linked = self._linked(found)
        return options(found, on=on, by=by, law=self.law, links=linked, around=self._around(found, linked))

    def correct(
        self,
        case: str,
        replaces: int,
        activity: Activity[Any] | None,
        data: Any = None,
        *,
        reason: str,
        by: Role | None = None,
        on: date | datetime | None = None,
        version: int | None = None,
        party: str = "",
    ) -> Case:
        """Record that another act counts in the place of an event, or none; see `ssflow.case.correct`."""
        found = self.get(case)
        self._check_version(found, version)
        if on is not None:
            self._check_not_future(on)
        linked = self._linked(found)
        event = correct(
            found, replaces, activity, data, reason=reason, by=by, on=on, law=self.law, links=linked, party=party
        )
        corrected = evolve(found, event)  # before it is written: what cannot be read back must not be stored
        self.store.append([event], unchanged=_versions(linked))
        return corrected

    def advance(self, through: date | datetime) -> tuple[Event, ...]:
        """Record every lapse and every overdue term of all cases up to an instant. Safe to repeat.

        Raises:
            ValueError: the instant lies in the future; what has not happened is not recorded.
            SweepError: some cases could not be advanced; all others were.

        """
        self._check_not_future(through)
        recorded: list[Event] = []
        failures: dict[str, Exception] = {}
        for row in self.store.rows(closing_by=self._instant_of(through)):
            try:
                case = self.get(row.id)
                linked = self._linked(case)
                group = (case, *linked, *self._around(case, linked))
                recorded += self.store.append(advance_together(group, through, self.law))
            except Exception as error:  # noqa: BLE001 - one case that cannot be read or judged must not hold up the others
                failures[row.id] = error
        if failures:
            raise SweepError(failures, len(recorded))
        return tuple(recorded)

    def redate(self, on: date | datetime) -> tuple[Event, ...]:
        """Move the open due days of all cases to the present calendar, each by a recorded event.

        What time has done by the calendar of until now is recorded first: no notice undoes it.

        Raises:
            ValueError: the day lies in the future, or before the last event of a case.
            SweepError: some cases could not be advanced; nothing was re-dated.

        """
        self._check_not_future(on)
        self.advance(on)
        events = [
            event for row in self.store.rows() if not row.closed for event in redate(self.get(row.id), on, self.law)
        ]
        return self.store.append(events) if events else ()

    def overdue(self, on: date | datetime) -> tuple[tuple[Case, Obligation], ...]:
        """Every term that is overdue on a day (at its beginning) or at an instant, with its case, recorded or not."""
        found = []
        for row in self.store.rows():
            if not row.closed:
                case = self.get(row.id)
                events = advance(case, on, self.law)
                alive = events[-1].obligations if events else case.obligations
                found += [(case, obligation) for obligation in alive if obligation.overdue]
        return tuple(found)

    def _do(
        self,
        case: Case,
        activity: Activity[Any],
        data: Any,
        *,
        by: Role,
        on: date | datetime,
        links: Iterable[str],
        party: str,
    ) -> Case:
        self._check_past(activity, on)
        linked = self._linked(case, links)
        around = self._around(case, linked)
        events = decide(case, activity, data, by=by, on=on, law=self.law, links=linked, around=around, party=party)
        for event in self.store.append(events, unchanged=_versions(linked)):
            if event.case == case.id:
                case = evolve(case, event)
        return case

    def _linked(self, case: Case, more: Iterable[str] = ()) -> tuple[Case, ...]:
        ids = dict.fromkeys((*(link.case for link in case.links), *more))
        return tuple(case if id_ == case.id else self.get(id_) for id_ in ids)

    def _around(self, case: Case, linked: Iterable[Case]) -> tuple[Case, ...]:
        """The cases that related ones are related to, however far: what time does in one may change the next."""
        near = {case.id: case, **{link.id: link for link in linked}}
        known, queue = dict(near), list(near.values())
        while queue:
            for link in queue.pop().links:
                if link.case not in known:
                    known[link.case] = self.get(link.case)
                    queue.append(known[link.case])
        return tuple(other for id_, other in known.items() if id_ not in near)

    def _check_past(self, activity: Activity[Any], on: date | datetime) -> None:
        if self._instant_of(on) > self._instant_of(self.now()):
            reason = Text(
                f"{on}尚未到来，只能办理已发生的事项", f"{on} lies in the future; only what has happened is recorded"
            )
            raise RefusedError(activity.title, [Ground(GroundKind.order, "future", reason)])

    def _check_not_future(self, on: date | datetime) -> None:
        if self._instant_of(on) > self._instant_of(self.now()):
            msg = f"{on} lies in the future; only what has happened is recorded (overdue() looks ahead)"
            raise ValueError(msg)

    def _instant_of(self, when: date | datetime) -> datetime:
        return clock.instant_of(when, self.law.calendar.zone)

    @staticmethod
    def _check_version(case: Case, version: int | None) -> None:
        if version is not None and version != case.version:
            raise ConflictError(case.id, version, case.version)


def _versions(cases: Iterable[Case]) -> dict[str, int]:
    """At which versions cases were read."""
    return {case.id: case.version for case in cases}
