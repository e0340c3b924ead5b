"""Arrangements of rest days and make-up working days: what a notice is, and for whom it speaks.

A notice is a public act with a date of release. It says which days rest and which weekend days work. The State Council's
speaks for the whole country; a region's or a city's only for the offices there. A later notice overrules an earlier one
day by day: the extension of January 2020 cancelled a make-up Saturday of the notice of 2019.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Literal, get_args

from attrs import field, frozen

from ssflow.errors import DataError
from ssflow.regions import NATION, widening
from ssflow.sources import Confidence
from ssflow.text import Text

Body = Literal["public", "enterprise"]
BODIES: tuple[Body, ...] = get_args(Body)
Rank = tuple[int, int, bool, date]
ONE_DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2000, 2099  # from the first whole year of the regulation of 1999 to the last festival known


def _all_or_some(bodies: Iterable[Body]) -> tuple[Body, ...]:
    """Some kinds of bodies; all of them are the same as none named."""
    named = tuple(bodies)
    return () if set(named) == set(BODIES) else named


@frozen(kw_only=True)
class Rest:
    """Consecutive rest days of a notice, first and last included.

    ``extra`` marks days that no holiday regulation gives: a commemoration, an epidemic.
    """

    name: Text
    first: date
    last: date
    extra: bool = False

    def days(self) -> Iterator[date]:
        """Each of the rest days in turn."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@frozen(kw_only=True, cache_hash=True)
class Notice:
    """One arrangement of holidays.

    ``year`` is the year it arranges (it may touch the last days of the year before), ``known_from`` the day on which it
    was first published, None if that day is not found, and ``evidence`` how we know it. ``work`` lists days that are worked
    although they would rest.

    ``places`` are the codes of the places for which it speaks, none for the whole country; ``bodies`` the kinds of bodies,
    none for all. A notice for a ``group`` of people never changes the days of an office. ``annual_since`` marks a place that
    has such days every year from that one on: there, a year without a notice is not firm. Nor is one whose notices are not
    ``complete``: amendments, and those of which some holidays were not found.
    """

    id: str
    title: str
    year: int
    evidence: str
    known_from: date | None = None
    number: str = ""
    signed: date | None = None
    url: str = ""
    confidence: Confidence = "corroborated"
    note: str = ""
    places: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = field(default=(), converter=_all_or_some)
    group: str = ""
    annual_since: int | None = None
    complete: bool = True
    work: tuple[date, ...] = ()
    rest: tuple[Rest, ...] = field(default=())

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_national(self) -> bool:
        """Whether it speaks for all offices of the country."""
        return not (self.places or self.bodies or self.group)

    @property
    def known_by(self) -> date:
        """The first day on which it is taken as known: of its publication, or else of its first holiday."""
        firsts = [rest.first for rest in self.rest]
        return self.known_from or min(firsts, default=self.signed or date(self.year, 1, 1))

    def days(self) -> Iterator[tuple[date, Rest | None]]:
        """Every day it arranges; with its rest, or None where the day is worked."""
        for rest in self.rest:
            yield from ((day, rest) for day in rest.days())
        yield from ((day, None) for day in self.work)

    def rank_in(self, place: str, body: Body) -> Rank | None:
        """How it ranks for a kind of body in a place, as places were in its year; None if it does not speak for it.

        The narrower place prevails, then what speaks for fewer kinds of bodies, then what was published later. A notice
        whose publication was not found yields to one whose day is known.
        """
        if self.group or (self.bodies and body not in self.bodies):
            return None
        if not self.places:
            return self._rank(1)
        outwards = widening(place, date(self.year, 1, 1))
        levels = [len(outwards) - i for i, code in enumerate(outwards) if code in self.places]
        return self._rank(levels[0]) if levels else None

    def _rank(self, level: int) -> Rank:
        return level, len(self.bodies) and 1, self.known_from is not None, self.known_by


def clashes(notices: Iterable[Notice]) -> Iterator[tuple[Notice, Notice, date]]:
    """Pairs of notices of equal rank that say the contrary of one day, the one that it rests and the other that it works."""
    ranked: dict[tuple[object, ...], list[Notice]] = {}
    for notice in notices:
        for place in () if notice.group else notice.places or (NATION,):
            for body in notice.bodies or ("",):
                ranked.setdefault((place, body, notice.known_from is None, notice.known_by), []).append(notice)
    for peers in ranked.values():
        for one, other in combinations(peers, 2):
            said = {day: rest is None for day, rest in one.days()}
            for day, rest in other.days():
                if said.get(day, rest is None) != (rest is None):
                    yield one, other, day


def checked(notice: Notice, file: object) -> Notice:
    """The notice, if it does not contradict itself.

    Raises:
        DataError: it does; the file is named.

    """
    for fault in _faults(notice):
        raise DataError(str(file), fault)
    return notice


def _faults(notice: Notice) -> Iterator[str]:
    if not FIRST_YEAR <= notice.year <= LAST_YEAR:
        yield f"{notice.year} is no year of a calendar; arrange a year from {FIRST_YEAR} to {LAST_YEAR}"
    for rest in notice.rest:
        if rest.last < rest.first:
            yield f"{rest.name.en} ends on {rest.last}, before it begins on {rest.first}"
    for place in notice.places:
        if not (len(place) == 6 and place.isascii() and place.isdigit()):
            yield f"{place!r} is no place; give six digits of GB/T 2260, for example 450000"
    yield from _faults_of_days(notice)


def _faults_of_days(notice: Notice) -> Iterator[str]:
    rests = [day for rest in notice.rest for day in rest.days()]
    if len(set(rests)) < len(rests):
        yield "two rests overlap"
    for day in notice.work:
        if day.weekday() < SATURDAY and notice.is_national:
            yield f"{day} is no weekend day; only weekend days are made working days"
        if day in rests:
            yield f"{day} both rests and works"
    for day in (*rests, *notice.work):
        if not date(notice.year - 1, 12, 29) <= day <= date(notice.year, 12, 31):
            yield f"{day} lies outside the year {notice.year} and the three days before it"
