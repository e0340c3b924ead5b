"""The result that process mining reads: the log of every event of the cases of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.simulation.engines.outcomes import Log
from ssflow.simulation.numbers import Numbers
from ssflow.simulation.results.measures import clocks_of
from ssflow.simulation.results.stations import in_stations
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.tables.table import Table
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.simulation.engines.model import Model


_LIFE = {"complete": Text("完成", "complete")}


def log_of(model: Model, log: Log, lang: Lang | None, run: int) -> Table:
    """Return the table `Simulation.log` of the events that were written down in a run."""
    case, move, minute, state, *_ = log.columns()
    activities, resources, states = _names(model, lang)
    resource = in_stations(model, run, resources[move], case, move, state, lang)
    own = _own(model, move)
    case, move, minute, state, resource = case[own], move[own], minute[own], state[own], resource[own]
    columns: dict[str, Any] = {
        "case:concept:name": case,
        "concept:name": activities[move],
        "time:timestamp": np.datetime64(model.origin, "m") + minute,
        "org:resource": resource,
        "lifecycle:transition": np.full(len(case), "complete"),
        "state": states[state],
    }
    return Table(
        columns,
        {
            "case:concept:name": Text("办件", "case"),
            "concept:name": Text("环节", "activity"),
            "time:timestamp": Text("时间", "time"),
            "org:resource": Text("主体", "resource"),
            "lifecycle:transition": Text("生命周期", "lifecycle"),
            "state": Text("状态", "state"),
        },
        Text("事件日志", "event log"),
        _titles(model) if lang is None else {},
    )


def _titles(model: Model) -> dict[str, dict[str, Text]]:
    """Return the titles of the names in the columns of a log."""
    activities, resources, states = (
        {name: Text(zh, en) for name, zh, en in zip(*one, strict=True)}
        for one in zip(*(_names(model, lang) for lang in (None, "zh", "en")), strict=True)
    )
    stations = {one.station.id: one.station.name for one in model.capacities}
    return {
        "concept:name": activities,
        "org:resource": resources | stations,
        "state": states,
        "lifecycle:transition": _LIFE,
    }


def _own(model: Model, moves: Numbers) -> Numbers:
    """Return the rows of the simulated case itself."""
    chart = model.chart
    own = [*(True for _ in chart.doings), *(case == MAIN for case, _ in chart.slots)]
    return np.flatnonzero(np.array(own)[moves])


def _names(model: Model, lang: Lang | None) -> tuple[np.ndarray[Any, Any], ...]:
    """Return the names of the moves, of those who make them, and of the states, or their titles in a language."""
    chart = model.chart

    def named(part: Any) -> str:
        return str(part.name if lang is None else part.title.say(lang))

    lapsing = {a.after.name: a for a in chart.process.activities if a.after is not None}
    by_clock = {clock.name: named(lapsing.get(clock.name, clock)) for _, clock in clocks_of(model)}
    activities = [
        *(named(one.activity) for one in chart.doings),
        *(by_clock.get(clock, clock) for _, clock in chart.slots),
    ]
    resources = [*(named(one.by) for one in chart.doings), *("" for _ in chart.slots)]
    return np.array(activities), np.array(resources), np.array([*map(named, chart.process.states)])
