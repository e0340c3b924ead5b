"""The days of a calendar view: the combined rulings of its notices for a body in a place, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from weakref import WeakValueDictionary

from attrs import evolve, frozen

from ssflow.calendar.base_calendar import BaseCalendar
from ssflow.calendar.kinds import Day, DayKind, Ruling
from ssflow.calendar.notices import LATE_DECEMBER, ONE_DAY, Notice
from ssflow.calendar.table import WorkdayTable
from ssflow.calendar.view import View
from ssflow.errors import CoverageError
from ssflow.regions import NATION, widening
from ssflow.text import Text

Gap = tuple[date, date]
SOON = 5  # years
KEPT = 64  # resolutions, of about a megabyte each, that are kept although nobody holds them


@frozen(eq=False)
class Resolution:
    """The days of a view, in three tables, each reaching further than the one before.

    The near table ends with the last of the consecutive years that have notices, and needs nothing else. The others go on with
    what the base calendar expects, and are built when they are first needed.
    """

    view: View
    notices: tuple[Notice, ...]
    first: date
    noticed_through: date

    @cached_property
    def rulings(self) -> Mapping[date, Ruling]:
        """The rulings of the notices, day by day; the notice that prevails decides."""
        return {day: ruling for notice in self.notices for day, ruling in _rulings(notice)}

    @cached_property
    def near(self) -> WorkdayTable:
        """The days up to the end of the last consecutive year with a notice."""
        return self._table(self.noticed_through, self.rulings)

    @cached_property
    def soon(self) -> WorkdayTable:
        """The days of ``near``, and those expected for the next few years."""
        return self._expected_table(min(self.noticed_through.year + SOON, self.view.base_calendar.last_year))

    @cached_property
    def far(self) -> WorkdayTable:
        """The days of ``near``, and those expected for all years."""
        return self._expected_table(self.view.base_calendar.last_year)

    def day(self, day: date, *, works: bool) -> Day:
        """Return what kind of day this is, what it is called and which notice made it so."""
        ruling = self.ruling(day) or Ruling(works=works)
        base_calendar = self.view.base_calendar
        weekend, name = base_calendar.is_weekend(day), ruling.name
        if works:
            kind = DayKind.MAKEUP if weekend else DayKind.WORKDAY
        elif ruling.extra:
            kind = DayKind.EXTRA
        else:
            statutory = base_calendar.statutory(day.year, self.view.known).get(day)
            name = name or statutory
            kind = DayKind.STATUTORY if statutory else DayKind.WEEKEND if weekend else DayKind.SWAPPED
        return Day(day, kind, name, ruling.notice, self.is_firm(day, day))

    def ruling(self, day: date) -> Ruling | None:
        """Return the ruling of the notices for a day, or the expected one if its year has no notice."""
        found = self.rulings.get(day)
        if found is None and day.year not in self.noticed_years:
            found = self._expected(day.year).get(day)
        return found

    def _expected_table(self, last_year: int) -> WorkdayTable:
        missing = [year for year in range(self.first.year, last_year + 1) if year not in self.noticed_years]
        expected = dict(chain.from_iterable(self._expected(year).items() for year in missing))
        return self._table(date(last_year, 12, 31), {**expected, **self.rulings})

    def _expected(self, year: int) -> Mapping[date, Ruling]:
        return _expected(self.view.base_calendar, year, self.view.known)

    @cached_property
    def noticed_years(self) -> frozenset[int]:
        """The years whose national notice is known."""
        return frozenset(notice.year for notice in self.notices if notice.is_national and notice.complete)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The days that are not firm, as ranges in order that do not touch.

        The notice of a year sometimes moves the last three days of the year before (it did in 6 of 23 years), so 29 to 31
        December are firm only when the notice of the next year is known. A place with holidays of its own needs its own notice too.
        """
        last = self.view.base_calendar.last_year
        vouched = self.view.base_calendar.firm_through or self.first - ONE_DAY
        open_years = [year for year in range(self.first.year, last + 1) if not self._is_arranged(year)]
        gaps = [(date(year, 1, 1), date(year, 12, 31)) for year in open_years]
        gaps += [
            (date(year, *LATE_DECEMBER), date(year, 12, 31))
            for year in range(self.first.year, last)
            if year + 1 not in self.noticed_years
        ]
        return tuple((max(a, vouched + ONE_DAY), b) for a, b in _joined(gaps) if b > vouched)

    def is_firm(self, first: date, last: date) -> bool:
        """Return whether all days from the first to the last are firm."""
        gaps = self.gaps
        return not gaps or last < gaps[0][0] or not any(start <= last and first <= end for start, end in gaps)

    @cached_property
    def firm_through(self) -> date:
        """The last day that only a further amendment could change; the day before the first known one if there is none."""
        end = date(self.view.base_calendar.last_year, 12, 31)
        return self.gaps[-1][0] - ONE_DAY if self.gaps and self.gaps[-1][1] == end else end

    @cached_property
    def own_place(self) -> str:
        """The narrowest place around this one that has holidays of its own every year; the nation if there is none."""
        own = {place for notice in self._own for place in notice.places}
        return next((place for place in widening(self.view.place) if place in own), NATION)

    @cached_property
    def _own(self) -> list[Notice]:
        """The notices of the places around this one that have holidays of their own every year."""
        view = self.view
        return [notice for notice in view.notices if notice.annual_since and notice.rank_in(view.place, view.body)]

    def _is_arranged(self, year: int) -> bool:
        """Return whether the national notice of a year is known, and that of the place if it needs one of its own."""
        if year not in self.noticed_years:
            return False
        if not self._own or year < min(notice.annual_since or year for notice in self._own):
            return True
        places = {place for notice in self._own for place in notice.places}
        return any(n.year == year and n.complete and places & set(n.places) for n in self.notices)

    def _table(self, last: date, rulings: Mapping[date, Ruling]) -> WorkdayTable:
        base = self.first.toordinal()
        flags = bytearray(self.view.base_calendar.week(self.first, (last - self.first).days + 1))
        for day, ruling in rulings.items():
            if self.first <= day <= last:
                flags[day.toordinal() - base] = ruling.works
        return WorkdayTable(base, bytes(flags))


