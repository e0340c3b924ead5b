"""The worked cases of all procedures as logs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ssflow import machines
from ssflow.case import Event
from ssflow.records import Log
from ssflow.testing import load_scenarios
from ssflow.testing.scenarios import trials_of

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.toml"))


def logs_of(path: Path, most: int | None = None) -> Iterator[Log]:
    """The logs of the cases of a file of worked cases, of so many of them at most."""
    for scenario in load_scenarios(path)[:most]:
        events: dict[str, list[Event]] = {}
        for trial in trials_of(scenario):
            for event in trial.events:
                events.setdefault(event.case, []).append(event)
        for name, trace in events.items():
            yield Log.of(machines.get(scenario.cases[name]), trace)


@cache
def some_logs() -> tuple[Log, ...]:
    """The first log of every procedure."""
    return tuple(next(logs_of(path, 1)) for path in SCENARIOS)
