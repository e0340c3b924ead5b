"""The search for the moments at which stations take cases up, for all cases of a run at once: a fixed point, found in rounds.

The moments are guessed, at first that each case is taken up at once. All cases are played in columns by the guess, which tells when each
visit joins a queue; each station then serves its queue in order, which tells when it takes each visit up. Cases for which this differs from
the guess are played again, until none does. What a station does depends only on what happened before, so each round puts right at least the
earliest event that is still wrong: the rounds end, and at the one solution, which is the course of events played one by one.

Stations are settled level by level, in the order in which cases go through them, so that each level is settled once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.columns.levels import Level, levels_of
from ssflow.simulation.engines.columns.serving import begun
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.columns.visits import Visit, Visits
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted
from ssflow.simulation.numbers import NONE, Flags, Numbers, parted

_FEW = 4  # at most one case in four is corrected by playing it twice more


@define(eq=False)
class Solving:
    """The search for the moments at which the stations of a model take cases up, run by run."""

    model: Model
    tables: Tables
    levels: tuple[Level, ...] = field(init=False)
    _are_roomy: bool = field(default=False, init=False)  # whether few cases had to be played again in the last run

    def __attrs_post_init__(self) -> None:
        self.levels = levels_of(self.model.chart.process, self.model.services)

    def solve(self, run: int, number: int) -> Starts:
        """Return the moments (minutes) at which stations take cases up in a run of ``number`` cases."""
        starts = Starts(number)
        for level in self.levels:
            self._settle(run, starts, level)
        return starts

    def play(self, run: int, number: int, outcomes: Outcomes | None) -> tuple[Starts, Tally]:
        """Play a run of ``number`` cases; return the moments at which stations take them up, and the counts.

        The first round of the last level is counted already, to save a round. If a run needed few corrections, because its stations mostly had
        room, the next run settles all stations as one level.
        """
        starts, levels = Starts(number), self.levels
        if self._are_roomy:
            levels = (Level.of(levels),)
        again = [self._settle(run, starts, level) for level in levels[:-1]]
        tally, last = self._counted(run, starts, levels[-1], outcomes)
        self._are_roomy = _FEW * max([*again, last]) <= number
        return starts, tally

    def _engine(self, run: int, tally: Tally, outcomes: Outcomes | None = None, **parts: Any) -> ColumnEngine:
        return ColumnEngine(self.model, run, tally, outcomes, tables=self.tables, **parts)

    def _settle(self, run: int, starts: Starts, level: Level) -> int:
        """Find when the stations of a level take cases up, after the levels before it; return the number of cases that were guessed wrongly."""
        visits, wrong = Visits(self.model, starts.cases, level), np.zeros(starts.cases, dtype=np.bool_)
        engine = self._engine(run, Uncounted(self.model), starts=starts, visits=visits)
        engine.play(np.arange(starts.cases))
        for again in self._rounds(engine, starts, visits):
            wrong[again] = True
        return int(np.count_nonzero(wrong))

    def _counted(self, run: int, starts: Starts, level: Level, outcomes: Outcomes | None) -> tuple[Tally, int]:
        """Settle the last level and count the run; return the counts and the number of cases that were guessed wrongly.

        Cases that the first round got wrong are played twice more: by the old guess, to take their counts out again, and by the solution. If they
        are many, the counts are dropped and all cases are played by the solution.
        """
        model, number = self.model, starts.cases
        tally, visits, wrong = Tally(model), Visits(model, number, level), np.zeros(number, dtype=np.bool_)
        cases, guessed = np.arange(number), starts.copy()
        self._engine(run, tally, outcomes, starts=starts, visits=visits, to_stations=False).play(cases)
        engine = self._engine(run, Uncounted(model), starts=starts, visits=visits)
        for again in self._rounds(engine, starts, visits):
            wrong[again] = True
        if _FEW * np.count_nonzero(wrong) > number:
            tally = Tally(model)
        else:
            cases, thought = wrong.nonzero()[0], Tally(model)
            self._engine(run, thought, starts=guessed).play(cases)
            tally.take_back(thought)
        if outcomes:
            outcomes.forget(cases)
        self._engine(run, tally, outcomes, starts=starts).play(cases)
        return tally, int(np.count_nonzero(wrong))

    def _rounds(self, engine: ColumnEngine, starts: Starts, visits: Visits) -> Iterator[Numbers]:
        """Yield in each round the numbers of the cases that were guessed wrongly, then play these again; end when there are none."""
        solver = _Solver(self.model, starts, visits)
        again, touched = np.arange(starts.cases), np.zeros(len(self.model.capacities), dtype=np.bool_)
        while len(again := solver.taken_up(again, touched)):
            yield again
            touched = solver.stations_of(visits.forget(again))
            engine.play(again)


@define(eq=False)
class _Solver:
    """The stations of a level in one run, the visits to them, and the present guess of when each visit begins."""

    model: Model
    starts: Starts
    visits: Visits

    def stations_of(self, visits: Visit) -> Flags:
        """Return for each station whether one of the visits is to it."""
        found = np.zeros(len(self.model.capacities), dtype=np.bool_)
        found[self.model.station_of.take(visits.service)] = True
        return found

    def taken_up(self, played: Numbers, touched: Flags) -> Numbers:
        """Let stations serve their queues and note the moments; return the numbers of the cases for which these differ from the guess.

        Only those stations serve again to which the ``played`` cases come now, or came before they were played again (``touched``).
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
        """Return the order of visits by the minute of joining; within a minute by case, and within a case by role."""
        roles = self.model.role_of.take(visits.service)
        return np.argsort((visits.joined.astype(np.int64) << 38) | (visits.case.astype(np.int64) << 8) | roles)

    def _begun(self, station: int, visits: Visit) -> Numbers:
        capacity = self.model.capacities[station]
        roles = self.model.role_of.take(visits.service)
        keys = (capacity.ranks[visits.profile], visits.due, visits.joined, visits.case, roles)
        return begun(capacity, keys, visits.joined, visits.length, visits.over)
