"""A year of a calendar: its days, its totals, its notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from attrs import asdict, frozen

from ssflow.calendar import Balance, Day, Difference, Notice, WorkCalendar, balance, differences, notices_kept_apart
from ssflow.calendar.coverage import half_known
from ssflow.cli.output.days import day_document, is_special, runs
from ssflow.cli.output.makeups import made_up_for
from ssflow.documents import Document, text_document
from ssflow.text import Text
from ssflow.views.coverage import calendar_view
from ssflow.views.notices import notice_view
from ssflow.views.reach import missing_years, speaking

_MARGIN = timedelta(days=10)  # a rest that begins in one year may end in the next


@frozen(slots=False)
class YearSheet:
    """A year for a kind of body in a place, as far as was known."""

    calendar: WorkCalendar
    year: int

    @property
    def first(self) -> date:
        """The first of January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last of December."""
        return date(self.year, 12, 31)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """All days of the year; raises CoverageError if the calendar does not reach them."""
        return tuple(self.calendar.days(self.first, self.last))

    @cached_property
    def runs(self) -> list[list[Day]]:
        """The rests and make-up days of the year in order; rests that cross its ends are whole."""
        before = max(self.first - _MARGIN, self.calendar.first_day)
        after = min(self.last + _MARGIN, date(self.calendar.base_calendar.last_year, 12, 31))
        found = runs(self.calendar.days(before, after))
        return [run for run in found if any(day.date.year == self.year for day in run)]

    @cached_property
    def notices(self) -> list[Notice]:
        """All notices that rule on a day of the year, the national ones first."""
        decreed = [day.notice for run in self.runs for day in run if day.notice]
        found = dict.fromkeys([*speaking(self.calendar, self.first, self.last), *decreed])
        return sorted(found, key=lambda notice: (not notice.is_national, notice.known_by, notice.id))

    @cached_property
    def festivals(self) -> dict[date, Text]:
        """The festival for which each make-up day is worked, where it can be determined."""
        return {
            day: name
            for notice in self.notices
            for day, name in made_up_for(notice, self.calendar).items()
            if notice == self.calendar.day(day).notice
        }

    @cached_property
    def balance(self) -> Balance | None:
        """The balance of the national notices of the year, as far as they were known; None without one."""
        known = self.calendar.known or date.max
        spoken = [n for n in self.calendar.notices if n.is_national and n.year == self.year and n.known_by <= known]
        return balance(self.year, spoken) if spoken else None

    @cached_property
    def lacking(self) -> Text | None:
        """What the notice of the year lacks of a whole year, if a part of it is known."""
        return half_known(self.calendar, self.year)

    @cached_property
    def differences(self) -> list[Difference]:
        """The days of the year on which a file that the environment names contradicts our notice, which is kept."""
        theirs = notices_kept_apart() if self.calendar.base_calendar.is_chinese else ()
        return [found for found in differences(self.calendar, *theirs) if found.day.year == self.year]

    @property
    def workdays(self) -> int:
        """The number of working days in the year."""
        return sum(day.is_workday for day in self.days)

    def document(self) -> Document:
        """Return the year as plain data: the days that differ from the ordinary week, and the totals."""
        worked = Counter(day.date.month for day in self.days if day.is_workday)
        return {
            "year": self.year,
            "firm": all(day.firm for day in self.days),
            **calendar_view(self.calendar).document(),
            "provisional": [[a.isoformat(), b.isoformat()] for a, b in self._provisional()],
            "missing": missing_years(self.calendar, self.first, self.last),
            "totals": {
                "workdays": self.workdays,
                "rest_days": len(self.days) - self.workdays,
                "by_month": [worked[month] for month in range(1, 13)],
            },
            "days": [self._day(day) for day in self.days if is_special(day)],
            "notices": [notice_view(notice).document() for notice in self.notices],
            "balance": self._balance(),
            "lacking": text_document(self.lacking) if self.lacking else None,
            "differences": [
                {"date": d.day.isoformat(), "ours": d.ours, "theirs": d.theirs, "notice": d.notice.id}
                for d in self.differences
            ],
        }

    def _day(self, day: Day) -> Document:
        festival = self.festivals.get(day.date)
        return {**day_document(day), "made_up_for": text_document(festival) if festival else None}

    def _balance(self) -> Document | None:
        if self.balance is None:
            return None
        sums = self.balance
        return {**asdict(sums), "missing_work": sums.missing_work, "missing_rest": sums.missing_rest}

    def _provisional(self) -> Iterator[tuple[date, date]]:
        for firm, run in groupby(self.days, key=lambda day: day.firm):
            if not firm:
                days = [day.date for day in run]
                yield days[0], days[-1]
