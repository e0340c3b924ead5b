"""The notes on a result, to be read before it is used: what was cut off, what rests on forecasts, and what it does not show."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import TYPE_CHECKING

from ssflow.simulation.results.measures import terms_of
from ssflow.simulation.results.stations import capacities_of, utilisation_of
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.simulation.engines.model import Model
    from ssflow.simulation.results.simulation import Simulation

_MANY = 0.01  # the share of cases still open from which a note says so
_BUSY = 95  # the utilisation of a station, in per cent, from which a note says so


def notes_on(simulation: Simulation) -> Iterator[Text]:
    """Yield a note, one sentence long, for each thing that calls for caution."""
    tallies, scenario = simulation.tallies, simulation.scenario
    if scenario.note:
        yield scenario.note
    if scenario.open_cases:
        number, start = len(scenario.open_cases), scenario.start
        yield Text(
            f"{number}件未结件自{start}起接着办：期限为各自的期限，材料为同类办件的材料",
            f"{number} open cases go on from {start}: their terms are their own, their data those of the worked case of their kind",
        )
    if simulation.runs == 1:
        yield Text("只运行了一次，无从得知误差范围；请多运行几次", "a single run has no margins; play more runs")
    if simulation.goal and not simulation.goal.is_reached(tallies):
        yield simulation.goal.note(tallies)
    cases = sum(tally.cases for tally in tallies)
    unopened = cases - sum(tally.number_opened for tally in tallies)
    if unopened:
        yield Text(
            f"{cases}件中有{unopened}件直到{scenario.end}仍不能登记，不计入各项结果",
            f"{unopened} of {cases} cases could not be opened by {scenario.end}; no figure counts them",
        )
    still = cases - unopened - sum(tally.number_closed for tally in tallies)
    if still > _MANY * cases:
        share = f"{100 * still / cases:.1f}"
        yield Text(
            f"到{scenario.end}仍有{share}%未办结，用时只含已办结的；如属观察期太短，请加大follow",
            f"{share} % of the cases are still open on {scenario.end}, and times to close leave them out; raise follow if that is too early",
        )
    yield from _on_stations(simulation)
    yield from _impossible(simulation.model)
    began = sum(int(tally.started[slot]) for tally in tallies for slot, _ in terms_of(simulation.model))
    provisional = sum(int(tally.provisional[slot]) for tally in tallies for slot, _ in terms_of(simulation.model))
    if provisional:
        share = f"{100 * provisional / began:.1f}"
        yield Text(
            f"{share}%的最后一日以尚未公布的放假安排为准，是推算的",
            f"{share} % of the last days rest on holiday notices that are not yet published, and are forecasts",
        )
    for number, selector in enumerate(simulation.model.selectors):
        redrawn = sum(int(tally.redrawn[number]) for tally in tallies)
        if redrawn:
            where = simulation.model.chart.process.state(selector.conduct.state)
            who = simulation.model.chart.process.role(selector.conduct.role)
            yield Text(
                f"{who.zh}在“{where.zh}”有{redrawn}次拟办的环节已不能办理，已另行抽取",
                f'what the {who.en} was about to do at "{where.en}" became impossible {redrawn} times, and something else was drawn',
            )


def _impossible(model: Model) -> Iterator[Text]:
    """Yield a note for each act that a practice names and that is never possible, with the conditions that are not met."""
    for one in model.outlook.impossible(model.continuing.node.tolist()):
        doing, state = model.chart.doings[one.move], model.chart.process.state(model.chart.state_name(one.node))
        who, act, why = doing.by, doing.activity, model.unmet(one.node, (one.move,))
        of = Text("", "")
        if one.kind is not None:
            name = model.chart.kinds[one.kind].name
            of = Text(f"“{name}”类办件在", f" with cases of {name}")
        yield Text(
            f"{of.zh}“{state.zh}”时，{who.zh}拟办的“{act.zh}”始终不能办理，只办了其他环节{why.zh}；请补充材料，或者修改做法",
            f'the {who.en} intends "{act.en}" at "{state.en}"{of.en}, which is never possible, so only other things were done{why.en}; '
            "add the data, or change the practice",
        )


def _on_stations(simulation: Simulation) -> Iterator[Text]:
    for capacity in capacities_of(simulation.model):
        used = fmean(utilisation_of(tally, capacity) for tally in simulation.tallies)
        if used > _BUSY:
            name = capacity.station.name
            yield Text(
                f"“{name.zh}”利用率为{used:.0f}%，队列可能仍在变长，平均值随观察期而变；请看queues()",
                f'"{name.en}" is busy for {used:.0f} % of the time: its queue may still be growing, and its means depend on how long it is watched; see queues()',
            )
