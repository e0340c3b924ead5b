"""The rules of counting, from a span and its first day to its last day.

They cover counting forwards and backwards, stopped clocks, corresponding days of months, and rest days at the end. Everything
here is about whole days; hours are counted in `deadline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ssflow.calendar.clock import months_after
from ssflow.calendar.doors import unfit
from ssflow.calendar.notices import ONE_DAY
from ssflow.calendar.spans import HALF_MONTH, LONG_REST, Span
from ssflow.errors import CoverageError, InputError

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

Tolled = tuple[date, date | None]
_DAYS = {"workdays": 1, "days": 1, "weeks": 7}  # days of its kind in one unit


class End(NamedTuple):
    """The end of a span, before and after rest days are taken into account, and whether it is firm.

    ``otherwise`` is the later day by the other reading of the law, where practice was mixed; then the end is never firm.
    """

    unrolled: date
    due: date
    firm: bool
    otherwise: date | None = None


def end_of_span(span: Span, start: date, calendar: WorkCalendar, stops: Sequence[Tolled] = ()) -> End | None:
    """Return the end of a span that begins with an event on ``start``; None while its clock is stopped. ``stops`` are `merged`."""
    unrolled = _back(span, start, calendar) if span.before else _forth(span, start, calendar, stops)
    if unrolled is None:
        return None
    if span.long_rests == "added":
        from ssflow.calendar.longrests import extended  # only for tax periods

        ends = extended(unrolled, len(long_rests(start, unrolled, calendar, stops)), calendar)
        due, *others = sorted({_rolled(span, end, calendar) for end in ends})
        if others:
            return End(unrolled, due, firm=False, otherwise=others[0])
    else:
        due = _rolled(span, unrolled, calendar)
    asked = rests_on(span, start, unrolled, due)
    return End(unrolled, due, asked is None or calendar.is_firm(*asked))


def _rolled(span: Span, end: date, calendar: WorkCalendar) -> date:
    if span.roll == "next":
        return calendar.on_or_after(end)
    return calendar.on_or_before(end) if span.roll == "previous" else end


def rests_on(span: Span, start: date, unrolled: date, due: date) -> tuple[date, date] | None:
    """Return the first and the last of the days whose kind decides where a span ends; None if no day's kind does."""
    if span.unit == "workdays" and span.before:
        return due, start - ONE_DAY
    if span.unit == "workdays" or span.long_rests == "added":
        return min(start if span.first_day == "included" else start + ONE_DAY, due), due
    return None if span.roll == "none" else (min(unrolled, due), max(unrolled, due))


def long_rests(start: date, last: date, calendar: WorkCalendar, stops: Sequence[Tolled]) -> list[date]:
    """Return the days after ``start`` and through ``last`` on which the clock ran and that belong to three or more rest days in a row."""
    days = (start + timedelta(days=i) for i in range(1, (last - start).days + 1))
    runs = (list(run) for works, run in groupby(days, key=calendar.is_workday) if not works)
    return [day for run in runs if len(run) >= LONG_REST for day in run if not stands(day, stops)]


def stands(day: date, stops: Sequence[Tolled]) -> bool:
    """Return whether a clock was stopped on a day."""
    return any(stopped <= day and (resumed is None or day < resumed) for stopped, resumed in stops)


def eve(span: Span, start: date) -> date:
    """Return the day after which a span is counted: that of the event, or the one before if the event's day counts."""
    return start - ONE_DAY if span.first_day == "included" else start


