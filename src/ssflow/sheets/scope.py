"""The figures in scope: those that some case of a place and a day may meet, whatever its other place is."""

from __future__ import annotations

from datetime import date, timedelta

from ssflow.regions import NATION, widening
from ssflow.rules import Rulebook, Value

_NEXT = timedelta(days=1)


def pairs_with(book: Rulebook, place: str, on: date | None = None) -> tuple[str, ...]:
    """Return the pairs of areas with figures of their own in which one side takes in this place.

    Places are taken as they were on a day, or as they are now.
    """
    ours = set(widening(place, on)) - {NATION}
    return tuple(sorted({v.region for v in book.values if "+" in v.region and ours & set(v.region.split("+"))}))


def in_scope_of(book: Rulebook, day: date, place: str) -> tuple[Value, ...]:
    """Return every figure in force on a day that some case with this place may meet.

    Raises:
        UnknownError: no place has this code.

    """
    between = [value for pair in pairs_with(book, place, day) for value in _of_pair(book, day, pair)]
    return (*between, *book.in_force(day, place))


def in_scope(book: Rulebook, place: str | None, on: date | None) -> tuple[Value, ...]:
    """Return the figures that some case meets in a place on a day, each once.

    Without a place these are the figures of all places, without a day those of all times; a figure over which another prevails in the
    place at all times is left out.

    Raises:
        UnknownError: no place has this code.

    """
    if place is None:
        return book.values if on is None else _of_all_places(book, on)
    days = _days_of_change(book) if on is None else [on]
    found = {value.identity for day in days for value in in_scope_of(book, day, place)}
    return tuple(value for value in book.values if value.identity in found)


def _of_pair(book: Rulebook, day: date, pair: str) -> list[Value]:
    place, _, beside = pair.partition("+")
    return [value for value in book.in_force(day, place, beside) if value.region == pair]


def _of_all_places(book: Rulebook, day: date) -> tuple[Value, ...]:
    areas = dict.fromkeys(value.region for value in book.values)
    return tuple(value for area in areas for value in book.in_force(day, *area.split("+")) if value.region == area)


def _days_of_change(book: Rulebook) -> list[date]:
    """Return the days on which a figure begins, or has ended."""
    ended = (value.until + _NEXT for value in book.values if value.until and value.until < date.max)
    return sorted({*(value.since for value in book.values), *ended})
