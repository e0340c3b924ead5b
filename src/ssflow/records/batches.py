"""The commands for all cases of a store: effects of time are recorded or taken back, and cases are re-dated or upgraded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve as changed
from attrs import frozen

from ssflow.case.case import Case
from ssflow.case.doors import check_moment
from ssflow.case.effects import advance_together
from ssflow.case.events import Event, EventKind
from ssflow.case.upgrading import Upgrade
from ssflow.doors import check_callable, check_day, check_kind
from ssflow.errors import CodecError, ConflictError, SweepError
from ssflow.persons.naming import check_party
from ssflow.records.access import noted
from ssflow.records.authority import Asked, check_authority
from ssflow.records.connections import apart
from ssflow.records.contract import CaseRow
from ssflow.records.entries import check_reason
from ssflow.records.future import check_near, check_reached
from ssflow.records.log import Group, Log
from ssflow.records.reading import Reading
from ssflow.records.redating import Early, Redating, dated_anew
from ssflow.records.rejudge import retract
from ssflow.records.rounds import Round, Stop, Work, never
from ssflow.records.sweeps import PORTION, all_that_can_be
from ssflow.records.upgrades import is_older, upgraded

_A_YEAR = timedelta(days=366)


@frozen
class Batches(Reading):
    """The cases of a store, with the commands for all of them; `Cases` adds the commands for one case."""

    @noted
    def retract(self, *, after: date | datetime, reason: str, actor: str = "") -> tuple[Event, ...]:
        """Take back the recorded effects of time after a moment, for example after a sweep under a wrong clock. Acts and upgrades stay.

        Raises:
            SweepError: in some groups of connected cases an act would not have been allowed without these effects, or the host refuses the
                command; the effects in all other cases were taken back.
            InputError: the reason is missing, or an argument is not what is required.

        """
        check_moment("after", after)
        check_reason("reason", reason)
        check_party("actor", actor)
        done: set[str] = set()

        def taken_back(some: Sequence[str]) -> Sequence[Event]:
            logs = self._ledger.logs([id_ for id_ in some if id_ not in done])
            events: list[Event] = []
            moved: dict[str, Log] = {}
            done.update(logs)
            try:
                for cases in apart({id_: log.case for id_, log in logs.items()}):
                    group = {id_: logs[id_] for id_ in cases}
                    if taken := retract(group, after, self.law, reason=reason, actor=actor):
                        events += taken
                        moved |= group
                for id_ in dict.fromkeys(event.case for event in events):
                    check_authority(self.authorise, Asked.to_retract(logs[id_].case, after, actor))
                return self._record(events, {}, moved)[0]
            except Exception as error:
                if len(some) > 1 or isinstance(error, ConflictError):  # they are tried again
                    done.difference_update(logs)
                raise

        return self._sweep((row.id for row in self.store.rows()), taken_back)

    @noted
    def advance(self, through: date | datetime, *, case: str | None = None, actor: str = "") -> tuple[Event, ...]:
        """Record every lapse and every overdue term up to an instant, in all cases, or in one case and those connected with it; safe to repeat.

        ``actor`` is the person who gives the command, in the host's own reference: the events name this person, and the host is asked about
        each case that gets events. Without an actor the host is not asked.

        Raises:
            InputError: the instant lies in the future, or further beyond the newest day on record than ``furthest``: the clock may be wrong.
            SweepError: some cases could not be advanced, or the host refuses them; all others were advanced.
            UnknownError: there is no such case.

        """
        check_party("actor", actor)
        self._check_reached("through", through)
        self._check_near("through", through)

        def advanced(some: Sequence[str]) -> Sequence[Event]:
            return self._advanced(some, through, "advance", actor)

        if case is not None:
            return self._sweep([self._ledger.known(case)], advanced)
        due = {row.id: row for row in self.store.rows(closing_by=self._instant_of(through))}
        return self._sweep(due, lambda some: advanced(_intact(some, due)))

    @noted
    def sweep(self, *, stop: Stop = never, actor: str = "") -> Round[Event]:
        """Record every lapse and every overdue term of all cases up to now; a timer, a queue or ``ssflow worker`` calls this repeatedly.

        A failed case is not raised as in `advance`: it is in the result, is tried again in a later round and does not hold up the others. Any
        number of workers may sweep at the same time; every effect is recorded once. ``stop`` is asked between two cases and ends the round if
        it returns True. ``actor`` is as in `advance`; a timer gives none.

        Raises:
            InputError: now lies further beyond the newest day on record than ``furthest``: the clock may be wrong.
            StoreError: the database cannot be reached; call again.

        """
        check_callable("stop", stop)
        check_party("actor", actor)
        now = self.now()
        self._check_near("now", now)
        lines: dict[str, CaseRow] = {}

        def due() -> Mapping[str, int]:
            found = {row.id: row for row in self.store.rows(closing_by=self._instant_of(now))}
            lines.update(found)
            return {id_: row.version for id_, row in found.items()}

        def advanced(some: Sequence[str]) -> Sequence[Event]:
            return self._advanced(_intact(some, lines), now, "sweep", actor)

        name = f"sweep {actor}".rstrip()  # the refusals of an actor do not delay a timer
        return Work(name, self.store).round(due, advanced, now, stop, most=PORTION)

    @noted
    def redate(self, on: date | datetime, *, actor: str = "") -> tuple[Event, ...]:
        """Re-date the open terms of all cases, each case by a recorded event; as `redate_all`, but failures are raised in the end.

        Raises:
            InputError: the day lies in the future.
            SweepError: some cases could not be advanced, or not re-dated, for example because something has happened in them
                after the day; all others were.

        """
        came = self._redated(on, None, never, actor)
        if came.failed:
            raise SweepError(came.failed, len(came.done), joined=getattr(self.store, "is_joined", False))
        return tuple(event for event in came.done if event.kind is EventKind.redated)

    @noted
    def redate_all(
        self, on: date | datetime, *, since: date | None = None, stop: Stop = never, actor: str = ""
    ) -> Redating:
        """Re-date the open terms of all cases, from their starts, stops and figures, by the present calendar and rulebook.

        This is a round, which can be repeated; a failed case does not hold up the others. A changed figure counts too. The result lists terms
        that lapsed or were recorded as overdue too early by the present law, also in closed cases that have reached the day ``since``, by
        default a year before ``on``. They are not undone: a person must decide on them, and each round lists them. ``actor`` is as in `advance`.

        Raises:
            InputError: the day lies in the future.
            StoreError: the database cannot be reached; call again.

        """
        return self._redated(on, since, stop, actor)

    def _redated(self, on: date | datetime, since: date | None, stop: Stop, actor: str) -> Redating:
        check_party("actor", actor)
        self._check_reached("on", on)
        check_callable("stop", stop)
        if since is not None:
            check_day("since", since)
        instant = self._instant_of(on)
        day = self.law.calendar.civil_day(on)
        first = since or (day - _A_YEAR if day - date.min > _A_YEAR else date.min)
        rows = (row for row in self.store.rows() if not row.closed or row.last is None or row.last >= first)
        waiting = {row.id: row for row in rows}
        early: dict[str, tuple[Early, ...]] = {}
        passed: list[Event] = []

        def anew(some: Sequence[str]) -> Sequence[Event]:
            due = [
                id_
                for id_ in _intact(some, waiting)
                if (closes := waiting[id_].closes) is not None and closes <= instant
            ]
            passed.extend(self._advanced(due, on, "redate", actor))
            events: list[Event] = []
            logs = self._ledger.logs(some)
            for group in apart({id_: log.case for id_, log in logs.items()}):
                beside = {id_: logs[id_] for id_ in group}
                for id_ in (id_ for id_ in some if id_ in group):
                    theirs, early[id_] = dated_anew(beside, id_, on, self.law)
                    events += theirs
            redated = {event.case: logs[event.case].case for event in events}
            self._check_passing("redate", redated.values(), on, actor)
            return self._record(events, redated, actor=actor)[0]

        versions = {id_: row.version for id_, row in waiting.items()}
        work = Work("redate", self.store)
        came = work.round(lambda: versions, anew, self.now(), stop, most=PORTION, pausing=False)
        found = tuple(one for _, several in sorted(early.items()) for one in several)
        return Redating((*passed, *came.done), came.failed, came.stuck, found)

    @noted
    def upgrade(
        self,
        upgrade: Upgrade,
        *,
        on: date | datetime,
        reason: str,
        actor: str = "",
        cases: Iterable[str] | None = None,
        stop: Stop = never,
    ) -> Round[Event]:
        """Upgrade all open cases of older versions, or only ``cases``, to a newer version of their procedure, each by a recorded event.

        `dry_run` shows beforehand which cases can be upgraded. A case that cannot be upgraded stays unchanged, is listed as failed and does not
        hold up the others. Upgraded cases are passed over, so the command can be repeated. Effects of time up to ``on`` are recorded first,
        under the older version.

        Raises:
            InputError: an argument is not what is required, or the day lies in the future.
            UnknownError: there is no case with one of these ids.
            StoreError: the database cannot be reached; call again.

        """
        check_kind("upgrade", upgrade, Upgrade)
        check_reason("reason", reason)
        check_party("actor", actor)
        check_callable("stop", stop)
        self._check_reached("on", on)

        went: list[Event] = []  # includes the events written before a portion failed

        def go_over(some: Sequence[str]) -> Sequence[Event]:
            events: list[Event] = []
            near: dict[str, Case] = {}
            first: list[str] = []
            later: list[str] = []  # a group is upgraded case by case, as its effects of time are written with the first
            for group in apart(self._ledger.connected(some)):
                if older := [id_ for id_ in some if id_ in group and is_older(group[id_], upgrade)]:
                    id_, *others = older
                    check_authority(self.authorise, Asked.to_upgrade(group[id_], upgrade.to, on, actor))
                    events += upgraded(group, id_, upgrade, on, self.law, reason=reason, actor=actor)
                    near |= group
                    first.append(id_)
                    later += others
            went.extend(self._record(events, near, self._ledger.each(first))[0])
            return go_over(later) if later else ()

        work = Work(f"upgrade {upgrade.to.name} {upgrade.to.version}", self.store)
        waiting = self._concerned(upgrade, cases)
        came = work.round(lambda: waiting, go_over, self.now(), stop, most=PORTION, pausing=False)
        return changed(came, done=tuple(went))

    def _sweep(
        self, ids: Iterable[str], do: Callable[[Sequence[str]], Iterable[Event]], *, most: int = PORTION
    ) -> tuple[Event, ...]:
        joined = getattr(self.store, "is_joined", False)
        return all_that_can_be(ids, do, most=1 if joined else most, joined=joined)

    def _advanced(self, some: Sequence[str], through: date | datetime, command: str, actor: str) -> Sequence[Event]:
        """Record the effects of time in some cases, each judged with the cases connected with it, in one write, and return the events."""
        seen = self._ledger.connected(some)
        events = [e for group in apart(seen) for e in advance_together(group.values(), through, self.law)]
        moved = dict.fromkeys(event.case for event in events)
        self._check_passing(command, (seen[id_] for id_ in moved), through, actor)
        return self._record(events, seen, actor=actor)[0]

    def _check_passing(self, command: str, cases: Iterable[Case], on: date | datetime, actor: str) -> None:
        """Ask the host about each case if an actor has effects of time recorded; without an actor the host is not asked."""
        for case in cases if actor else ():
            check_authority(self.authorise, Asked.to_pass_time(command, case, on, actor))

    def _record(
        self, events: Sequence[Event], cases: Mapping[str, Case], logs: Group | None = None, *, actor: str = ""
    ) -> tuple[tuple[Event, ...], dict[str, Case]]:
        return self._ledger.record(events, cases, logs or {}, now=self.now(), actor=actor)

    def _check_reached(self, name: str, on: date | datetime) -> None:
        check_reached(name, on, self.now(), self.law.calendar.zone)

    def _check_near(self, name: str, on: date | datetime) -> None:
        if self.furthest is not None:
            check_near(name, self.law.calendar.civil_day(on), self.store.rows(), self.furthest)


def _intact(some: Sequence[str], lines: Mapping[str, CaseRow]) -> Sequence[str]:
    """Return some cases; raises CodecError if the line of one is damaged, because its next due moment is then unknown."""
    for fault in (lines[id_].fault for id_ in some):
        if fault:
            raise CodecError(fault)
    return some
