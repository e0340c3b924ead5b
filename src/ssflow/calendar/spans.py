"""Lengths of time as the law gives them: twenty working days, thirty days, six months, twenty-four hours.

A span has no default unit, because 日 alone means calendar days in one law and working days in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, get_args

from attrs import evolve, field, frozen

from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.deadline import Deadline, Tolled
    from ssflow.calendar.workcalendar import WorkCalendar

Unit = Literal["workdays", "days", "months", "years", "hours"]
Roll = Literal["next", "previous", "none"]
UNITS: tuple[Unit, ...] = get_args(Unit)
ROLLS: tuple[Roll, ...] = get_args(Roll)

_WORDS: dict[str, Text] = {
    "workdays": Text("个工作日", "working days"),
    "days": Text("日", "days"),
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
    "hours": Text("小时", "hours"),
}
_WRITTEN = re.compile(r"\s*([0-9]+)\s*([a-z]+)\s*")


@frozen
class Span:
    """A number of units of time.

    ``roll`` says what happens if the last day is a rest day: it moves to the next working day (Civil Code 203), to the
    previous one, or stays. ``before`` counts back from an event. Working days and hours never roll.
    """

    n: int
    unit: Unit
    roll: Roll = field(kw_only=True)
    before: bool = field(default=False, kw_only=True)

    @roll.default
    def _roll_by_law(self) -> Roll:
        return "next" if self.unit in ("days", "months", "years") else "none"

    def __attrs_post_init__(self) -> None:
        if type(self.n) is not int or self.n < 1:
            msg = f"a span is a whole number of at least 1, not {self.n!r}"
            raise ValueError(msg)
        _one_of("unit", self.unit, UNITS)
        _one_of("roll", self.roll, ROLLS)
        if self.roll != "none" and self.unit in ("workdays", "hours"):
            msg = f"a span of {self.unit} never rolls: working days end on one, hours are exact; take roll='none'"
            raise ValueError(msg)
        if self.before and self.unit == "hours":
            msg = "hours are not counted back from an event; use days"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Span:
        """A span as people write it: ``"20 workdays"``, ``"1 month"``, ``"24 hours"``.

        Raises:
            ValueError: the text is not a number and a unit.

        """
        match = _WRITTEN.fullmatch(text)
        unit = match[2] if match and match[2].endswith("s") else f"{match[2]}s" if match else ""
        if not match or unit not in UNITS:
            msg = f"{text!r} is not a span; write a number and a unit ({', '.join(UNITS)}), for example '20 workdays'"
            raise ValueError(msg)
        return cls(int(match[1]), unit)

    def __str__(self) -> str:
        return f"{self.n} {self.unit if self.n > 1 else self.unit.removesuffix('s')}"

    @property
    def text(self) -> Text:
        """The span in words: 20个工作日, 20 working days."""
        words = _WORDS[self.unit]
        en = words.en if self.n > 1 else words.en.removesuffix("s")
        return Text(f"{self.n}{words.zh}", f"{self.n} {en}")

    def rolled(self, roll: Roll) -> Span:
        """The same length with another rule for a last day that rests; working days and hours stay as they are."""
        return self if self.unit in ("workdays", "hours") else evolve(self, roll=roll)

    def deadline(self, start: date | datetime, calendar: WorkCalendar, tolled: Iterable[Tolled] = ()) -> Deadline:
        """When the span ends that is set running on ``start``.

        ``tolled`` are the half-open intervals ``(stopped, resumed)`` on which the clock stood still: the day it stopped
        is not counted, the day it resumed is; ``None`` for a clock that still stands. They may overlap.

        Raises:
            CoverageError: the calendar does not reach that far.
            ValueError: a naive datetime, or hours from a bare date.

        """
        from ssflow.calendar.deadline import run

        return run(self, start, calendar, tuple(tolled))


def workdays(n: int, *, before: bool = False) -> Span:
    """``n`` working days, make-up days included."""
    return Span(n, "workdays", before=before)


def days(n: int, *, roll: Roll | None = None, before: bool = False) -> Span:
    """``n`` calendar days; rolls to the next working day, or not at all when counted back."""
    return _calendar_span(n, "days", roll, before=before)


def months(n: int, *, roll: Roll | None = None, before: bool = False) -> Span:
    """``n`` months, to the corresponding day or the last of its month (Civil Code 202)."""
    return _calendar_span(n, "months", roll, before=before)


def years(n: int, *, roll: Roll | None = None, before: bool = False) -> Span:
    """``n`` years, to the corresponding day or the last of its month (Civil Code 202)."""
    return _calendar_span(n, "years", roll, before=before)


def hours(n: int) -> Span:
    """``n`` hours from an instant (Civil Code 201)."""
    return Span(n, "hours")


def _calendar_span(n: int, unit: Unit, roll: Roll | None, *, before: bool) -> Span:
    return Span(n, unit, roll=roll or ("none" if before else "next"), before=before)


def _one_of(what: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        msg = f"unknown {what} {value!r}; one of {', '.join(known)}"
        raise ValueError(msg)
