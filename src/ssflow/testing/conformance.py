"""What every procedure is held to, in one call: that its worked examples show all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ssflow import machines
from ssflow.case import Legislation
from ssflow.converters import structure
from ssflow.process import Process
from ssflow.testing.evidence import Evidence
from ssflow.testing.explore import explore
from ssflow.testing.scenarios import Scenario, trials_of
from ssflow.testing.settings import settings_of


def conformance(
    process: type[Process], scenarios: Sequence[Scenario], law: Legislation | None = None, *, limit: int = 2000
) -> Evidence:
    """What the worked cases of a procedure show of it, played as they stand and followed wherever they lead.

    ``scenarios`` may hold those of other procedures too: of these only the data serve, for related cases.
    ``Evidence.missing`` then lists what they leave open: moves that nobody makes, conditions that never hold or never fail, roles that
    never act, regimes that no case comes under, clocks that never run, are never ended or never run out. ``limit`` bounds the
    cases that are followed from each place and day.
    """
    law, evidence = law or Legislation(), Evidence(process)
    for scenario in scenarios:
        if process.name in scenario.cases.values():
            for trial in trials_of(scenario, law):
                evidence.add(trial)
    examples = examples_of(scenarios)
    here = settings_of(process, law.of(process))
    for other in (process, *_acting_on(process)):
        there = [(_places_in(other, places), start) for places, start in here] if other is not process else []
        for places, start in (*settings_of(other, law.of(other)), *there):
            for trial in explore(other, law=law, places=places, start=start, examples=examples, limit=limit):
                evidence.add(trial)
    return evidence


def _places_in(process: type[Process], places: Mapping[str, str]) -> dict[str, str]:
    """The places of another procedure, filled with the codes of these."""
    codes = list(places.values())
    return {place.name: codes[min(number, len(codes) - 1)] for number, place in enumerate(process.places)}


def examples_of(scenarios: Sequence[Scenario]) -> dict[str, list[Any]]:
    """The data of worked cases, by procedure and activity; equal data once."""
    found: dict[str, list[Any]] = {}
    for scenario in scenarios:
        for step in scenario.steps:
            process = machines.get(scenario.cases[step.case or next(iter(scenario.cases))])
            activity = process.activity(step.does) if step.does else None
            if activity and activity.data and step.data is not None:
                data = structure(step.data, activity.data, scenario.id, step.does)
                of_activity = found.setdefault(f"{process.name}.{step.does}", [])
                of_activity += [] if data in of_activity else [data]
    return found


def _acting_on(process: type[Process]) -> list[type[Process]]:
    """The procedures whose acts do something in cases of this one."""
    everyone = map(machines.get, machines.names())
    return [other for other in everyone if any(a.also and a.also.owner is process for a in other.activities)]
