"""The places and days in which a procedure has to be tried so that every clock and every regime of its rulebook is met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ssflow.process import Process
from ssflow.process.figures import Choice, Clock
from ssflow.rules import Rulebook, Value

Setting = tuple[dict[str, str], date]
_LATELY = date(2026, 9, 21)  # a Monday before National Day, with the notices of the year known


def settings_of(process: type[Process], book: Rulebook, *, place: str = "140100") -> list[Setting]:
    """Return pairs of places and a first day: a recent day in a ``place`` without figures of its own, and wherever a clock or a way is met first."""
    found = [({p.name: place for p in process.places}, _LATELY)]
    for value in _to_be_met(process, book):
        if not any(_meets(value, book, *setting) for setting in found):
            codes = _places(process, value.region, place)
            days = (day for day in (_LATELY, value.since, value.until) if day is not None)
            found += [(codes, day) for day in days if _meets(value, book, codes, day)][:1]
    return found


def _to_be_met(process: type[Process], book: Rulebook) -> Iterator[Value]:
    """Yield the latest figure of every clock, and the latest figure for each way of every choice."""
    for figure in process.figures:
        values = sorted(
            (v for v in book.values if v.parameter == figure.name), key=lambda v: (v.region != "", -v.since.toordinal())
        )
        if isinstance(figure, Choice):
            yield from {value.amount: value for value in reversed(values)}.values()
        elif isinstance(figure, Clock):
            yield from values[:1]


def _meets(value: Value, book: Rulebook, places: dict[str, str], day: date) -> bool:
    """Return whether the figure is looked up for a role in one of the places on the day."""
    codes = list(places.values())
    found = book.in_force(day, codes[0], codes[1] if len(codes) > 1 else "")
    return value in found


def _places(process: type[Process], region: str, place: str) -> dict[str, str]:
    codes = (region or place).split("+")
    return {p.name: codes[min(number, len(codes) - 1)] for number, p in enumerate(process.places)}
