"""The package holidays: festivals of China, years whose notice is missing here, other countries. No other module imports it.

The import takes longer than all the rest, so it happens on first use. By default the package names days in the language of the
machine; here the language is always given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from ssflow.errors import UnknownError
from ssflow.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

CHINA = "CN"
_ZH, _EN = "zh_CN", "en_US"


@cache
def chinese_festivals(year: int) -> dict[str, date]:
    """Return the first day of each festival, by its Chinese name."""
    # observed=False: which days rest is decided by the notices and the regulation, not by this package.
    known = _entity(CHINA, None, year, _ZH, observed=False)
    firsts: dict[str, date] = {}
    for day in sorted(known):
        for name in known.get_list(day):
            firsts.setdefault(name, day)
    return firsts


@cache
def noticed_elsewhere(year: int) -> HolidayBase | None:
    """Return the year of China that the package has from a notice; None if it only forecasts it, which shows in missing make-up days."""
    known = _entity(CHINA, None, year, _ZH)
    return known if any(day.year == year for day in known.weekend_workdays) else None


@cache
def country(code: str, subdiv: str | None, categories: tuple[str, ...] | None, year: int) -> HolidayBase:
    """Return a year of any country or market that the package knows.

    Raises:
        UnknownError: the package knows no such country, no such part of it or no such category.

    """
    import holidays

    try:
        return _entity(code, subdiv, year, _EN, categories)
    except NotImplementedError as error:
        countries = holidays.list_supported_countries(include_aliases=False)
        if code in countries:
            raise UnknownError("part of the country", subdiv or "", countries[code]) from error
        raise UnknownError("country", code, countries) from error
    except ValueError as error:
        known = _entity(code, subdiv, year, _EN).supported_categories
        raise UnknownError("category of holidays", ", ".join(categories or ()), known) from error


@cache
def names(code: str, subdiv: str | None, categories: tuple[str, ...] | None, year: int) -> Mapping[date, Text]:
    """Return the names of the holidays of a year; where the package has no Chinese name, the English one serves for both."""
    english = country(code, subdiv, categories, year)
    chinese = english
    if _ZH in english.supported_languages:
        chinese = _entity(code, subdiv, year, _ZH, categories)
    return {day: Text(chinese[day], english[day]) for day in sorted(english) if day.year == year}


def version() -> str:
    """Return the version of the package, which identifies what its answers rest on."""
    from importlib.metadata import version as installed

    return f"holidays {installed('holidays')}"


def _entity(
    code: str,
    subdiv: str | None,
    year: int,
    language: str,
    categories: tuple[str, ...] | None = None,
    *,
    observed: bool = True,
) -> HolidayBase:
    import holidays

    return holidays.country_holidays(
        code, subdiv=subdiv, years=year, language=language, categories=categories, observed=observed
    )
