"""The choices that law leaves to a role: when it acts, and which last day it sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from attrs import evolve, field, frozen

from ssflow.calendar import Span
from ssflow.case import Case
from ssflow.process import Activity, Deed, Process, Role, Rule
from ssflow.process.reading import counted_in, names_read, tests_of
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.chart.dependence import (
    check_effect,
    days_of_change,
    may_look_at_dates,
    may_read_the_day,
    reads_the_day,
)
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel

Which = Literal["least", "most"]
WHICH: tuple[Which, Which] = ("least", "most")
_SEARCHED = 400  # days searched for an act that depends on the day, where no clock gives a limit
_AHEAD = timedelta(days=366 * 30)  # how far ahead changes of the law are looked for


@frozen(eq=False)
class Choices:
    """The choices in cases of a kind, by the law of a kernel, for the quickest or for the slowest way.

    Raises:
        DefinitionError: a lapse chooses by a day on which something was done or ends.

    """

    kernel: Kernel
    kind: Kind
    which: Which
    without: frozenset[str] = frozenset()
    _counted: tuple[Activity[Any], ...] = field(init=False)
    _changes: tuple[int, ...] = field(init=False)
    _unread: Mapping[str, Mapping[str, Any]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        for case in self.kind.company.cases:
            for activity in case.process.activities:
                if activity.after is not None:
                    check_effect(activity)

    @_counted.default
    def _counted_of(self) -> tuple[Activity[Any], ...]:
        return counted_in(case.process for case in self.kind.company.cases)

    @_changes.default
    def _changes_of(self) -> tuple[int, ...]:
        kernel = self.kernel
        days = days_of_change(self.kind.company.cases, kernel.law, kernel.start, kernel.start + _AHEAD)
        return tuple(kernel.number(day) for day in days)

    @_unread.default
    def _unread_of(self) -> Mapping[str, Mapping[str, Any]]:
        return {case.id: _unread_days(case.process) for case in self.kind.company.cases}

    def acts(
        self, company: Company, now: int, closes: int | None
    ) -> Iterator[tuple[Activity[Any], Role, Iterator[int]]]:
        """Yield what may be tried in a company, by whom, and at which minutes, best first."""
        for activity in company.main.process.activities:
            wanted = not activity.triggered and activity.name not in self.without
            if wanted and activity.name in self.kind.deeds and activity.leaving(company.main.state):
                for by in activity.roles:
                    yield activity, by, self._moments(activity, now, closes)

    def _moments(self, activity: Activity[Any], now: int, closes: int | None) -> Iterator[int]:
        """Yield the minutes to try: the last day or at once first; then days on which the law changes, or every day if the act depends on it."""
        last = now if closes is None else max(now, closes - 1)
        yield last if self.which == "most" else now
        until = now + _SEARCHED * DAY_MINUTES if closes is None else last
        first, end = now // DAY_MINUTES + 1, until // DAY_MINUTES
        daily = activity.sets is not None or any(may_read_the_day(one) for one in (activity, activity.triggers) if one)
        days = range(first, end + 1) if daily else [day for day in self._changes if first <= day <= end]
        if self.which == "most" and closes is not None:
            yield from (max(now, day * DAY_MINUTES - 1) for day in reversed(days))
        else:
            yield from (day * DAY_MINUTES for day in days)
        if last != now:
            yield now if self.which == "most" else last

    def deed(self, company: Company, activity: Activity[Any], by: Role, minute: int) -> tuple[Deed[Any], bool]:
        """Return an act at a minute, and whether no law limits the last day that it sets.

        Raises:
            DefinitionError: a condition looks at a day on which something was done or ends.

        """
        deed, day = self.kind.deeds[activity.name], self.kernel.day(minute // DAY_MINUTES)
        deed, free = self._longest(company.main, deed, by, day)
        if activity.triggers is not None:
            check_effect(activity.triggers)
        if may_look_at_dates(activity):
            reads_the_day(company.main, company.related, deed, day, self.kernel.law, self._counted, by)
        return deed, free

    def _longest(self, case: Case, deed: Deed[Any], by: Role, day: date) -> tuple[Deed[Any], bool]:
        """Return the act with the latest (for the quickest, the first) last day that the rules allow; unchanged where they say nothing."""
        until = deed.activity.sets
        if until is None or getattr(deed.data, until.day) is None:
            return deed, False
        law, facts = self.kernel.law.in_case(case), case.process.fold(case.facts, deed.data)

        def limit(rule: Rule | None) -> date | None:
            value = law.find(rule, day, facts, by) if rule else None
            span = value.amount if value else None
            return span.deadline(day, law.calendar_of(by)).due if isinstance(span, Span) else None

        latest = limit(until.most)
        if self.which == "least":
            last = limit(until.least) or day + timedelta(days=1)
        else:
            last = latest or getattr(deed.data, until.day)
        return Deed(deed.activity, evolve(deed.data, **{until.day: last})), self.which == "most" and latest is None

    def standing(self, company: Company) -> object:
        """Return the standing of a company without days that acts have set: the clocks tell these, unless a condition reads the fact."""
        if not any(self._unread.values()):
            return company.standing()
        blank = (evolve(case, facts=evolve(case.facts, **self._unread[case.id])) for case in company.cases)
        return Company(tuple(blank)).standing()


def _unread_days(process: type[Process]) -> Mapping[str, Any]:
    """Return the facts that acts set as last days of clocks and that no condition reads, with their initial values."""
    read = frozenset[str]().union(*(names_read(test) for a in process.activities for test in tests_of(a)))
    days = {activity.sets.day for activity in process.activities if activity.sets} - read
    return {day: getattr(process.facts(), day) for day in days}
