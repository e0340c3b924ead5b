"""Whether 95 % intervals are what they say: how many of them hold the truth, where mathematics knows it.

By default 100 intervals of six runs each at a load of 0.8. ``SSFLOW_TEST_COVERAGE=1000`` has as many of twenty runs each at a load of 0.95: there
a queue takes thousands of cases to forget how long it was. Means of short runs are skewed to the right there, and intervals of them miss the truth too
often, nearly always by being too low. Runs of 600 days are long enough; 1,000 intervals take some twenty minutes of a processor, in machine code.
"""

import os
from datetime import timedelta

from attrs import evolve

from ssflow.simulation import Arrivals, Duration, Practice, Scenario, Serves, Station, default_scenario, simulate
from ssflow.simulation.engines.playing import Engine

ASKED = default_scenario("consultation")
DAY = 480  # minutes of a day at work
WANTED = int(os.environ.get("SSFLOW_TEST_COVERAGE", "0"))


def desk(minutes: float, load: float, warm_up: int, days: int) -> Scenario:
    """Questions that come by chance, and one clerk who answers each in an exponential time."""
    takes = Duration("exponential", minutes / 60, "workhours")
    arrivals = Arrivals(
        per_day=load * DAY / takes.minutes(DAY).mean(), through=ASKED.start + timedelta(days=warm_up + days)
    )
    station = Station(id="desk", serves=[Serves(by="agency")], clerks=1)
    practice = Practice(by="agency", takes=takes)
    return evolve(ASKED, arrivals=arrivals, practices=[practice], stations=[station], warm_up=warm_up, follow=0)


def mean_queue(scenario: Scenario, load: float) -> float:
    """How many wait at the desk on the average, by Pollaczek and Khinchine, with the very lengths of the table.

    That minutes are whole changes nothing: the rounding of arrivals takes from the wait of the first in a minute what it gives to that of
    the others, half a minute times the load each.
    """
    lengths = scenario.practices[0].takes.minutes(DAY).astype(float)
    rate = load / lengths.mean()
    return float(rate**2 * (lengths**2).mean() / (2 * (1 - load)))


def covering(scenario: Scenario, truth: float, intervals: int, runs: int, engine: Engine = "columns") -> int:
    """How many intervals of so many runs hold the truth; ten of one seed are of different runs."""
    found = 0
    for seed in range(intervals // 10):
        played = simulate(scenario, runs=10 * runs, seed=seed, keep=False, engine=engine)
        for first in range(0, played.runs, runs):
            table = evolve(played, runs=runs, tallies=played.tallies[first : first + runs]).stations()
            found += abs(table["queue"][0] - truth) <= table["queue_margin"][0]
    return found


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of 1,000, from 93 to 97 in a hundred; of 100, from 88 to 99: of fair ones fewer or more come once in 200 times.

    An interval over cases instead of runs holds it in 50 of a hundred at the high load, and would not pass.
    """
    if WANTED:
        scenario = desk(3, 0.95, warm_up=60, days=600)
        found = covering(scenario, mean_queue(scenario, 0.95), WANTED, 20, "compiled")
        assert 0.93 * WANTED <= found <= 0.97 * WANTED
        return
    scenario = desk(10, 0.8, warm_up=20, days=60)
    assert 88 <= covering(scenario, mean_queue(scenario, 0.8), 100, 6) <= 99


def test_a_queue_that_began_empty_is_told_apart() -> None:
    """The same intervals without a warm-up, over days in which the queue still grows, miss the truth: so this can fail."""
    scenario = desk(10, 0.95, warm_up=0, days=20)
    assert (
        covering(scenario, mean_queue(scenario, 0.95), 10, 20) <= 3
    )  # of fair ones so few come once in ten million times
