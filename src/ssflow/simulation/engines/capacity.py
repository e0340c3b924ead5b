"""A station made ready to be played: when it is open, how many it has on each day, and which of its acts is which."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import NEVER, NONE, Numbers
from ssflow.simulation.scenario.stations import Station


@frozen(eq=False)
class Capacity:
    """A station ready to be played; ``table`` is the number of its ``timetable``, ``numbers`` are its clerks or cases by day.

    ``ranks`` tell of each kind of case how many are taken before it, ``terms`` are the slots of the terms by whose last days cases are taken.
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
        """Whether clerks work there, and are busy meanwhile; else work on so many cases a day is begun."""
        return self.station.clerks is not None

    @property
    def offered(self) -> Numbers:
        """By day the minutes of its clerks, or the cases that it takes up."""
        return self.numbers * self.timetable.length if self.has_clerks else self.numbers

    @property
    def is_plain(self) -> bool:
        """Whether the case that came first is taken first, whatever it is."""
        return not self.terms and len(set(self.ranks.tolist())) == 1

    def due_of(self, dues: Numbers, rows: Numbers) -> Numbers:
        """The first last day of some cases, if cases are taken by it; else 0. ``dues`` has a row a slot."""
        if not self.terms:
            return np.zeros(len(rows), dtype=np.int64)
        there = np.stack([dues[slot].take(rows) for slot in self.terms])
        found: Numbers = np.where(there == NONE, NEVER, there).min(axis=0)
        return found

    def spent(self, moments: Numbers) -> Numbers:
        """The minutes for which it was open before some moments."""
        return self.timetable.spent(np.minimum(moments, len(self.numbers) * DAY_MINUTES - 1))

    def moments(self, spent: Numbers) -> Numbers:
        """When it has been open for so many minutes and opens again: the inverse."""
        return self.timetable.after(np.zeros(len(spent), dtype=np.int64), spent)


@frozen
class Service:
    """An act in a state that a station serves: its place in the selector of a role, the station, and when the work is done.

    ``variant`` is the number of the cases in which it does.
    """

    number: int
    selector: int
    place: int
    station: int
    table: int
    variant: int
    state: str
    act: str
