"""The figures of a rulebook that a case may meet in a place while its other place is not known."""

from __future__ import annotations

from datetime import date

from ssflow.regions import NATION, widening
from ssflow.rules import Rulebook, Value


def pairs_with(book: Rulebook, place: str, on: date | None = None) -> tuple[str, ...]:
    """Return the pairs of areas with figures of their own in which one side takes in this place.

    Places are taken as they were on a day, or as they are now.
    """
    ours = set(widening(place, on)) - {NATION}
    return tuple(sorted({v.region for v in book.values if "+" in v.region and ours & set(v.region.split("+"))}))


def met_with_any(book: Rulebook, day: date, place: str) -> tuple[Value, ...]:
    """Return every figure in force on a day that some case with this place may meet, whatever its other place is.

    Raises:
        UnknownError: no place has this code.

    """
    between = [value for pair in pairs_with(book, place, day) for value in _of_pair(book, day, pair)]
    return (*between, *book.in_force(day, place))


def _of_pair(book: Rulebook, day: date, pair: str) -> list[Value]:
    place, _, beside = pair.partition("+")
    return [value for value in book.in_force(day, place, beside) if value.region == pair]
