"""Which figures of a rulebook a case may meet in a place, where the other place of the case is not known."""

from __future__ import annotations

from datetime import date

from ssflow.regions import NATION, widening
from ssflow.rules import Rulebook, Value


def pairs_with(book: Rulebook, place: str, on: date | None = None) -> tuple[str, ...]:
    """The codes of two places that take in this one: a figure found there holds if the other place of a case is the other one.

    On a day, or as places are now.
    """
    ours = set(widening(place, on)) - {NATION}
    return tuple(sorted({v.region for v in book.values if "+" in v.region and ours & set(v.region.split("+"))}))


def met_with_any(book: Rulebook, day: date, place: str) -> tuple[Value, ...]:
    """Every figure in force on a day that some case with this place may meet, whatever its other place is.

    Raises:
        UnknownError: no place has this code.

    """
    between = [value for pair in pairs_with(book, place, day) for value in _of_pair(book, day, pair)]
    return (*between, *book.in_force(day, place))


def _of_pair(book: Rulebook, day: date, pair: str) -> list[Value]:
    place, _, beside = pair.partition("+")
    return [value for value in book.in_force(day, place, beside) if value.region == pair]
