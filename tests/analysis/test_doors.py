"""Odd values at the doors of the analysis: an answer, or an error of ours in both languages."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from ssflow import Legislation, WorkCalendar, rulebook, workdays
from ssflow.analysis import bounds, sweep, year_view
from ssflow.machines.consultation import Consultation
from ssflow.simulation import Arrivals, default_scenario
from tests.odd import places_of, refusals

NAME = "gap_expenses"
SMALL = evolve(default_scenario(NAME), arrivals=Arrivals(cases=2), follow=30)
TERM = next(iter(SMALL.definition.clocks)).name
FOUND, VIEW = bounds(NAME), year_view("5 workdays", 2026)
SWEPT = sweep(TERM, ["5 workdays"], SMALL, runs=2)
ODD = [
    None, "", "x", "5 days", "999999", b"15", 0, -1, 1.5, float("nan"), True, 10**30, object(), [], {}, (), [None], ["x"], ["5 yuan"], [5], [-5], {"x": "y"},
    {1: 2}, datetime(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC), date.min, date.max, timedelta(1), Path("nowhere"), WorkCalendar.china(),  # noqa: DTZ001
    Legislation(), rulebook("loss_report"), Consultation, Consultation.ask, "loss_report", workdays(5), workdays(5, before=True), 2026, dict,
]  # fmt: skip
DOORS = {
    "bounds": (bounds, NAME),
    **{f"bounds.{name}": (lambda value, name=name: bounds(NAME, **{name: value}), usual) for name, usual in {
        "places": "440100", "on": date(2026, 3, 2), "law": rulebook(NAME), "without": ["send_back"],
    }.items()},
    "Bounds.way": (FOUND.way, "reimbursed", ""),
    "Bounds.say": (FOUND.say, "zh"),
    "year_view": (year_view, "5 workdays", 2026, None),
    "YearView.say": (VIEW.say, "zh"),
    "sweep": (lambda parameter, amounts, process: sweep(parameter, amounts, process, runs=2), TERM, ["5 workdays"], SMALL),
    "Sweep.comparison": (SWEPT.comparison, "5 workdays"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]
    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument: no error of Python's own, and what is said is said in both languages."""
    odd = {f"{number} {type(value).__name__}": value for number, value in enumerate(ODD)}
    for label, error in refusals(DOORS, name, i, odd).items():
        if error is not None:
            assert error.say("zh") != error.say("en"), label
