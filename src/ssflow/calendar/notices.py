"""Notices: arrangements of rest days and make-up working days for the country or some places.

A notice is a public act with a date of release. It says which days rest and which weekend days are worked. The State Council's
covers the whole country; a region's or a city's only the offices there. A later notice overrules an earlier one
day by day: the extension of January 2020 cancelled a make-up Saturday of the notice of 2019.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, Literal, get_args

from attrs import field, frozen

from ssflow.calendar.doors import one_of
from ssflow.converters import misfits
from ssflow.doors import check_kind
from ssflow.errors import DataError, Fault, InputError
from ssflow.regions import NATION, region_name, widening
from ssflow.sources import Confidence
from ssflow.text import NO_TEXT, Text

Body = Literal["public", "enterprise"]
BODIES: tuple[Body, ...] = get_args(Body)
Rank = tuple[int, int, bool, date]
ONE_DAY = timedelta(days=1)
SATURDAY = 5
LATE_DECEMBER = (12, 29)  # month and day from which the notice of the next year may arrange this December
FIRST_YEAR, LAST_YEAR = 2000, 2099  # from the first whole year of the regulation of 1999 to the last festival known


def _all_or_some(bodies: Iterable[Body]) -> Any:
    """Convert a list of bodies; a list of all of them equals none named. Anything but a list is left to `checked`."""
    if not isinstance(bodies, list | tuple | set | frozenset):
        return bodies
    named = tuple(bodies)
    return () if all(body in named for body in BODIES) else named


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
        """Yield each of the rest days in turn."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@frozen(kw_only=True, cache_hash=True)
class Notice:
    """One arrangement of holidays.

    ``year`` is the year that it arranges (it may touch the last days of the year before). ``known_from`` is the day on which it was
    first published, or None if that day was not found; ``evidence`` says how the day is known, and ``assumed`` marks a day used for
    want of a known one. ``rest`` lists its rests, and ``work`` the days that are worked although they would rest.

    ``places`` are the codes of its places, none for the whole country; ``bodies`` the kinds of bodies, none for all. A notice for a
    ``group`` of people never changes the days of an office. ``annual_since`` marks a place that has such days every year from that
    year on: there, a year without a notice is not firm. Nor is a year whose notices are not ``complete``, such as amendments, and
    notices of which some holidays were not found. If ``complete`` is None it is settled when the notice is laid over a calendar: True
    in China, False abroad. ``copied`` marks a copy that others made of a notice, which is not an act itself.
    """

    id: str
    title: str
    year: int
    evidence: Text
    known_from: date | None = None
    assumed: bool = False
    number: str = ""
    signed: date | None = None
    url: str = ""
    confidence: Confidence = "corroborated"
    note: Text = NO_TEXT
    places: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = field(default=(), converter=_all_or_some)
    group: str = ""
    annual_since: int | None = None
    complete: bool | None = None
    copied: bool = False
    work: tuple[date, ...] = ()
    rest: tuple[Rest, ...] = field(default=())

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_national(self) -> bool:
        """Whether the notice speaks for all offices of the country."""
        return not (self.places or self.bodies or self.group)

    @property
    def known_by(self) -> date:
        """The first day on which the notice counts as known: that of its publication, or else its first holiday."""
        firsts = [rest.first for rest in self.rest]
        return self.known_from or min(firsts, default=self.signed or date(self.year, 1, 1))

    def days(self) -> Iterator[tuple[date, Rest | None]]:
        """Yield every day that the notice arranges, with its rest, or None where the day is worked."""
        for rest in self.rest:
            yield from ((day, rest) for day in rest.days())
        yield from ((day, None) for day in self.work)

    def rank_in(self, place: str, body: Body) -> Rank | None:
        """Return the rank for a kind of body in a place, as places were in the year of the notice; None if it does not speak for them.

        The narrower place prevails, then the notice for fewer kinds of bodies, then the later publication. A notice
        whose publication was not found yields to one whose day is known.

        Raises:
            UnknownError: no place has this code.
            InputError: ``place`` is not a code, or there is no such kind of body.

        """
        check_kind("place", place, str)
        region_name(place)
        one_of("body", body, BODIES)
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
    """Yield pairs of notices of equal rank that contradict each other on a day: by the first it rests, by the second it is worked."""
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
    """Return a notice that a program made, if its fields hold what their types say and it does not contradict itself.

    Raises:
        InputError: a field holds something other than its type says.
        DataError: the notice contradicts itself; the file is named.

    """
    if wrong := tuple(_misfits(notice)):
        raise InputError(*(fault.within("notice") for fault in wrong))
    return consistent(notice, file)


