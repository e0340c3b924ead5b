"""The results about waiting: for a condition, or in the queue of a station."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssflow.rules.basis import basis_text
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.tally import padded
from ssflow.tables.estimates import Estimate, ratio
from ssflow.tables.table import Table
from ssflow.text import NO_TEXT, Text

if TYPE_CHECKING:
    from ssflow.simulation.results.simulation import Simulation


def waits_of(simulation: Simulation) -> Table:
    """Return the table `Simulation.waits`."""
    rows = [*_for_conditions(simulation), *_in_queues(simulation)]
    rows.sort(key=lambda row: row["total"].mean or 0.0, reverse=True)
    titles = {
        "state": Text("状态", "state"),
        "activity": Text("环节", "activity"),
        "title": Text("名称", "title"),
        "station": Text("岗位", "station"),
        "unmet": Text("条件", "unmet"),
        "reason": Text("等待原因", "reason"),
        "basis": Text("依据", "basis"),
        "waited": Text("等待次数", "waited"),
        "days": Text("每次等待天数", "days each"),
        "total": Text("等待天数合计", "days in all"),
    }
    if not simulation.model.capacities:
        del titles["station"]
    return Table.of(rows, titles, Text("等待", "waiting"))


def _for_conditions(simulation: Simulation) -> Iterator[dict[str, Any]]:
    chart, book = simulation.model.chart, simulation.scenario.law.of(simulation.model.chart.process)
    waits = [padded(tally.waits, len(chart.refusals)) for tally in simulation.tallies]
    minutes = [padded(tally.waited, len(chart.refusals)) for tally in simulation.tallies]
    for number, refusal in enumerate(chart.refusals):
        if sum(int(one[number]) for one in minutes):
            yield {
                "state": refusal.state,
                "activity": refusal.activity,
                "title": chart.process.activity(refusal.activity).title,
                "station": "",
                "unmet": ", ".join(refusal.names),
                "reason": Text.join(list(dict.fromkeys(ground.reason for ground in refusal.grounds))),
                "basis": basis_text([cite for ground in refusal.grounds for cite in ground.cites], book.laws),
                **_waited([one[number] for one in waits], [one[number] for one in minutes]),
            }


def _in_queues(simulation: Simulation) -> Iterator[dict[str, Any]]:
    model = simulation.model
    for service in model.services:
        minutes = [tally.queued[service.number] for tally in simulation.tallies]
        if sum(map(int, minutes)):
            station = model.capacities[service.station].station
            yield {
                "state": service.state,
                "activity": service.act,
                "title": model.chart.process.activity(service.act).title,
                "station": station.id,
                "unmet": "",
                "reason": Text(f"在“{station.name.zh}”排队", f'queueing at "{station.name.en}"'),
                "basis": NO_TEXT,
                **_waited([tally.delayed[service.number] for tally in simulation.tallies], minutes),
            }


def _waited(times: list[Any], minutes: list[Any]) -> dict[str, Estimate]:
    """Return estimates of how often a wait occurs, how long it takes each time, and how long in all."""
    return {
        "waited": Estimate.of(map(float, times)),
        "days": Estimate.of(ratio(int(m), int(n)) / DAY_MINUTES for m, n in zip(minutes, times, strict=True)),
        "total": Estimate.of(int(m) / DAY_MINUTES for m in minutes),
    }
