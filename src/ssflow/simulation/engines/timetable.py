"""The times at work: the conversion of moments to working minutes and back.

Working minutes are laid end to end on an axis without nights and rest days. To add a time at work, a moment is mapped to the axis, the
minutes are added there, and the sum is mapped back.
"""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.numbers import NEVER, Flags, Numbers


@frozen(eq=False)
class Timetable:
    """The days at work, and the minutes of the day at which work begins and ends.

    ``before`` is the number of days at work before each day, ``worked`` lists the days at work. Minutes are counted from the beginning of day 0.
    """

    opens: int
    closes: int
    before: Numbers
    worked: Numbers
    _spent: Numbers = field(init=False)  # the minutes at work before each day
    _at_work: Numbers = field(init=False)  # 1 for each day at work, else 0
    _begins: Numbers = field(init=False)  # the first minute of each day at work, and behind them never

    def __attrs_post_init__(self) -> None:
        columns = {
            "_spent": self.before[:-1] * self.length,
            "_at_work": np.diff(self.before),
            "_begins": np.append(self.worked * DAY_MINUTES + self.opens, NEVER),
        }
        for name, column in columns.items():
            object.__setattr__(self, name, column.astype(np.int32))

    @classmethod
    def of(cls, worked: Flags, opens: int, closes: int) -> Timetable:
        """Return the timetable of days that are flagged as worked."""
        before = np.concatenate([[0], np.cumsum(worked)]).astype(np.int32)
        return cls(opens, closes, before, np.flatnonzero(worked).astype(np.int32))

    @property
    def length(self) -> int:
        """The minutes of a day at work."""
        return self.closes - self.opens

    def spent(self, moments: Numbers) -> Numbers:
        """Return the minutes at work before each moment; no moment may lie after the last day."""
        day = moments // DAY_MINUTES
        spent: Numbers = moments - day * DAY_MINUTES
        spent -= self.opens
        np.maximum(spent, 0, out=spent)
        np.minimum(spent, self.length, out=spent)
        spent *= self._at_work.take(day)
        spent += self._spent.take(day)
        return spent

    def after(self, moments: Numbers, minutes: Numbers | int) -> Numbers:
        """Return when so many minutes at work are over, counted from each moment; what ends at closing time ends at the next opening.

        With 0 minutes it is the first moment at work. `NEVER` if it lies after the last day.
        """
        spent = self.spent(moments)
        spent += minutes
        whole = spent // self.length
        spent -= whole * self.length
        begins = self._begins.take(whole, mode="clip")
        spent += begins
        found: Numbers = np.minimum(spent, NEVER)
        return found

    def by_day(self, rows: Numbers, spent: Numbers, number: int) -> Numbers:
        """Return the minutes at work of each day that lie before points on the axis, summed over the points of each of ``number`` rows."""
        whole, rest = spent // self.length, spent % self.length
        at, shape = rows * (len(self.worked) + 1) + whole, (number, len(self.worked) + 1)
        passed = np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape)  # the number of points on each day
        within = np.bincount(at, weights=rest, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)
        before = passed[:, ::-1].cumsum(axis=1)[:, ::-1] - passed  # the points that lie on later days
        found = np.zeros((number, len(self._at_work)), dtype=np.int64)
        found[:, self.worked] = (before * self.length + within)[:, :-1]
        return found

    def one_after(self, moment: int, minutes: int) -> int:
        """Return the same as `after` for one moment."""
        day, rest = divmod(moment, DAY_MINUTES)
        spent = int(self.before[day]) * self.length
        if self.before[day + 1] > self.before[day]:
            spent += min(max(rest - self.opens, 0), self.length)
        whole, rest = divmod(spent + minutes, self.length)
        if whole >= len(self.worked):
            return NEVER
        return int(self.worked[whole]) * DAY_MINUTES + self.opens + rest
