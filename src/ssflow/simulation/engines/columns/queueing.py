"""The intents of roles that stations serve, for many cases: a row a role, a column a case, as in `Intents`."""

from __future__ import annotations

from typing import Literal

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.columns.visits import Visit, Visits
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers, parted

End = Literal["done", "left", "stay"]
OWN = 0  # no station serves the intent, or the work is over
ASKED = 1  # the intent queues as soon as the act is allowed
QUEUED = 2  # the intent is in the queue or being worked on


@define(eq=False)
class Queueing:
    """The stages of intents at stations: asked for, queued, or done by the role itself. Stations take them up by ``starts``, or at once if these are unknown.

    Each visit is counted when it ends, and added to ``visits`` if these are given.
    """

    model: Model
    starts: Starts
    tally: Tally
    visits: Visits | None = None
    stage: Numbers = field(init=False)
    service: Numbers = field(init=False)
    asked: Numbers = field(init=False)
    _length: Numbers = field(init=False)
    _joined: Numbers = field(init=False)
    _began: Numbers = field(init=False)
    _due: Numbers = field(init=False)
    _case: Numbers = field(init=False)
    _profile: Numbers = field(init=False)
    _by_due: bool = field(init=False)  # whether any station takes cases by their last days

    def __attrs_post_init__(self) -> None:
        self._by_due = any(capacity.terms for capacity in self.model.capacities)

    def reset(self, cases: Numbers, profiles: Numbers) -> None:
        """Begin with cases of which none is at a station."""
        shape = (len(self.model.roles), len(cases))
        self._case, self._profile = cases, profiles
        self.stage = np.zeros(shape, dtype=np.int8)
        self.service = np.full(shape, NONE, dtype=np.int16)
        self.asked, self._length, self._joined, self._began, self._due = (
            np.zeros(shape, dtype=np.int32) for _ in range(5)
        )

    def plan(self, role: int, services: Numbers, rows: Numbers, start: Numbers, minutes: Numbers) -> None:
        """Note which services are asked for, since when, and how many working minutes they take; -1 for acts that no station serves."""
        self.service[role][rows] = services
        self.stage[role][rows] = services != NONE  # `ASKED`, and else `OWN`
        self.asked[role][rows], self._length[role][rows] = start, minutes

    def finish(
        self, role: int, selector: Selector, rows: Numbers, joined: Numbers, visits: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Return the minute at which work would be over for visits that join at some minutes, and the timetable by which it is done."""
        model, found, tables = (
            self.model,
            np.full(len(rows), NEVER, dtype=np.int32),
            np.zeros(len(rows), dtype=np.int32),
        )
        here = (joined < model.end).nonzero()[0]
        there, joined = rows.take(here), joined.take(here)
        services = self.service[role].take(there)
        start = self.starts.of(selector.number, self._case.take(there), visits.take(here))
        for table, some, came in parted(model.taken_by.take(services), np.arange(len(here)), joined):
            # -1, where the start is not known, becomes the first minute at which the station is open.
            start[some] = np.maximum(start.take(some), model.timetables[table].after(came, 0))
        self._began[role][there] = start
        tables[here] = done_by = model.done_by.take(services)
        length, within = self._length[role].take(there), (start < model.end).nonzero()[0]
        for table, some in parted(done_by.take(within), within):
            found[here.take(some)] = model.timetables[table].after(start.take(some), length.take(some))
        return found, tables

    def joined(self, role: int, rows: Numbers) -> Numbers:
        """Return when intents that are in a queue joined it, in minutes."""
        found: Numbers = self._joined[role].take(rows)
        return found

    def join(self, role: int, rows: Numbers, moments: Numbers, dues: Numbers) -> None:
        """Let intents join their queues at some minutes; ``dues`` are the last days of the clocks, a row a slot."""
        self.stage[role][rows], self._joined[role][rows] = QUEUED, moments
        services = self.service[role].take(rows)
        for station, here in parted(self.model.station_of.take(services), rows) if self._by_due else ():
            self._due[role][here] = self.model.capacities[station].due_of(dues, here)

    def let_go(self, role: int, rows: Numbers, visits: Numbers, over: Numbers, end: End) -> None:
        """Let intents leave their stations: the work is ``done``, the case has ``left`` the state, or it will ``stay`` to the end of the simulation."""
        there = (self.stage[role].take(rows) == QUEUED).nonzero()[0]
        if not len(there):
            return
        rows, over, visits = rows.take(there), over.take(there), visits.take(there)
        self.stage[role][rows] = OWN
        began = self._began[role].take(rows)
        began = np.where((began >= over) | (began >= self.model.end), NEVER, began)
        services, joined = self.service[role].take(rows), self._joined[role].take(rows)
        self.tally.visited(services, joined, began, over, (began < NEVER) & (end == "left"))
        if self.visits is not None:
            columns = (self._profile[rows], joined, self._length[role].take(rows), self._due[role].take(rows))
            until = over if end == "left" else np.full(len(rows), NEVER)
            self.visits.add(Visit(services, self._case[rows], visits, *columns, began, until))
