"""The scenario of a command: a file, or the one that the library has for the procedure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from ssflow.cli.input import names
from ssflow.errors import InputError
from ssflow.process import Process

if TYPE_CHECKING:
    from ssflow.simulation import Scenario


def scenario_of(
    process: type[Process], file: Path | None, places: Sequence[tuple[str, str]], follow: int | None = None
) -> Scenario:
    """Return the scenario of a procedure, in the places that were named, followed for so many days if ``follow`` is given."""
    from ssflow.simulation import default_scenario, load_scenario

    scenario = load_scenario(file) if file else default_scenario(process.name)
    if scenario.process != process.name:
        raise InputError.of(
            "--scenario",
            f"该文件是{scenario.process}的方案，不是{process.name}的",
            f"the file is a scenario of {scenario.process}, not of {process.name}",
        )
    scenario = scenario if follow is None else evolve(scenario, follow=follow)
    return evolve(scenario, places=names.places_of(process, places)) if places else scenario
