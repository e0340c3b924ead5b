"""What the package holidays knows: festivals of China, years whose notice we lack, other countries. The one door to it.

It is imported on first use, because that takes longer than all the rest. Left alone it names days in the language of the
machine; it is always told which one is meant.
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
    """The first day of each festival, by its Chinese name."""
    # observed=False: which days rest is for the notices and the regulation to say, not for this package.
    known = _entity(CHINA, None, year, _ZH, observed=False)
    firsts: dict[str, date] = {}
    for day in sorted(known):
        for name in known.get_list(day):
            firsts.setdefault(name, day)
    return firsts


@cache
def noticed_elsewhere(year: int) -> HolidayBase | None:
    """The year of China as the package has it from a notice; None if it only forecasts it, which shows in make-up days."""
    known = _entity(CHINA, None, year, _ZH)
    return known if any(day.year == year for day in known.weekend_workdays) else None


@cache
def country(code: str, subdiv: str | None, categories: tuple[str, ...] | None, year: int) -> HolidayBase:
    """A year of any country or market that the package knows.

    Raises:
        UnknownError: it knows no such country, no such part of it or no such category.

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
    """The names of the holidays of a year; in English also where Chinese is wanted and the package does not have it."""
    english = country(code, subdiv, categories, year)
    chinese = english
    if _ZH in english.supported_languages:
        chinese = _entity(code, subdiv, year, _ZH, categories)
    return {day: Text(chinese[day], english[day]) for day in sorted(english) if day.year == year}


def version() -> str:
    """The version of the package, by which what it says can be found again."""
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
