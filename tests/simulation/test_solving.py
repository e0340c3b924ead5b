"""Runs with stations: what is counted while it is found out whom they take up when, and what is counted afterwards."""

from datetime import date

import numpy as np
from attrs import evolve, fields

from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.columns.solving import play_and_solve
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.loading import default_scenario
from ssflow.simulation.scenario.stations import Serves, Station

CASES = 400


def played(per_day: int) -> tuple[Tally | None, Tally, Outcomes, Outcomes]:
    counter = Station(id="counter", serves=[Serves(state="checking", by="office")], per_day=per_day)
    arrivals = Arrivals(cases=CASES, through=date(2026, 4, 10))
    model = Model(evolve(default_scenario("card_replacement"), stations=[counter], arrivals=arrivals))
    ours, theirs, tables = Outcomes(model, CASES), Outcomes(model, CASES), Tables(model)
    starts, found = play_and_solve(model, 0, CASES, tables, ours)
    tally = Tally(model)
    ColumnEngine(model, 0, tally, theirs, None, tables, starts).play(np.arange(CASES))
    return found, tally, ours, theirs


def test_a_run_is_counted_alike_on_the_way_and_afterwards() -> None:
    """Cases that were guessed wrongly at first are taken out of the counts and counted as they go: some, but not too many."""
    found, tally, ours, theirs = played(18)
    assert found is not None and tally.delayed.sum() > 0
    for attribute in fields(Tally):
        if attribute.name != "model":
            mine, its = (np.trim_zeros(np.ravel(getattr(one, attribute.name)), "b") for one in (found, tally))
            assert mine.tolist() == its.tolist(), attribute.name
    for name in ("profile", "opened", "closed", "state", "late"):
        assert getattr(ours, name).tolist() == getattr(theirs, name).tolist(), name


def test_a_crowded_run_is_counted_afterwards() -> None:
    """Where most cases wait, nothing is gained by correcting what was counted first."""
    found, tally, *_ = played(10)
    assert found is None and tally.number_opened == CASES
