"""Deadlines for columns of first days whose clocks stood still: a pair of columns, stopped and resumed, for each stop.

The same rule as in `counting`, on all rows at once. Spans that do not stop plainly (they start anew, or are extended by long
rests) are asked row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, day_of, is_column, read
from ssflow.calendar.arrays.deadlines import Ends, fill, known_on
from ssflow.calendar.arrays.questions import chunks, same_length
from ssflow.calendar.arrays.shelf import states_of
from ssflow.calendar.arrays.tables import DayArrays, arrays_of

if TYPE_CHECKING:
    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.spans import Span
    from ssflow.calendar.workcalendar import WorkCalendar

    Stops = list[tuple[Days, Days]]


def fill_tolled(
    span: Span, days: Days, calendar: WorkCalendar, stops: list[Any], known: Days | None, ends: Ends
) -> bool:
    """Fill in the deadlines of clocks that stood still, by the calendar as it was known in each row if that is given.

    True if some first days are missing.
    """
    sides = [(_side(s, calendar, len(days)), _side(e, calendar, len(days))) for s, e in stops]
    same_length(days, *(side for pair in sides for side in pair))
    if known is None:
        _fill(span, days, calendar, sides, ends)
    else:
        ends.due[:] = MISSING
        state = np.searchsorted(states_of(calendar), known, side="right")
        present = days != MISSING
        for each in np.unique(state[present]):
            rows = np.flatnonzero((state == each) & present)
            there = Ends(ends.due[rows], ends.provisional[rows], ends.open[rows])
            then = known_on(calendar, int(known[rows[0]]))
            _fill(span, days[rows], then, [(s[rows], e[rows]) for s, e in sides], there)
            ends.due[rows], ends.provisional[rows], ends.open[rows] = there.due, there.provisional, there.open
    return bool(len(days) and days.min() == MISSING)


def _side(side: Any, calendar: WorkCalendar, n: int) -> Days:
    """One side of the stops as a column: one day stands for all rows, None for a missing one."""
    if is_column(side) or isinstance(side, list):
        return read(side, calendar.zone).days
    return np.full(n, MISSING if side is None else calendar.civil_day(side).toordinal() - EPOCH, dtype=np.int64)


def _fill(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, ends: Ends) -> None:
    plain = (span.tolling, span.long_rests, span.first_day, span.before) == ("stop", "counted", "excluded", False)
    for rows in chunks(len(days)):
        part, here = ends.part(rows), [(s[rows], e[rows]) for s, e in stops]
        if not (plain and any(_fill_plain(span, days[rows], calendar, here, t, part) for t in arrays_of(calendar))):
            _fill_one_by_one(span, days[rows], calendar, here, part)


def _fill_one_by_one(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, ends: Ends) -> None:
    for row, day in enumerate(days.tolist()):
        ends.due[row] = MISSING
        if day != MISSING:
            tolled = [
                (day_of(s[row]), None if e[row] == MISSING else day_of(e[row])) for s, e in stops if s[row] != MISSING
            ]
            ends.put(row, span.deadline(day_of(day), calendar, tolled))


def _fill_plain(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, arrays: DayArrays, ends: Ends) -> bool:
    """Fill in some rows from a calendar's tables; False if these do not reach, or if something is to be refused.

    The clock counts to a target. Each stop that begins before it is reached moves it on by the days on which the clock
    would have run, had it not stood.
    """
    low = days.min()
    missing = days == MISSING if low == MISSING else None
    start = days if missing is None else np.where(missing, arrays.first, days)
    if not (start.max() <= arrays.last and (low if missing is None else start.min()) >= arrays.first >= 0):
        return False
    after = start + 1
    target = _position(span, arrays, after)
    target += _days_in(span, start, calendar)
    standing = None
    for stopped, resumed in _in_order(stops, after):
        backwards = (resumed < stopped).any()
        if backwards:  # or without an end: a missing day comes before every other
            stands_still = (resumed == MISSING) & (_position(span, arrays, np.maximum(stopped, after)) < target)
            standing = stands_still if standing is None else standing | stands_still
            resumed = np.where(resumed == MISSING, stopped, resumed)  # noqa: PLW2901 - the rest of the rows
            backwards = (resumed < stopped).any()
        if backwards or _is_beyond(span, arrays, resumed):
            return False
        stands = _position(span, arrays, np.maximum(stopped, after))
        runs = _position(span, arrays, np.maximum(resumed, after))
        runs -= stands
        stands -= target
        stands >>= 63  # all bits set where the stop begins before the target, none elsewhere
        runs &= stands
        target += runs
        after = np.maximum(after, resumed) if len(stops) > 1 else after
    last = _at(span, arrays, target, ends.due if span.roll == "none" else None)
    due = None if last is None else _rolled(span, arrays, last)
    if last is None or due is None:
        return False
    if due is not ends.due:
        ends.due[:] = due
    _mark(span, calendar, start, last, ends)
    for blank in (missing, standing):
        if blank is not None:
            ends.due[blank] = MISSING
            ends.provisional[blank] = False
    if standing is not None:
        ends.open[:] = standing if missing is None else standing & ~missing
    return not (calendar.is_strict and ends.provisional.any())


def _is_beyond(span: Span, arrays: DayArrays, resumed: Days) -> bool:
    """Whether a clock of working days resumes beyond the tables."""
    return span.unit == "workdays" and bool(resumed.max() > arrays.last)


def _in_order(stops: Stops, after: Days) -> Stops:
    """The stops of each row in order; one that is missing becomes one of no length."""
    sides = [_present(stopped, resumed, after) for stopped, resumed in stops]
    if len(sides) == 1:
        return sides
    stopped, resumed = np.stack([s for s, _ in sides]), np.stack([e for _, e in sides])
    order = np.argsort(stopped, axis=0, kind="stable")
    return list(zip(np.take_along_axis(stopped, order, 0), np.take_along_axis(resumed, order, 0), strict=True))


def _present(stopped: Days, resumed: Days, after: Days) -> tuple[Days, Days]:
    if stopped.min() != MISSING:
        return stopped, resumed
    missing = stopped == MISSING
    return np.where(missing, after, stopped), np.where(missing, after, resumed)


def _days_in(span: Span, start: Days, calendar: WorkCalendar) -> int | Days:
    """How many days the clock has to run; of a span of months as many as lie before its unrolled end."""
    if span.unit in ("workdays", "days"):
        return span.n
    unrolled = np.empty_like(start)
    fill(
        span.rolled("none"),
        start,
        calendar,
        None,
        Ends(unrolled, np.empty_like(start, np.bool_), np.empty(0, np.bool_)),
    )
    return unrolled - start


def _position(span: Span, arrays: DayArrays, day: Days) -> Days:
    """Where the clock is when a day begins: how many days of its kind lie before it."""
    return day.copy() if span.unit != "workdays" else np.take(arrays.before, day, mode="clip")


def _at(span: Span, arrays: DayArrays, target: Days, out: Days | None) -> Days | None:
    """The day that brings the clock to its target."""
    if span.unit != "workdays":
        return target - 1
    if target.max() > len(arrays.workdays):
        return None
    target -= 1
    return np.take(arrays.workdays, target, out=out, mode="clip")


def _rolled(span: Span, arrays: DayArrays, last: Days) -> Days | None:
    if span.roll == "none":
        return last
    if not arrays.hold(last):
        return None
    k = arrays.before[last] if span.roll == "next" else arrays.before[last + 1] - 1
    return arrays.workdays[k] if k.max() < len(arrays.workdays) else None


def _mark(span: Span, calendar: WorkCalendar, start: Days, last: Days, ends: Ends) -> None:
    """Mark the answers that rest on days that are not firm, as `counting` would."""
    ends.provisional[:] = False
    if span.unit != "workdays" and span.roll == "none":
        return
    latest = ends.due.max() if last is ends.due else max(ends.due.max(), last.max())
    for gap in calendar._resolution.gaps:
        begins, over = (day.toordinal() - EPOCH for day in gap)
        if begins <= latest:
            first = start + 1 if span.unit == "workdays" else np.minimum(last, ends.due)
            ends.provisional[:] |= (first <= over) & (np.maximum(last, ends.due) >= begins)
