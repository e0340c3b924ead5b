"""Deadlines for columns of first days.

Each row is one look-up in a table that the scalar rule fills (`lookup`); another day of knowledge is another row of that table.
Stopped clocks are handled in `tolling`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic

import numpy as np
from attrs import field, frozen

from ssflow.calendar.arrays.columns import EPOCH, MISSING, Column, day_of, is_column
from ssflow.calendar.arrays.lookup import EMPTY, PROVISIONAL, lookup, lookup_by_knowledge, states_of
from ssflow.calendar.arrays.questions import chunks
from ssflow.calendar.arrays.rows import Rows
from ssflow.calendar.deadline import Deadline, DeadlineStatus
from ssflow.calendar.given import check_calendar
from ssflow.errors import InputError, SsflowError
from ssflow.text import Text

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Errors, Positions
    from ssflow.calendar.spans import Span
    from ssflow.calendar.workcalendar import WorkCalendar

    Flags = npt.NDArray[np.bool_]

_DEPTH = 3  # calls between the question of a caller and the warning
_NO_AS_OF = Text(
    "有起始日，没有as_of；请给出按哪一天所知的日历，或省去as_of",
    "a row has a first day but no as_of; give the day on which the calendar was known, or leave as_of out",
)


@frozen(eq=False)
class Deadlines(Generic[Column]):
    """The ends of a span, one for each row, as columns of the kind that was given.

    ``due`` is the last day in time. It is missing where the first day is missing and where the clock is still stopped; ``open`` marks
    the latter. ``provisional`` marks the rows whose due day rests on days without a published notice.
    """

    due: Column
    provisional: Column
    open: Column = field(repr=False)


@frozen(eq=False)
class Ends:
    """Answers in the making, as flat arrays; ``where`` gives the positions of these rows among all rows of the question."""

    due: Days
    provisional: Flags
    open: Flags
    rows: Rows
    where: Sequence[int] | Positions

    def part(self, part: slice) -> Ends:
        """Return some of the rows, to be filled in."""
        return Ends(self.due[part], self.provisional[part], self.open[part], self.rows, self.where[part])

    def put(self, row: int, ask: Callable[[], Deadline]) -> None:
        """Enter the answer of the scalar rule in a row, or leave the row out."""
        try:
            deadline = ask()
        except (SsflowError, ValueError) as error:
            self.rows.refuse(int(self.where[row]), error)
            self.due[row], self.provisional[row], self.open[row] = MISSING, False, False
            return
        self.due[row] = deadline.due.toordinal() - EPOCH if deadline.due else MISSING
        self.provisional[row] = deadline.status is DeadlineStatus.PROVISIONAL
        self.open[row] = deadline.due is None


def deadlines(
    span: Span, starts: Any, calendar: WorkCalendar, *, tolled: Any, as_of: Any, out: Any, errors: Errors
) -> Deadlines[Any]:
    """Return the deadlines of a column; see `Span.deadlines`."""
    check_calendar(calendar)
    if span.unit == "hours":
        raise InputError.of(
            "starts",
            f"{span.text.zh}从时刻起算，须逐个求：span.deadline(instant, calendar)",
            f"{span} run from instants, one by one; ask span.deadline(instant, calendar) for each",
        )
    rows = Rows(calendar.zone, errors)
    found = ends_of(rows, span, "starts", starts, calendar, tolled=tolled, as_of=as_of, out=out)
    rows.tell(_DEPTH)
    return found


def ends_of(
    rows: Rows,
    span: Span,
    name: str,
    starts: Any,
    calendar: WorkCalendar,
    *,
    tolled: Any = (),
    as_of: Any = None,
    out: Any = None,
) -> Deadlines[Any]:
    """Return the ends of a span for the rows of a question; ``name`` is the caller's name for the first days."""
    pairs, asked = _pairs(tolled), rows.days(name, starts)
    n = len(asked)
    known = rows.days("as_of", as_of) if is_column(as_of) else None
    if known is None and as_of is not None:
        calendar = calendar.as_of(rows.one_day("as_of", as_of))
    stops = [
        (rows.side(f"tolled[{i}][0]", stopped), rows.side(f"tolled[{i}][1]", resumed))
        for i, (stopped, resumed) in enumerate(pairs)
    ]
    if known is not None and len(known) and known.min() == MISSING:
        rows.lack("as_of", np.flatnonzero((known == MISSING) & (rows.present(asked) != MISSING)), _NO_AS_OF)
    days = rows.present(asked)
    given = (asked, *(() if known is None else (known,)), *(side for pair in stops for side in pair))
    room = _room(out, n)
    aliased = out is not None and any(np.shares_memory(room, each) for each in given)
    ends = Ends(
        room.copy() if aliased else room, np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_), rows, range(n)
    )
    if stops:
        from ssflow.calendar.arrays.tolling import fill_tolled

        some_missing = fill_tolled(span, days, calendar, stops, known, ends)
    else:
        some_missing = fill(span, days, calendar, known, ends)
    missing = rows.present(days) == MISSING if some_missing or len(rows.left) else None
    if aliased:
        room[:] = ends.due
    due = out if out is not None else rows.give(ends.due.view("datetime64[D]"), None)
    return Deadlines(due, rows.give(ends.provisional, missing), rows.give(ends.open, missing))


