"""When somebody is at work: working minutes counted off on an absolute axis, and back."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.numbers import NEVER, Flags, Numbers


@frozen(eq=False)
class Timetable:
    """The days on which some are at work, and from when to when.

    ``before`` counts the days at work before each day, ``worked`` lists them. Minutes are counted from the beginning of the first day.
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
        """The timetable of days that are flagged as worked."""
        before = np.concatenate([[0], np.cumsum(worked)]).astype(np.int32)
        return cls(opens, closes, before, np.flatnonzero(worked).astype(np.int32))

    @property
    def length(self) -> int:
        """The minutes of a day at work."""
        return self.closes - self.opens

    def spent(self, moments: Numbers) -> Numbers:
        """The minutes at work before each moment, which no minute after the last day is."""
        day = moments // DAY_MINUTES
        spent: Numbers = moments - day * DAY_MINUTES
        spent -= self.opens
        np.maximum(spent, 0, out=spent)
        np.minimum(spent, self.length, out=spent)
        spent *= self._at_work.take(day)
        spent += self._spent.take(day)
        return spent

    def after(self, moments: Numbers, minutes: Numbers | int) -> Numbers:
        """When so many minutes at work are over, from each moment on; what ends at closing time ends at the next opening.

        With 0 minutes the first moment at work.
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
        """By row, of which there is a ``number``, the minutes of each day at work that lie before points on its axis, summed over the points."""
        whole, rest = spent // self.length, spent % self.length
        at, shape = rows * (len(self.worked) + 1) + whole, (number, len(self.worked) + 1)
        passed = np.bincount(at, minlength=shape[0] * shape[1]).reshape(shape)  # on which of its days each point lies
        within = np.bincount(at, weights=rest, minlength=shape[0] * shape[1]).astype(np.int64).reshape(shape)
        before = passed[:, ::-1].cumsum(axis=1)[:, ::-1] - passed  # the points that lie on later days
        found = np.zeros((number, len(self._at_work)), dtype=np.int64)
        found[:, self.worked] = (before * self.length + within)[:, :-1]
        return found

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
