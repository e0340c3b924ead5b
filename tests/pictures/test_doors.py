"""Odd values at the doors of pictures: an answer, or an error of ours in both languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from ssflow import WorkCalendar, rulebook, simulate, workdays
from ssflow.pictures import (
    backlog,
    closing,
    differences,
    due_days,
    duties,
    figures,
    lateness,
    overview,
    picture,
    queues,
    timeline,
    waiting,
    warm_up,
    year,
)
from ssflow.simulation import Serves, Simulation, Station, default_scenario
from tests.odd import idle, places_of, refusals, taken_wrongly
from tests.values import EVENT, ODD, OPENED, PLAN

CAL = WorkCalendar.china()
RUN: Simulation = simulate("card_replacement", cases=3, runs=2)
DESK = Station(id="desk", serves=[Serves(state="checking", by="office")], clerks=1)
QUEUED = simulate(evolve(default_scenario("card_replacement"), stations=[DESK]), cases=3, runs=2)
FOUND = workdays(3).deadlines(np.array(["2026-03-02"], dtype="datetime64[D]"), CAL)
DOORS: dict[str, tuple[Any, ...]] = {
    "picture": (lambda value, lang: picture(value, lang).spec, CAL, "zh"),
    "backlog": (lambda run, lang: backlog(run, lang).spec, RUN, "zh"),
    "closing": (lambda run, lang, unit: closing(run, lang, unit).spec, RUN, "zh", "days"),
    "lateness": (lambda run, lang, term: lateness(run, lang, term).spec, RUN, "zh", "production"),
    "waiting": (lambda run, lang: waiting(run, lang).spec, RUN, "zh"),
    "queues": (lambda run, lang: queues(run, lang).spec, RUN, "zh"),
    "warm_up": (lambda run, lang, station, window: warm_up(run, lang, station, window).spec, QUEUED, "zh", "desk", 21),
    "overview": (lambda run, lang: overview(run, lang).spec, RUN, "zh"),
    "differences": (lambda compared, lang: differences(compared, lang).spec, RUN.compare(RUN), "zh"),
    "year": (lambda calendar, of, lang: year(calendar, of, lang).spec, CAL, 2026, "zh"),
    "due_days": (lambda found, lang: due_days(found, lang).spec, FOUND, "zh"),
    "figures": (lambda book, parameter, lang: figures(book, parameter, lang).spec, rulebook("remedy"), None, "zh"),
    "duties": (lambda plan, lang: duties(plan, lang).spec, PLAN, "zh"),
    "timeline": (
        lambda case, events, lang, calendar: timeline(case, events, lang, calendar=calendar).spec,
        OPENED, [EVENT], "zh", CAL,
    ),
}  # fmt: skip
VALUES = {**ODD, "a run": RUN, "a plan": PLAN, "a rulebook": rulebook("loss_report"), "1990": 1990, "due days": FOUND}
# What else is taken than a value of just the class of the usual one.
TAKES: dict[tuple[str, int], tuple[str, ...]] = {
    ("picture", 0): ("a case", "another case", "a run", "a plan", "a rulebook", "due days"),
    **dict.fromkeys((("closing", 2), ("lateness", 2), ("warm_up", 2), ("warm_up", 3), ("year", 1), ("figures", 1), ("duties", 1), ("timeline", 3)), ("None",)),
    ("timeline", 1): ("[]", "{}", "()"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]
    assert door(*usual)["title"]["text"]


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument is refused by us in both languages, but for what is listed as taken."""
    refused = refusals(DOORS, name, i, VALUES)

    assert taken_wrongly(DOORS, name, i, refused, TAKES, VALUES) == []
    assert idle(name, i, refused, TAKES) == []
    for label, error in refused.items():
        assert error is None or error.say("zh") != error.say("en"), label
