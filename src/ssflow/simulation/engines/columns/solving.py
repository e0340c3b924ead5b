"""When stations take up whom, found for all cases of a run at once.

Cases are played in columns as if they were taken up at moments that are guessed, at first at once. So it is known who comes to queue when,
from which it follows who is taken up when; the cases of which that was guessed wrongly are played again, until nothing changes. Whom
a station takes up at a moment hangs on what was before it alone, so of all that happens at stations at least the first thing that is not
yet right becomes right in each round: there is one solution, and it is what happens event by event.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define

from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.columns.serving import begun
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.columns.visits import Visit, Visits
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted
from ssflow.simulation.numbers import NONE, Numbers

_FEW = 4  # of so many cases one may be played three times


def solve(model: Model, run: int, number: int, tables: Tables) -> Starts:
    """When the stations of a model take up whom in a run of so many cases."""
    starts, visits = Starts(number), Visits(number)
    engine = ColumnEngine(model, run, Uncounted(model), None, None, tables, starts, visits)
    engine.play(np.arange(number))
    for _ in _rounds(engine, starts, visits):
        pass
    return starts


def play_and_solve(
    model: Model, run: int, number: int, tables: Tables, outcomes: Outcomes | None
) -> tuple[Starts, Tally | None]:
    """The same, and what is counted in the run; None if that has to be found by playing all cases again.

    Where stations mostly have room, most of what is guessed at first is right. So the first round is counted already; those cases that it
    got wrong are played once more as they were thought to go, to take them out of the counts, and as they go, if they are few.
    """
    tally, starts, visits, wrong = Tally(model), Starts(number), Visits(number), np.zeros(number, dtype=np.bool_)
    ColumnEngine(model, run, tally, outcomes, None, tables, starts, visits, to_stations=False).play(np.arange(number))
    engine = ColumnEngine(model, run, Uncounted(model), None, None, tables, starts, visits)
    for again in _rounds(engine, starts, visits):
        wrong[again] = True
    cases = wrong.nonzero()[0]
    if outcomes:
        outcomes.forget(cases)
    if _FEW * len(cases) > number:
        return starts, None
    thought = Tally(model)
    ColumnEngine(model, run, thought, None, None, tables, Starts(number)).play(cases)
    tally.take_back(thought)
    ColumnEngine(model, run, tally, outcomes, None, tables, starts).play(cases)
    return starts, tally


def _rounds(engine: ColumnEngine, starts: Starts, visits: Visits) -> Iterator[Numbers]:
    """Play again the cases that were guessed wrongly, until none is; in each round it is told which they are."""
    solver = _Solver(engine.model, starts, visits)
    while len(cases := solver.taken_up()):
        yield cases
        visits.forget(cases)
        engine.play(cases)


@define(eq=False)
class _Solver:
    """The stations of a run, who comes to them, and when they are thought to begin."""

    model: Model
    starts: Starts
    visits: Visits

    def taken_up(self) -> Numbers:
        """Let stations take up those who are known to come, and tell of which cases that is another moment than was thought."""
        visits = self.visits.all()
        if visits is None:
            return np.zeros(0, dtype=np.int64)
        wrong = np.zeros(self.starts.cases, dtype=np.bool_)
        stations = np.array([service.station for service in self.model.services])[visits.service]
        for capacity in self.model.capacities:
            here = visits.only(stations == capacity.number)
            changed = self._taken_up_at(capacity.number, here)
            wrong[changed] = True
        return np.flatnonzero(wrong)

    def _taken_up_at(self, station: int, visits: Visit) -> Numbers:
        capacity = self.model.capacities[station]
        selectors = np.array([service.selector for service in self.model.services])[visits.service]
        roles = np.array([self.model.role_of(selector) for selector in self.model.selectors])[selectors]
        order = np.argsort((visits.joined.astype(np.int64) << 38) + (visits.case.astype(np.int64) << 8) + roles)
        visits, selectors, roles = visits.only(order), selectors[order], roles[order]
        keys = (capacity.ranks[visits.profile], visits.due, visits.joined, visits.case, roles)
        found = begun(capacity, keys, visits.joined, visits.length, visits.over)
        changed = np.zeros(len(found), dtype=np.bool_)
        for selector in np.flatnonzero(np.bincount(selectors)).tolist():
            here = np.flatnonzero(selectors == selector)
            cases, numbers = visits.case[here], visits.visit[here]
            changed[here] = found[here] != self._thought(selector, visits.only(here))
            self.starts.put(selector, cases, numbers, found[here])
        return visits.case[changed]

    def _thought(self, selector: int, visits: Visit) -> Numbers:
        """When visits were played to begin: as is known of them, or else as soon as they came."""
        known = self.starts.of(selector, visits.case, visits.visit)
        return np.where(known == NONE, visits.began, known)
