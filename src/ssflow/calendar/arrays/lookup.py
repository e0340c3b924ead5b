"""A table of the ends of a span for every first day, for one calendar or for all its states of knowledge.

A rule that depends on the first day alone is a function of some ten thousand days. The scalar rule runs once for each, and a
column of any length is then one look-up a row. So a single day and a column of days can never get different answers. The rule
runs when a day of its block is first asked for.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from attrs import define

from ssflow.calendar.arrays.columns import EPOCH
from ssflow.calendar.counting import end_of_span
from ssflow.errors import CoverageError

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.counting import End
    from ssflow.calendar.spans import Span
    from ssflow.calendar.workcalendar import WorkCalendar

    Answers = npt.NDArray[np.signedinteger[Any]]

BLOCK = 512  # first days that are worked out together
EMPTY = -(2**31)  # no answer, or none yet
PROVISIONAL = 2**30  # added to a due day that is provisional, so that one look-up tells both


@define(eq=False)
class Lookup:
    """A table with one row of ``width`` days since 1970 for each calendar, laid end to end.

    ``answers`` are due days, increased by `PROVISIONAL` where they are provisional. They are `EMPTY` where a day is not worked out yet
    or has no answer from 1970 on, and on the first and the last day of a row, where a look-up that is out of reach ends. ``offset``
    gives the start of the row for a day of knowledge, if there are several rows; the first row then stands for the time before any
    notice was known.
    """

    span: Span
    calendars: tuple[WorkCalendar | None, ...]
    offset: Days | None
    width: int
    answers: Answers
    done: npt.NDArray[np.bool_]

    def at(self, days: Days, known: Days | None, room: Days) -> Days:
        """Return the positions of the answers for first days and days of knowledge, computed in ``room``."""
        if known is None or self.offset is None:
            return days
        at = np.take(self.offset, known, out=room, mode="clip")
        at += days if days.view(np.uint64).max() < self.width else np.clip(days, 0, self.width - 1)
        return at

    def look_up(self, at: Days, room: Days) -> Answers:
        """Return the answers at some positions, in ``room`` if that is as wide."""
        return np.take(self.answers, at, out=room if self.answers.dtype == room.dtype else None, mode="clip")

    def work_out(self, at: Days) -> None:
        """Run the rule for the blocks of some positions that are still empty."""
        blocks = np.unique(np.clip(at, 0, len(self.answers) - 1) // BLOCK)
        for block in blocks[~self.done[blocks]]:
            row, first = divmod(int(block) * BLOCK, self.width)
            calendar = self.calendars[row]
            if calendar is not None:
                for day in range(max(first, 1), min(first + BLOCK, self.width - 1)):
                    self._enter(row * self.width + day, day, calendar)
            self.done[block] = True

    def _enter(self, at: int, day: int, calendar: WorkCalendar) -> None:
        try:
            end = cast("End", end_of_span(self.span, date.fromordinal(day + EPOCH), calendar))  # no stops, so it ends
        except (CoverageError, OverflowError):
            return
        due = end.due.toordinal() - EPOCH
        if due >= 0:
            self.answers[at] = due if end.firm else due + PROVISIONAL


@lru_cache(maxsize=64)
def lookup(span: Span, calendar: WorkCalendar) -> Lookup:
    """Return the table of one calendar."""
    return _empty(span, (calendar,), None, _width(calendar))


@lru_cache(maxsize=16)
def lookup_by_knowledge(span: Span, calendar: WorkCalendar) -> Lookup:
    """Return the table of all states of knowledge of a calendar, after a row for the time before the first one."""
    states, width = states_of(calendar), _width(calendar)
    rows = np.searchsorted(states, np.arange(states[-1] + 1), side="right")
    return _empty(span, (None, *(_as_of(calendar, state) for state in states)), rows * width, width)


def states_of(calendar: WorkCalendar) -> list[int]:
    """Return the days, counted from 1970, on which the knowledge of a calendar changed."""
    return [day.toordinal() - EPOCH for day in calendar._resolution.view.changes]


def _as_of(calendar: WorkCalendar, state: int) -> WorkCalendar | None:
    try:
        return calendar.as_of(date.fromordinal(state + EPOCH))
    except CoverageError:
        return None


def _width(calendar: WorkCalendar) -> int:
    last = date(calendar.base_calendar.last_year, 12, 31).toordinal() - EPOCH
    return (last // BLOCK + 1) * BLOCK + BLOCK


def _empty(span: Span, calendars: tuple[WorkCalendar | None, ...], offset: Days | None, width: int) -> Lookup:
    n = len(calendars) * width
    answers = np.full(n, EMPTY, dtype="i8" if len(calendars) == 1 else "i4")  # narrow rows stay in the cache
    return Lookup(span, calendars, offset, width, answers, np.zeros(n // BLOCK, dtype=np.bool_))
