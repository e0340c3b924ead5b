"""Deadlines for columns of first days.

A column is a look-up a row on a `shelf` that the scalar rule fills; another day of knowledge in each row is another row of
the shelf. Clocks that stood still are in `tolling`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic

import numpy as np
from attrs import field, frozen

from ssflow.calendar.arrays.columns import EPOCH, MISSING, Column, day_of, is_column, read
from ssflow.calendar.arrays.questions import chunks, same_length
from ssflow.calendar.arrays.shelf import EMPTY, PROVISIONAL, shelf, shelf_by_knowledge, states_of
from ssflow.calendar.deadline import Deadline, DeadlineStatus

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.spans import Span
    from ssflow.calendar.workcalendar import WorkCalendar

    Flags = npt.NDArray[np.bool_]


@frozen(eq=False)
class Deadlines(Generic[Column]):
    """The ends of a span, one a row, as columns of the kind that was given.

    ``due`` is the last day in time; missing where the first day is, or where the clock still stands, which ``open`` tells.
    ``provisional`` tells where it rests on days whose notice is not yet published.
    """

    due: Column
    provisional: Column
    open: Column = field(repr=False)


@frozen(eq=False)
class Ends:
    """The answers in the making, as plain arrays of one row."""

    due: Days
    provisional: Flags
    open: Flags

    def part(self, rows: slice) -> Ends:
        """Some of the rows, to be filled in."""
        return Ends(self.due[rows], self.provisional[rows], self.open[rows])

    def put(self, row: int | np.intp, deadline: Deadline) -> None:
        """Enter the answer of the scalar rule in a row."""
        self.due[row] = deadline.due.toordinal() - EPOCH if deadline.due else MISSING
        self.provisional[row] = deadline.status is DeadlineStatus.PROVISIONAL
        self.open[row] = deadline.due is None


def deadlines(
    span: Span, starts: Any, calendar: WorkCalendar, *, tolled: Iterable[Any], as_of: Any, out: Any
) -> Deadlines[Any]:
    """The deadlines of a column; see `Span.deadlines`."""
    if span.unit == "hours":
        msg = f"{span} run from instants, one by one; ask span.deadline(instant, calendar) for each"
        raise ValueError(msg)
    stops = _pairs(tolled)
    column = read(starts, calendar.zone)
    n = len(column.days)
    sides = [side for stop in stops for side in stop]
    aliased = isinstance(out, np.ndarray) and any(
        np.shares_memory(out, a) for a in (column.days, as_of, *sides) if is_column(a)
    )
    ends = Ends(
        _room(out, n).copy() if aliased else _room(out, n), np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    )
    known = read(as_of, calendar.zone).days if is_column(as_of) or isinstance(as_of, list) else None
    same_length(column.days, *(() if known is None else (known,)))
    if known is None and as_of is not None:
        calendar = calendar.as_of(as_of)
    if stops:
        from ssflow.calendar.arrays.tolling import fill_tolled

        some_missing = fill_tolled(span, column.days, calendar, stops, known, ends)
    else:
        some_missing = fill(span, column.days, calendar, known, ends)
    missing = column.days == MISSING if some_missing else None
    if aliased:
        out.reshape(-1)[:] = ends.due.view("datetime64[D]")
    due = out if out is not None else column.give(ends.due.view("datetime64[D]"), None)
    return Deadlines(due, column.give(ends.provisional, missing), column.give(ends.open, missing))


def fill(span: Span, days: Days, calendar: WorkCalendar, known: Days | None, ends: Ends) -> bool:
    """Look every row up on the shelf of the span, in each row by the calendar as it was known then if that is given.

    True if some first days are missing.
    """
    if known is None or not states_of(calendar):  # a calendar without dates is the same on every day
        shelves, known = shelf(span, calendar), None
    else:
        shelves = shelf_by_knowledge(span, calendar)
    some_missing = False
    for rows in chunks(len(days)):
        part, day, then = ends.part(rows), days[rows], None if known is None else known[rows]
        at = shelves.at(day, then, part.due)
        found = shelves.look_up(at, part.due)
        highest = found.view(f"u{found.itemsize}").max()  # unsigned, `EMPTY` is higher than every answer
        missing = day == MISSING if highest >= 2 * PROVISIONAL else None
        if missing is not None:
            shelves.work_out(at[(found == EMPTY) & ~missing])
            found = shelves.look_up(at, part.due)
        if highest >= PROVISIONAL:
            np.greater_equal(found, PROVISIONAL, out=part.provisional)
            found &= ~PROVISIONAL
        if found is not part.due:
            part.due[:] = found
        if missing is not None:
            for row in np.flatnonzero((part.due == EMPTY) & ~missing):
                view = calendar if then is None else known_on(calendar, int(then[row]))
                part.put(row, span.deadline(day_of(day[row]), view))  # out of reach: answered here, or refused
            part.due[missing] = MISSING
            some_missing = some_missing or bool(missing.any())
    return some_missing


def known_on(calendar: WorkCalendar, day: int) -> WorkCalendar:
    """The calendar as it was known on a day since 1970.

    Raises:
        ValueError: the day is missing.

    """
    if day == MISSING:
        msg = "a row has a first day but no as_of; give the day on which the calendar was known, or leave as_of out"
        raise ValueError(msg)
    return calendar.as_of(day_of(day))


def _pairs(tolled: Any) -> list[Any]:
    """The stops, each a pair.

    Raises:
        ValueError: they are something else.

    """
    stops = list(tolled)
    if any(not isinstance(stop, tuple | list) or len(stop) != 2 for stop in stops):
        msg = "tolled takes a list of pairs (stopped, resumed), for example tolled=[(stopped, resumed)]"
        raise ValueError(msg)
    return stops


def _room(out: Any, n: int) -> Days:
    """Where the due days go: a new array, or the caller's.

    Raises:
        ValueError: the caller's does not fit.

    """
    if out is None:
        return np.empty(n, dtype=np.int64)
    fits = isinstance(out, np.ndarray) and out.dtype == "datetime64[D]" and out.size == n
    fits = fits and out.flags.c_contiguous and out.flags.writeable
    if not fits:
        msg = f"out takes the due days of {n} rows; give numpy.empty({n}, 'datetime64[D]')"
        raise ValueError(msg)
    room: Days = out.reshape(-1).view(np.int64)
    return room
