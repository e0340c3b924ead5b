"""Lengths of time as the law gives them: twenty working days, thirty days, six months, twenty-four hours.

A span has no default unit, because 日 alone means calendar days in one law and working days in another; `statutes` has the rule
of each law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, get_args

from attrs import evolve, field, frozen

from ssflow.calendar import wording
from ssflow.calendar.doors import one_of, positive, unfit
from ssflow.errors import Fault, InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.arrays.columns import Errors
    from ssflow.calendar.arrays.deadlines import Deadlines
    from ssflow.calendar.counting import Tolled
    from ssflow.calendar.deadline import Deadline
    from ssflow.calendar.statutes import Statute
    from ssflow.calendar.workcalendar import WorkCalendar

Unit = Literal["workdays", "days", "weeks", "half_months", "months", "month_ends", "years", "hours"]
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
_ROLLING = ("days", "weeks", *_BY_MONTHS)
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("unit", UNITS),
    ("roll", ROLLS),
    ("first_day", get_args(FirstDay)),
    ("month_end", get_args(MonthEnd)),
    ("long_rests", get_args(LongRests)),
    ("tolling", get_args(Tolling)),
)


@frozen(cache_hash=True)  # calendars keep their answers by it
class Span:
    """A number of units of time, and the rules by which it is counted.

    ``roll`` says what happens if the last day is a rest day: it moves to the next working day (Civil Code 203), to the previous one, or
    stays. Working days, ends of months and hours never roll; 1 end of a month is that of the month of the event. ``before`` counts back
    from an event. ``first_day`` says whether the day of the event counts (by Civil Code 201 it does not). ``month_end`` says where a period
    of months that begins on the last day of a month ends: on the corresponding day (``clamp``, Civil Code 202) or on the last day
    (``sticky``). ``long_rests="added"`` extends the period by as many days as it has rest days in rows of three or more: working days
    since 2021, calendar days before (`longrests`). ``tolling`` says what a clock does after a stop: it goes on,
    or starts anew. ``least`` is the lower number of a range, "2 to 3 months": both are shown, and it ends with the higher. ``basis`` is the
    article that gives the span.
    """

    n: int
    unit: Unit
    before: bool = field(default=False, kw_only=True)
    roll: Roll = field(kw_only=True)
    first_day: FirstDay = field(default="excluded", kw_only=True)
    month_end: MonthEnd = field(default="clamp", kw_only=True)
    long_rests: LongRests = field(default="counted", kw_only=True)
    tolling: Tolling = field(default="stop", kw_only=True)
    least: int | None = field(default=None, kw_only=True)
    basis: Text | None = field(default=None, kw_only=True)

    @roll.default
    def _roll_by_law(self) -> Roll:
        return "next" if str(self.unit) in _ROLLING and self.before is False else "none"

    def __attrs_post_init__(self) -> None:
        for rule, known in _RULES:
            one_of(rule, getattr(self, rule), known)
        if not isinstance(self.before, bool):
            raise unfit("before", self.before, "True或False", "True or False")
        if self.basis is not None and not isinstance(self.basis, Text):
            raise unfit("basis", self.basis, "双语文字Text(zh, en)", "a Text(zh, en)")
        n = positive("n", self.n, "期间的数目", "the number of a span")
        if self.least is not None:
            least = positive("least", self.least, "期间的低数", "the lower number of a range")
            object.__setattr__(self, "least", least)
        if (
            self.unit == "half_months" and n % 2 == 0 and self.least is None
        ):  # two halves make a whole, so that one length has one name
            n //= 2
            object.__setattr__(self, "unit", "months")
        object.__setattr__(self, "n", n)
        if faults := [Fault(path, text) for contradicts, path, text in _contradictions(self) if contradicts]:
            raise InputError(*faults)

    @classmethod
    def parse(cls, text: str, law: Statute | None = None, on: date | None = None) -> Span:
        """Return a span as people write it: ``"20 workdays"``, ``"15个工作日"``, ``"8 weeks"``, ``"三个半月"``, ``"24 hours"``, ``"2 to 3 months"``.

        The output of `text` and ``str`` is read back. Bare days in Chinese (``"15日"``) are read only with the ``law`` that gives them
        and the day ``on`` which it is applied, because some laws mean working days.

        Raises:
            InputError: the text is not a number and a unit, or does not say which days are meant.
            CoverageError: how the law read its days at that time is not known.

        >>> Span.parse("十五个工作日") == workdays(15)
        True

        """
        if not isinstance(text, str):
            raise wording.unreadable(text)
        if law is not None:
            from ssflow.calendar.statutes import Statute

            if not isinstance(law, Statute):
                raise unfit(
                    "law", law, "有自己算法的法律，例如LICENSING", "a law with a rule of its own, such as LICENSING,"
                )
            if n := wording.bare_number(text):
                return law.days(n, on)
        least, text = wording.ranged(text)
        n, unit = wording.read(text)
        return cls(n, unit, least=least)

    def __str__(self) -> str:
        least = f"{self.least} to " if self.least else ""
        return f"{least}{self.n} {self.unit if self.n > 1 else self.unit.removesuffix('s')}"

    @property
    def text(self) -> Text:
        """The span in words: 20个工作日, 20 working days."""
        text = wording.written(self.n, self.unit)
        return Text(f"{self.least}至{text.zh}", f"{self.least} to {text.en}") if self.least else text

    def rolled(self, roll: Roll) -> Span:
        """Return the same length with another rule for a last day that rests; working days and hours stay as they are."""
        one_of("roll", roll, ROLLS)
        return evolve(self, roll=roll) if self.unit in _ROLLING else self

    def deadline(self, start: date | datetime, calendar: WorkCalendar, tolled: Iterable[Tolled] = ()) -> Deadline:
        """Return the deadline of the span for an event on ``start``.

        ``tolled`` are the half-open intervals ``(stopped, resumed)`` on which the clock was stopped: the day it stopped
        is not counted, the day it resumed is; ``None`` for a clock that is still stopped. They may overlap.

        Raises:
            CoverageError: the calendar does not reach that far.
            InputError: a naive datetime, hours from a bare date, or a value that is not a day, a calendar or an interval.

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
        """Return the deadlines of the span for many first days: a column of NumPy, pandas, polars or Arrow.

        ``tolled`` are intervals as for `deadline`, each side one day for all rows or a column, with missing values where the
        clock did not stop or is still stopped. ``as_of`` is a day, or a column of days, on which the calendar was known.
        ``out`` is a NumPy array of ``datetime64[D]`` that takes the due days. Missing days stay missing.
        Series are paired by their labels. ``errors="missing"`` leaves rows missing that have no answer, and warns of them
        (`RowsLeftOut`).

        Raises:
            CoverageError: a day lies out of reach; the first row is named.
            InputError: hours, which run from instants; rows that hold no days; columns that do not belong together.
            MissingExtraError: NumPy is not installed.

        """
        from ssflow.calendar.arrays.columns import require_numpy

        require_numpy("Span.deadlines")
        from ssflow.calendar.arrays.deadlines import deadlines

        return deadlines(self, starts, calendar, tolled=tolled, as_of=as_of, out=out, errors=errors)


