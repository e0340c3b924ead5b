"""What the package holidays knows: festivals of China, years whose notice we lack, other countries. The one door to it.

It is imported on first use, because that takes longer than all the rest.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from ssflow.errors import UnknownError

if TYPE_CHECKING:
    from holidays import HolidayBase

CHINA = "CN"


@cache
def chinese_festivals(year: int) -> dict[str, date]:
    """The first day of each festival, by its Chinese name."""
    # observed=False: which days rest is for the notices and the regulation to say, not for this package.
    known = _entity(CHINA, None, year, observed=False, language="zh_CN")
    firsts: dict[str, date] = {}
    for day in sorted(known):
        for name in known.get_list(day):
            firsts.setdefault(name, day)
    return firsts


@cache
def noticed_elsewhere(year: int) -> HolidayBase | None:
    """The year of China as the package has it from a notice; None if it only forecasts it, which shows in make-up days."""
    known = _entity(CHINA, None, year, language="zh_CN")
    return known if any(day.year == year for day in known.weekend_workdays) else None


@cache
def country(code: str, subdiv: str | None, categories: tuple[str, ...] | None, year: int) -> HolidayBase:
    """A year of any country or market that the package knows.

    Raises:
        UnknownError: it knows no such country, no such part of it or no such category.

    """
    import holidays

    options: dict[str, object] = {} if categories is None else {"categories": categories}
    try:
        return _entity(code, subdiv, year, **options)
    except NotImplementedError as error:
        countries = holidays.list_supported_countries(include_aliases=False)
        if code in countries:
            raise UnknownError("part of the country", subdiv or "", countries[code]) from error
        raise UnknownError("country", code, countries) from error
    except ValueError as error:
        known = _entity(code, subdiv, year).supported_categories
        raise UnknownError("category of holidays", ", ".join(categories or ()), known) from error


def version() -> str:
    """The version of the package, by which what it says can be found again."""
    from importlib.metadata import version as installed

    return f"holidays {installed('holidays')}"


def _entity(code: str, subdiv: str | None, year: int, **options: object) -> HolidayBase:
    import holidays

    # The options are handed on as they are; the package checks them.
    return holidays.country_holidays(code, subdiv=subdiv, years=year, **options)  # type: ignore[arg-type]
