"""The positions of a clock of days as a day begins and as it ends, and the day on which it reaches a position."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from ssflow.calendar.arrays.columns import MISSING

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days
    from ssflow.calendar.arrays.tables import DayArrays

    Numbers = npt.NDArray[np.signedinteger[Any]]


@frozen(eq=False)
class Positions:
    """The positions of a clock that counts the days of a table, or its working days.

    The clock is at 1 as the table begins and moves on by one as a counted day ends. It is at 0 on the days before and where a day is
    missing; beyond the table it stays at its last position. A period that runs until position ``p``, from ``first`` to ``last``, has
    its last day on ``reached[p]`` and, after rolling, is due on ``due[p]``.
    """

    _begins: Numbers
    _ends: Numbers
    reached: Days
    due: Days
    first: int
    last: int

    def as_begin(self, days: Days) -> Numbers:
        """Return the positions of the clock as some days begin."""
        return np.take(self._begins, days, mode="clip")

    def as_end(self, days: Days) -> Numbers:
        """Return the positions of the clock as some days end."""
        return np.take(self._ends, days, mode="clip")


@lru_cache(maxsize=64)
def positions_of(arrays: DayArrays, longest: int, *, workdays: bool, roll: str) -> Positions:
    """Return the positions of a table, in the narrowest numbers that hold a run of ``longest`` with all possible stops.

    Narrow numbers stay in the nearest cache: for decades of days, 16 bits are enough.
    """
    counted = arrays.works if workdays else np.arange(len(arrays.works)) >= arrays.first
    days = np.flatnonzero(counted)  # the first of them brings the clock to 2
    positions = np.zeros(len(counted) + 1, dtype=np.min_scalar_type(-(2 * len(days) + 2 + longest)))
    np.cumsum(counted, out=positions[1:])
    positions[arrays.first :] += 1
    ends = positions[1:].copy()
    positions[0] = ends[0] = 0  # the look-up of a missing day
    ends[: arrays.first] = 0
    due = days
    if roll != "none":
        workday = np.concatenate(([MISSING], arrays.workdays, [MISSING]))
        due = workday[arrays.before[days] + 1 if roll == "next" else arrays.before[days + 1]]
    told = 2 + np.flatnonzero(due != MISSING)
    first, last = int(told.min(initial=2 + len(due))), int(told.max(initial=1))
    none = np.zeros(2, dtype=np.int64)
    return Positions(positions, ends, np.append(none, days), np.append(none, due), first, last)