def merged(tolled: Any, civil_day: Callable[[date], date]) -> tuple[Tolled, ...]:
    """Return the same stopped days as sorted intervals that do not touch.

    Raises:
        InputError: ``tolled`` are not intervals, or one ends before it begins.

    """
    if type(tolled) is tuple and not tolled:  # most clocks never stop
        return ()
    if isinstance(tolled, str) or not isinstance(tolled, Iterable):
        raise unfit("tolled", tolled, "停止计算的区间的列表[(停止, 恢复)]", "a list of intervals [(stopped, resumed)]")
    pairs = list(tolled)
    for pair in pairs:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise unfit("tolled", pair, "停止计算的区间(停止, 恢复)", "an interval (stopped, resumed)")
    days = [(civil_day(stopped), None if resumed is None else civil_day(resumed)) for stopped, resumed in pairs]
    joined: list[Tolled] = []
    for stopped, resumed in sorted(days, key=lambda stop: stop[0]):
        if resumed is not None and resumed < stopped:
            raise InputError.of(
                "tolled",
                f"恢复计算须在停止之后；{stopped}至{resumed}先后颠倒",
                f"a stopped clock resumes after it stops; {stopped} .. {resumed} runs backwards",
            )
        if resumed == stopped:
            continue
        before, last = joined[-1] if joined else (None, None)
        if before is not None and (last is None or stopped <= last):
            joined[-1] = (before, None if last is None or resumed is None else max(last, resumed))
        else:
            joined.append((stopped, resumed))
    return tuple(joined)


def ran(span: Span, start: date, through: date, calendar: WorkCalendar, stops: Sequence[Tolled]) -> int:
    """Return the number of days after ``start`` and through another day on which the clock of a span ran."""
    count = calendar.count if span.unit == "workdays" else _days_between
    if through <= start:
        return 0
    stood = 0
    for stopped, resumed in stops:
        first, last = max(start, stopped - ONE_DAY), min(through, resumed - ONE_DAY if resumed else through)
        stood += count(first, last) if first < last else 0
    return count(start, through) - stood


def corresponding_day(day: date, months: int, *, sticky: bool) -> date:
    """Return the same day some months later or earlier, or the last of its month (Civil Code 202).

    ``sticky``: from the last day of a month to the last day of a month, as criminal procedure has it.
    """
    if sticky and (day + ONE_DAY).day == 1:
        return months_after(day + ONE_DAY, months) - ONE_DAY
    return months_after(day, months)


def _forth(span: Span, event: date, calendar: WorkCalendar, stops: Sequence[Tolled]) -> date | None:
    add, count = (calendar.add, calendar.count) if span.unit == "workdays" else (_add_days, _days_between)
    start, n = eve(span, event), days_in(span, event)
    for stopped, resumed in stops:
        if resumed is not None and resumed <= start:
            continue
        if _ends_before(stopped, start, n, add):
            break
        if resumed is None:
            return None
        if span.tolling == "restart":
            start, n = eve(span, resumed), days_in(span, resumed)
        else:
            n -= count(start, stopped - ONE_DAY) if stopped > start else 0
            start = max(start, resumed - ONE_DAY)
    return add(start, n)


def _ends_before(stopped: date, start: date, n: int, add: Callable[[date, int], date]) -> bool:
    """Return whether the n-th day comes before a stop.

    Beyond the coverage of the calendar it does not, except that a strict calendar raises if days before the stop are not firm.
    """
    try:
        return add(start, n) < stopped
    except CoverageError as error:
        if start < error.day <= stopped:
            raise
        return False


def _back(span: Span, event: date, calendar: WorkCalendar) -> date:
    if span.unit == "workdays":
        return calendar.sub(event, span.n)
    if span.unit in _DAYS:
        return event - timedelta(days=_DAYS[span.unit] * span.n)
    return _by_months(span, event, -1)


def days_in(span: Span, event: date) -> int:
    """Return how many days the clock runs after the `eve`: counted days, days to the corresponding day, or days to the end of a month."""
    if span.unit in _DAYS:
        return _DAYS[span.unit] * span.n
    if span.unit == "month_ends":
        return (months_after(event.replace(day=1), span.n) - ONE_DAY - event).days
    end = _by_months(span, event, 1)
    # Where there is no corresponding day, this is already the last of the month, which is the end.
    if span.first_day == "included" and end.day == event.day:
        end -= ONE_DAY
    return (end - eve(span, event)).days


def _by_months(span: Span, day: date, sign: int) -> date:
    months, half = (span.n * 12, 0) if span.unit == "years" else (span.n, 0)
    if span.unit == "half_months":
        months, half = divmod(span.n, 2)
    moved = corresponding_day(day, sign * months, sticky=span.month_end == "sticky") if months else day
    return moved + timedelta(days=sign * half * HALF_MONTH)


def _add_days(day: date, n: int) -> date:
    return day + timedelta(days=n)


def _days_between(after: date, through: date) -> int:
    return (through - after).days
