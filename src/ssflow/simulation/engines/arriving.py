"""The arrivals of cases: their number in a run, and the day and minute of each."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from attrs import field, frozen

from ssflow.errors import InputError
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.divided import WHOLE, Divided
from ssflow.simulation.engines.draws import Stream, share_of
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import Bits, Flags, Numbers
from ssflow.simulation.scenario.arrivals import MOST_CASES, Arrivals


@frozen(eq=False)
class Schedule:
    """The schedule of arrivals: ``bounds`` divide the draws, or the counted cases, among the days from the ``first`` on.

    The first ``open`` cases by number are open when that day begins. ``mean`` is the mean of the Poisson number of cases in a run, None if the
    number is fixed.
    """

    mean: float | None
    bounds: Numbers
    number: int
    timetable: Timetable
    first: int = 0
    open: int = 0
    _days: Divided = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_days", Divided.of(self.bounds))

    def count(self, seed: int, run: int) -> int:
        """Return the number of cases that arrive in a run."""
        if self.mean is None:
            return self.open + self.number
        stream = Stream.of(seed, run, "number of cases")
        return self.open + int(np.random.Generator(np.random.PCG64([stream.run, stream.key])).poisson(self.mean))

    @property
    def is_counted(self) -> bool:
        """Whether the days of the cases were counted and not drawn."""
        return self.mean is None and self.number != 0 and int(self.bounds[-1]) == self.number

    def minutes(self, seed: int, run: int, cases: Numbers, luck: Bits) -> Numbers:
        """Return the minute at which each case, with its luck in the run, arrives: within the opening hours of the timetable."""
        of_day, of_minute = (Stream.of(seed, run, f"{what} of arrival") for what in ("day", "minute"))
        if self.is_counted:
            days = np.searchsorted(self.bounds, cases - self.open, side="right")
        else:
            days = self._days.part(share_of(of_day.drawn(luck)))
        within = share_of(of_minute.drawn(luck)) * self.timetable.length >> 32
        found: Numbers = (self.first + days) * DAY_MINUTES + self.timetable.opens + within
        return np.where(cases < self.open, self.first * DAY_MINUTES, found) if self.open else found


def schedule_of(arrivals: Arrivals, start: date, timetable: Timetable, first: int, opened: int) -> Schedule:
    """Return the schedule of arrivals; ``first`` is the number of the day ``start``, on which ``opened`` cases are open already.

    Raises:
        InputError: there is no day on which cases could arrive, or more would arrive than a run may have.

    """
    days = [start + timedelta(days=n) for n in range((arrivals.last_day(start) - start).days + 1)]
    if arrivals.cases == 0:
        return Schedule(None, np.zeros(1, dtype=np.int64), 0, timetable, first, opened)
    worked: Flags = np.diff(timetable.before[first : first + len(days) + 1]) > 0
    if arrivals.counted is not None:
        counts = np.array([arrivals.counted.get(day, 0) for day in days], dtype=np.int64)
        return Schedule(None, np.cumsum(counts), int(counts.sum()), timetable, first, opened)
    factors = [arrivals.weekdays[day.weekday()] * arrivals.months[day.month - 1] for day in days]
    weights = np.where(worked | (arrivals.on == "days"), factors, 0.0)
    total = float(weights.sum())
    if not total:
        zh, en = f"{days[0]}至{days[-1]}没有办件到达的日子", f"no case arrives from {days[0]} to {days[-1]}"
        raise InputError.of("arrivals", zh, en)
    bounds = np.floor(np.cumsum(weights) / total * WHOLE).astype(np.int64)
    bounds[np.flatnonzero(weights)[-1] :] = WHOLE
    mean = None if arrivals.per_day is None else arrivals.per_day * total
    if mean is not None and mean > MOST_CASES:
        zh, en = (
            f"合计约{mean:.0f}件；一次运行至多{MOST_CASES}件",
            f"some {mean:.0f} cases would arrive in all; a run has {MOST_CASES} at most",
        )
        raise InputError.of("arrivals.per_day", zh, en)
    return Schedule(mean, bounds, arrivals.cases or 0, timetable, first, opened)
