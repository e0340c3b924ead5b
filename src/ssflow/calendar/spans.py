"""Lengths of time as the law gives them: twenty working days, thirty days, six months, twenty-four hours.

A span has no default unit, because 日 alone means calendar days in one law and working days in another; `statutes` knows
which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import index
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, get_args

from attrs import evolve, field, frozen

from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.arrays.columns import Errors
    from ssflow.calendar.arrays.deadlines import Deadlines
    from ssflow.calendar.counting import Tolled
    from ssflow.calendar.deadline import Deadline
    from ssflow.calendar.workcalendar import WorkCalendar

Unit = Literal["workdays", "days", "half_months", "months", "years", "hours"]
Roll = Literal["next", "previous", "none"]
FirstDay = Literal["excluded", "included"]
MonthEnd = Literal["clamp", "sticky"]
LongRests = Literal["counted", "added"]
Tolling = Literal["stop", "restart"]
UNITS: tuple[Unit, ...] = get_args(Unit)
ROLLS: tuple[Roll, ...] = get_args(Roll)

HALF_MONTH = 15  # days, whatever the month (the Supreme Court's reading of the Criminal Procedure Law, 2021, art. 202)
LONG_REST = 3  # rest days in a row that extend a tax period (implementing rules of the Tax Collection Law, art. 109)

_BY_MONTHS = ("half_months", "months", "years")
_ROLLING = ("days", *_BY_MONTHS)
_WORDS: dict[str, Text] = {
    "workdays": Text("个工作日", "working days"),
    "days": Text("日", "days"),
    "half_months": Text("个半月", "half months"),
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
    "hours": Text("小时", "hours"),
}
_WRITTEN = re.compile(r"\s*([0-9]+)\s*([a-z_]+)\s*")


def _whole(n: Any) -> Any:
    """A whole number of any package as Python's own; what is none is refused later, with its value."""
    return index(n) if hasattr(n, "__index__") and not isinstance(n, bool) else n


@frozen
class Span:
    """A number of units of time, and how it is counted.

    ``roll`` says what happens if the last day is a rest day: it moves to the next working day (Civil Code 203), to the
    previous one, or stays. Working days and hours never roll. ``before`` counts back from an event. ``first_day`` says
    whether the day of the event counts (it does not by Civil Code 201). ``month_end`` says where a period of months ends that
    begins on the last day of a month: on the corresponding day (``clamp``, Civil Code 202) or on the last day (``sticky``).
    ``long_rests`` that are ``added`` extend the period by the rest days in it of which three or more follow one another.
    ``tolling`` says what a clock does that stood still: it goes on, or starts anew. ``basis`` is the article that gives the span.
    """

    n: int = field(converter=_whole)
    unit: Unit
    before: bool = field(default=False, kw_only=True)
    roll: Roll = field(kw_only=True)
    first_day: FirstDay = field(default="excluded", kw_only=True)
    month_end: MonthEnd = field(default="clamp", kw_only=True)
    long_rests: LongRests = field(default="counted", kw_only=True)
    tolling: Tolling = field(default="stop", kw_only=True)
    basis: Text | None = field(default=None, kw_only=True)

    @roll.default
    def _roll_by_law(self) -> Roll:
        return "next" if self.unit in _ROLLING and not self.before else "none"

    def __attrs_post_init__(self) -> None:
        if isinstance(self.n, bool) or not hasattr(self.n, "__index__") or self.n < 1:
            msg = f"a span is a whole number of at least 1, not {self.n!r}"
            raise ValueError(msg)
        for what, value, known in (
            ("unit", self.unit, UNITS),
            ("roll", self.roll, ROLLS),
            ("first_day", self.first_day, get_args(FirstDay)),
            ("month_end", self.month_end, get_args(MonthEnd)),
            ("long_rests", self.long_rests, get_args(LongRests)),
            ("tolling", self.tolling, get_args(Tolling)),
        ):
            if value not in known:
                msg = f"unknown {what} {value!r}; one of {', '.join(known)}"
                raise ValueError(msg)
        for contradicts, what in _contradictions(self):
            if contradicts:
                raise ValueError(what)

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
        if self.unit == "half_months":
            return _half_months(self.n)
        words = _WORDS[self.unit]
        en = words.en if self.n > 1 else words.en.removesuffix("s")
        return Text(f"{self.n}{words.zh}", f"{self.n} {en}")

    def rolled(self, roll: Roll) -> Span:
        """The same length with another rule for a last day that rests; working days and hours stay as they are."""
        return evolve(self, roll=roll) if self.unit in _ROLLING else self

    def deadline(self, start: date | datetime, calendar: WorkCalendar, tolled: Iterable[Tolled] = ()) -> Deadline:
        """When the span ends that is set running on ``start``.

        ``tolled`` are the half-open intervals ``(stopped, resumed)`` on which the clock stood still: the day it stopped
        is not counted, the day it resumed is; ``None`` for a clock that still stands. They may overlap.

        Raises:
            CoverageError: the calendar does not reach that far.
            ValueError: a naive datetime, or hours from a bare date.

        """
        from ssflow.calendar.deadline import run

        return run(self, start, calendar, tolled)

    def deadlines(
        self,
        starts: Any,
        calendar: WorkCalendar,
        *,
        tolled: Any = (),
        as_of: Any = None,
        out: Any = None,
        errors: Errors = "raise",
    ) -> Deadlines[Any]:
        """When the span ends for each of many first days: a column of NumPy, pandas, polars or Arrow.

        ``tolled`` are intervals as for `deadline`, for all rows alike or a column a side, with missing values where the
        clock did not stop or still stands. ``as_of`` is a day, or a column of days, on which the calendar was known.
        ``out`` is a NumPy array of ``datetime64[D]`` that takes the due days. Missing days stay missing.
        Series are paired by their labels. ``errors="missing"`` leaves rows missing that have no answer, and warns of them
        (`RowsLeftOut`).

        Raises:
            CoverageError: a day lies out of reach; the first row is named.
            InputError: hours, which run from instants; rows that hold no days; columns that do not belong together.
            ModuleNotFoundError: NumPy is not installed.

        """
        from ssflow.calendar.arrays.columns import require_numpy

        require_numpy()
        from ssflow.calendar.arrays.deadlines import deadlines

        return deadlines(self, starts, calendar, tolled=tolled, as_of=as_of, out=out, errors=errors)


