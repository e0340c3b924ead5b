"""From single days, as the files of others give them, to a notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

from attrs import evolve

from ssflow.calendar.notices import FIRST_YEAR, LAST_YEAR, ONE_DAY, SATURDAY, Notice, Rest, checked
from ssflow.calendar.statutory import (
    DRAGON_BOAT,
    LABOUR,
    MID_AUTUMN,
    NATIONAL,
    NEW_YEAR,
    QINGMING,
    SPRING,
    worked_holidays,
)
from ssflow.errors import DataError
from ssflow.text import Text

_FESTIVALS = (NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON_BOAT, MID_AUTUMN, NATIONAL)
_KNOWN = {
    spelling: festival
    for festival in _FESTIVALS
    for spelling in (festival.zh, festival.en, festival.zh.removesuffix("节"))
    if len(spelling) > 1  # 春 alone is the spring
}
_AND = Text("、", " and ")


def assembled(
    path: Path,
    stem: str,
    *,
    year: int,
    title: str,
    evidence: str,
    url: str,
    rest: Mapping[date, str],
    work: Iterable[date],
) -> Notice:
    """The notice of single days; ``rest`` gives the name of each.

    It speaks for the whole country. It is ``complete`` if no statutory holiday of its year is missing: a file that lacks one
    does not make its year firm.

    Raises:
        DataError: the days contradict themselves, or lie in a year that no calendar knows.

    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DataError(path, f"{year} is no year of a calendar; arrange a year from {FIRST_YEAR} to {LAST_YEAR}")
    # A file may name a weekday as worked (3 February 2020, after the extension): it is, without being said.
    worked = tuple(sorted(day for day in work if day.weekday() >= SATURDAY or day in rest))
    notice = Notice(
        id=stem,
        title=title,
        year=year,
        evidence=evidence,
        url=url,
        confidence="single",
        work=worked,
        rest=tuple(_runs({day: named(name) for day, name in rest.items()})),
    )
    return checked(evolve(notice, complete=not any(worked_holidays(notice))), path)


def named(name: str) -> Text:
    """The festival in both languages, if it is one of the holiday regulation or several of them; else the name as it is.

    >>> named("国庆、中秋节").en, named("Spring Festival").zh, named("三月三").en
    ('National Day and Mid-Autumn Festival', '春节', '三月三')

    """
    zh, en = _AND
    parts = [_KNOWN.get(part.strip()) for part in name.replace(en, zh).split(zh)]
    known = [part for part in parts if part]
    return Text.join(known, zh, en) if len(known) == len(parts) else Text(name, name)


def _runs(rest: Mapping[date, Text]) -> Iterable[Rest]:
    """Consecutive days of one name as one rest."""
    numbered = enumerate(sorted(rest))
    for (name, _), group in groupby(numbered, key=lambda item: (rest[item[1]], item[1] - item[0] * ONE_DAY)):
        days = [day for _, day in group]
        yield Rest(name=name, first=days[0], last=days[-1])
