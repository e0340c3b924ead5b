"""The tables of working days of a calendar as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from ssflow.calendar.arrays.columns import EPOCH

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.table import WorkdayTable
    from ssflow.calendar.workcalendar import WorkCalendar


@frozen(eq=False)
class DayArrays:
    """A table of working days as arrays indexed by days since 1970, from ``first`` to ``last``.

    ``before[d]`` working days of the table lie before day ``d``; ``workdays`` lists them. ``before`` reaches one day beyond ``last``.
    """

    first: int
    last: int
    works: npt.NDArray[np.bool_]
    before: Days
    workdays: Days


@lru_cache(maxsize=256)
def day_arrays(table: WorkdayTable) -> DayArrays:
    """Return the arrays of a table."""
    first = table.base - EPOCH
    works = np.zeros(max(first, 0) + len(table.flags), dtype=np.bool_)
    works[max(first, 0) :] = np.frombuffer(table.flags, dtype=np.bool_)
    before = np.zeros(len(works) + 1, dtype=np.int64)
    np.cumsum(works, out=before[1:])
    return DayArrays(first, len(works) - 1, works, before, np.flatnonzero(works))


def arrays_of(calendar: WorkCalendar) -> Iterator[DayArrays]:
    """Yield the tables of a calendar, each reaching further than the one before."""
    for table in calendar._tables:
        yield day_arrays(table)
        if calendar.is_strict:  # a strict calendar itself knows what it may answer beyond
            return
