"""Odd values at the doors of the simulation: an answer, or an error of ours in both languages."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from pandas import NA, NaT, Series

from ssflow import Legislation, WorkCalendar, rulebook
from ssflow.machines.card_replacement import CardReplacement
from ssflow.simulation import (
    Arrivals,
    Before,
    Duration,
    Hours,
    Practice,
    Profile,
    Serves,
    Station,
    Table,
    default_scenario,
    load_scenario,
    simulate,
)
from ssflow.simulation.engines.model import Model
from tests.odd import places_of, refusals

CARD = evolve(default_scenario("card_replacement"), arrivals=Arrivals(cases=3), follow=30)
DAY, LENGTH = date(2026, 3, 2), Duration("fixed", 1, "days")
(FIRST, LOST, *_) = CARD.profiles
NOW = simulate(CARD, runs=2)
ODD = [
    None, "", "x", "999999", b"15", 0, -1, 1.5, float("nan"), float("inf"), True, 10**30, object(), [], {}, (), [None], ["x"], {"x": "y"},
    {1: 2}, {"apply": 1}, {"apply": {"reason": "lost"}}, {"check": LENGTH}, datetime(2026, 3, 2), date.min, date.max, timedelta(1), time(9),  # noqa: DTZ001
    Path("nowhere"), WorkCalendar.china(), Legislation(), rulebook("loss_report"), CardReplacement, CardReplacement.holder, FIRST, CARD, LENGTH,
    "card_replacement", "medical_transfer", "apply", "checking", "holder", [FIRST, FIRST], [1, 2], (time(9), time(8)), ("9", "17"), {DAY: "3"},
    {"2026-03-02": 3}, {DAY: -1}, [[1]], Practice(takes=LENGTH),
    NaT, NA, np.array([1, 2]), np.array([]), Series([NaT]),
]  # fmt: skip


def scenario(**parts: object) -> None:
    """A scenario with other parts, ready to be played."""
    Model(evolve(CARD, **parts)).check()


def practice(*parts: object) -> None:
    names = ("takes", "state", "by", "acts", "others", "idle", "takes_for", "repeat")
    made = Practice(**dict(zip(names, parts, strict=True)))
    scenario(practices=[made, *CARD.practices[1:]])


COUNTER = Station(id="counter", serves=[Serves(state="checking", by="office")], clerks=1)


def station(**parts: object) -> None:
    scenario(stations=[evolve(COUNTER, **parts)])


def profile(*parts: object) -> None:
    names = ("id", "title", "share", "opens", "data", "related", "before", "by", "places")
    scenario(profiles=[Profile(**dict(zip(names, parts, strict=True)))])


def before(case: object, does: object, data: object, by: object) -> None:
    scenario(profiles=[evolve(LOST, before=[Before(case=case, does=does, data=data, by=by)])])


def arrivals(name: str):
    return lambda value: scenario(arrivals=evolve(Arrivals(cases=3), **{"cases": None, name: value}))


DOORS = {
    **{f"Scenario.{name}": (lambda value, name=name: scenario(**{name: value}), getattr(CARD, name)) for name in (
        "process", "title", "note", "places", "start", "arrivals", "profiles", "practices", "stations", "hours", "follow", "warm_up", "seed", "law",
    )},
    "Practice": (practice, LENGTH, "checking", "holder", {"pay": 1}, 0, 0, {}, ()),
    **{f"Station.{name}": (lambda value, name=name: station(**{name: value}), getattr(COUNTER, name)) for name in (
        "id", "title", "serves", "clerks", "weekdays", "dates", "hours", "order", "first",
    )},
    "Station.per_day": (lambda value: station(clerks=None, per_day=value), 3),
    "Serves": (lambda *parts: station(serves=[Serves(**dict(zip(("state", "by", "acts", "profiles"), parts, strict=True)))]), "checking", "office", ["accept"], [FIRST.id]),
    "Profile": (profile, "a", FIRST.title, 1, "apply", FIRST.data, {}, (), "holder", "110000"),
    "Before": (before, "loss", "report_formally", LOST.before[0].data, "holder"),
    **{f"Arrivals.{name}": (arrivals(name), value) for name, value in {
        "cases": 3, "per_day": 2.0, "counted": {DAY: 2},
    }.items()},
    **{f"Arrivals.{name}": (lambda value, name=name: scenario(arrivals=evolve(Arrivals(cases=3), **{name: value})), getattr(Arrivals(), name))
       for name in ("through", "on", "weekdays", "months")},
    "Duration": (lambda *parts: scenario(practices=[evolve(CARD.practices[0], takes=Duration(*parts)), *CARD.practices[1:]]), "fixed", 1, "days"),
    "Hours": (lambda *parts: scenario(hours=Hours(*parts)), (time(9), time(17)), (time(8), time(22))),
    "simulate": (simulate, CARD),
    **{f"simulate.{name}": (lambda value, name=name: simulate(CARD, runs=1, **{name: value}), usual) for name, usual in {
        "cases": 2, "places": "440100", "start": DAY, "seed": 3, "law": rulebook("card_replacement"), "workers": 1, "engine": "event",
        "keep": True, "on_progress": None, "until": "late <= 90 pp", "most_runs": 1, "open_cases": None,
    }.items()},
    "simulate.runs": (lambda runs: simulate(CARD, runs=runs), 1),
    "load_scenario": (load_scenario, Path(__file__).parents[2] / "src/ssflow/simulation/scenarios/card_replacement.toml"),
    "default_scenario": (default_scenario, "card_replacement"),
    "Simulation.case": (NOW.case, 0, 0),
    "Simulation.log": (NOW.log, None, 0),
    "Simulation.compare": (NOW.compare, NOW),
    "Table": (lambda name: NOW.cases[name], "case"),
    "Table.only": (NOW.cases.only, "case"),
    "Table.rows": (lambda lang: list(NOW.late().rows(lang)), "zh"),
    "Table.titled": (NOW.late().titled, "zh"),
    "Table.say": (NOW.late().say, "zh"),
    "Table.to_polars": (NOW.late().to_polars, "zh"),
    "Replay.say": (NOW.case(0).say, "zh"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]
    door(*usual)
    assert isinstance(NOW.cases, Table)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument: no error of Python's own, and what is said is said in both languages."""
    odd = {f"{number} {type(value).__name__}": value for number, value in enumerate(ODD)}
    for label, error in refusals(DOORS, name, i, odd).items():
        if error is not None:
            assert error.say("zh") != error.say("en"), label
