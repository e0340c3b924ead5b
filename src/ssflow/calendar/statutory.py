"""The statutory holidays, by the version of the holiday regulation in force.

The regulation (全国年节及纪念日放假办法) names festivals; the yearly notice only moves days around them. Where no
notice is known yet, these days are the best forecast: a statutory day on a weekend is made up on the next working day,
and no make-up working days are foreseen. The dates of the lunar festivals and of Qingming come from `festivals`, up to
2099; which days count is in the table below.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from attrs import frozen

from ssflow.calendar.festivals import chinese_festivals
from ssflow.calendar.notices import SATURDAY, Notice
from ssflow.text import Text

NEW_YEAR = Text("元旦", "New Year's Day")
SPRING = Text("春节", "Spring Festival")
QINGMING = Text("清明节", "Qingming Festival")
LABOUR = Text("劳动节", "Labour Day")
DRAGON_BOAT = Text("端午节", "Dragon Boat Festival")
MID_AUTUMN = Text("中秋节", "Mid-Autumn Festival")
NATIONAL = Text("国庆节", "National Day")


@frozen
class Regulation:
    """One version of the holiday regulation.

    ``days`` gives, for each festival, its statutory days as offsets from the festival's first day: -1 is its eve.
    """

    number: str
    known_from: date
    since: date
    days: tuple[tuple[Text, tuple[int, ...]], ...]


_THREE = ((QINGMING, (0,)), (DRAGON_BOAT, (0,)), (MID_AUTUMN, (0,)))
_OCTOBER = (NATIONAL, (0, 1, 2))

REGULATIONS = (
    Regulation(
        "国务院令第270号",
        date(1999, 9, 18),
        date(1999, 9, 18),
        ((NEW_YEAR, (0,)), (SPRING, (0, 1, 2)), (LABOUR, (0, 1, 2)), _OCTOBER),
    ),
    Regulation(
        "国务院令第513号",
        date(2007, 12, 14),
        date(2008, 1, 1),
        ((NEW_YEAR, (0,)), (SPRING, (-1, 0, 1)), (LABOUR, (0,)), *_THREE, _OCTOBER),
    ),
    Regulation(
        "国务院令第644号",
        date(2013, 12, 11),
        date(2014, 1, 1),
        ((NEW_YEAR, (0,)), (SPRING, (0, 1, 2)), (LABOUR, (0,)), *_THREE, _OCTOBER),
    ),
    Regulation(
        "国务院令第795号",
        date(2024, 11, 10),
        date(2025, 1, 1),
        ((NEW_YEAR, (0,)), (SPRING, (-1, 0, 1, 2)), (LABOUR, (0, 1)), *_THREE, _OCTOBER),
    ),
)


def regulation_for(year: int, known: date = date.max) -> Regulation:
    """Return the version in force in a year, as far as it was published by the day ``known``."""
    return max((r for r in REGULATIONS if r.since.year <= year and r.known_from <= known), key=lambda r: r.since)


@cache
def statutory_rows(year: int, known: date = date.max) -> tuple[tuple[date, Text], ...]:
    """Return the statutory holidays of a year in order, one row for each festival and day: two festivals may fall on one day (2009, 2020)."""
    first = chinese_festivals(year)
    rows = [
        (first[festival.zh] + timedelta(days=offset), festival)
        for festival, offsets in regulation_for(year, known).days
        for offset in offsets
    ]
    return tuple(sorted(rows))


@cache
def statutory_days(year: int, known: date = date.max) -> dict[date, Text]:
    """Return the statutory holidays of a year with their names, on weekends or not."""
    names: dict[date, list[Text]] = {}
    for day, festival in statutory_rows(year, known):
        names.setdefault(day, []).append(festival)
    return {day: Text.join(festivals, "、", " and ") for day, festivals in names.items()}


@cache
def expected_rest(year: int, known: date = date.max) -> dict[date, Text]:
    """Return the weekdays expected to rest in a year for which no notice is known.

    These are the statutory days and, for each that falls on a weekend or on another statutory day, the next working day.
    """
    rest = {day: name for day, name in statutory_days(year, known).items() if day.weekday() < SATURDAY}
    seen: set[date] = set()
    for day, festival in statutory_rows(year, known):
        if day.weekday() >= SATURDAY or day in seen:
            made_up = day
            while made_up.weekday() >= SATURDAY or made_up in rest:
                made_up += timedelta(days=1)
            rest[made_up] = festival
        seen.add(day)
    return rest


def worked_holidays(notice: Notice) -> Iterator[tuple[date, Text]]:
    """Yield the statutory holidays of its year on which a notice lets offices work."""
    rests = {day for day, rest in notice.days() if rest}
    for day, name in statutory_days(notice.year).items():
        if day in notice.work or not (day in rests or day.weekday() >= SATURDAY):
            yield day, name
