"""The playing of parts of runs in other processes, on this machine or on others.

Each process gets the scenario with its law, from which it makes a model once, and the numbers of the cases to play. It returns the counts,
and the outcomes of single cases if they are asked for. A part depends only on what is sent, so any process may play it, and repeat it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from importlib.metadata import version
from threading import Lock
from typing import Self

from attrs import evolve, frozen

from ssflow.case import Legislation
from ssflow.errors import InputError
from ssflow.rules import Rulebook
from ssflow.simulation.digests import digest, digests_of
from ssflow.simulation.engines.counts import Counts
from ssflow.simulation.engines.executors import answers
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.playing import Engine, Player, Task
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import Numbers
from ssflow.simulation.scenario.scenario import Scenario

_KEPT = 2  # models in a process: two are compared
_players: dict[str, Player] = {}
_making = Lock()


@frozen(eq=False)
class _Books:
    """A finder of rulebooks that can be sent to another process, as a closure cannot."""

    books: Mapping[str, Rulebook]

    def __call__(self, name: str) -> Rulebook:
        return self.books[name]


@frozen(eq=False)
class _Sent:
    """The message to another process: a scenario with its law, and the versions that the process must have; ``key`` identifies all of it."""

    key: str
    equipment: tuple[str, ...]
    scenario: Scenario
    engine: Engine

    @classmethod
    def of(cls, player: Player) -> Self:
        """Return the message with which another process plays as a player does here."""
        scenario, law = player.model.scenario, player.model.scenario.law
        processes = {case.process for kind in player.model.chart.kinds for case in kind.company.cases}
        books = {process.name: law.of(process) for process in processes}
        equipment = _equipment(scenario)
        of_law = [law.calendar.digest, law.analogies, *sorted(book.digest for book in books.values())]
        sent = evolve(scenario, law=Legislation(law.calendar, _Books(books), law.analogies))
        return cls(digest([equipment, scenario.digest, of_law, player.engine]), equipment, sent, player.engine)

    def player(self) -> Player:
        """Return the player for the message, which a process makes once.

        Raises:
            InputError: this process lacks the equipment of the one that sent the message.

        """
        with _making:
            if self.key not in _players:
                self._check()
                while len(_players) >= _KEPT:
                    del _players[next(iter(_players))]
                _players[self.key] = Player(Model(self.scenario), self.engine)
            return _players[self.key]

    def _check(self) -> None:
        here = _equipment(self.scenario)
        if here != self.equipment:
            raise InputError.of(
                "workers",
                f"其他进程的ssflow版本或程序定义不同：{'、'.join(here)}，而此处为{'、'.join(self.equipment)}；请安装同一版本",
                f"the other processes have another version of ssflow or of the definition: {', '.join(here)}; here they are "
                f"{', '.join(self.equipment)}; install the same version there",
            )


@frozen(eq=False)
class _Part:
    """The answer to a task: its counts, and a row for each of its cases if they are kept."""

    task: Task
    counts: Counts
    rows: tuple[Numbers, ...] | None


def play_elsewhere(
    player: Player, executor: Executor, tasks: Sequence[Task], outcomes: Outcomes | None
) -> Iterator[tuple[Task, Tally]]:
    """Yield the tallies of tasks that an executor plays; the outcomes of run 0 are written down as they come back.

    Raises:
        InputError: the processes lack the equipment of this one; or as `answers`.

    """
    play = partial(_play, _Sent.of(player), keep=outcomes is not None)
    for parts in answers(executor, play, _batches(player, tasks)):
        for part in parts:
            if outcomes is not None and part.rows is not None:
                outcomes.put(part.task.first, part.rows)
            yield part.task, part.counts.tally(player.model)


def _batches(player: Player, tasks: Sequence[Task]) -> list[tuple[Task, ...]]:
    """Return the tasks in batches; with stations the tasks of one run go together, because the order of service depends on the whole run."""
    if not player.model.capacities:
        return [(task,) for task in tasks]
    runs = dict.fromkeys(task.run for task in tasks)
    return [tuple(task for task in tasks if task.run == run) for run in runs]


def _play(sent: _Sent, tasks: tuple[Task, ...], *, keep: bool) -> tuple[_Part, ...]:
    """Return the answers to some tasks, played in the process to which they were sent."""
    player, parts = sent.player(), []
    for task in tasks:
        outcomes = Outcomes(player.model, task.last, task.first) if keep and task.run == 0 else None
        tally = player.play(task, outcomes)
        parts.append(_Part(task, Counts.of(tally), outcomes.part() if outcomes else None))
    return tuple(parts)


def _equipment(scenario: Scenario) -> tuple[str, ...]:
    """Return what two processes must have in common to find the same result, apart from the law, which is sent."""
    return version("ssflow"), digests_of(scenario.definition, scenario.law)["definition"]
