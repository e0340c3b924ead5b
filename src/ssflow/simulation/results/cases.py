"""The result about single cases: a row a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.numbers import NONE
from ssflow.simulation.results.measures import terms_of
from ssflow.tables.table import Table
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.simulation.results.simulation import Simulation


def cases_of(simulation: Simulation, kept: Outcomes) -> Table:
    """Return the table `Simulation.cases` of the outcomes that were kept."""
    start = np.datetime64(simulation.model.origin, "m")
    missing = np.datetime64("NaT", "m")
    states = np.array(["", *(state.name for state in simulation.model.chart.process.states)])
    profiles = np.array([profile.id for profile in simulation.scenario.profiles])
    opened, closed = (np.where(side == NONE, missing, start + side) for side in (kept.opened, kept.closed))
    columns: dict[str, Any] = {
        "case": np.arange(kept.number),
        "profile": profiles[kept.profile],
        "opened": opened,
        "closed": closed,
        "state": states[kept.state + 1],
    }
    titles = {
        "case": Text("办件", "case"),
        "profile": Text("类别", "profile"),
        "opened": Text("登记时间", "opened"),
        "closed": Text("办结时间", "closed"),
        "state": Text("状态", "state"),
    }
    for slot, clock in terms_of(simulation.model):
        columns[f"{clock.name}_late"] = np.maximum(kept.late[slot], 0)
        titles[f"{clock.name}_late"] = Text(f"{clock.zh}逾期工作日数", f"working days late: {clock.en}")
    named = {
        "profile": {profile.id: profile.name for profile in simulation.scenario.profiles},
        "state": {state.name: state.title for state in simulation.model.chart.process.states},
    }
    return Table(columns, titles, Text("办件", "cases"), named)