def resolve(view: View) -> Resolution:
    """Return the days of a view; days of knowledge on which the same was known share one object.

    Raises:
        InputError: the view is of China, and no notice arranges a whole year.
        CoverageError: nothing was known on that day.

    """
    view = evolve(view, place=_spoken_of(view))
    if view.known is None:
        return _resolve(view)
    was_known = [change for change in view.changes if change <= view.known]
    if view.base_calendar.first_year is not None:  # the knowledge of such a base calendar has no dates
        return _resolve(evolve(view, known=was_known[-1] if was_known else date.min))
    if not any(notice.is_national for notice in view.in_force):
        first = min(notice.known_by for notice in view.notices if notice.is_national)
        raise CoverageError(
            view.known,
            Text("当时尚无已知的通知", "no notice of that time is known"),
            Text(f"请按{first}或以后所知查询", f"ask as of {first} or later"),
        )
    return _resolve(evolve(view, known=was_known[-1]))


def _spoken_of(view: View) -> str:
    """Return the narrowest place around this one that a notice names, if it is the same in every year; all places in it share their days."""
    named = {place for notice in view.notices for place in notice.places}
    years = {notice.year for notice in view.notices if notice.places}
    around = [widening(view.place), *(widening(view.place, date(year, 1, 1)) for year in sorted(years))]
    found = {next((place for place in outwards if place in named), NATION) for outwards in around}
    return found.pop() if len(found) == 1 else view.place


@lru_cache(maxsize=4096)
def _expected(base_calendar: BaseCalendar, year: int, known: date | None) -> Mapping[date, Ruling]:
    """Return the expected days of a year, cached because a question about one day needs the whole year."""
    return base_calendar.expected(year, known)


_HELD: WeakValueDictionary[View, Resolution] = WeakValueDictionary()


@lru_cache(maxsize=KEPT)
def _resolve(view: View) -> Resolution:
    """Return the resolution that a calendar still holds, or else a new one."""
    found = _HELD.get(view)
    if found is None:
        _HELD[view] = found = _resolved(view)
    return found


def _resolved(view: View) -> Resolution:
    notices = tuple(view.in_force)
    years = sorted({notice.year for notice in notices if notice.is_national and notice.complete})
    first = view.base_calendar.first_year or years[0]
    through = first - 1
    while through + 1 in years:
        through += 1
    return Resolution(view, notices, date(first, 1, 1), date(through, 12, 31))


def _rulings(notice: Notice) -> Iterator[tuple[date, Ruling]]:
    for day, rest in notice.days():
        if rest is None:
            yield day, Ruling(works=True, notice=notice)
        else:
            yield day, Ruling(works=False, name=rest.name, notice=notice, extra=rest.extra)


def _joined(ranges: list[Gap]) -> list[Gap]:
    """Return the same ranges in order, with those that touch joined."""
    joined: list[Gap] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
