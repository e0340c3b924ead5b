"""The figures that a search looks at: those of everywhere or of one place, of all times or of one day."""

from __future__ import annotations

from datetime import date, timedelta

from ssflow.rules import Rulebook, Value
from ssflow.sheets.met import met_with_any

_NEXT = timedelta(days=1)


def looked_at(book: Rulebook, place: str | None, on: date | None) -> tuple[Value, ...]:
    """Return the figures that some case meets in a place on a day, each once.

    Without a place these are the figures of all places, without a day those of all times; a figure over which another prevails in the
    place at all times is left out.

    Raises:
        UnknownError: no place has this code.

    """
    if place is None:
        return book.values if on is None else _of_all_places(book, on)
    days = _changes(book) if on is None else [on]
    met = {value.identity: value for day in days for value in met_with_any(book, day, place)}
    return tuple(value for value in book.values if value.identity in met)


def _of_all_places(book: Rulebook, day: date) -> tuple[Value, ...]:
    areas = dict.fromkeys(value.region for value in book.values)
    return tuple(value for area in areas for value in book.in_force(day, *area.split("+")) if value.region == area)


def _changes(book: Rulebook) -> list[date]:
    """Return the days on which a figure begins, or has ended."""
    ended = (value.until + _NEXT for value in book.values if value.until and value.until < date.max)
    return sorted({*(value.since for value in book.values), *ended})
