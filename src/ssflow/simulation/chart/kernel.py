"""The case kernel as the simulation asks it; no other module of the simulation does.

A company is a simulated case with its related cases. The kernel is asked which acts are allowed in it, what time does to it and how its
clocks are dated; nothing here judges. A company is undated before a question about a day: its clocks stay running or stopped, but none of
them has begun, stopped or ended on a day that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.calendar.clock import at, local
from ssflow.case import Attempt, Case, Event, Legislation, Obligation, advance_together, deadline_of, decide, evolve
from ssflow.process import Activity, Deed, Role
from ssflow.process.reading import asks_for_days, counted_in

DAY_MINUTES = 24 * 60
MOST_COUNTED = 500  # the most times that a counted act is followed, because each time is another standing
_FAR = timedelta(days=7)  # no clock that is asked about one day runs out on it
_ONE_DAY = timedelta(days=1)

Slot = tuple[str, str]  # the id of a case of a company and the name of one of its clocks
Prior = tuple[int, Deed[Any], Role]  # the place of a related case, what is done in it, and who does it


def minute_of_day(clock: time | datetime) -> int:
    """Return the number of minutes since the beginning of the day."""
    return clock.hour * 60 + clock.minute


@frozen
class Company:
    """A simulated case with its related cases; the simulated case is the last, and time acts in them in this order."""

    cases: tuple[Case, ...]

    @property
    def main(self) -> Case:
        """The simulated case."""
        return self.cases[-1]

    @property
    def related(self) -> tuple[Case, ...]:
        """The related cases of the simulated case."""
        return self.cases[:-1]

    def after(self, events: Sequence[Event]) -> Company:
        """Return the company after some events."""
        cases = {case.id: case for case in self.cases}
        for event in events:
            cases[event.case] = evolve(cases[event.case], event)
        return Company(tuple(cases.values()))

    def counted_without_end(self) -> Activity[Any] | None:
        """Return an act that conditions count and that was done more than `MOST_COUNTED` times, so that nothing seems to limit it; else None."""
        for case in self.cases:
            for activity in counted_in(one.process for one in self.cases):
                done = case.done.get(activity.name) if activity.owner is case.process else None
                if done and done.times > MOST_COUNTED:
                    return activity
        return None

    def standing(self) -> tuple[object, ...]:
        """Return the standing: all on which the next event depends except dates, with the number of times of acts that conditions count."""
        counted = counted_in(case.process for case in self.cases)
        return tuple(
            (
                case.process,
                case.state,
                case.came_from,
                case.regime,
                case.facts,
                tuple(link.case for link in case.links),
                tuple((o.clock.name, o.is_timed, o.overdue, o.waits_for, stands(o)) for o in case.obligations),
                tuple(
                    (a.name, case.done[a.name].times)
                    for a in counted
                    if a.owner is case.process and a.name in case.done
                ),
            )
            for case in self.cases
        )

    def days(self) -> tuple[object, ...]:
        """Return the dates that a standing leaves out and a condition may ask for: the last days of acts, and the ends of terms."""
        if not any(asks_for_days(case.process) for case in self.cases):
            return ()
        return tuple((tuple(case.done.items()), tuple(o.due for o in case.obligations)) for case in self.cases)


@frozen
class Kernel:
    """The kernel under one law; minutes are counted from the beginning of the day ``start``, in the time zone of the calendar."""

    law: Legislation
    start: date
    _tables: dict[Any, Any] = field(factory=dict, init=False, repr=False, eq=False)

    def day(self, number: int) -> date:
        """Return the day with a number; the first is 0."""
        return self.start + timedelta(days=number)

    def number(self, day: date) -> int:
        """Return the number of a day."""
        return (day - self.start).days

    def instant(self, minute: int) -> datetime:
        """Return a minute of the simulation as an instant."""
        day, rest = divmod(minute, DAY_MINUTES)
        return at(self.day(day), time(rest // 60, rest % 60), self.law.calendar.zone)

    def minute(self, instant: datetime) -> int:
        """Return an instant as a minute of the simulation, in the zone of the calendar."""
        there = local(instant, self.law.calendar.zone)
        return self.number(date(there.year, there.month, there.day)) * DAY_MINUTES + minute_of_day(there)

    def minute_of(self, event: Event) -> int:
        """Return the minute at which an event happened; the first minute of the day if only the day is known."""
        return self.minute(event.at) if event.at else self.number(event.on) * DAY_MINUTES

    def prepare(self, company: Company, before: Sequence[Prior], minute: int) -> Told:
        """Do the acts that come before the opening in related cases, all at one minute.

        Raises:
            RefusedError: an act may not be done.

        """
        told: tuple[Event, ...] = ()
        for place, deed, by in before:
            events = self._decided(company.cases[place], (), deed, by, minute)
            company, told = company.after(events), (*told, *events)
        return Told(company, told)

    def open(self, company: Company, before: Sequence[Prior], deed: Deed[Any], by: Role, minute: int) -> Told:
        """Let a role open the simulated case at a minute, after the acts ``before`` in related cases.

        Raises:
            RefusedError: the case may not be opened.

        """
        ready = self.prepare(company, before, minute)
        opened = self.act(ready.company, deed, by, minute)
        return Told(opened.company, (*ready.events, *opened.events))

    def act(self, company: Company, deed: Deed[Any], by: Role, minute: int) -> Told:
        """Let a role do an act in the simulated case at a minute.

        Raises:
            RefusedError: the act may not be done.

        """
        events = self._decided(company.main, company.related, deed, by, minute)
        return Told(company.after(events), events)

    def _decided(self, case: Case, links: Sequence[Case], deed: Deed[Any], by: Role, minute: int) -> tuple[Event, ...]:
        opened = tuple(link for link in links if link.state is not None)
        return decide(case, Attempt(deed=deed, by=by, on=self.instant(minute), law=self.law, links=opened))

    def passing(self, company: Company, minute: int) -> Told:
        """Return the company after the effects of time up to a minute, with their events."""
        opened = [case for case in company.cases if case.state is not None]
        events = advance_together(opened, self.instant(minute), self.law)
        return Told(company.after(events), events)

    def undated(self, company: Company, day: date, ending: Slot | None = None) -> Company:
        """Return the undated company for a question about a day; the clock ``ending``, if given, runs out as that day begins."""
        return Company(
            tuple(
                changed(
                    case,
                    last=None,
                    done={name: changed(done, last=day - _ONE_DAY, actor="") for name, done in case.done.items()},
                    obligations=tuple(
                        self._undated(o, day, ending=ending == (case.id, o.clock.name)) for o in case.obligations
                    ),
                )
                for case in company.cases
            )
        )

    def _undated(self, obligation: Obligation, day: date, *, ending: bool) -> Obligation:
        if not obligation.is_timed:
            return obligation
        before, standing = day - _ONE_DAY, stands(obligation)
        dated = changed(
            obligation,
            starts=before,
            began=at(before, time(), self.law.calendar.zone) if obligation.began else None,
            tolled=((before, None),) if standing else (),
            due=None if standing else day + _FAR,
            closes=None,
        )
        if ending:
            return changed(dated, due=before, closes=at(day, time(), self.law.calendar.zone))
        return dated

    def calendar_of(self, case: Case, role: str) -> WorkCalendar:
        """Return the calendar of a role; without a role, that of the first place of the case."""
        key = case.process, tuple(case.places.items()), role
        if key not in self._tables:
            self._tables[key] = self.law.in_case(case).calendar_of(case.process.role(role) if role else None)
        found: WorkCalendar = self._tables[key]
        return found

    def end_of(self, case: Case, obligation: Obligation) -> tuple[int, int, bool] | None:
        """Return the number of the last day of a clock, the first minute that is too late, and whether the day is provisional.

        It is None while the clock is stopped.
        """
        deadline = deadline_of(case, obligation, self.law)
        if deadline is None or deadline.due is None:
            return None
        closes = (self.number(deadline.due) + 1) * DAY_MINUTES
        if deadline.span.unit == "hours":
            there = deadline.closes()
            assert there is not None  # noqa: S101 - it ends
            closes = self.minute(there)
        return self.number(deadline.due), closes, deadline.status.name == "PROVISIONAL"


@frozen
class Told:
    """The answer of the kernel: a company after some events, and the events."""

    company: Company
    events: tuple[Event, ...]


def stands(obligation: Obligation) -> bool:
    """Return whether a clock is stopped."""
    return bool(obligation.tolled) and obligation.tolled[-1][1] is None
