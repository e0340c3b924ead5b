"""When a span of time ends, in law."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from attrs import field, frozen

from ssflow.calendar.clock import civil_day, end_of, instant_of, months_after
from ssflow.calendar.notices import ONE_DAY
from ssflow.calendar.spans import Span
from ssflow.errors import CoverageError
from ssflow.text import Text

if TYPE_CHECKING:
    from pendulum import DateTime

    from ssflow.calendar.explain import Explanation
    from ssflow.calendar.workcalendar import WorkCalendar

Tolled = tuple[date, date | None]


class DeadlineStatus(Enum):
    """How sure a due day is."""

    FIRM = Text("确定", "firm")
    PROVISIONAL = Text("暂定", "provisional")
    OPEN = Text("停止计算", "stopped")


@frozen
class Deadline:
    """The end of a span.

    ``due`` is the last day in time, None while the clock is stopped without an end. ``unrolled`` is the last day before
    rest days are taken into account; an extension counts from it. ``status`` is PROVISIONAL where the answer rests on
    days whose notice is not yet published.
    """

    span: Span
    start: date | datetime
    calendar: WorkCalendar = field(repr=False)
    tolled: tuple[Tolled, ...]
    unrolled: date | None
    due: date | None
    status: DeadlineStatus
    _closes: datetime | None = field(default=None, repr=False)

    def closes(self) -> DateTime | None:
        """The exclusive end: the first instant that is too late, at 24:00 of the due day (Civil Code 203)."""
        if self.due is None:
            return None
        return instant_of(self._closes) if self._closes else end_of(self.due)

    def met_by(self, when: date | datetime) -> bool:
        """Whether an act at this time (or on this day) is in time.

        Raises:
            ValueError: the time is naive, or the span is in hours and ``when`` a bare date.

        """
        if self.due is None:
            return True
        if isinstance(when, datetime):
            closes = self.closes()
            return closes is None or instant_of(when) < closes
        if self._closes:
            msg = f"{self.span} ends at an instant; compare it with an aware datetime, not with {when!r}"
            raise ValueError(msg)
        return civil_day(when) <= self.due

    def explain(self) -> Explanation:
        """The account of how the due day was found, step by step, in Chinese and English."""
        from ssflow.calendar.explain import explain

        return explain(self)


def run(span: Span, start: date | datetime, calendar: WorkCalendar, tolled: Sequence[Tolled]) -> Deadline:
    """The deadline of a span; see `Span.deadline`."""
    stops = _merged(tolled)
    if stops and span.before:
        msg = "a period counted back from an event has no clock that could stand still; leave tolled out"
        raise ValueError(msg)
    try:
        if span.unit == "hours":
            return _run_hours(span, start, calendar, stops)
        day = civil_day(start)
        end = _back(span, day, calendar) if span.before else _forth(span, day, calendar, stops)
    except OverflowError as error:
        raise CoverageError(civil_day(start), f"{span} lead beyond the year 9999", "take a shorter span") from error
    if end is None:
        return Deadline(span, day, calendar, stops, None, None, DeadlineStatus.OPEN)
    due = end
    if span.roll == "next":
        due = calendar.on_or_after(end)
    elif span.roll == "previous":
        due = calendar.on_or_before(end)
    counted = {"workdays": (day, due)}.get(span.unit, (end, due) if span.roll != "none" else ())
    firm = all(d <= calendar.firm_through for d in counted)
    status = DeadlineStatus.FIRM if firm else DeadlineStatus.PROVISIONAL
    return Deadline(span, day, calendar, stops, end, due, status)


def _forth(span: Span, start: date, calendar: WorkCalendar, stops: tuple[Tolled, ...]) -> date | None:
    if span.unit == "workdays":
        return _count(span.n, start, stops, calendar.add, calendar.count)
    n = span.n
    if span.unit != "days":
        n = (months_after(start, _in_months(span)) - start).days
    return _count(n, start, stops, _add_days, _days_between)


def _back(span: Span, event: date, calendar: WorkCalendar) -> date:
    if span.unit == "workdays":
        return calendar.sub(event, span.n)
    return event - timedelta(days=span.n) if span.unit == "days" else months_after(event, -_in_months(span))


def _count(
    n: int,
    start: date,
    stops: tuple[Tolled, ...],
    add: Callable[[date, int], date],
    count: Callable[[date, date], int],
) -> date | None:
    """The n-th day after ``start`` on which the clock ran."""
    for stopped, resumed in stops:
        ran = max(0, count(start, stopped - ONE_DAY))
        if ran >= n:
            break
        n -= ran
        if resumed is None:
            return None
        start = max(start, resumed - ONE_DAY)
    return add(start, n)


def _run_hours(span: Span, start: date | datetime, calendar: WorkCalendar, stops: tuple[Tolled, ...]) -> Deadline:
    if not isinstance(start, datetime):
        msg = f"{span} run from an instant (Civil Code 201); give an aware datetime instead of {start!r}"
        raise ValueError(msg)
    began = instant_of(start)
    end = began + timedelta(hours=span.n)
    for stopped, resumed in stops:
        if instant_of(stopped) >= end:
            break
        if resumed is None:
            return Deadline(span, began, calendar, stops, None, None, DeadlineStatus.OPEN)
        end += max(timedelta(0), instant_of(resumed) - max(began, instant_of(stopped)))
    last = civil_day(end - timedelta(microseconds=1))
    return Deadline(span, began, calendar, stops, last, last, DeadlineStatus.FIRM, end)


def _merged(tolled: Sequence[Tolled]) -> tuple[Tolled, ...]:
    """The same stopped days as intervals that are sorted and do not touch.

    Raises:
        ValueError: an interval ends before it begins.

    """
    merged: list[Tolled] = []
    for stopped, resumed in sorted(((civil_day(s), r and civil_day(r)) for s, r in tolled), key=lambda stop: stop[0]):
        if resumed is not None and resumed < stopped:
            msg = f"a stopped clock resumes after it stops; {stopped} .. {resumed} runs backwards"
            raise ValueError(msg)
        if resumed == stopped:
            continue
        last = merged[-1][1] if merged else date.min
        if last is None or stopped <= last:
            ends = None if last is None or resumed is None else max(last, resumed)
            merged[-1] = (merged[-1][0], ends)
        else:
            merged.append((stopped, resumed))
    return tuple(merged)


def _in_months(span: Span) -> int:
    return span.n * 12 if span.unit == "years" else span.n


def _add_days(day: date, n: int) -> date:
    return day + timedelta(days=n)


def _days_between(after: date, through: date) -> int:
    return (through - after).days
