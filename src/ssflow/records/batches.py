"""What is done in all cases of a store at once: what time does is recorded, taken back, dated anew."""

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
from ssflow.records.log import Group
from ssflow.records.reading import Reading
from ssflow.records.redating import Early, Redating, dated_anew
from ssflow.records.rejudge import retract
from ssflow.records.rounds import Round, Stop, Work, never
from ssflow.records.sweeps import PORTION, all_that_can_be
from ssflow.records.upgrades import is_older, upgraded

_A_YEAR = timedelta(days=366)


@frozen
class Batches(Reading):
    """The cases of a store; `Cases` adds what is done in one of them."""

    @noted
    def retract(self, *, after: date | datetime, reason: str, actor: str = "") -> tuple[Event, ...]:
        """Take back what time was recorded to have done after a moment: a sweep was run under a wrong clock. Acts stay.

        Raises:
            SweepError: in some groups of cases an act rests on it, and could not have been done without, or the host refuses it;
                all others were put right.

        """
        check_moment("after", after)
        check_reason("reason", reason)
        check_party("actor", actor)
        done: set[str] = set()

        def taken_back(one: Sequence[str]) -> Sequence[Event]:
            (id_,) = one
            if id_ in done:
                return ()
            group = self._ledger.logs([id_])
            done.update(group)
            events = retract(group, after, self.law, reason=reason, actor=actor)
            for taken in dict.fromkeys(event.case for event in events):
                check_authority(self.authorise, Asked.to_retract(group[taken].case, after, actor))
            try:
                return self._record(events, {}, group)[0]
            except ConflictError:  # they are looked at again
                done.difference_update(group)
                raise

        return self._sweep((row.id for row in self.store.rows()), taken_back, most=1)

    @noted
    def advance(self, through: date | datetime, *, case: str | None = None, actor: str = "") -> tuple[Event, ...]:
        """Record every lapse and every overdue term of all cases up to an instant, or of one case and those that are connected with it. Safe
        to repeat.

        ``actor`` is who has it done, by the host's own reference: the events name him, and the host is asked of each case in which there are
        some. Without one nobody is: time does it.

        Raises:
            InputError: the instant lies in the future, or further beyond the newest day on record than ``furthest``: the clock may be wrong.
            SweepError: some cases could not be advanced, or the host refuses it; all others were.
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
        """Record every lapse and every overdue term of all cases up to now: what a timer, a queue or ``ssflow worker`` calls again and again.

        As `advance`, but a case that fails does not raise: it is told, tried again later by itself, and holds up no other. Any number of
        workers may sweep at the same time; each thing is recorded once. ``stop`` is asked between two cases whether to leave the rest.
        ``actor`` is as in `advance`; a timer is none.

        Raises:
            InputError: now lies further beyond the newest day on record than ``furthest``: the clock may be wrong.
            StoreError: the database is gone; call it again.

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

        name = f"sweep {actor}".rstrip()  # what somebody may not have recorded holds up no timer
        return Work(name, self.store).round(due, advanced, now, stop, most=PORTION)

    @noted
    def redate(self, on: date | datetime, *, actor: str = "") -> tuple[Event, ...]:
        """Date the open terms of all cases anew, each by a recorded event; as `redate_all`, but what failed is raised in the end.

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
        """Date the open terms of all cases anew, from their starts, stops and figures, by the calendar and the rulebook of today.

        As `redate`, but in a round, which can be repeated; a case that fails holds up no other. It takes in a changed figure too, and tells
        what has lapsed or fallen overdue too early by the present law: also in closed cases that have reached the day ``since``, a year
        before if it is left out. That is not undone: a person has to look at it, and each round tells of it. ``actor`` is as in `advance`.

        Raises:
            InputError: the day lies in the future.
            StoreError: the database is gone; call it again.

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
        """Have all open cases of older versions, or ``cases`` alone, go over to a newer version of their procedure, each by a recorded event.

        `dry_run` tells beforehand which can. One that cannot stays as it is, is told as failed, and holds up no other; those that have gone
        over are not looked at again, so it can be repeated. What time has done by then is recorded first, under the version of until now.

        Raises:
            InputError: an argument is not what is required, or the day lies in the future.
            UnknownError: there is no case of one of these ids.
            StoreError: the database is gone; call it again.

        """
        check_kind("upgrade", upgrade, Upgrade)
        check_reason("reason", reason)
        check_party("actor", actor)
        check_callable("stop", stop)
        self._check_reached("on", on)

        went: list[Event] = []  # also what was written of a portion before it failed

        def go_over(some: Sequence[str]) -> Sequence[Event]:
            events: list[Event] = []
            near: dict[str, Case] = {}
            first: list[str] = []
            later: list[str] = []  # of a group only one goes over at once: what time does there is written with it
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
        """What time has done in some cases, each judged with those that it is connected with, and all of it written together."""
        seen = self._ledger.connected(some)
        events = [e for group in apart(seen) for e in advance_together(group.values(), through, self.law)]
        moved = dict.fromkeys(event.case for event in events)
        self._check_passing(command, (seen[id_] for id_ in moved), through, actor)
        return self._record(events, seen, actor=actor)[0]

    def _check_passing(self, command: str, cases: Iterable[Case], on: date | datetime, actor: str) -> None:
        """Ask the host of each case in which somebody has time recorded; of time itself nobody is asked."""
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
    """Some cases, if nobody has to guess when something is due in them; raises CodecError."""
    for fault in (lines[id_].fault for id_ in some):
        if fault:
            raise CodecError(fault)
    return some
