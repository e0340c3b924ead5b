"""Working hours as a log shows them: on working days or on all days, from when to when, and how much of them lies between two moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.case import Event
from ssflow.simulation import Hours, Scenario
from ssflow.simulation.scenario.durations import Unit

if TYPE_CHECKING:
    from ssflow.calendar import WorkCalendar
    from ssflow.logs.replay import Replayed

_TELLING = 12  # days that would hardly all be working days by chance
_ENOUGH = 100  # acts whose hour is known
_HALF_HOUR = 30
_LATEST = 24 * 60 - 1
_RARE = 100  # one act in so many is at an odd hour


@frozen(eq=False)
class WorkTimes:
    """The working hours of roles: whether each keeps office hours, and the hours of offices and of persons."""

    offices: WorkCalendar
    at_office: Mapping[str, bool]
    hours: Hours

    @classmethod
    def of(cls, cases: Sequence[Replayed], scenario: Scenario) -> WorkTimes:
        """Return the hours of the cases of a log or, where these show too little, those of the scenario."""
        calendar = scenario.law.calendar.in_region(next(iter(scenario.codes.values())))
        acts: defaultdict[str, list[Event]] = defaultdict(list)
        for event in (event for one in cases for event in one.events if event.by):
            acts[event.by].append(event)
        at_office = {role: _keeps_office_hours(role, events, calendar, scenario) for role, events in acts.items()}
        found: dict[bool, list[int]] = {True: [], False: []}
        for role, events in acts.items():
            found[at_office[role]] += [event.at.hour * 60 + event.at.minute for event in events if event.at]
        office, person = scenario.hours.office, scenario.hours.person
        return cls(calendar, at_office, Hours(_hours(found[True], office), _hours(found[False], person)))

    def unit(self, role: str) -> Unit:
        """Return the unit of durations of a role."""
        return "workdays" if self.at_office.get(role) else "days"

    def between(self, role: str, since: datetime, to: datetime) -> float:
        """Return the working days of a role from one moment to a later one, on the clocks of the place."""
        return max(0.0, self._spent(role, to) - self._spent(role, since))

    def hours_a_day(self, role: str) -> float:
        """Return the hours in one working day of a role."""
        opens, closes = self._minutes(role)
        return (closes - opens) / 60

    def _spent(self, role: str, moment: datetime) -> float:
        office, (opens, closes) = self.at_office.get(role, False), self._minutes(role)
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        worked = not office or self.offices.is_workday(day)
        before = self.offices.count(after=self.offices.first_day, through=day) if office else day.toordinal()
        return before - worked + worked * min(max(minute - opens, 0), closes - opens) / (closes - opens)

    def _minutes(self, role: str) -> tuple[int, int]:
        opens, closes = self.hours.office if self.at_office.get(role) else self.hours.person
        return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


def moment_of(event: Event) -> datetime:
    """Return the moment of an event on the clocks of the place; for a bare day, its first minute."""
    return event.at.replace(tzinfo=None) if event.at else datetime.combine(event.on, time())


def _keeps_office_hours(role: str, events: Sequence[Event], calendar: WorkCalendar, scenario: Scenario) -> bool:
    days: set[date] = {event.on for event in events}
    if len(days) >= _TELLING:
        return all(map(calendar.is_workday, days))
    return any(practice.by == role and practice.takes.unit != "days" for practice in scenario.practices)


def _hours(minutes: Sequence[int], otherwise: tuple[time, time]) -> tuple[time, time]:
    """Return the first and the last hour, to the half hour, leaving out odd hours."""
    if len(minutes) < _ENOUGH:
        return otherwise
    ordered, odd = sorted(minutes), len(minutes) // _RARE
    opens = ordered[odd] // _HALF_HOUR * _HALF_HOUR
    closes = min((ordered[-1 - odd] // _HALF_HOUR + 1) * _HALF_HOUR, _LATEST)
    return time(opens // 60, opens % 60), time(closes // 60, closes % 60)
