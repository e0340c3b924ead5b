"""The check that the worked cases of a procedure show all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ssflow import machines
from ssflow.case import Legislation
from ssflow.converters import structure
from ssflow.doors import check_subclass, each_of
from ssflow.process import Process
from ssflow.rules import Rulebook
from ssflow.testing.doors import check_limit, law_of
from ssflow.testing.evidence import Evidence
from ssflow.testing.explore import explore
from ssflow.testing.scenarios import Scenario, trials_of
from ssflow.testing.settings import settings_of
from ssflow.testing.trials import Trial

_BETWEEN = 500  # trials between two looks at what is still missing


def conformance(
    process: type[Process], scenarios: Sequence[Scenario], law: Legislation | None = None, *, limit: int = 20_000
) -> Evidence:
    """Return what the worked cases of a procedure show of it, played as written and followed wherever they lead.

    ``scenarios`` may include those of other procedures, of which only the data is used, for related cases. ``Evidence.missing`` then lists
    what they leave out: moves that are never made, conditions that never hold or never fail, roles that never act, regimes without a case,
    clocks that never run, are never ended or never run out. ``limit`` bounds the cases that are followed from each place and day.

    Raises:
        AssertionError: a worked case has another result than it states.
        InputError: an argument is not what is required; it is named.
        UnknownError: a worked case names a case, a procedure or an activity that does not exist.

    """
    check_subclass("process", process, Process)
    scenarios = each_of("scenarios", scenarios, Scenario)
    check_limit("limit", limit)
    law, evidence = law_of(law), Evidence(process)
    book = law.of(process)
    for scenario in scenarios:
        if process.name in scenario.cases.values():
            for trial in trials_of(scenario, law):
                evidence.add(trial)
    examples = examples_of(scenarios)
    for other, places, start in _settings(process, law):
        if not evidence.missing(book):
            break
        trials = explore(other, law=law, places=places, start=start, examples=examples, limit=limit)
        if _follow(trials, evidence, book) and other is process:
            evidence.cut_short.append(f"only {limit} cases were followed from {places} on {start}; raise limit")
    return evidence


def _settings(process: type[Process], law: Legislation) -> Iterator[tuple[type[Process], dict[str, str], date]]:
    """Yield where and from when the procedure is tried, together with the procedures whose acts affect its cases there."""
    here = settings_of(process, law.of(process))
    yield from ((process, places, start) for places, start in here)
    for other in _acting_on(process):
        there = [(_places_in(other, places), start) for places, start in here]
        yield from ((other, places, start) for places, start in (*settings_of(other, law.of(other)), *there))


def _follow(trials: Generator[Trial, None, bool], evidence: Evidence, book: Rulebook) -> bool:
    """Take trials in until nothing is missing, and return whether some were left out while something was."""
    while evidence.trials % _BETWEEN or evidence.missing(book):
        try:
            evidence.add(next(trials))
        except StopIteration as stopped:
            return bool(stopped.value)
    return False


def _places_in(process: type[Process], places: Mapping[str, str]) -> dict[str, str]:
    """Return the places of another procedure, filled with the codes of these."""
    codes = list(places.values())
    return {place.name: codes[min(number, len(codes) - 1)] for number, place in enumerate(process.places)}


def examples_of(scenarios: Sequence[Scenario]) -> dict[str, list[Any]]:
    """Return the data of worked cases by procedure and activity, without duplicates."""
    found: dict[str, list[Any]] = {}
    for scenario in each_of("scenarios", scenarios, Scenario):
        for step in scenario.steps:
            process = scenario.procedure_of(step)
            activity = process.activity(step.does) if step.does else None
            if activity and activity.data and step.data is not None:
                data = structure(step.data, activity.data, scenario.id, step.does)
                of_activity = found.setdefault(f"{process.name}.{step.does}", [])
                of_activity += [] if data in of_activity else [data]
    return found


def _acting_on(process: type[Process]) -> list[type[Process]]:
    """Return the procedures whose acts affect cases of this one."""
    return [
        other for other in machines.sound() if any(a.triggers and a.triggers.owner is process for a in other.activities)
    ]
