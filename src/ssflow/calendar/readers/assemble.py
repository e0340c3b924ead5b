"""Assembly of a notice from single days, as files of others give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

from ssflow.calendar.notices import ONE_DAY, Notice, Rest, checked
from ssflow.calendar.statutory import (
    DRAGON_BOAT,
    LABOUR,
    MID_AUTUMN,
    NATIONAL,
    NEW_YEAR,
    QINGMING,
    SPRING,
)
from ssflow.text import Text

_FESTIVALS = (NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON_BOAT, MID_AUTUMN, NATIONAL)
_KNOWN = {
    spelling: festival
    for festival in _FESTIVALS
    for spelling in (festival.zh, festival.en, festival.zh.removesuffix("节"))
    if len(spelling) > 1  # 春 alone is the season
}
_AND = Text("、", " and ")


def assembled(
    path: Path,
    stem: str,
    *,
    year: int,
    title: str,
    evidence: Text,
    url: str,
    rest: Mapping[date, str],
    work: Iterable[date],
) -> Notice:
    """Return the copy of a year, for the whole country, from single days; ``rest`` gives the name of each rest day.

    Raises:
        DataError: the days contradict themselves, or lie in a year that no calendar knows.

    """
    notice = Notice(
        id=stem,
        title=title,
        year=year,
        evidence=evidence,
        url=url,
        confidence="single",
        copied=True,
        work=tuple(sorted(work)),
        rest=tuple(_runs({day: named(name) for day, name in rest.items()})),
    )
    return checked(notice, path)


def named(name: str) -> Text:
    """Return a festival, or several, of the holiday regulation in both languages; any other name as it is.

    >>> named("国庆、中秋节").en, named("Spring Festival").zh, named("三月三").en
    ('National Day and Mid-Autumn Festival', '春节', '三月三')

    """
    zh, en = _AND
    parts = [_KNOWN.get(part.strip()) for part in name.replace(en, zh).split(zh)]
    known = [part for part in parts if part]
    return Text.join(known, zh, en) if len(known) == len(parts) else Text(name, name)


def _runs(rest: Mapping[date, Text]) -> Iterable[Rest]:
    """Yield consecutive days of one name as one rest."""
    numbered = enumerate(sorted(rest))
    for (name, _), group in groupby(numbered, key=lambda item: (rest[item[1]], item[1] - item[0] * ONE_DAY)):
        days = [day for _, day in group]
        yield Rest(name=name, first=days[0], last=days[-1])
