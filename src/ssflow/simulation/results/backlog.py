"""The result about the cases that are open at the end of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.tables.estimates import Estimate
from ssflow.tables.table import Table
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.simulation.results.simulation import Simulation


def backlog_of(simulation: Simulation) -> Table:
    """Return the table `Simulation.backlog`."""
    held = np.stack([(tally.backlog + tally.warm)[:, simulation.model.first :] for tally in simulation.tallies])
    total = held.sum(axis=1)
    estimates = [Estimate.of(map(float, side)) for side in total.T]
    days = np.datetime64(simulation.scenario.start) + np.arange(simulation.scenario.days)
    columns: dict[str, Any] = {
        "day": days,
        "open": np.array([one.mean for one in estimates]),
        "open_margin": [one.margin for one in estimates],
    }
    titles = {"day": Text("日期", "day"), "open": Text("未结件数", "open")}
    for place, state in enumerate(simulation.model.chart.process.states):
        if not state.final:
            columns[state.name] = held[:, place].mean(axis=0)
            titles[state.name] = state.title
    return Table(columns, titles, Text("未结件", "backlog"))
