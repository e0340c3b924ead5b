"""The places around a place on a day: itself, its prefecture, its province, the nation."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from ssflow.doors import check_day, check_kind
from ssflow.regions.known import NATION, known
from ssflow.regions.region import history, origins, region


def widening(code: str, on: date | None = None) -> tuple[str, ...]:
    """Return the place itself, its prefecture, its province and the nation, as they were on a day (without one: as they are now).

    For a place that was abolished by then, or did not exist yet, these are the places around its area. If the area went to several places,
    the first is the narrowest in which all of them lie.

    Raises:
        InputError: ``code`` is not text, or ``on`` is not a day.
        UnknownError: no place ever had this code.

    >>> widening("440106")
    ('440106', '440100', '440000', '')
    >>> widening("371200", date(2018, 6, 1)), widening("371200", date(2020, 6, 1))
    (('371200', '370000', ''), ('370100', '370000', ''))

    """
    known(code)
    return _around(code, year_of(on))


@lru_cache(maxsize=8192)
def _around(code: str, year: int | None) -> tuple[str, ...]:
    holders = holding(code, year)
    if not holders:  # the lists do not say of what it was made, or what became of it
        return enclosing(code)[1:] if code else enclosing(code)
    first, *others = map(enclosing, holders)
    return tuple(place for place in first if all(place in other for other in others))


@lru_cache(maxsize=8192)
def holding(code: str, year: int | None = None) -> tuple[str, ...]:
    """Return the codes that had the area of a place in a year (without one: now): its own, or those of its successors or origins."""
    found: list[str] = []
    todo, seen = [code], {""}
    while todo:
        here = todo.pop(0)
        if here in seen:
            continue
        seen.add(here)
        places = history(here)
        gone = [place for place in places if place.until is not None and (year is None or place.until < year)]
        if any(place.until is None if year is None else place.in_use(year) for place in places):
            found.append(here)
        elif gone:
            todo += gone[-1].successors
        else:
            todo += origins().get(here, ())
    return tuple(found)


def year_of(on: date | None) -> int | None:
    """Return the year of the places in question; None for now.

    Raises:
        InputError: ``on`` is not a day; an instant falls on a day only in a time zone.

    """
    if on is None:
        return None
    check_day("on", on)
    return on.year


def lies_in(place: str, other: str, on: date | None = None) -> bool:
    """Return whether a place lies in another, or is the same, as both were on a day (without one: as they are now).

    A text that is not a place lies nowhere: older facts may hold unchecked texts.

    >>> lies_in("371202", "370100", date(2018, 6, 1)), lies_in("371202", "370100", date(2019, 6, 1))
    (False, True)

    """
    return all(map(region, (place, other))) and widening(other, on)[0] in widening(place, on)


def enclosing(code: str) -> tuple[str, ...]:
    """Return a place, its prefecture, its province and the nation by the digits of the code alone, whether or not there is such a place.

    Raises:
        InputError: the code is not text.

    """
    check_kind("code", code, str)
    return tuple(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000", NATION))) if code else (NATION,)


def pairs_of(code: str, other: str, on: date | None = None) -> tuple[str, ...]:
    """Return the codes of two places as figures between places name them, from the narrowest outwards, as of a day.

    >>> pairs_of("510100", "500000")
    ('500000+510100', '500000+510000')

    """
    ours, theirs = widening(code, on)[:-1], widening(other, on)[:-1]
    found = {"+".join(sorted((a, b))): i + j for i, a in enumerate(ours) for j, b in enumerate(theirs)}
    return tuple(sorted(found, key=lambda pair: (found[pair], pair)))  # the same, whichever comes first