class Counted(TypedDict, total=False):
    """Options for counting any span of days; see `Span`."""

    before: bool
    first_day: FirstDay
    tolling: Tolling
    least: int | None
    basis: Text | None


class Rolled(Counted, total=False):
    """Options for counting a span of calendar days."""

    roll: Roll
    long_rests: LongRests


class ByMonths(Rolled, total=False):
    """Options for counting a span of months."""

    month_end: MonthEnd


def workdays(n: int, **how: Unpack[Counted]) -> Span:
    """Return a span of ``n`` working days, make-up days included."""
    return Span(n, "workdays", **how)


def days(n: int, **how: Unpack[Rolled]) -> Span:
    """Return a span of ``n`` calendar days; it rolls to the next working day, or not at all when counted back."""
    return Span(n, "days", **how)


def weeks(n: int, **how: Unpack[Rolled]) -> Span:
    """Return a span of ``n`` weeks of seven calendar days; it rolls as days do."""
    return Span(n, "weeks", **how)


def half_months(n: int, **how: Unpack[ByMonths]) -> Span:
    """Return a span of ``n`` half months: whole months first, and 15 days for an odd half; an even number is a span of months."""
    return Span(n, "half_months", **how)


def months(n: int, **how: Unpack[ByMonths]) -> Span:
    """Return a span of ``n`` months, to the corresponding day or the last of its month (Civil Code 202)."""
    return Span(n, "months", **how)


