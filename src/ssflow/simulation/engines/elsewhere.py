"""Parts of runs that are played in other processes, on this machine or on others.

There goes the scenario with its law, of which a model is made once in each process, and which cases are to be played; back come counts, and
the outcomes of single cases if they are asked for. What a part is like hangs on these alone, so it may be played by anybody, and again by another.
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
    """Finds some rulebooks: a value, which can be sent as a function that was made on the spot cannot."""

    books: Mapping[str, Rulebook]

    def __call__(self, name: str) -> Rulebook:
        return self.books[name]


@frozen(eq=False)
class _Sent:
    """What goes to another process: a scenario with its law, and what that process has to have itself. ``key`` identifies all of it."""

    key: str
    equipment: tuple[str, ...]
    scenario: Scenario
    engine: Engine

    @classmethod
    def of(cls, player: Player) -> Self:
        """What is needed there to play as a player does here."""
        scenario, law = player.model.scenario, player.model.scenario.law
        processes = {case.process for kind in player.model.chart.kinds for case in kind.company.cases}
        books = {process.name: law.of(process) for process in processes}
        equipment = _equipment(scenario)
        of_law = [law.calendar.digest, law.analogies, *sorted(book.digest for book in books.values())]
        sent = evolve(scenario, law=Legislation(law.calendar, _Books(books), law.analogies))
        return cls(digest([equipment, scenario.digest, of_law, player.engine]), equipment, sent, player.engine)

    def player(self) -> Player:
        """A player of the same, made once in a process.

        Raises:
            InputError: this process does not have what the one that asks has.

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
    """What comes back of a task: its counts, and a row for each of its cases if they are kept."""

    task: Task
    counts: Counts
    rows: tuple[Numbers, ...] | None


def play_elsewhere(
    player: Player, executor: Executor, tasks: Sequence[Task], outcomes: Outcomes | None
) -> Iterator[tuple[Task, Tally]]:
    """Have an executor play some tasks; outcomes of run 0 are written down as they come back.

    Raises:
        InputError: the processes do not have what this one has.

    """
    play = partial(_play, _Sent.of(player), keep=outcomes is not None)
    for parts in executor.map(play, _batches(player, tasks)):
        for part in parts:
            if outcomes is not None and part.rows is not None:
                outcomes.put(part.task.first, part.rows)
            yield part.task, part.counts.tally(player.model)


def _batches(player: Player, tasks: Sequence[Task]) -> list[tuple[Task, ...]]:
    """The tasks that go together: with stations those of a run, because it takes the whole run to know whom they take up."""
    if not player.model.capacities:
        return [(task,) for task in tasks]
    runs = dict.fromkeys(task.run for task in tasks)
    return [tuple(task for task in tasks if task.run == run) for run in runs]


def _play(sent: _Sent, tasks: tuple[Task, ...], *, keep: bool) -> tuple[_Part, ...]:
    """Play some tasks, in the process to which they were sent."""
    player, parts = sent.player(), []
    for task in tasks:
        outcomes = Outcomes(player.model, task.last, task.first) if keep and task.run == 0 else None
        tally = player.play(task, outcomes)
        parts.append(_Part(task, Counts.of(tally), outcomes.part() if outcomes else None))
    return tuple(parts)


def _equipment(scenario: Scenario) -> tuple[str, ...]:
    """What a process has to have in common with another so that both find the same; law is sent along."""
    return version("ssflow"), digests_of(scenario.definition, scenario.law)["definition"]
