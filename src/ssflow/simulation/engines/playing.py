"""The playing of the runs of a scenario, in parts that may be played in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from threading import Lock
from typing import Any, Literal, get_args

import numpy as np
from attrs import define, field, frozen

from ssflow.case import Event
from ssflow.errors import MissingExtraError
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company
from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.columns.solving import Solving
from ssflow.simulation.engines.columns.tables import WINDOW, WINDOW_OF_THREADS, Tables
from ssflow.simulation.engines.event.engine import EventEngine
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted
from ssflow.simulation.numbers import Numbers

Engine = Literal["columns", "compiled", "event"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

PART = 1 << 18  # cases that one task plays
# The first task of several threads plays fewer, because the others wait for it: its questions to the kernel fill the tables for them.
FIRST = 1 << 14
# The starts are kept for runs of so many cases in all, and at least for four runs, because parts of a run are played one after the other.
_KEPT = 1 << 22


@frozen
class Task:
    """The task to play neighbouring cases of one run: from number ``first`` to before ``last``."""

    run: int
    first: int
    last: int


@define(eq=False)
class Player:
    """A player of a model, with one of the engines, for a number of threads at the same time."""

    model: Model
    engine: Engine = "columns"
    threads: int = 1
    _make: Any = field(init=False)  # makes an engine for one run
    _solving: Solving | None = field(default=None, init=False)  # finds when stations take up, if the engine does not
    _starts: dict[int, Starts] = field(factory=dict, init=False)
    _locks: dict[int, Lock] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def __attrs_post_init__(self) -> None:
        if self.engine == "event":
            self._make = partial(EventEngine, self.model)
        elif self.engine == "compiled":
            self._make = compiled(self.model)
        else:
            tables = Tables(self.model, WINDOW if self.threads == 1 else WINDOW_OF_THREADS)
            self._make = partial(ColumnEngine, self.model, tables=tables)
            self._solving = Solving(self.model, tables)

    def tasks(self, runs: Iterable[int]) -> Iterator[Task]:
        """Yield the parts of some runs; with stations a run is one part, because the order of service depends on the whole run."""
        for run in runs:
            number = self.count(run)
            part = number if self.model.capacities else PART
            begins = list(range(0, max(1, number), max(1, part)))
            if self.threads > 1 and run == 0 and min(part, number) > FIRST:
                begins.insert(1, FIRST)
            yield from (Task(run, first, last) for first, last in pairwise([*begins, number]))

    def count(self, run: int) -> int:
        """Return the number of cases in a run."""
        return self.model.schedule.count(self.model.scenario.seed, run)

    def starts(self, run: int) -> Starts | None:
        """Return when stations take up the cases of a run, found from the whole run; None if there are no stations."""
        if not self.model.capacities:
            return None
        with self._lock:
            lock = self._locks.setdefault(run, Lock())
        with lock:
            found = self._starts.get(run) or self._found(run)
            self._keep(run, found)
        return found

    def _keep(self, run: int, found: Starts) -> None:
        with self._lock:
            self._starts[run] = found
            for old in list(self._starts)[: -max(4, _KEPT // max(1, self.count(run)))]:
                del self._starts[old]

    def _found(self, run: int) -> Starts:
        number = self.count(run)
        if self._solving:
            return self._solving.solve(run, number)
        begun = Starts(number)
        self._make(run, Uncounted(self.model), begun=begun).play(np.arange(number))
        return begun

    def play(self, task: Task, outcomes: Outcomes | None = None, log: Log | None = None) -> Tally:
        """Play a part of a run and return its counts; cases that arrive in the warm-up are counted apart."""
        cases, warm_up = np.arange(task.first, task.last), self.model.scenario.warm_up
        if self.model.capacities and log is None and not warm_up:
            return self._play_whole(task.run, cases, outcomes)
        if not warm_up:
            return self._play(task.run, cases, outcomes, log)
        luck = self.model.stream_of_kinds(task.run).luck(cases)
        arrivals = self.model.schedule.minutes(self.model.scenario.seed, task.run, cases, luck)
        early = arrivals < warm_up * DAY_MINUTES
        tally = self._play(task.run, cases[~early], outcomes, log)
        tally.stand_beside(self._play(task.run, cases[early], outcomes, log))
        return tally

    def _play_whole(self, run: int, cases: Numbers, outcomes: Outcomes | None) -> Tally:
        """Play a run with stations, and find at the same time when these take cases up."""
        if self._solving:
            starts, tally = self._solving.play(run, len(cases), outcomes)
            self._keep(run, starts)
            return tally
        tally = Tally(self.model)
        self._make(run, tally, outcomes).play(cases)
        return tally

    def _play(self, run: int, cases: Numbers, outcomes: Outcomes | None, log: Log | None) -> Tally:
        tally = Tally(self.model)
        self._make(run, tally, outcomes, log, starts=self.starts(run)).play(cases)
        return tally

    def outcomes(self, run: int, number: int) -> Outcomes:
        """Return the outcomes of the first cases of a run."""
        found = Outcomes(self.model, number)
        self._play(run, np.arange(number), found, None)
        return found

    def replay(self, run: int, number: int) -> tuple[Company, tuple[Event, ...], int]:
        """Return a case of a run, played by the kernel: the case at its end with its related cases, its events, and the number of its profile."""
        return EventEngine(self.model, run, Tally(self.model), starts=self.starts(run)).replay(number)


def compiled(model: Model) -> Any:
    """Return a maker of engines in machine code for a model.

    Raises:
        MissingExtraError: Numba is not installed.

    """
    try:
        from ssflow.simulation.engines.compiled.engine import CompiledEngine
        from ssflow.simulation.engines.compiled.tables import Tables as Arrays
    except ModuleNotFoundError as missing:
        raise MissingExtraError("engine='compiled'", "compiled") from missing
    return partial(CompiledEngine, model, tables=Arrays(model))
