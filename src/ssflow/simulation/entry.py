"""The entry to the simulation: `simulate`, with the checks of its arguments."""

from __future__ import annotations

from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from ssflow.case import Legislation
from ssflow.doors import check_callable, check_kind, is_one_of
from ssflow.errors import InputError
from ssflow.process import Process
from ssflow.records import Cases
from ssflow.rules import Rulebook
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.playing import ENGINES, Engine, Player
from ssflow.simulation.engines.spreading import Progress, play_all
from ssflow.simulation.results.simulation import Simulation
from ssflow.simulation.results.stopping import Goal
from ssflow.simulation.scenario.arrivals import MOST_CASES
from ssflow.simulation.scenario.loading import default_scenario, load_scenario
from ssflow.simulation.scenario.open_cases import read_open_cases
from ssflow.simulation.scenario.scenario import Scenario

MOST_KEPT = 10_000_000  # cases whose outcomes are kept by default
MOST_RUNS = 100_000


def simulate(
    process: str | type[Process] | Scenario | Path,
    *,
    cases: int | None = None,
    places: str | dict[str, str] | None = None,
    start: date | None = None,
    seed: int | None = None,
    law: Legislation | Rulebook | None = None,
    open_cases: Cases | None = None,
    runs: int = 20,
    until: str | None = None,
    most_runs: int = 1_000,
    workers: int | Executor = 1,
    engine: Engine = "columns",
    keep: bool | None = None,
    on_progress: Progress | None = None,
) -> Simulation:
    """Play a scenario several times, and return what would happen to the cases and how certain that is.

    ``process`` is a scenario, the file of one, or a procedure, for which the scenario that comes with the library is taken: its numbers are
    assumptions. ``cases`` (in each run), ``places``, ``start``, ``seed`` and ``law`` replace those of the scenario; a rulebook as ``law`` is a
    reform of this procedure alone. ``open_cases`` is a store: its open cases of the procedure are there on the first day, in their present
    states and with their own terms; ``cases`` come in addition, and may then be 0.

    Two simulations with the same seed make the same draws, whatever the law. With ``until`` more than ``runs`` are played, at least ten and at
    most ``most_runs``, until a margin is as narrow as it says: ``"late <= 0.1 pp"`` is a tenth of a percentage point for the share of every
    term that is late. The names are those of the measures, and a note says if the goal was not reached. ``workers`` is a number of threads, or
    an executor of threads or processes, here or elsewhere; it does not change the result. ``keep`` says whether the outcome of every case of
    run 0 is kept; by default it is for up to ten million cases. ``on_progress`` is called with the number of parts that are done and of all
    parts.

    ``engine`` says how cases are played, and does not change the result either: ``"columns"`` with NumPy, many at a time; ``"compiled"`` in
    machine code, which is quicker for many cases and needs the extra ``compiled``; ``"event"`` each case by the kernel itself.

    Raises:
        InputError, DataError: something is wrong with the scenario; all faults are listed.
        UnknownError: there is no such procedure, or no scenario comes with it.
        MissingExtraError: the extra of the engine is not installed.

    """
    scenario = scenario_of(process)
    arrivals = None
    begun = None if open_cases is None else read_open_cases(open_cases, scenario.definition)
    if cases is not None:
        _check_number("cases", cases, MOST_CASES, least=0 if begun or scenario.open_cases else 1)
        arrivals = evolve(scenario.arrivals, cases=cases, per_day=None, counted=None)
    scenario = scenario_of(
        scenario, places=places, start=start, seed=seed, law=law, arrivals=arrivals, open_cases=begun
    )
    _check_number("most_runs", most_runs, MOST_RUNS)
    _check(runs, workers, engine, keep, on_progress)
    model = Model(scenario)
    model.check()
    goal = None if until is None else Goal.of(until, model)
    player = Player(model, engine, workers if isinstance(workers, int) else 1)
    number = player.count(0)
    keep = number <= MOST_KEPT if keep is None else keep
    outcomes = Outcomes(model, number) if keep else None
    tallies = play_all(player, range(runs), workers, outcomes, on_progress)
    while goal and not goal.is_reached(tallies) and len(tallies) < most_runs:
        wanted = min(most_runs, goal.runs(tallies))
        tallies += play_all(player, range(len(tallies), wanted), workers, None, on_progress)
    return Simulation(scenario, len(tallies), tuple(tallies), player, outcomes, goal)


def scenario_of(given: object, *, law: Legislation | Rulebook | None = None, **changes: Any) -> Scenario:
    """Return the scenario that is given by itself, by its file or by its procedure, with ``law`` and ``changes`` in place of its own values.

    Raises:
        InputError, DataError, UnknownError: as `simulate` does.

    """
    scenario = _meant(given)
    parts = {name: value for name, value in changes.items() if value is not None}
    if law is not None:
        check_kind("law", law, Legislation, Rulebook)
        if isinstance(law, Rulebook) and law.name != scenario.process:
            raise InputError.of(
                "law",
                f"这是{law.name}的规则，模拟的是{scenario.process}；几个程序一并修改的，请给Legislation().with_rulebook(...)",
                f"this is the rulebook of {law.name}, and {scenario.process} is simulated; to change another procedure too, give Legislation().with_rulebook(...)",
            )
        parts["law"] = scenario.law.with_rulebook(law) if isinstance(law, Rulebook) else law
    return evolve(scenario, **parts) if parts else scenario


def _meant(given: object) -> Scenario:
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Path):
        return load_scenario(given)
    name = given.name if isinstance(given, type) and issubclass(given, Process) else given
    check_kind("process", name, str)
    if str(name).endswith(".toml"):
        raise InputError.of(
            "process",
            f"文件请写成路径：Path({name!r})",
            f"give a file as a path: Path({name!r})",
        )
    return default_scenario(str(name))


def _check_number(name: str, given: object, most: int, least: int = 1) -> None:
    check_kind(name, given, int)
    if isinstance(given, int) and not least <= given <= most:
        raise InputError.of(name, f"须为{least}至{most}", f"a number from {least} to {most} is required")


def _check(runs: object, workers: object, engine: object, keep: object, on_progress: object) -> None:
    check_kind("workers", workers, int, Executor)
    check_kind("keep", keep, bool, type(None))
    _check_number("runs", runs, MOST_RUNS)
    if isinstance(workers, int):
        _check_number("workers", workers, MOST_RUNS)
    if not is_one_of(engine, ENGINES):
        raise InputError.of("engine", f"须为{'、'.join(ENGINES)}之一", f"{engine!r} is none of {', '.join(ENGINES)}")
    if on_progress is not None:
        check_callable("on_progress", on_progress)
