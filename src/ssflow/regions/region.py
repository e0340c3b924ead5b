"""The places of China by their codes (GB/T 2260): when each code was in use, and what became of it.

The table is ``places.csv``, which names its sources at the top. It is read on first use, each line of it when its place is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple

from attrs import evolve, frozen

from ssflow.errors import InputError

FIRST_YEAR = 1981  # the table begins here; a code of its first list may be older
MUNICIPALITIES = ("11", "12", "31", "50")


@frozen
class Region:
    """A place under one code, for as long as the code was in use without a break.

    The lists are of years' ends and give no days of change: in the years ``since`` and ``until`` the code counts as in use on all days.
    ``until`` is None while the code is in use. ``name`` is the last one, ``formerly`` are those before it. ``successors`` are the codes to
    which the area of an abolished place went, the largest part first where that is known.
    """

    code: str
    name: str
    since: int
    until: int | None = None
    successors: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    def in_use(self, year: int) -> bool:
        """Return whether the code was in use on some day of a year, as far as the lists say."""
        return (self.since <= year or self.since == FIRST_YEAR) and (self.until is None or year <= self.until)


class Row(NamedTuple):
    """A line of the table: a name of a code, and where the area went."""

    name: str
    since: int
    until: int | None
    became: tuple[tuple[str, int], ...]  # the code, and the year from which it had the area or a part of it


class Table(Mapping[str, tuple[Row, ...]]):
    """The rows of each code, oldest first. Only those that are asked for are made of their lines, because every command with a place waits."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines  # sorted by their codes
        self._made: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, code: str) -> tuple[Row, ...]:
        if code not in self._made:
            first = bisect_left(self._lines, code)
            theirs = takewhile(lambda line: line.startswith(f"{code},"), islice(self._lines, first, None))
            found = tuple(_row(line.partition(",")[2]) for line in theirs)
            if not found:
                raise KeyError(code)
            self._made[code] = found
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(line[:6] for line in self._lines))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def beginning_with(self, part: str) -> tuple[str, ...]:
        """Return the codes of the names that begin with a text."""
        return tuple(dict.fromkeys([line[:6] for line in self._lines if line.startswith(part, 7)]))


@cache
def rows() -> Table:
    """Return the table."""
    lines = Path(__file__).with_name("places.csv").read_text(encoding="utf-8").splitlines()
    return Table(lines[lines.index("code,name,since,until,became") + 1 :])


def _row(line: str) -> Row:
    name, since, end, became = line.split(",")
    until = int(end) if end else None
    return Row(name, int(since), until, tuple(_became(became, until)) if became else ())


def _became(text: str, until: int | None) -> Iterator[tuple[str, int]]:
    for part in filter(None, text.split(";")):
        code, _, year = part.rstrip("]").partition("[")
        yield code, int(year or until or 0)


def region(code: str) -> Region | None:
    """Return the place that has a code, or had it last; None if no place ever had it.

    Raises:
        InputError: the code is not text.

    >>> region("371200")
    Region(code='371200', name='莱芜市', since=1992, until=2018, successors=('370100',), formerly=())

    """
    found = history(code)
    return found[-1] if found else None


def history(code: str) -> tuple[Region, ...]:
    """Return the places that a code was given to, oldest first. Most codes have one.

    Raises:
        InputError: the code is not text.

    >>> [(place.name, place.since, place.until) for place in history("511400")]
    [('涪陵市', 1995, 1997), ('眉山市', 2000, None)]

    """
    if not isinstance(code, str):
        kind = type(code).__name__
        raise InputError.of(
            "region",
            f"须为六位代码的文字，如'440100'（广州市）；实际为{kind}",
            f"the six digits of a place are required as a text, such as '440100' for Guangzhou, not {kind}",
        )
    return _history(code)


@lru_cache(maxsize=8192)
def _history(code: str) -> tuple[Region, ...]:
    whole = _stands_for(code)
    if whole:
        return tuple(evolve(place, code=code) for place in history(whole))
    found: list[Region] = []
    for row in rows().get(code, ()):
        successors = tuple(c for c, year in row.became if year == row.until and c != code)
        place = Region(code, row.name, row.since, row.until, successors or _of_its_counties(code, row.until))
        before = found[-1] if found else None
        if before is not None and before.until == row.since and _goes_on(code, before):
            formerly = dict.fromkeys((*before.formerly, before.name))
            formerly.pop(place.name, None)
            found[-1] = evolve(place, since=before.since, formerly=tuple(formerly))
        else:
            found.append(place)
    return tuple(found)


@cache
def origins() -> Mapping[str, tuple[str, ...]]:
    """Return for each code the codes to which its area belonged, wholly or in part, before it was made."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, lines in rows().items():
        moves = [move for row in lines for move in row.became]
        moves += [(new, place.until or 0) for place in history(code) for new in place.successors]
        for new, year in moves:
            if new != code and any(year == made.since for made in rows()[new]):
                found[new].append(code)
    return {code: tuple(dict.fromkeys(those)) for code, those in found.items()}


def _goes_on(code: str, before: Region) -> bool:
    """Return whether a code that changed its name in a year stayed with the place, as prefectures and provinces always do."""
    row = next(row for row in rows()[code] if row.until == before.until)
    return code.endswith("00") or not before.successors or (code, row.until) in row.became


def _of_its_counties(code: str, until: int | None) -> tuple[str, ...]:
    """Return the successors of a prefecture for which the lists only have those of its counties, the one with most counties first."""
    if until is None or not code.endswith("00"):
        return ()
    found: dict[str, int] = defaultdict(int)
    for county in _below().get(code[:4], ()):
        for row in rows()[county]:
            if row.until == until:
                for new, year in row.became:
                    if year == until and new[:4] != code[:4]:
                        found[_prefecture(new)] += 1
    return tuple(sorted(found, key=lambda new: (-found[new], new)))


def _prefecture(county: str) -> str:
    """Return the prefecture or municipality around a county; the county itself if a province administers it directly."""
    above = county[:4] + "00" if county[:2] not in MUNICIPALITIES else county[:2] + "0000"
    return above if above in rows() else county


@cache
def _below() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in rows():
        if not code.endswith("00"):
            found[code[:4]].append(code)
    return {prefix: tuple(codes) for prefix, codes in found.items()}


def _stands_for(code: str) -> str:
    """Return the place that a code of the standard merely repeats; empty if the code names a place of its own.

    110100 (市辖区) and 110200 (县) are Beijing, 440101 (市辖区) is Guangzhou, 429000 (省直辖县级行政区划) is Hubei.
    """
    if code in rows():
        return ""
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    if code[2:] in {"0100", "0200"} and code[:2] in MUNICIPALITIES:
        return province
    if code[2:] == "9000" and code[:4] in _below():
        return province
    cities = rows().get(prefecture, ()) if code[4:] == "01" and code[2:4] != "00" else ()
    return prefecture if cities and cities[-1].name.endswith("市") else ""
