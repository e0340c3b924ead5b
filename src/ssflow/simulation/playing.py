"""Playing all runs of a scenario: in parts, by as many threads as are asked for, with the same result whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Literal, get_args

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.columns import ColumnEngine
from ssflow.simulation.dating import Dating
from ssflow.simulation.event import EventEngine
from ssflow.simulation.model import Model
from ssflow.simulation.outcomes import Log, Outcomes
from ssflow.simulation.tally import Tally

Engine = Literal["columns", "event"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
Progress = Callable[[int, int], None]

PART = 1 << 18  # cases that one task plays


@frozen
class Task:
    """Some neighbouring cases of one run."""

    run: int
    first: int
    last: int


@define(eq=False)
class Player:
    """Plays a model with one of the engines."""

    model: Model
    engine: Engine = "columns"
    _dating: Dating = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._dating = Dating(self.model.chart)

    def tasks(self, runs: int) -> Iterator[Task]:
        """The parts of all runs."""
        for run in range(runs):
            number = self.count(run)
            yield from (Task(run, first, min(first + PART, number)) for first in range(0, max(1, number), PART))

    def count(self, run: int) -> int:
        """How many cases a run has."""
        return self.model.schedule.count(self.model.scenario.seed, run)

    def play(self, task: Task, outcomes: Outcomes | None = None, log: Log | None = None) -> Tally:
        """Play a part of a run."""
        tally = Tally(self.model)
        cases = np.arange(task.first, task.last)
        if self.engine == "event":
            EventEngine(self.model, task.run, tally, outcomes, log).play(cases)
        else:
            ColumnEngine(self.model, task.run, tally, outcomes, log, self._dating).play(cases)
        return tally

    def play_all(
        self, runs: int, workers: int | Executor, outcomes: Outcomes | None, on_progress: Progress | None
    ) -> list[Tally]:
        """Play all runs; of run 0 the outcomes of its cases are written down, if they are asked for.

        The first part is played alone: by what it asks the kernel the tables are filled for all others.
        """
        tallies = [Tally(self.model) for _ in range(runs)]
        first, *others = tasks = list(self.tasks(runs))
        done = 0

        def told(task: Task, tally: Tally) -> None:
            nonlocal done
            tallies[task.run].add(tally)
            done += 1
            if on_progress:
                on_progress(done, len(tasks))

        def played(task: Task) -> Tally:
            return self.play(task, outcomes if task.run == 0 else None)

        told(first, played(first))
        if workers == 1 or not others:
            for task in others:
                told(task, played(task))
            return tallies
        if isinstance(workers, int):
            with ThreadPoolExecutor(workers) as pool:
                self._spread(pool, others, played, told)
        else:
            self._spread(workers, others, played, told)
        return tallies

    @staticmethod
    def _spread(
        pool: Executor, tasks: Sequence[Task], played: Callable[[Task], Tally], told: Callable[[Task, Tally], None]
    ) -> None:
        for task, tally in zip(tasks, pool.map(played, tasks), strict=True):
            told(task, tally)
