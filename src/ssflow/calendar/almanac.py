"""What a calendar rests on where no notice speaks: the week, and the holidays that a year is expected to have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.calendar import clock
from ssflow.calendar.festivals import country, names, noticed_elsewhere, version
from ssflow.calendar.kinds import Ruling
from ssflow.calendar.notices import LAST_YEAR, ONE_DAY, SATURDAY, Notice
from ssflow.calendar.statutory import REGULATIONS, expected_rest, statutory_days
from ssflow.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

_IN_LIEU = Text("补休", "rest in lieu")


@frozen(kw_only=True)
class Almanac(ABC):
    """The week of a country and the days that rest in a year without a notice.

    ``weekend`` are the weekdays that rest, Monday being 0. ``first_year`` (None: that of the first notice) and ``last_year``
    bound what it knows; ``firm_through`` is the last day for which it vouches itself, None if for none. ``changes`` are
    the days on which its rules became known anew. ``zone`` is the time zone of its days; without one, it has no instants.
    """

    zone: str | None
    weekend: frozenset[int]
    first_year: int | None
    last_year: int
    firm_through: date | None = None
    changes: tuple[date, ...] = ()

    @property
    @abstractmethod
    def basis(self) -> Text:
        """What a day rests on of which no notice speaks."""

    @property
    @abstractmethod
    def is_chinese(self) -> bool:
        """Whether the rules of counting are those of the Civil Code."""

    @abstractmethod
    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:
        """The days of a year that are not as the week has them, as far as was known on a day (None: today)."""

    @abstractmethod
    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:
        """The holidays that the law itself gives, whatever a notice moves."""


@frozen(kw_only=True)
class ChinaAlmanac(Almanac):
    """China: Saturday and Sunday rest, and the days of the holiday regulation.

    A year that the package holidays has from a notice which we lack is taken from there, and says so. That is knowledge of
    today without a date, so no view of an earlier day has it.
    """

    zone: str | None = clock.ZONE
    weekend: frozenset[int] = frozenset({SATURDAY, SATURDAY + 1})
    first_year: int | None = None
    last_year: int = LAST_YEAR
    changes: tuple[date, ...] = tuple(regulation.known_from for regulation in REGULATIONS)

    @property
    def basis(self) -> Text:
        """The holiday regulation."""
        return Text("尚无放假通知，按法定节假日推算", "no notice yet: forecast from the statutory holidays")

    @property
    def is_chinese(self) -> bool:
        """They are."""
        return True

    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:
        """What the package holidays has from a notice, else the days of the regulation."""
        if known is None and (theirs := noticed_elsewhere(year)):
            named = self.statutory(year, known)
            rests = {day: named.get(day, _IN_LIEU) for day in theirs if day.year == year}
            return dict(_off_the_week(theirs, year, self.weekend, rests, _borrowed(year)))
        return {day: Ruling(works=False, name=name) for day, name in expected_rest(year, known or date.max).items()}

    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:
        """The days of the holiday regulation in force."""
        return statutory_days(year, known or date.max)


@frozen(kw_only=True)
class CountryAlmanac(Almanac):
    """Any country of the package holidays, which does not tell what was decreed from what it forecasts.

    So no day of it is firm, unless whoever makes the calendar vouches for the days through ``firm_through``.
    """

    code: str
    subdiv: str | None = None
    categories: tuple[str, ...] | None = None

    @property
    def basis(self) -> Text:
        """The package and its version."""
        return Text(f"据软件包{version()}", f"by the package {version()}")

    @property
    def is_chinese(self) -> bool:
        """They are not, though they are counted alike."""
        return False

    def expected(self, year: int, known: date | None) -> Mapping[date, Ruling]:
        """The holidays of a year, and the days that are worked although the week has them rest."""
        theirs = country(self.code, self.subdiv, self.categories, year)
        return dict(_off_the_week(theirs, year, self.weekend, self.statutory(year, known)))

    def statutory(self, year: int, known: date | None) -> Mapping[date, Text]:  # noqa: ARG002 - its rules have no dates
        """The holidays that the package names."""
        return names(self.code, self.subdiv, self.categories, year)


def country_almanac(
    code: str,
    subdiv: str | None,
    categories: tuple[str, ...] | None,
    years: range,
    zone: str | None,
    firm_through: date | None,
) -> CountryAlmanac:
    """The almanac of a country for some years; its week is that of the last one, and earlier ones tell what differs.

    Raises:
        UnknownError: the package holidays knows no such country, part or category.

    """
    if not years:
        msg = f"a calendar needs years; give for example range(2000, 2051), not {years!r}"
        raise ValueError(msg)
    return CountryAlmanac(
        code=code,
        subdiv=subdiv,
        categories=categories,
        zone=zone,
        weekend=frozenset(country(code, subdiv, categories, years[-1]).weekend),
        first_year=years[0],
        last_year=years[-1],
        firm_through=firm_through,
    )


def _off_the_week(
    theirs: HolidayBase, year: int, weekend: frozenset[int], named: Mapping[date, Text], notice: Notice | None = None
) -> Iterator[tuple[date, Ruling]]:
    """The named days of a year, and those that are not worked as the week has them."""
    day = date(year, 1, 1)
    while day.year == year:
        works = theirs.is_working_day(day)
        if day in named or works == (day.weekday() in weekend):
            yield day, Ruling(works=works, name=named.get(day), notice=notice)
        day += ONE_DAY


def _borrowed(year: int) -> Notice:
    """What stands for a notice of which we know only that the package has it."""
    return Notice(
        id=f"holidays-{year}",
        title=version(),
        year=year,
        evidence="missing: taken from the package holidays; our own record of the notice is not there",
        confidence="unverified",
    )