def years(n: int, **how: Unpack[ByMonths]) -> Span:
    """Return a span of ``n`` years, to the corresponding day or the last of its month (Civil Code 202)."""
    return Span(n, "years", **how)


def hours(n: int, *, tolling: Tolling = "stop", basis: Text | None = None) -> Span:
    """Return a span of ``n`` hours from an instant (Civil Code 201)."""
    return Span(n, "hours", tolling=tolling, basis=basis)


def spans_text(spans: Iterable[Span]) -> Text:
    """Return consecutive spans in words: a term and its extensions."""
    return Text.join([span.text for span in spans], "，再延长", ", then ")


def _contradictions(span: Span) -> Iterator[tuple[bool, str, Text]]:
    unit = span.unit
    zh = wording.WORDS[unit].zh.removeprefix("个")
    yield (
        span.least is not None and (span.least >= span.n or unit in ("half_months", "month_ends")),
        "least",
        Text(
            f"范围的低数须小于高数{span.n}，且不用于半月和月末；请去掉或者改正",
            f"the lower number of a range is less than the higher, {span.n}, of whole units; leave it out or correct it",
        ),
    )
    yield (
        span.roll != "none" and unit not in _ROLLING,
        "roll",
        Text(
            f"以{zh}计的期间不顺延：工作日本来就止于工作日，小时精确到时刻；请写roll='none'",
            f"a span of {unit} never rolls: working days end on one, hours are exact; take roll='none'",
        ),
    )
    yield (
        span.before and unit in ("hours", "month_ends"),
        "before",
        Text(f"以{zh}计的期间不从事件倒数；请改用自然日", f"{unit} are not counted back from an event; use days"),
    )
    yield (
        span.first_day == "included" and (unit in ("hours", "month_ends") or span.before),
        "first_day",
        Text(
            "只有顺数的、以日以上单位计的期间才计入事件当天；请写first_day='excluded'",
            "the day of the event counts only in a span of days that runs forward; take first_day='excluded'",
        ),
    )
    yield (
        span.month_end == "sticky" and unit not in _BY_MONTHS,
        "month_end",
        Text(
            f"以{zh}计的期间没有月末规则；请写month_end='clamp'",
            f"a span of {unit} knows no end of month; take month_end='clamp'",
        ),
    )
    yield (
        span.long_rests == "added" and (unit not in _ROLLING or span.before),
        "long_rests",
        Text(
            "长休假只顺延顺数的自然日期间；请写long_rests='counted'",
            "long rests extend only calendar days that run forward; take long_rests='counted'",
        ),
    )
    yield (
        span.tolling == "restart" and unit == "month_ends",
        "tolling",
        Text(
            "至月末的期间不重新计算；请写tolling='stop'",
            "a period to the end of a month does not start anew; take tolling='stop'",
        ),
    )
    yield (
        span.long_rests == "added" and span.tolling == "restart",
        "tolling",
        Text(
            "税收期限停止后重新计算的，没有规定说明此前的长休假如何计算；请写tolling='stop'",
            "no rule says what the long rests before count for when a tax period starts anew; take tolling='stop'",
        ),
    )
