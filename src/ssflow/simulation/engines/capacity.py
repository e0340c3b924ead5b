"""The capacity of stations: when each is open, how much it can do on each day, and which acts it serves."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import NEVER, NONE, Numbers
from ssflow.simulation.scenario.stations import Station


@frozen(eq=False)
class Capacity:
    """A station prepared for play; ``table`` is the number of its ``timetable``, ``numbers`` are by day its clerks or the cases that it takes up.

    ``ranks`` are the priorities by profile (0 is taken first); ``terms`` are the slots of the terms by whose last days cases are ordered.
    """

    number: int
    station: Station
    table: int
    timetable: Timetable
    numbers: Numbers
    ranks: Numbers
    terms: tuple[int, ...]

    @property
    def has_clerks(self) -> bool:
        """Whether the station has clerks, each busy with one case at a time; otherwise it takes up so many cases a day."""
        return self.station.clerks is not None

    @property
    def offered(self) -> Numbers:
        """The capacity on each day: the minutes of its clerks, or the number of cases that it takes up."""
        return self.numbers * self.timetable.length if self.has_clerks else self.numbers

    @property
    def is_plain(self) -> bool:
        """Whether cases are taken up strictly in the order in which they came."""
        return not self.terms and len(set(self.ranks.tolist())) == 1

    def due_of(self, dues: Numbers, rows: Numbers) -> Numbers:
        """Return the earliest last day of the terms of some cases, 0 if cases are not ordered by it; ``dues`` are last days, a row a slot."""
        if not self.terms:
            return np.zeros(len(rows), dtype=np.int64)
        there = np.stack([dues[slot].take(rows) for slot in self.terms])
        found: Numbers = np.where(there == NONE, NEVER, there).min(axis=0)
        return found

    def spent(self, moments: Numbers) -> Numbers:
        """Return for how many minutes the station was open before some moments."""
        return self.timetable.spent(np.minimum(moments, len(self.numbers) * DAY_MINUTES - 1))

    def moments(self, spent: Numbers) -> Numbers:
        """Return the moments at which the station has been open for so many minutes, and is open: the inverse of `spent`."""
        return self.timetable.after(np.zeros(len(spent), dtype=np.int64), spent)


@frozen
class Service:
    """An act in a state that a station serves: its selector and its place in it, the station, and the timetable by which the work is done.

    ``variant`` is the number of the variant of cases for which it is served there.
    """

    number: int
    selector: int
    place: int
    station: int
    table: int
    variant: int
    state: str
    act: str
