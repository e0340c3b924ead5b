"""Runs with stations: what is counted while it is found out whom they take up when, and what is counted afterwards."""

from datetime import date

import numpy as np
import pytest
from attrs import evolve, fields

from ssflow.simulation.engines.columns.levels import levels_of
from ssflow.simulation.engines.columns.solving import Solving
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.playing import ENGINES, Engine, Player, Task
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.loading import default_scenario
from ssflow.simulation.scenario.stations import Serves, Station

CASES = 400
COUNTER = Serves(state="checking", by="office")
WORKS = Serves(state="making", by="issuer")


def model_of(**per_day: int) -> Model:
    serves = {"counter": COUNTER, "works": WORKS}
    stations = [Station(id=name, serves=[serves[name]], per_day=number) for name, number in per_day.items()]
    arrivals = Arrivals(cases=CASES, through=date(2026, 4, 10))
    return Model(evolve(default_scenario("card_replacement"), stations=stations, arrivals=arrivals))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "per_day",
    [
        {"counter": 18},  # few wait
        {"counter": 10},  # most do
        {"counter": 18, "works": 18},
        {"counter": 10, "works": 40},
        {"counter": 40, "works": 8},
        {"counter": 10, "works": 8},
    ],
)
def test_a_run_is_counted_alike_on_the_way_and_afterwards(per_day: dict[str, int], engine: Engine) -> None:
    """Whether few or many cases were guessed wrongly, and at which stations: the counts and outcomes are those of the cases as they go."""
    model = model_of(**per_day)
    player = Player(model, engine)
    for run in range(2):  # it is learnt from the first whether stations have room
        ours, theirs = Outcomes(model, CASES), Outcomes(model, CASES)
        found = player.play(Task(run, 0, CASES), ours)
        tally = player.play(Task(run, 0, CASES), theirs, Log())  # for a log, cases are played by what was found
        starts = player.starts(run)
        assert starts
        assert tally.delayed.sum() > 0
        for attribute in fields(Tally):
            if attribute.name != "model":
                mine, its = (np.trim_zeros(np.ravel(getattr(one, attribute.name)), "b") for one in (found, tally))
                assert mine.tolist() == its.tolist(), attribute.name
        for name in ("profile", "opened", "closed", "state", "late"):
            assert getattr(ours, name).tolist() == getattr(theirs, name).tolist(), name
        level_by_level = Solving(model, Tables(model)).solve(run, CASES)
        for service in model.services:
            first = (
                starts.of(service.selector, np.arange(CASES), np.zeros(CASES, dtype=int))
                for starts in (starts, level_by_level)
            )
            assert len({tuple(column.tolist()) for column in first}) == 1


def test_stations_are_in_levels() -> None:
    """Cases go from the counter to the works, and not back; one that serves both is a level of its own."""
    apart = model_of(counter=10, works=8)
    levels = levels_of(apart.chart.process, apart.services)
    assert [set(level.stations) for level in levels] == [{0}, {1}]
    states = [{apart.chart.process.states[n].name for n in level.states} for level in levels]
    assert states == [{"checking", "returned"}, {"checking", "returned", "making", "failed"}]
    both = Model(evolve(apart.scenario, stations=[Station(id="all", serves=[COUNTER, WORKS], per_day=9)]))
    assert [set(level.stations) for level in levels_of(both.chart.process, both.services)] == [{0}]
