"""The work calendar: which days are working days, how they are counted, and how far they are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, overload

from attrs import evolve, field, frozen

from ssflow.calendar import coverage
from ssflow.calendar.arrays.columns import Column, Errors, HasDtype, of_columns, require_numpy
from ssflow.calendar.base_calendar import BaseCalendar, ChinaBaseCalendar, country_base_calendar
from ssflow.calendar.clock import civil_day
from ssflow.calendar.doors import one_of, positive, unfit
from ssflow.calendar.kinds import Day
from ssflow.calendar.loading import default_notices, given_notices, merged
from ssflow.calendar.notices import BODIES, ONE_DAY, Body, Notice
from ssflow.calendar.officehours import OfficeHours, office_hours
from ssflow.calendar.resolve import Resolution, resolve
from ssflow.calendar.table import WorkdayTable
from ssflow.calendar.view import View, check_view
from ssflow.doors import check_kind
from ssflow.regions import NATION, region_name

_RAISE: Errors = "raise"  # compared by identity, for speed; an equal text takes the slower way to the same answer
_UNBUILT = WorkdayTable(0, b"")  # answers nothing, so that a caller takes the slower way, which builds the real table


@frozen
class WorkCalendar:
    """The working days of a kind of body in a place, as known today or on an earlier day.

    Days are ``datetime.date`` or aware datetimes, which fall on a day in the calendar's zone. Working days are those of the
    notices; where they are missing, a forecast, marked PROVISIONAL wherever a result depends on it. Calendars are values:
    equal notices make equal calendars, and each view is a calendar of its own.

    >>> from datetime import date
    >>> cal = WorkCalendar.china()
    >>> cal.is_workday(date(2026, 2, 14)), cal.add(date(2026, 2, 9), 20)
    (True, datetime.date(2026, 3, 13))
    >>> cal.in_region("450000").add(date(2021, 4, 13), 1), cal.as_of(date(2020, 1, 26)).add(date(2020, 1, 20), 10)
    (datetime.date(2021, 4, 18), datetime.date(2020, 2, 7))

    """

    notices: tuple[Notice, ...] = field(repr=lambda notices: f"<{len(notices)} notices>")
    base_calendar: BaseCalendar = field(factory=ChinaBaseCalendar, repr=False)
    place: str = NATION
    body: Body = "public"
    known: date | None = None
    is_strict: bool = False
    # Answers that are found once and kept: cases ask the same at every act. Plain slots, because cached properties slow down a slotted class.
    _places: dict[tuple[str, Body], WorkCalendar] = field(factory=dict, init=False, eq=False, repr=False)
    _ends: dict[Any, Any] = field(factory=dict, init=False, eq=False, repr=False)
    _near: WorkdayTable = field(init=False, eq=False, repr=False, default=_UNBUILT)
    _found: Resolution | None = field(init=False, eq=False, repr=False, default=None)
    _digest: str = field(init=False, eq=False, repr=False, default="")

    def __attrs_post_init__(self) -> None:
        check_view(self._view)
        check_kind("is_strict", self.is_strict, bool)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy the calendar without its cached answers."""
        return WorkCalendar, (self.notices, self.base_calendar, self.place, self.body, self.known, self.is_strict)

    # Calendars

    @classmethod
    def china(cls) -> WorkCalendar:
        """Return the calendar of all notices in the package and of those named by the environment (``SSFLOW_NOTICES``).

        Raises:
            DataError: the environment names a file that cannot be used.

        """
        return _china(default_notices())

    @classmethod
    def from_holidays(
        cls,
        country: str,
        *,
        subdiv: str | Iterable[str] | None = None,
        categories: str | Iterable[str] | None = None,
        years: range = range(2000, 2051),
        zone: str | None = None,
        firm_through: date | None = None,
    ) -> WorkCalendar:
        """Return the calendar of any country that the package holidays knows, so that the same spans can be counted there.

        ``subdiv`` is a part of the country, or several: then a day that rests in any of them rests. ``categories`` are those
        of the package, such as ``("public", "bank")``; left out, its own choice for the country.
        The package does not tell decreed days from forecasts: every day is PROVISIONAL unless you vouch for the days
        ``firm_through``. ``zone`` is the time zone of its days; without one, only dates are understood.

        Raises:
            UnknownError: the package knows no such country, part or category.
            InputError: another argument is not what is required.

        >>> from datetime import date
        >>> hongkong = WorkCalendar.from_holidays("HK", zone="Asia/Hong_Kong")
        >>> hongkong.is_workday(date(2026, 7, 1))
        False

        """
        return cls((), country_base_calendar(country, subdiv, categories, years, zone, firm_through))

    # Views

    def strict(self) -> WorkCalendar:
        """Return the same calendar, except that it raises CoverageError instead of forecasting."""
        return evolve(self, is_strict=True)

    def as_of(self, day: date) -> WorkCalendar:
        """Return the calendar as known at the end of a day: the notices and the holiday regulation as they then were.

        A notice whose day of publication was not found counts as known from its first holiday.

        Raises:
            CoverageError: nothing was known by then.

        """
        view = evolve(self, known=self.civil_day(day))
        view._resolution  # noqa: B018 - refuses a day on which nothing was known
        return view

    def in_region(self, code: str, body: Body = "public") -> WorkCalendar:
        """Return the calendar of public bodies, or of enterprises, in a place (six digits of GB/T 2260; ``""`` for the nation).

        Raises:
            UnknownError: no place has this code.
            InputError: ``code`` is not a code, or there is no such kind of body.

        """
        if type(code) is type(body) is str and (known := self._places.get((code, body))):
            return known
        if not isinstance(code, str):
            raise unfit("code", code, "六位行政区划代码", "a code of six digits")
        one_of("body", body, BODIES)
        region_name(code)
        return self._places.setdefault((code, body), evolve(self, place=code, body=body))

    def with_notices(self, *notices: Notice | Path | str, replace: bool = False) -> WorkCalendar:
        """Return the same calendar with further notices: notices, files of them, or whole folders.

        A notice takes the place of one with the same id. A second copy of a year changes nothing if it says the same; one that differs
        is refused or, with ``replace``, takes the place of the first copy.

        Raises:
            InputError: a value is neither a notice nor a path, or ``replace`` neither True nor False.
            DataError: a file cannot be used, or nothing says which of two notices holds.

        """
        check_kind("replace", replace, bool)
        theirs = given_notices(notices, is_chinese=self.base_calendar.is_chinese)
        laid = merged(self.notices, theirs, replace=replace, is_weekend=self.base_calendar.is_weekend)
        return evolve(self, notices=laid)

    # How far it reaches

    @property
    def first_day(self) -> date:
        """The first day that the calendar knows."""
        return self._resolution.first

    @property
    def firm_through(self) -> date:
        """The last day that only a further amendment could change.

        The notice of a year sometimes moves the last three days of the year before (it did in 6 of 23 years), so a
        year is firm up to 28 December until the next notice is known. A place with holidays of its own may have years
        before this day that are not firm, for want of its notice; `is_firm` tells which.
        """
        return self._resolution.firm_through

    def is_firm(self, first: date, last: date) -> bool:
        """Return whether only a further amendment could change the days from the first to the last."""
        return self._resolution.is_firm(self.civil_day(first), self.civil_day(last))

    @property
    def zone(self) -> str | None:
        """The time zone of the calendar's days."""
        return self.base_calendar.zone

    @property
    def digest(self) -> str:
        """Twelve hex digits that identify the notices, the place and the day of knowledge."""
        if not self._digest:
            object.__setattr__(self, "_digest", self._view.digest)
        return self._digest

    @property
    def own_place(self) -> str:
        """The narrowest place around this one that has holidays of its own every year; the nation if there is none."""
        return self._resolution.own_place

    # Questions about a day

    def civil_day(self, when: date) -> date:
        """Return the day of this calendar on which a day or an instant falls.

        Raises:
            InputError: ``when`` is neither, or a naive datetime, or an instant where the calendar has no zone.

        """
        return when if type(when) is date else civil_day(when, self.base_calendar.zone)

    @overload
    def is_workday(self, day: date) -> bool: ...
    @overload
    def is_workday(self, day: Column, *, errors: Errors = "raise") -> Column: ...
    def is_workday(self, day: Any, *, errors: Errors = "raise") -> Any:
        """Return whether public bodies work on this day, or on each day of a column; ``errors`` as for `Span.deadlines`."""
        if type(day) is date and errors is _RAISE:  # the common case, for speed
            near = self._near
            i = day.toordinal() - near.base
            if i >= 0:
                try:
                    return near.works[i]
                except IndexError:
                    pass
        elif of_columns(errors, day):
            return _for_columns().is_workday(self, day, errors)
        return self._pick(day, lambda count, worked: count - worked) == self.civil_day(day)

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is worked, else the next working day."""
        return self._pick(day, lambda count, worked: count - worked)

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is worked, else the last working day before it."""
        return self._pick(day, lambda count, _: count - 1)

    def day(self, day: date) -> Day:
        """Return what kind of day this is, what it is called and which notice made it so."""
        day = self.civil_day(day)
        return self._resolution.day(day, works=self.is_workday(day))

    def office_hours(self, day: date) -> OfficeHours:
        """Return the office hours in the calendar's place on a day.

        Raises:
            CoverageError: no source gives them.

        """
        return office_hours(self.place, self.civil_day(day))

    def days(self, first: date, last: date) -> Iterator[Day]:
        """Yield each day from the first to the last."""
        day, last = self.civil_day(first), self.civil_day(last)
        while day <= last:
            yield self.day(day)
            day += ONE_DAY

    # Counting

    @overload
    def add(self, day: date, n: int) -> date: ...
    @overload
    def add(self, day: Column, n: int | HasDtype, *, errors: Errors = "raise") -> Column: ...
    def add(self, day: Any, n: Any, *, errors: Errors = "raise") -> Any:
        """Return the n-th working day after ``day``, which itself is not counted (Civil Code 201). ``n`` is at least 1.

        For a column of days, the result is a column, and ``n`` may be a column of numbers. ``errors`` as for `Span.deadlines`.
        """
        if type(day) is date and type(n) is int and n > 0 and errors is _RAISE:  # the common case, for speed
            near = self._near
            i = day.toordinal() - near.base
            if i >= 0:
                try:
                    return near.workdays[near.count[i] + n - 1]
                except IndexError:
                    pass
        elif of_columns(errors, day):
            return _for_columns().add(self, day, n, errors)
        n = _workdays(n)
        return self._pick(day, lambda count, _: count + n - 1, itself=False)

    def sub(self, day: date, n: int) -> date:
        """Return the n-th working day before ``day``, which itself is not counted. ``n`` is at least 1."""
        n = _workdays(n)
        return self._pick(day, lambda count, worked: count - worked - n, itself=False)

    @overload
    def count(self, after: date, through: date) -> int: ...
    @overload
    def count(self, after: Column, through: Column | date, *, errors: Errors = "raise") -> Column: ...
    @overload
    def count(self, after: date, through: Column, *, errors: Errors = "raise") -> Column: ...
    def count(self, after: Any, through: Any, *, errors: Errors = "raise") -> Any:
        """Return the number of working days after the first day, up to and including the second; so it inverts ``add``.

        The number is negative if the second day comes first: ``count(a, b) == -count(b, a)``. For columns, the result is a column; ``errors``
        as for `Span.deadlines`.
        """
        if type(after) is date and type(through) is date and errors is _RAISE:  # the common case, for speed
            near = self._near
            base = near.base
            i, j = after.toordinal() - base, through.toordinal() - base
            if i >= 0 and j >= 0:
                try:
                    return near.count[j] - near.count[i]
                except IndexError:
                    pass
        elif of_columns(errors, after, through):
            return _for_columns().count(self, after, through, errors)
        i, j = self._index(after), self._index(through)
        near = self._nearest()
        for table in self._tables:
            if max(i, j) < len(table.count):
                break
        else:
            raise coverage.too_far(self, max(self.civil_day(after), self.civil_day(through)))
        if table is not near and i != j:
            first, last = sorted((self.civil_day(after), self.civil_day(through)))
            self._require_firm(min(first + ONE_DAY, last), last)
        return table.count[j] - table.count[i]

    # Tables behind the answers

    @property
    def _view(self) -> View:
        return View(self.notices, self.base_calendar, self.place, self.body, self.known)

    @property
    def _resolution(self) -> Resolution:
        if self._found is None:
            found = resolve(self._view)
            object.__setattr__(self, "_found", found)
            return found
        return self._found

    def _nearest(self) -> WorkdayTable:
        """Return the days that answers rest on without a forecast; for a strict calendar, those before the first that is not firm."""
        if self._near is _UNBUILT:
            near, gaps = self._resolution.near, self._resolution.gaps
            object.__setattr__(self, "_near", near.through(gaps[0][0] - ONE_DAY) if self.is_strict and gaps else near)
        return self._near

    @property
    def _tables(self) -> Iterator[WorkdayTable]:
        """The tables, each reaching further than the one before."""
        yield self._nearest()
        yield self._resolution.soon
        yield self._resolution.far

    def _index(self, day: date) -> int:
        i = (day if type(day) is date else self.civil_day(day)).toordinal() - self._nearest().base
        if i < 0:
            raise coverage.too_early(self, self.civil_day(day))
        return i

    def _pick(self, day: date, rank: Callable[[int, int], int], *, itself: bool = True) -> date:
        """Return the working day of this rank; ``rank`` receives the number of working days through ``day`` and whether it is one.

        ``itself`` says whether the answer depends on the day itself.
        """
        i = self._index(day)
        for table in self._tables:
            if i < len(table.flags):
                k = rank(table.count[i], table.flags[i])
                if k < 0:
                    raise coverage.answer_too_early(self, self.civil_day(day))
                if k < len(table.workdays):
                    break
        else:
            raise coverage.too_far(self, self.civil_day(day))
        found = table.workdays[k]
        if table is not self._nearest():
            day = self.civil_day(day)
            step = timedelta(days=0 if itself else 1 if found > day else -1)
            self._require_firm(*sorted((day + step, found)))
        return found

    def _require_firm(self, first: date, last: date) -> None:
        """Refuse, if the calendar is strict, an answer that rests on days that are not firm."""
        if self.is_strict and not self.is_firm(first, last):
            start = next(gap for gap in self._resolution.gaps if gap[0] <= last and first <= gap[1])[0]
            raise coverage.not_firm(self, max(start, first))


@cache
def _china(notices: tuple[Notice, ...]) -> WorkCalendar:
    return WorkCalendar(notices)


def _for_columns() -> ModuleType:
    require_numpy("WorkCalendar")
    from ssflow.calendar.arrays import questions

    return questions


def _workdays(n: Any) -> int:
    return positive("n", n, "工作日数", "a number of working days")
