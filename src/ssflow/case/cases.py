"""Cases in a store: open, act, look, let time pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol

from attrs import evolve as changed
from attrs import field, frozen

from ssflow import machines
from ssflow.calendar import clock
from ssflow.case.advance import advance, redate
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve, fold
from ssflow.case.correct import Correction, correct
from ssflow.case.doors import check_moment, check_number, check_role, check_text, ids_of
from ssflow.case.events import Event, Obligation
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import advance_together
from ssflow.case.legislation import Legislation
from ssflow.case.opening import Opening, decide_together
from ssflow.case.options import Option, options
from ssflow.case.verdicts import decide
from ssflow.errors import ConflictError, InputError, RefusedError, SweepError, UnknownError
from ssflow.process import Activity, Deed, Process, Role
from ssflow.text import Text


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

    def open(
        self,
        deed: Deed[Any],
        *,
        by: Role,
        on: date | datetime,
        places: Mapping[str, str] | str,
        case: str = "",
        links: Iterable[str] = (),
        party: str = "",
        actor: str = "",
    ) -> Case:
        """Open a case by a deed that opens one, ``CardReplacement.apply(application)``, and return it.

        ``places`` maps the names of the procedure's places to region codes; a single code serves a procedure with one place.
        ``case`` is the new id, made up if empty; ``links`` are the ids of related cases. ``party`` is whose case it is in the role
        ``by``, ``actor`` who typed it.

        Raises:
            RefusedError: the case may not be opened; all grounds are listed.
            InputError: an argument is not what is wanted; it is named.
            UnknownError: no place has this code, or a linked case does not exist.
            ConflictError: a case of this id exists.

        """
        opening = Opening(deed=deed, by=by, places=places, case=case, links=links, party=party, actor=actor)
        return self._do(opening.unopened(), deed, by=by, on=on, links=opening.links, party=party, actor=actor)

    def open_together(self, openings: Iterable[Opening], *, on: date | datetime) -> tuple[Case, ...]:
        """Open several cases at the same time, all or none, and return them in order.

        An opening may name in ``links`` any case of the store and those opened before it.

        Raises:
            RefusedError: one of them may not be opened; the grounds of all that may not are listed.
            ConflictError: a case of one of these ids exists.

        """
        check_moment("on", on)
        openings = tuple(openings)
        for opening in openings:
            _check_opening("openings", opening)
            self._check_past(opening.deed.activity, on)
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

    def do(
        self,
        case: str,
        deed: Deed[Any],
        *,
        by: Role,
        on: date | datetime,
        version: int | None = None,
        links: Iterable[str] = (),
        party: str = "",
        actor: str = "",
    ) -> Case:
        """Do something in a case, ``CardReplacement.accept()``, and return it as it then is.

        ``links`` adds related cases to those it has; ``party`` and ``actor`` are as in `open`.

        Raises:
            RefusedError: the act may not be done; all grounds are listed, nothing is changed.
            ConflictError: the case is no longer at ``version``, or somebody wrote at the same time.
            InputError: an argument is not what is wanted; it is named.
            UnknownError: there is no such case.

        """
        if version is not None:
            check_number("version", version)
        found = self.get(case)
        self._check_version(found, version)
        return self._do(found, deed, by=by, on=on, links=ids_of(links), party=party, actor=actor)

    def get(self, case: str) -> Case:
        """A case by its id; raises UnknownError if there is none."""
        check_text("case", case)
        trace = self.store.trace(case)
        return fold(self.process_of(trace[0].process), trace)

    def options(self, case: str, *, on: date | datetime, by: Role | None = None) -> tuple[Option, ...]:
        """Every activity of a case with its verdict on a day."""
        check_moment("on", on)
        if by is not None:
            check_role("by", by)
        found = self.get(case)
        linked = self._linked(found)
        return options(found, on=on, by=by, law=self.law, links=linked, around=self._around(found, linked))

    def correct(
        self,
        case: str,
        replaces: int,
        deed: Deed[Any] | None,
        *,
        reason: str,
        by: Role | None = None,
        on: date | datetime | None = None,
        version: int | None = None,
        party: str = "",
        actor: str = "",
    ) -> Case:
        """Record that another deed counts in the place of an event, or none; see `ssflow.case.correct`."""
        if version is not None:
            check_number("version", version)
        found = self.get(case)
        self._check_version(found, version)
        if on is not None:
            self._check_not_future("on", on)
        linked = self._linked(found)
        correction = Correction(replaces, deed, reason=reason, by=by, on=on, party=party, actor=actor)
        event = correct(found, correction, self.law, linked)
        corrected = evolve(found, event)  # before it is written: what cannot be read back must not be stored
        self.store.append([event], unchanged=_versions(linked))
        return corrected

    def advance(self, through: date | datetime) -> tuple[Event, ...]:
        """Record every lapse and every overdue term of all cases up to an instant. Safe to repeat.

        Raises:
            InputError: the instant lies in the future; what has not happened is not recorded.
            SweepError: some cases could not be advanced; all others were.

        """
        self._check_not_future("through", through)
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
            InputError: the day lies in the future, or before the last event of a case.
            SweepError: some cases could not be advanced; nothing was re-dated.

        """
        self._check_not_future("on", on)
        self.advance(on)
        events = [
            event for row in self.store.rows() if not row.closed for event in redate(self.get(row.id), on, self.law)
        ]
        return self.store.append(events) if events else ()

    def overdue(self, on: date | datetime) -> tuple[tuple[Case, Obligation], ...]:
        """Every term that is overdue on a day (at its beginning) or at an instant, with its case, recorded or not."""
        check_moment("on", on)
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
        deed: Deed[Any],
        *,
        by: Role,
        on: date | datetime,
        links: Iterable[str],
        party: str,
        actor: str,
    ) -> Case:
        attempt = Attempt(deed=deed, by=by, on=on, law=self.law, party=party, actor=actor)
        self._check_past(deed.activity, on)
        linked = self._linked(case, links)
        events = decide(case, changed(attempt, links=linked, around=self._around(case, linked)))
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

    def _check_not_future(self, name: str, on: date | datetime) -> None:
        check_moment(name, on)
        if self._instant_of(on) > self._instant_of(self.now()):
            raise InputError.of(
                name,
                f"{on}尚未到来，只记录已发生的办理和期满（overdue()可以预先查看）",
                f"{on} lies in the future; only what has happened is recorded (overdue() looks ahead)",
            )

    def _instant_of(self, when: date | datetime) -> datetime:
        return clock.instant_of(when, self.law.calendar.zone)

    @staticmethod
    def _check_version(case: Case, version: int | None) -> None:
        if version is not None and version != case.version:
            raise ConflictError(case.id, version, case.version)


def _versions(cases: Iterable[Case]) -> dict[str, int]:
    """At which versions cases were read."""
    return {case.id: case.version for case in cases}


def _check_opening(name: str, opening: object) -> None:
    if not isinstance(opening, Opening):
        raise InputError.of(
            name,
            f"须为Opening(deed=..., by=..., places=...)；给出的是{opening!r}",
            f"an Opening is wanted, Opening(deed=..., by=..., places=...), not {opening!r}",
        )