class Counted(TypedDict, total=False):
    """How any span of days may be counted; see `Span`."""

    before: bool
    first_day: FirstDay
    tolling: Tolling
    basis: Text | None


class Rolled(Counted, total=False):
    """How a span of calendar days may be counted besides."""

    roll: Roll
    long_rests: LongRests


class ByMonths(Rolled, total=False):
    """How a span of months may be counted besides."""

    month_end: MonthEnd


def workdays(n: int, **how: Unpack[Counted]) -> Span:
    """``n`` working days, make-up days included."""
    return Span(n, "workdays", **how)


def days(n: int, **how: Unpack[Rolled]) -> Span:
    """``n`` calendar days; rolls to the next working day, or not at all when counted back."""
    return Span(n, "days", **how)


def half_months(n: int, **how: Unpack[ByMonths]) -> Span:
    """``n`` half months: whole months first, and 15 days for an odd half."""
    return Span(n, "half_months", **how)


def months(n: int, **how: Unpack[ByMonths]) -> Span:
    """``n`` months, to the corresponding day or the last of its month (Civil Code 202)."""
    return Span(n, "months", **how)


def years(n: int, **how: Unpack[ByMonths]) -> Span:
    """``n`` years, to the corresponding day or the last of its month (Civil Code 202)."""
    return Span(n, "years", **how)


def hours(n: int, *, tolling: Tolling = "stop", basis: Text | None = None) -> Span:
    """``n`` hours from an instant (Civil Code 201)."""
    return Span(n, "hours", tolling=tolling, basis=basis)


def _contradictions(span: Span) -> Iterator[tuple[bool, str]]:
    unit = span.unit
    yield (
        span.roll != "none" and unit not in _ROLLING,
        f"a span of {unit} never rolls: working days end on one, hours are exact; take roll='none'",
    )
    yield span.before and unit == "hours", "hours are not counted back from an event; use days"
    yield (
        span.first_day == "included" and (unit == "hours" or span.before),
        "the day of the event counts only in a span of days that runs forward; take first_day='excluded'",
    )
    yield (
        span.month_end == "sticky" and unit not in _BY_MONTHS,
        f"a span of {unit} knows no end of month; take month_end='clamp'",
    )
    yield (
        span.long_rests == "added" and (unit not in _ROLLING or span.before),
        "long rests extend only calendar days that run forward; take long_rests='counted'",
    )


def _half_months(n: int) -> Text:
    whole, half = divmod(n, 2)
    if not half:
        return Span(whole, "months").text
    zh = f"{whole or ''}{'个' if whole else ''}半{'个' if not whole else ''}月"
    return Text(zh, f"{whole} and a half months" if whole else "half a month")
