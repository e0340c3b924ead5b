"""Odd values at the doors of the analysis: an answer, or an error of ours in both languages."""

from datetime import date

import pytest
from attrs import evolve

from ssflow import rulebook, workdays
from ssflow.analysis import bounds, sweep, year_view
from ssflow.machines.consultation import Consultation
from ssflow.simulation import Arrivals, default_scenario
from tests.odd import idle, places_of, refusals, taken_wrongly
from tests.values import ODD

NAME = "gap_expenses"
SMALL = evolve(default_scenario(NAME), arrivals=Arrivals(cases=2), follow=30)
TERM = next(iter(SMALL.definition.clocks)).name
FOUND, VIEW = bounds(NAME), year_view("5 workdays", 2026)
SWEPT = sweep(TERM, ["5 workdays"], SMALL, runs=2)
VALUES = {
    **ODD, "999999": "999999", "5 workdays": "5 workdays", "['5 yuan']": ["5 yuan"], "['5 workdays']": ["5 workdays"], "[5]": [5], "[-5]": [-5], "2026": 2026,
    "a rulebook": rulebook("loss_report"), "another class": Consultation, "a class of Python": dict, "a span": workdays(5), "a span before": workdays(5, before=True),
}  # fmt: skip
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

# What else is taken than a value of just the class of the usual one.
TAKES: dict[tuple[str, int], tuple[str, ...]] = {
    ("bounds", 0): ("a procedure", "another procedure", "a class", "another class"),
    **dict.fromkeys((("bounds.places", 0), ("bounds.on", 0)), ("None",)),
    ("bounds.law", 0): ("None", "a law"),
    ("bounds.without", 0): ("[]", "{}", "()"),  # nothing is left out
    ("Bounds.way", 1): ("''",),
    ("year_view", 0): ("5 workdays", "a span"),
    ("year_view", 1): ("2026",),
    ("year_view", 2): ("None", "a calendar"),
    ("sweep", 1): ("{1: 2}", "['5 workdays']", "[5]"),  # a number alone takes the unit of the figure
    ("Sweep.comparison", 0): ("5 workdays",),
}


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]
    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument is refused by us in both languages, but for what is listed as taken."""
    refused = refusals(DOORS, name, i, VALUES)

    assert taken_wrongly(DOORS, name, i, refused, TAKES, VALUES) == []
    assert idle(name, i, refused, TAKES) == []
    for label, error in refused.items():
        assert error is None or error.say("zh") != error.say("en"), label
