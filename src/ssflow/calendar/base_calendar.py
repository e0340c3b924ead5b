"""The basis of a calendar where no notice speaks: the week, and the holidays that a year is expected to have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssflow.calendar import clock
from ssflow.calendar.doors import several, unfit
from ssflow.calendar.festivals import country, names, noticed_elsewhere, version
from ssflow.calendar.kinds import Ruling
from ssflow.calendar.notices import LAST_YEAR, ONE_DAY, SATURDAY, Notice
from ssflow.calendar.statutory import REGULATIONS, expected_rest, statutory_days
from ssflow.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

_IN_LIEU = Text("补休", "rest in lieu")


@frozen(kw_only=True)
class BaseCalendar(ABC):
    """The week of a country and the rest days of a year without a notice.

    ``first_year`` (None: that of the first notice) and ``last_year`` bound what it knows. ``firm_through`` is the last day that counts
    as firm without a notice, or None. ``changes`` are the days on which its rules became known anew. ``zone`` is the time zone of its
    days; without one, it has no instants.
    """

    zone: str | None
    first_year: int | None
    last_year: int
    firm_through: date | None = None
    changes: tuple[date, ...] = ()

    @property
    @abstractmethod
    def basis(self) -> Text:
        """The basis of a day of which no notice speaks."""

    @property
    @abstractmethod
    def is_chinese(self) -> bool:
        """Whether spans are counted by the rules of the Civil Code."""

    @abstractmethod
    def is_weekend(self, day: date) -> bool:
        """Return whether a day is a weekend in the week of its time, whatever holidays and notices say."""

    @abstractmethod
    def week(self, first: date, n: int) -> bytes:
        """Return one byte for each of ``n`` days, 1 where the week has it worked."""

    @abstractmethod
    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:
        """Return the days of a year that differ from the week, as far as was known on a day (None: today)."""

    @abstractmethod
    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:
        """Return the holidays that the law itself gives, whatever a notice moves."""


@frozen(kw_only=True)
class ChinaBaseCalendar(BaseCalendar):
    """China: Saturday and Sunday rest, and so do the days of the holiday regulation.

    If the package holidays has a year from a notice that is missing here, the year is taken from there and says so. Nothing dates that
    knowledge, so no view of an earlier day has it.
    """

    zone: str | None = clock.ZONE
    first_year: int | None = None
    last_year: int = LAST_YEAR
    changes: tuple[date, ...] = tuple(regulation.known_from for regulation in REGULATIONS)

    @property
    def basis(self) -> Text:
        """The holiday regulation."""
        return Text("尚无放假通知，按法定节假日推算", "no notice yet: forecast from the statutory holidays")

    @property
    def is_chinese(self) -> bool:
        """Always true."""
        return True

    def is_weekend(self, day: date) -> bool:
        """Return whether a day is a Saturday or a Sunday."""
        return day.weekday() >= SATURDAY

    def week(self, first: date, n: int) -> bytes:
        """Return the Chinese week: five days worked, two not."""
        week = bytes(not self.is_weekend(first + i * ONE_DAY) for i in range(7))
        return (week * (n // 7 + 1))[:n]

    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:
        """Return what the package holidays has from a notice, else the days of the regulation."""
        if known is None and (theirs := noticed_elsewhere(year)):
            named = self.statutory(year, known)
            rests = {day: named.get(day, _IN_LIEU) for day in theirs if day.year == year}
            return dict(_off_the_week((theirs,), year, self.is_weekend, rests, _borrowed(year)))
        return {day: Ruling(works=False, name=name) for day, name in expected_rest(year, known or date.max).items()}

    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:
        """Return the days of the holiday regulation in force."""
        return statutory_days(year, known or date.max)


@frozen(kw_only=True)
class CountryBaseCalendar(BaseCalendar):
    """A country of the package holidays, which does not tell what was decreed from what it forecasts.

    So none of its days is firm, unless the caller vouches for the days through ``firm_through``. If several parts of
    a country are given, a day that rests in any of them rests, as laws for the whole country require. The week is that of each
    day's time: the Emirates, for one, rested on Friday and Saturday until 2021.
    """

    code: str
    subdivs: tuple[str, ...] = ()
    categories: tuple[str, ...] | None = None

    @property
    def basis(self) -> Text:
        """The package and its version."""
        return Text(f"据软件包{version()}", f"by the package {version()}")

    @property
    def is_chinese(self) -> bool:
        """Always false, though days are counted alike."""
        return False

    def is_weekend(self, day: date) -> bool:
        """Return whether a day is a weekend by the package, which knows when a country changed its week."""
        return any(part.is_weekend(day) for part in self._parts(day.year))

    def week(self, first: date, n: int) -> bytes:
        """Return the week as the package has it, day by day."""
        return bytes(not self.is_weekend(first + i * ONE_DAY) for i in range(n))

    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:  # noqa: ARG002 - its rules have no dates
        """Return the holidays of a year, and the days that are worked although the week has them rest."""
        return _elsewhere(self, year)

    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:  # noqa: ARG002 - its rules have no dates
        """Return the holidays that the package names."""
        named: dict[date, dict[Text, None]] = {}
        for subdiv in self.subdivs or (None,):
            for day, name in names(self.code, subdiv, self.categories, year).items():
                named.setdefault(day, {})[name] = None
        return {day: Text.join(list(named[day]), "、", ", ") for day in sorted(named)}

    def _parts(self, year: int) -> tuple[HolidayBase, ...]:
        return tuple(country(self.code, subdiv, self.categories, year) for subdiv in self.subdivs or (None,))


@lru_cache(maxsize=512)
def _elsewhere(base_calendar: CountryBaseCalendar, year: int) -> Mapping[date, Ruling]:
    """Return the year of a country, cached because every day of it asks for the whole year."""
    parts, named = base_calendar._parts(year), base_calendar.statutory(year, None)
    return MappingProxyType(dict(_off_the_week(parts, year, base_calendar.is_weekend, named)))


def country_base_calendar(
    code: Any,
    subdiv: str | Iterable[str] | None,
    categories: str | Iterable[str] | None,
    years: Any,
    zone: str | None,
    firm_through: date | None,
) -> CountryBaseCalendar:
    """Return the base calendar of a country, or of several of its parts together, for some years.

    Raises:
        UnknownError: the package holidays knows no such country, part or category.
        InputError: another argument is not what is required.

    """
    if not isinstance(code, str):
        raise unfit("country", code, "国家或地区代码，例如HK", "the code of a country, such as HK,")
    if (
        not isinstance(years, range)
        or not years
        or years.step != 1
        or not date.min.year < years[0] <= years[-1] < date.max.year
    ):
        raise unfit("years", years, "年份的区间，例如range(2000, 2051)", "a range of years, such as range(2000, 2051),")
    base_calendar = CountryBaseCalendar(
        code=code,
        subdivs=several("subdiv", subdiv),
        categories=several("categories", categories) or None,
        zone=zone if zone is None else clock.known_zone(zone),
        first_year=years[0],
        last_year=years[-1],
        firm_through=None if firm_through is None else clock.civil_day(firm_through, zone),
    )
    base_calendar.statutory(years[-1], None)  # refuses what the package does not know
    return base_calendar


def _off_the_week(
    parts: Sequence[HolidayBase],
    year: int,
    is_weekend: Callable[[date], bool],
    named: Mapping[date, Text],
    notice: Notice | None = None,
) -> Iterator[tuple[date, Ruling]]:
    """Yield the named days of a year, and the days that are not worked as the week has them."""
    day = date(year, 1, 1)
    while day.year == year:
        works = all(part.is_working_day(day) for part in parts)
        if day in named or works == is_weekend(day):
            yield day, Ruling(works=works, name=named.get(day), notice=notice)
        day += ONE_DAY


def _borrowed(year: int) -> Notice:
    """Return the notice that represents one of which only the package holidays knows."""
    return Notice(
        id=f"holidays-{year}",
        title=version(),
        year=year,
        evidence=Text(
            "未查到公布日期：取自holidays软件包，本库尚无该通知",
            "missing: taken from the package holidays; our own record of the notice is not there",
        ),
        confidence="unverified",
    )
