"""The results about stations: how many cases came, how long the queues were, how busy the stations were, which acts they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.capacity import Capacity
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import Numbers
from ssflow.tables.estimates import Estimate, ratio
from ssflow.tables.table import Table
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.simulation.results.simulation import Simulation


def stations_of(simulation: Simulation) -> Table:
    """Return the table `Simulation.stations`."""
    rows = []
    for capacity in capacities_of(simulation.model):
        tallies = simulation.tallies
        queues = [queue_in_use(tally, capacity) for tally in tallies]
        rows.append(
            {
                "station": capacity.station.id,
                "title": capacity.station.name,
                **{
                    name: Estimate.of(float(at_station(tally, name, capacity)) for tally in tallies)
                    for name in ("joined", "taken", "gone", "lost")
                },
                "wait": Estimate.of(wait_at(tally, capacity) for tally in tallies),
                "utilisation": Estimate.of(utilisation_of(tally, capacity) for tally in tallies),
                "queue": Estimate.of(float(queue.mean()) for queue in queues),
                "longest": Estimate.of(float(queue.max()) for queue in queues),
            }
        )
    titles = {
        "station": Text("岗位", "station"),
        "title": Text("名称", "title"),
        "joined": Text("排队件次", "came to queue"),
        "taken": Text("着手办理件次", "taken up"),
        "gone": Text("未着手即离开", "left the queue"),
        "lost": Text("着手后离开", "left while in hand"),
        "wait": Text("排队天数（平均）", "days in the queue (mean)"),
        "utilisation": Text("利用率（%）", "utilisation (%)"),
        "queue": Text("日末排队件数（平均）", "queue at the end of a day (mean)"),
        "longest": Text("日末排队件数（最多）", "queue at the end of a day (most)"),
    }
    return Table.of(rows, titles, Text("岗位", "stations"))


def queues_of(simulation: Simulation) -> Table:
    """Return the table `Simulation.queues`."""
    scenario = simulation.scenario
    columns: dict[str, Any] = {"day": np.datetime64(scenario.start) + np.arange(scenario.days)}
    titles = {"day": Text("日期", "day")}
    waiting = np.stack([tally.queues[:, simulation.model.first :] for tally in simulation.tallies])
    for capacity in capacities_of(simulation.model):
        estimates = [Estimate.of(map(float, side)) for side in waiting[:, capacity.number].T]
        name = capacity.station.id
        columns[name] = np.array([one.mean for one in estimates])
        columns[f"{name}_margin"] = [one.margin for one in estimates]
        titles[name] = capacity.station.name
    return Table(columns, titles, Text("排队件数", "queues"))


def capacities_of(model: Model) -> list[Capacity]:
    """Return the stations in the order of the scenario; the model has them in that of the acts that they serve."""
    order = {station.id: number for number, station in enumerate(model.scenario.stations)}
    return sorted(model.capacities, key=lambda one: order[one.station.id])


def at_station(tally: Tally, name: str, capacity: Capacity) -> int:
    """Return the sum of a count over all services of a station."""
    counts: Numbers = getattr(tally, name)
    return sum(int(counts[one.number]) for one in tally.model.services if one.station == capacity.number)


def wait_at(tally: Tally, capacity: Capacity) -> float:
    """Return the mean number of days for which cases queue at a station."""
    return ratio(at_station(tally, "queued", capacity), at_station(tally, "joined", capacity)) / DAY_MINUTES


def utilisation_of(tally: Tally, capacity: Capacity) -> float:
    """Return the share of a station's capacity that is used, in per cent, while counted cases arrive."""
    days = _in_use(tally.model)
    return 100 * ratio(int(tally.used[capacity.number, days].sum()), int(capacity.offered[days].sum()))


def queue_in_use(tally: Tally, capacity: Capacity) -> Numbers:
    """Return how many wait at the end of each open day while counted cases arrive; without such days, one day with none."""
    days = _in_use(tally.model)
    queue: Numbers = tally.queues[capacity.number, days][capacity.numbers[days] > 0]
    return queue if len(queue) else np.zeros(1, dtype=np.int64)


def _in_use(model: Model) -> slice:
    scenario = model.scenario
    follow = scenario.follow if scenario.arrivals.cases != 0 else 0  # if none arrive, all days count
    return slice(model.first + scenario.warm_up, model.days - follow)


def in_stations(
    model: Model, run: int, resources: Any, cases: Numbers, moves: Numbers, states: Numbers, lang: Lang | None
) -> Any:
    """Return the resource of each event in a log of a run, by case and in order: the given role, or the station that did the act."""
    if not model.services or not len(cases):
        return resources
    chart = model.chart
    luck = model.stream_of_kinds(run).luck(cases)
    variants = np.array(model.variant_of)[model.profiles_of(run, cases, luck)]
    at = np.full((max(model.variant_of) + 1, len(chart.process.states) + 1, chart.clock_moves + len(chart.slots)), -1)
    for service in model.services:
        move = model.selectors[service.selector].moves[service.place]
        at[service.variant, 1 + chart.process.states.index(chart.process.state(service.state)), move] = service.station
    before = np.where(np.diff(cases, prepend=-1) == 0, np.roll(states, 1), model.first_states(cases))
    number = at[variants, 1 + before, moves]
    stations = [one.station.id if lang is None else one.station.name.say(lang) for one in model.capacities]
    return np.where(number < 0, resources, np.array(stations)[number])
