"""Which days are working days, how they are counted, and how far that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache, cached_property
from hashlib import sha256

from attrs import evolve, field, frozen

from ssflow.calendar.clock import civil_day
from ssflow.calendar.notices import Notice, Rest, national_notices
from ssflow.calendar.statutory import LAST_YEAR, SATURDAY, expected_rest, statutory_days
from ssflow.calendar.table import WorkdayTable
from ssflow.errors import CoverageError
from ssflow.text import Text


class DayKind(Enum):
    """What a day is, and why."""

    WORKDAY = Text("工作日", "working day")
    MAKEUP = Text("调休上班日", "make-up working day")
    WEEKEND = Text("周末", "weekend")
    STATUTORY = Text("法定节假日", "statutory holiday")
    SWAPPED = Text("调休放假日", "rest day by notice")
    EXTRA = Text("特别放假日", "extra rest day")


@frozen
class Day:
    """One day of the calendar: its kind, its festival if any, the notice that made it so, and whether that is firm."""

    date: date
    kind: DayKind
    name: Text | None
    notice: Notice | None
    firm: bool

    @property
    def is_workday(self) -> bool:
        """Whether offices are open."""
        return self.kind in (DayKind.WORKDAY, DayKind.MAKEUP)


@frozen
class WorkCalendar:
    """The working days of public bodies, from the first noticed year to 2099.

    Days are ``datetime.date`` or aware datetimes, which fall on their day in Beijing. Working days are those of the
    notices; after ``firm_through`` they are a forecast from the holiday regulation, marked PROVISIONAL wherever a result
    depends on it. Calendars are values: equal notices make equal calendars.

    >>> from datetime import date
    >>> cal = WorkCalendar.china()
    >>> cal.is_workday(date(2026, 2, 14)), cal.add(date(2026, 2, 9), 20)
    (True, datetime.date(2026, 3, 13))

    """

    notices: tuple[Notice, ...] = field(repr=lambda notices: f"<{len(notices)} notices>")
    is_strict: bool = False

    @classmethod
    def china(cls) -> WorkCalendar:
        """The calendar of the State Council's notices, as the package knows them."""
        return _china()

    def strict(self) -> WorkCalendar:
        """The same calendar, which raises CoverageError instead of forecasting."""
        return evolve(self, is_strict=True)

    # How far it reaches

    @cached_property
    def first_day(self) -> date:
        """The first day it knows."""
        return date(min(notice.year for notice in self.notices), 1, 1)

    @cached_property
    def firm_through(self) -> date:
        """The last day that only a further amendment could change.

        The notice of a year sometimes moves the last three days of the year before (it did in 6 of 23 years), so a
        year is firm up to 28 December until the next notice is known.
        """
        return date(self._last_year, 12, 28)

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits that identify the days of this calendar."""
        days = sorted((day.isoformat(), kind.name) for day, (kind, *_) in self._noticed.items())
        return sha256(repr(days).encode()).hexdigest()[:12]

    # Questions about a day

    def is_workday(self, day: date) -> bool:
        """Whether public bodies work on this day."""
        i = self._index(day)
        flags = self._near.flags
        return bool(flags[i] if i < len(flags) else self._beyond(day).flags[i])

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return self._pick(day, lambda count, worked: count - worked)

    def on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        return self._pick(day, lambda count, _: count - 1)

    def day(self, day: date) -> Day:
        """What kind of day this is, what it is called and which notice made it so."""
        day = civil_day(day)
        kind, name, notice = self._noticed.get(day, (None, None, None))
        weekend = day.weekday() >= SATURDAY
        if self.is_workday(day):
            kind = DayKind.MAKEUP if weekend else DayKind.WORKDAY
        elif kind is not DayKind.EXTRA:
            statutory = statutory_days(day.year).get(day)
            name = name or statutory or expected_rest(day.year).get(day)
            kind = DayKind.STATUTORY if statutory else DayKind.WEEKEND if weekend else DayKind.SWAPPED
        return Day(day, kind, name, notice, day <= self.firm_through)

    # Counting

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day``, which itself is not counted (Civil Code 201). ``n`` is at least 1."""
        i = (day if type(day) is date else civil_day(day)).toordinal() - self._base
        if i >= 0 and type(n) is int and n > 0:  # the common case, spelled out for speed
            near = self._near
            try:
                return near.workdays[near.count[i] + n - 1]
            except IndexError:
                pass
        _at_least_one(n)
        return self._pick(day, lambda count, _: count + n - 1)

    def sub(self, day: date, n: int) -> date:
        """The n-th working day before ``day``, which itself is not counted. ``n`` is at least 1."""
        _at_least_one(n)
        return self._pick(day, lambda count, worked: count - worked - n)

    def count(self, after: date, through: date) -> int:
        """The working days after the first day, up to and including the second; so it inverts ``add``.

        Negative if the second day comes first: ``count(a, b) == -count(b, a)``.
        """
        i, j = self._index(after), self._index(through)
        count = self._near.count
        if max(i, j) >= len(count):
            count = self._beyond(max(civil_day(after), civil_day(through))).count
        return count[j] - count[i]

    # The tables behind the answers

    @cached_property
    def _last_year(self) -> int:
        return max(notice.year for notice in self.notices)

    @cached_property
    def _base(self) -> int:
        return self.first_day.toordinal()

    @cached_property
    def _noticed(self) -> Mapping[date, tuple[DayKind, Text | None, Notice]]:
        """What the notices say, day by day; the later notice prevails."""
        days: dict[date, tuple[DayKind, Text | None, Notice]] = {}
        for notice in self.notices:
            for rest in notice.rest:
                days.update({day: (_rest_kind(rest), rest.name, notice) for day in rest.days()})
            days.update(dict.fromkeys(notice.work, (DayKind.MAKEUP, None, notice)))
        return days

    @cached_property
    def _near(self) -> WorkdayTable:
        """The days that answers rest on without a forecast (if strict), or up to the end of the last noticed year."""
        last = self.firm_through if self.is_strict else date(self._last_year, 12, 31)
        return self._table(last, {})

    @cached_property
    def _far(self) -> WorkdayTable:
        """The same and the forecast after it."""
        years = range(self._last_year + 1, LAST_YEAR + 1)
        return self._table(date(LAST_YEAR, 12, 31), {day for year in years for day in expected_rest(year)})

    def _table(self, last: date, expected: Iterable[date]) -> WorkdayTable:
        base = self._base
        flags = bytearray(_weekdays(self.first_day, (last - self.first_day).days + 1))
        for day in expected:
            flags[day.toordinal() - base] = 0
        for day, (kind, *_) in self._noticed.items():
            if self.first_day <= day <= last:
                flags[day.toordinal() - base] = kind is DayKind.MAKEUP
        return WorkdayTable(base, bytes(flags))

    def _beyond(self, day: date) -> WorkdayTable:
        """The table for a day that the near one does not hold."""
        if self.is_strict:
            raise CoverageError(
                civil_day(day),
                f"the answer takes working days after {self.firm_through}, the last day that is firm",
                f"add the notice of {self._last_year + 1} as calendar/notices/{self._last_year + 1}.toml, "
                "or ask without strict() for a provisional answer",
            )
        if civil_day(day).year > LAST_YEAR:
            raise self._too_far(day)
        return self._far

    def _too_far(self, day: date) -> CoverageError:
        return CoverageError(civil_day(day), f"no calendar reaches beyond {LAST_YEAR}", "ask about an earlier day")

    def _index(self, day: date) -> int:
        i = (day if type(day) is date else civil_day(day)).toordinal() - self._base
        if i < 0:
            raise CoverageError(
                civil_day(day),
                f"working days are known from {self.first_day} on",
                f"add the notice of {civil_day(day).year} as calendar/notices/{civil_day(day).year}.toml",
            )
        return i

    def _pick(self, day: date, rank: Callable[[int, int], int]) -> date:
        """The working day of this rank; ``rank`` is told how many there are through ``day`` and whether it is one."""
        i = self._index(day)
        near = self._near
        if i < len(near.flags):
            k = rank(near.count[i], near.flags[i])
            if k < 0:
                why = f"the answer lies before {self.first_day}, the first day known"
                raise CoverageError(civil_day(day), why, "ask about a later day")
            if k < len(near.workdays):
                return near.workdays[k]
        far = self._beyond(day)
        try:
            return far.workdays[rank(far.count[i], far.flags[i])]
        except IndexError:
            raise self._too_far(day) from None


@cache
def _china() -> WorkCalendar:
    return WorkCalendar(national_notices())


def _rest_kind(rest: Rest) -> DayKind:
    return DayKind.EXTRA if rest.extra else DayKind.SWAPPED


def _weekdays(first: date, n: int) -> bytes:
    """One byte a day, 1 from Monday to Friday."""
    week = bytes(int((first + timedelta(days=k)).weekday() < SATURDAY) for k in range(7))
    return (week * (n // 7 + 1))[:n]


def _at_least_one(n: int) -> None:
    if type(n) is not int or n < 1:
        msg = f"a number of working days is a whole number of at least 1, not {n!r}"
        raise ValueError(msg)