def fill(span: Span, days: Days, calendar: WorkCalendar, known: Days | None, ends: Ends) -> bool:
    """Look up every row in the table of the span, by the calendar as it was known on the day in ``known`` if that is given.

    Returns whether some first days are missing.
    """
    if known is None or not states_of(calendar):  # a calendar without dates is the same on every day
        table, known = lookup(span, calendar), None
    else:
        table = lookup_by_knowledge(span, calendar)
    some_missing = False
    for rows in chunks(len(days)):
        part, day, then = ends.part(rows), days[rows], None if known is None else known[rows]
        at = table.at(day, then, part.due)
        found = table.look_up(at, part.due)
        highest = found.view(f"u{found.itemsize}").max()  # unsigned, so that `EMPTY` is higher than every answer
        missing = day == MISSING if highest >= 2 * PROVISIONAL else None
        if missing is not None:
            table.work_out(at[(found == EMPTY) & ~missing])
            found = table.look_up(at, part.due)
        if highest >= PROVISIONAL:
            np.greater_equal(found, PROVISIONAL, out=part.provisional)
            found &= ~PROVISIONAL
        if found is not part.due:
            part.due[:] = found
        if missing is not None:
            for row in np.flatnonzero((part.due == EMPTY) & ~missing).tolist():
                part.put(row, partial(_ask, span, day, row, calendar, then))  # out of reach: answered here, or refused
            part.due[missing] = MISSING
            some_missing = some_missing or bool(missing.any())
    return some_missing


def _ask(span: Span, days: Days, row: int, calendar: WorkCalendar, known: Days | None) -> Deadline:
    """Return the answer of the scalar rule for a row, by the calendar as it was known then."""
    return span.deadline(day_of(days[row]), calendar if known is None else calendar.as_of(day_of(known[row])))


def _pairs(tolled: Any) -> list[Any]:
    """Return the stops as a list of pairs.

    Raises:
        InputError: ``tolled`` is something else.

    """
    is_list = (
        isinstance(tolled, Iterable)
        and not isinstance(tolled, str | bytes)
        and (isinstance(tolled, list | tuple) or not is_column(tolled))
    )
    stops = list(tolled) if is_list else [tolled]
    if any(not isinstance(stop, tuple | list) or len(stop) != 2 for stop in stops):
        raise InputError.of(
            "tolled",
            "须为成对的列表（停止日、恢复日），例如tolled=[(stopped, resumed)]",
            "tolled takes a list of pairs (stopped, resumed), for example tolled=[(stopped, resumed)]",
        )
    return stops


def _room(out: Any, n: int) -> Days:
    """Return the array for the due days: a new one, or the caller's.

    Raises:
        InputError: the caller's array does not fit.

    """
    if out is None:
        return np.empty(n, dtype=np.int64)
    fits = isinstance(out, np.ndarray) and out.dtype == "datetime64[D]" and out.size == n
    fits = fits and out.flags.c_contiguous and out.flags.writeable
    if not fits:
        raise InputError.of(
            "out",
            f"out须能放下{n}行届满日；请给numpy.empty({n}, 'datetime64[D]')",
            f"out takes the due days of {n} rows; give numpy.empty({n}, 'datetime64[D]')",
        )
    room: Days = np.asarray(out).reshape(-1).view(np.int64)
    return room
