"""The forecasts for the open cases with which a simulation began."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssflow.errors import InputError
from ssflow.process import Term
from ssflow.simulation.numbers import NONE
from ssflow.simulation.results.measures import terms_of
from ssflow.tables.estimates import Estimate
from ssflow.tables.table import Table
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.case import Case
    from ssflow.simulation.results.simulation import Simulation


def open_cases_of(simulation: Simulation) -> Table:
    """Return the table of the open cases; see `Simulation.open_cases`."""
    model, scenario = simulation.model, simulation.scenario
    if not scenario.open_cases:
        raise InputError.of(
            "open_cases",
            "此模拟不以未结件开始；请写simulate(..., open_cases=cases)",
            "this simulation did not begin with open cases; write simulate(..., open_cases=cases)",
        )
    played = [simulation.outcomes_of(run, len(scenario.open_cases)) for run in range(simulation.runs)]
    terms = [slot for slot, _ in terms_of(model)]
    late = np.stack([(one.late[terms] != NONE).any(axis=0) for one in played])
    closed = np.stack([one.closed != NONE for one in played])
    begun = [company.main for company in model.continuing.companies]
    now = [any(o.overdue and isinstance(o.clock, Term) for o in case.obligations) for case in begun]
    certain = Estimate(100.0, 0.0, simulation.runs)
    rows = [
        {
            "case": one.id,
            "kind": scenario.profiles[int(model.continuing.profile[number])].name,
            "state": model.chart.process.states[model.chart.states[model.continuing.node[number]]].title,
            "due": _next_due(case),
            "late_now": now[number],
            "late": certain if now[number] else Estimate.of_share(late[:, number].tolist()),
            "closed": Estimate.of_share(closed[:, number].tolist()),
        }
        for number, (one, case) in enumerate(zip(scenario.open_cases, begun, strict=True))
    ]
    titles = {
        "case": Text("办件", "case"),
        "kind": Text("类别", "kind"),
        "state": Text("现状态", "state now"),
        "due": Text("最近的最后一日", "next last day"),
        "late_now": Text("现已逾期", "late now"),
        "late": Text("届时逾期（%）", "late by the end (%)"),
        "closed": Text("届时办结（%）", "closed by the end (%)"),
    }
    return Table.of(rows, titles, Text("未结件的去向", "what becomes of the open cases"))


def _next_due(case: Case) -> object:
    """Return the earliest last day of the terms of a case that have not run out; None if there is none."""
    found = [o.due for o in case.obligations if o.due and not o.overdue and isinstance(o.clock, Term)]
    return min(found, default=None)
