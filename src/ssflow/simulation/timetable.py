"""When somebody is at work: working minutes counted off on an absolute axis, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from ssflow.simulation.chart import NEVER
from ssflow.simulation.kernel import DAY_MINUTES

if TYPE_CHECKING:
    from ssflow.simulation.numbers import Flags, Numbers


@frozen(eq=False)
class Timetable:
    """The days on which some are at work, and from when to when.

    ``before`` counts the days at work before each day, ``worked`` lists them. Minutes are counted from the beginning of the first day.
    """

    opens: int
    closes: int
    before: Numbers
    worked: Numbers

    @classmethod
    def of(cls, worked: Flags, opens: int, closes: int) -> Timetable:
        """The timetable of days that are flagged as worked."""
        before = np.concatenate([[0], np.cumsum(worked)]).astype(np.int32)
        return cls(opens, closes, before, np.flatnonzero(worked).astype(np.int32))

    @property
    def length(self) -> int:
        """The minutes of a day at work."""
        return self.closes - self.opens

    def after(self, moments: Numbers, minutes: Numbers | int) -> Numbers:
        """When so many minutes at work are over, from each moment on; what ends at closing time ends at the next opening.

        With 0 minutes the first moment at work.
        """
        day = moments // DAY_MINUTES
        begun, done = self.before[day], self.before[day + 1]
        today = np.clip(moments - day * DAY_MINUTES - self.opens, 0, self.length)
        spent = begun * self.length + np.where(done > begun, today, 0) + minutes
        whole = spent // self.length
        last = len(self.worked) - 1
        there = self.worked[np.minimum(whole, last)] * DAY_MINUTES + self.opens + (spent - whole * self.length)
        return np.where(whole > last, NEVER, there)

    def one_after(self, moment: int, minutes: int) -> int:
        """The same for one moment."""
        day, rest = divmod(moment, DAY_MINUTES)
        spent = int(self.before[day]) * self.length
        if self.before[day + 1] > self.before[day]:
            spent += min(max(rest - self.opens, 0), self.length)
        whole, rest = divmod(spent + minutes, self.length)
        if whole >= len(self.worked):
            return NEVER
        return int(self.worked[whole]) * DAY_MINUTES + self.opens + rest
