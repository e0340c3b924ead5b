"""Deadlines for columns of first days whose clocks were stopped, with a pair of columns, stopped and resumed, for each stop.

The rule is that of `counting`, applied to all rows at once. Spans with other rules for stops (that start anew, or that long rests
extend) are asked row by row.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, day_of
from ssflow.calendar.arrays.deadlines import Ends, fill
from ssflow.calendar.arrays.lookup import states_of
from ssflow.calendar.arrays.positions import positions_of
from ssflow.calendar.arrays.questions import chunks
from ssflow.calendar.arrays.tables import arrays_of
from ssflow.errors import SsflowError

if TYPE_CHECKING:
    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.arrays.deadlines import Flags
    from ssflow.calendar.arrays.positions import Numbers, Positions
    from ssflow.calendar.arrays.tables import DayArrays
    from ssflow.calendar.deadline import Deadline
    from ssflow.calendar.spans import Span
    from ssflow.calendar.workcalendar import WorkCalendar

    Stops = list[tuple[Days, Days]]

LONGEST = {
    "workdays": 1,
    "days": 1,
    "weeks": 7,
    "half_months": 16,
    "months": 31,
    "month_ends": 31,
    "years": 366,
}  # the most days in one of each


def fill_tolled(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, known: Days | None, ends: Ends) -> bool:
    """Fill in the deadlines of clocks that were stopped, by the calendar as it was known on the day in ``known`` if that is given.

    Returns whether some first days are missing.
    """
    if known is None:
        return _fill(span, days, calendar, stops, ends)
    ends.due[:] = MISSING
    state = np.searchsorted(states_of(calendar), known, side="right")
    present = days != MISSING
    for each in np.unique(state[present]):
        rows = np.flatnonzero((state == each) & present)
        there = Ends(ends.due[rows], ends.provisional[rows], ends.open[rows], ends.rows, rows)
        try:
            then = calendar.as_of(day_of(known[rows[0]]))
        except SsflowError as error:  # in none of these rows was anything known yet
            for row in rows:
                ends.rows.refuse(int(row), error)
            continue
        _fill(span, days[rows], then, [(s[rows], e[rows]) for s, e in stops], there)
        ends.due[rows], ends.provisional[rows], ends.open[rows] = there.due, there.provisional, there.open
    return not present.all()


def _fill(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, ends: Ends) -> bool:
    plain = (span.tolling, span.long_rests, span.first_day, span.before) == ("stop", "counted", "excluded", False)
    some_missing = False
    for rows in chunks(len(days)):
        day, part, here = days[rows], ends.part(rows), [(s[rows], e[rows]) for s, e in stops]
        tables = arrays_of(calendar) if plain else ()
        tries = (_fill_plain(span, day, calendar, here, arrays, part) for arrays in tables)
        found = next((found for found in tries if found is not None), None)
        if found is None:
            found = _fill_one_by_one(span, day, calendar, here, part)
        some_missing = some_missing or found
    return some_missing


def _fill_one_by_one(span: Span, days: Days, calendar: WorkCalendar, stops: Stops, ends: Ends) -> bool:
    for row, day in enumerate(days.tolist()):
        ends.due[row] = MISSING
        if day != MISSING:
            ends.put(row, partial(_ask, span, day, calendar, stops, row))
    return bool((days == MISSING).any())


def _ask(span: Span, day: int, calendar: WorkCalendar, stops: Stops, row: int) -> Deadline:
    """Return the answer of the scalar rule for a row, with the stops of that row."""
    tolled = [(day_of(s[row]), None if e[row] == MISSING else day_of(e[row])) for s, e in stops if s[row] != MISSING]
    return span.deadline(day_of(day), calendar, tolled)


def _fill_plain(
    span: Span, days: Days, calendar: WorkCalendar, stops: Stops, arrays: DayArrays, ends: Ends
) -> bool | None:
    """Fill in some rows from one table of a calendar, and return whether first days are missing.

    Returns None if the table does not reach, or if a row is to be refused. The clock runs to a target; a stop that lasts beyond the
    table moves the target to a position that the clock never reaches.
    """
    if not 0 <= arrays.first <= arrays.last - span.n:
        return None
    clock = positions_of(arrays, span.n * LONGEST[span.unit], workdays=span.unit == "workdays", roll=span.roll)
    start, begun, missing = days, clock.as_end(days), None
    if begun.min() == 0:
        missing = days == MISSING
        start = np.where(missing, days.max(), days)
        begun = clock.as_end(start)
    if begun.min() == 0 or begun.max() >= clock.last:
        return None
    target = begun + _run(span, start, calendar, begun, ends)
    endless = _move_on(target, begun, stops, clock)
    if target.min() < clock.first or target.max() > clock.last:
        return None
    np.take(clock.due, target, out=ends.due, mode="clip")
    _mark(span, calendar, start, target, ends, clock)
    for blank in (missing, endless):
        if blank is not None:
            ends.due[blank] = MISSING
            ends.provisional[blank] = False
    if endless is not None:
        ends.open[:] = endless if missing is None else endless & ~missing
    return missing is not None and bool(missing.any())


def _move_on(target: Numbers, begun: Numbers, stops: Stops, clock: Positions) -> Flags | None:
    """Move the targets of some rows on for their stops, and return which clocks are still stopped (None if none are).

    A stop that begins before the target is reached moves the target on by as far as the clock would have run without it. If a stop ends before it
    begins, the target moves to a position that the clock never reaches.
    """
    endless = None
    for stopped, resumed in _in_order(stops):
        stands = clock.as_begin(stopped)
        if stands.min() == 0:  # it began before the table, or there is none
            resumed = np.where(stopped == MISSING, MISSING, resumed)  # noqa: PLW2901 - then it has no end either
        np.maximum(stands, begun, out=stands)
        in_time = stands < target
        backwards = resumed < stopped
        if backwards.any():  # or a stop without an end: a missing day comes before every other
            target[backwards & (resumed != MISSING)] = clock.last + 1
            here = backwards & in_time
            endless = here if endless is None else endless | here
        begun = clock.as_begin(resumed)
        np.maximum(begun, stands, out=begun)
        np.subtract(begun, stands, out=stands)
        stands *= in_time
        target += stands
    return endless


def _in_order(stops: Stops) -> Stops:
    """Return the stops of each row in order."""
    if len(stops) == 1:
        return stops
    stopped, resumed = np.stack([s for s, _ in stops]), np.stack([e for _, e in stops])
    order = np.argsort(stopped, axis=0, kind="stable")
    return list(zip(np.take_along_axis(stopped, order, 0), np.take_along_axis(resumed, order, 0), strict=True))


def _run(span: Span, start: Days, calendar: WorkCalendar, begun: Numbers, ends: Ends) -> int | Numbers:
    """Return how many days the clock has to run; for a span of months, the days before its unrolled end."""
    if span.unit in ("workdays", "days"):
        return span.n
    flags = np.empty_like(start, np.bool_)
    unrolled = Ends(np.empty_like(start), flags, flags, ends.rows, ends.where)
    fill(span.rolled("none"), start, calendar, None, unrolled)
    return (unrolled.due - start).astype(begun.dtype)


def _mark(span: Span, calendar: WorkCalendar, start: Days, target: Numbers, ends: Ends, clock: Positions) -> None:
    """Mark the answers that rest on days that are not firm, as `counting` does; the table of a strict calendar ends before them."""
    if span.unit != "workdays" and span.roll == "none":
        return
    furthest = target.max()
    latest = max(clock.reached[furthest], clock.due[furthest])
    for gap in calendar._resolution.gaps:
        begins, over = (day.toordinal() - EPOCH for day in gap)
        if begins <= latest:
            last = np.take(clock.reached, target)
            first = start + 1 if span.unit == "workdays" else np.minimum(last, ends.due)
            ends.provisional[:] |= (first <= over) & (np.maximum(last, ends.due) >= begins)
