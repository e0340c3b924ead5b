"""The playing of all runs of a scenario by a number of threads or by an executor, with one and the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

from ssflow.simulation.engines.elsewhere import play_elsewhere
from ssflow.simulation.engines.executors import answers
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.playing import Player, Task
from ssflow.simulation.engines.tally import Tally

Progress = Callable[[int, int], None]


def play_all(
    player: Player, runs: range, workers: int | Executor, outcomes: Outcomes | None, on_progress: Progress | None
) -> list[Tally]:
    """Play some runs and return their tallies; the outcomes of the cases of run 0 are written down if they are asked for."""
    tallies = {run: Tally(player.model) for run in runs}
    tasks = list(player.tasks(runs))
    for done, (task, tally) in enumerate(_played(player, workers, tasks, outcomes), 1):
        tallies[task.run].add(tally)
        if on_progress:
            on_progress(done, len(tasks))
    return list(tallies.values())


def _played(
    player: Player, workers: int | Executor, tasks: Sequence[Task], outcomes: Outcomes | None
) -> Iterator[tuple[Task, Tally]]:
    if isinstance(workers, Executor) and not isinstance(workers, ThreadPoolExecutor):
        yield from play_elsewhere(player, workers, tasks, outcomes)
        return

    def play(task: Task) -> tuple[Task, Tally]:
        return task, player.play(task, outcomes if task.run == 0 else None)

    # The first part is played alone: its questions to the kernel fill the tables for all other parts.
    first, *others = tasks
    yield play(first)
    if isinstance(workers, Executor):
        yield from answers(workers, play, others)
    elif workers == 1 or not others:
        yield from map(play, others)
    else:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(play, others)
