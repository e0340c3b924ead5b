"""When stations take up whom, found for all cases of a run at once.

Cases are played in columns as if they were taken up at moments that are guessed, at first at once. So it is known who comes to queue when,
from which it follows who is taken up when; the cases of which that was guessed wrongly are played again, until nothing changes. Whom
a station takes up at a moment hangs on what was before it alone, so of all that happens at stations at least the first thing that is not
yet right becomes right in each round: there is one solution, and it is what happens event by event.

Stations are settled level by level: those from which cases go on to others before these, and so each of them once and for all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.columns.serving import begun
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.columns.visits import Visit, Visits
from ssflow.simulation.engines.levels import Level
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted
from ssflow.simulation.numbers import NONE, Flags, Numbers, parted

_FEW = 4  # of so many cases one may be played three times


@define(eq=False)
class Solving:
    """Finds for runs of a model when its stations take up whom."""

    model: Model
    tables: Tables
    _are_roomy: bool = field(default=False, init=False)  # few cases had to be played again in the last run

    def solve(self, run: int, number: int) -> Starts:
        """When stations take up whom in a run of so many cases."""
        starts = Starts(number)
        for level in self.model.levels:
            self._settle(run, starts, level)
        return starts

    def play(self, run: int, number: int, outcomes: Outcomes | None) -> tuple[Starts, Tally]:
        """The same, and what is counted in the run: the first round of the last level is.

        Where stations mostly have room, most of what is guessed at first is right. It is learnt from one run whether they have, and then all of
        them are settled at once in the next.
        """
        starts, levels = Starts(number), self.model.levels
        if self._are_roomy:
            levels = (Level.of(levels),)
        again = [self._settle(run, starts, level) for level in levels[:-1]]
        tally, last = self._counted(run, starts, levels[-1], outcomes)
        self._are_roomy = _FEW * max([*again, last]) <= number
        return starts, tally

    def _settle(self, run: int, starts: Starts, level: Level) -> int:
        """Find when the stations of a level take up whom, those before it being settled; in how many cases that was guessed wrongly."""
        visits, wrong = Visits(self.model, starts.cases, level), np.zeros(starts.cases, dtype=np.bool_)
        engine = self._engine(run, Uncounted(self.model), starts, visits)
        engine.play(np.arange(starts.cases))
        for again in _rounds(engine, starts, visits):
            wrong[again] = True
        return int(np.count_nonzero(wrong))

    def _counted(self, run: int, starts: Starts, level: Level, outcomes: Outcomes | None) -> tuple[Tally, int]:
        """The same, and count.

        Cases that the first round got wrong are played once more as they were thought to go, to take them out of the counts, and as they go; if
        they are many, all are played anew.
        """
        model, number = self.model, starts.cases
        tally, visits, wrong = Tally(model), Visits(model, number, level), np.zeros(number, dtype=np.bool_)
        cases, guessed = np.arange(number), starts.copy()
        ColumnEngine(model, run, tally, outcomes, None, self.tables, starts, visits, to_stations=False).play(cases)
        for again in _rounds(self._engine(run, Uncounted(model), starts, visits), starts, visits):
            wrong[again] = True
        if _FEW * np.count_nonzero(wrong) > number:
            tally = Tally(model)
        else:
            cases, thought = wrong.nonzero()[0], Tally(model)
            self._engine(run, thought, guessed).play(cases)
            tally.take_back(thought)
        if outcomes:
            outcomes.forget(cases)
        ColumnEngine(model, run, tally, outcomes, None, self.tables, starts).play(cases)
        return tally, int(np.count_nonzero(wrong))

    def _engine(self, run: int, tally: Tally, starts: Starts, visits: Visits | None = None) -> ColumnEngine:
        return ColumnEngine(self.model, run, tally, None, None, self.tables, starts, visits)


def _rounds(engine: ColumnEngine, starts: Starts, visits: Visits) -> Iterator[Numbers]:
    """Play again the cases that were guessed wrongly, until none is; in each round it is told which they are."""
    solver = _Solver(engine.model, starts, visits)
    again, touched = np.arange(starts.cases), np.zeros(len(engine.model.capacities), dtype=np.bool_)
    while len(again := solver.taken_up(again, touched)):
        yield again
        touched = solver.stations_of(visits.forget(again))
        engine.play(again)


@define(eq=False)
class _Solver:
    """Some stations of a run, who comes to them, and when they are thought to begin."""

    model: Model
    starts: Starts
    visits: Visits

    def stations_of(self, visits: Visit) -> Flags:
        """Which stations some visits are to."""
        found = np.zeros(len(self.model.capacities), dtype=np.bool_)
        found[self.model.station_of.take(visits.service)] = True
        return found

    def taken_up(self, played: Numbers, touched: Flags) -> Numbers:
        """Let stations take up those who are known to come, and tell of which cases that is another moment than was thought.

        Nothing has changed but the visits of the cases that were ``played`` just now, and at stations that these have ``touched`` before.
        """
        visits, moved = self.visits.all(), np.zeros(self.starts.cases, dtype=np.bool_)
        moved[played] = True
        touched |= self.stations_of(visits.only(moved.take(visits.case)))
        visits = visits.only(touched.take(self.model.station_of.take(visits.service)))
        visits = visits.only(self._order(visits))
        found = np.empty(len(visits.case), dtype=np.int32)
        stations = self.model.station_of.take(visits.service)
        for station, here in parted(stations, np.arange(len(found))):
            found[here] = self._begun(station, visits.only(here))
        wrong = np.zeros(self.starts.cases, dtype=np.bool_)
        selectors = self.model.selector_of.take(visits.service)
        for selector, here in parted(selectors, np.arange(len(found))):
            cases, numbers, moments = visits.case.take(here), visits.visit.take(here), found.take(here)
            known = self.starts.of(selector, cases, numbers)
            thought = np.where(known == NONE, visits.began.take(here), known)
            wrong[cases[moments != thought]] = True
            self.starts.put(selector, cases, numbers, moments)
        return wrong.nonzero()[0]

    def _order(self, visits: Visit) -> Numbers:
        """The order of time; at one moment that of the cases, and in one case that of the roles."""
        roles = self.model.role_of.take(visits.service)
        return np.argsort((visits.joined.astype(np.int64) << 38) | (visits.case.astype(np.int64) << 8) | roles)

    def _begun(self, station: int, visits: Visit) -> Numbers:
        capacity = self.model.capacities[station]
        roles = self.model.role_of.take(visits.service)
        keys = (capacity.ranks[visits.profile], visits.due, visits.joined, visits.case, roles)
        return begun(capacity, keys, visits.joined, visits.length, visits.over)