def consistent(notice: Notice, file: object) -> Notice:
    """Return a notice that does not contradict itself; raises DataError, which names the file."""
    if faults := tuple(_faults(notice)):
        raise DataError(str(file), *faults)
    return notice


def _misfits(notice: Notice) -> Iterator[Fault]:
    yield from misfits(notice)
    for name, cls in (("places", str), ("bodies", str), ("work", date), ("rest", Rest)):
        held = getattr(notice, name)
        for index, item in enumerate(held if isinstance(held, tuple) else ()):
            if not isinstance(item, cls) or isinstance(item, datetime):
                yield _misfit(f"{name}[{index}]", type(item).__name__, cls.__name__)


def _misfit(path: str, held: str, wanted: str) -> Fault:
    return Fault(path, Text(f"类型是{held}，须为{wanted}", f"is of type {held}, not {wanted}"))


def _faults(notice: Notice) -> Iterator[Fault]:
    if not FIRST_YEAR <= notice.year <= LAST_YEAR:
        zh = f"没有{notice.year}年的日历；年份须为{FIRST_YEAR}至{LAST_YEAR}年"
        en = f"{notice.year} is not a year of a calendar; arrange a year from {FIRST_YEAR} to {LAST_YEAR}"
        yield Fault("year", Text(zh, en))
        return
    for index, place in enumerate(notice.places):
        if not (len(place) == 6 and place.isascii() and place.isdigit()):
            yield Fault(
                f"places[{index}]",
                Text(
                    f"{place!r}不是地点；请写GB/T 2260的六位代码，例如450000",
                    f"{place!r} is not a place; give the six digits of GB/T 2260, for example 450000",
                ),
            )
    for index, body in enumerate(notice.bodies):
        if body not in BODIES:
            zh, en = (
                f"{body!r}不是单位类别；可用：{'、'.join(BODIES)}",
                f"{body!r} is not a body; write one of {', '.join(BODIES)}",
            )
            yield Fault(f"bodies[{index}]", Text(zh, en))
    yield from _faults_of_days(notice)


def _faults_of_days(notice: Notice) -> Iterator[Fault]:
    bounds = [(f"work[{i}]", day) for i, day in enumerate(notice.work)]
    for i, rest in enumerate(notice.rest):
        bounds += [(f"rest[{i}].first", rest.first), (f"rest[{i}].last", rest.last)]
        if rest.last < rest.first:
            zh = f"{rest.name.zh}止于{rest.last}，早于第一天{rest.first}"
            yield Fault(f"rest[{i}]", Text(zh, f"{rest.name.en} ends on {rest.last}, before it begins on {rest.first}"))
    outside = [(path, day) for path, day in bounds if not _lies_in(notice.year, day)]
    for path, day in outside:
        zh = f"{day}不在{notice.year}年之内，也不在其前三日之内"
        yield Fault(path, Text(zh, f"{day} lies outside the year {notice.year} and the three days before it"))
    if outside:
        return  # a rest of a thousand years is not walked through
    seen: set[date] = set()
    for i, rest in enumerate(notice.rest):
        if not seen.isdisjoint(rest.days()):
            yield Fault(f"rest[{i}]", Text("与另一段放假重叠", "two rests overlap"))
        seen.update(rest.days())
    for i, day in enumerate(notice.work):
        if day in seen:
            yield Fault(f"work[{i}]", Text(f"{day}既放假又上班", f"{day} both rests and works"))


def _lies_in(year: int, day: date) -> bool:
    return date(year - 1, *LATE_DECEMBER) <= day <= date(year, 12, 31)
