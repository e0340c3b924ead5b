"""What roles intend in many cases that stations serve: a row a role, a column a case, as in `Intents`."""

from __future__ import annotations

from typing import Literal

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.columns.visits import Visit, Visits
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers

End = Literal["done", "left", "stay"]
OWN = 0  # no station does it, or its work is over
ASKED = 1  # it queues as soon as it may
QUEUED = 2  # it queues, or is worked on


@define(eq=False)
class Queueing:
    """How far what is intended has come at its station, when that takes it up by ``starts``; where these know nothing, at once.

    What became of each visit is counted, and noted among ``visits`` if these are asked for.
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
        """Note what is asked of stations from a moment on, and how long the work takes; other services are -1."""
        self.service[role][rows] = services
        self.stage[role][rows] = services != NONE  # `ASKED`, and else `OWN`
        self.asked[role][rows], self._length[role][rows] = start, minutes

    def finish(
        self, role: int, selector: Selector, rows: Numbers, joined: Numbers, visits: Numbers
    ) -> tuple[Numbers, Numbers]:
        """When the work on some will be over, and until when they are at the station, if they come to queue at some moments."""
        found, tables = np.full(len(rows), NEVER, dtype=np.int32), np.zeros(len(rows), dtype=np.int32)
        services = self.service[role].take(rows)
        began = self.starts.of(selector.number, self._case.take(rows), visits)
        for number in set(selector.services) - {NONE}:
            service = self.model.services[number]
            capacity, table = self.model.capacities[service.station], service.table
            here = ((services == number) & (joined < self.model.end)).nonzero()[0]
            there = rows.take(here)
            first = capacity.timetable.after(joined.take(here), 0)
            start = np.maximum(began.take(here), first)  # the first, where nothing is known: -1
            self._began[role][there] = start
            over = self.model.timetables[table].after(
                np.minimum(start, self.model.end - 1), self._length[role].take(there)
            )
            found[here] = np.maximum(over, (start >= self.model.end) * np.int32(NEVER))
            tables[here] = table
        return found, tables

    def joined(self, role: int, rows: Numbers) -> Numbers:
        """When those that queue came to."""
        found: Numbers = self._joined[role].take(rows)
        return found

    def join(self, role: int, rows: Numbers, moments: Numbers, dues: Numbers) -> None:
        """Let some come to queue, whose clocks have these last days."""
        self.stage[role][rows], self._joined[role][rows] = QUEUED, moments
        services = self.service[role].take(rows)
        for number in np.bincount(services).nonzero()[0].tolist():
            capacity = self.model.capacities[self.model.services[number].station]
            here = services == number
            self._due[role][rows[here]] = capacity.due_of(dues, rows[here])

    def let_go(self, role: int, rows: Numbers, visits: Numbers, over: Numbers, end: End) -> None:
        """Let those of some that are at a station leave it: their work is ``done``, or they have ``left``, or they ``stay`` to the end."""
        there = (self.stage[role].take(rows) == QUEUED).nonzero()[0]
        if not len(there):
            return
        rows, over, visits = rows.take(there), over.take(there), visits.take(there)
        self.stage[role][rows] = OWN
        began = self._began[role].take(rows)
        began = np.where((began >= over) | (began >= self.model.end), NEVER, began)
        services = self.service[role].take(rows)
        for number in np.bincount(services).nonzero()[0].tolist():
            here = services == number
            lost = (began[here] < NEVER) & (end == "left")
            self.tally.visited(
                self.model.services[number], self._joined[role][rows[here]], began[here], over[here], lost
            )
        if self.visits is not None:
            columns = (self._profile[rows], self._joined[role][rows], self._length[role][rows], self._due[role][rows])
            until = over if end == "left" else np.full(len(rows), NEVER)
            self.visits.add(Visit(services, self._case[rows], visits, *columns, began, until))
