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
    """A table of working days as arrays that are indexed by days since 1970, from ``first`` to ``last``.

    ``before[d]`` working days of the table lie before day ``d``, and ``workdays`` lists them; so ``before`` goes one day further.
    """

    first: int
    last: int
    works: npt.NDArray[np.bool_]
    before: Days
    workdays: Days


@lru_cache(maxsize=256)
def day_arrays(table: WorkdayTable) -> DayArrays:
    """The arrays of a table."""
    first = table.base - EPOCH
    works = np.zeros(max(first, 0) + len(table.flags), dtype=np.bool_)
    works[max(first, 0) :] = np.frombuffer(table.flags, dtype=np.bool_)
    before = np.zeros(len(works) + 1, dtype=np.int64)
    np.cumsum(works, out=before[1:])
    return DayArrays(first, len(works) - 1, works, before, np.flatnonzero(works))


def arrays_of(calendar: WorkCalendar) -> Iterator[DayArrays]:
    """The tables of a calendar, the next one reaching further."""
    for table in calendar._tables:
        yield day_arrays(table)
        if calendar.is_strict:  # what a strict calendar may answer beyond, it knows itself
            return
