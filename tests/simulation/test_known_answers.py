"""What mathematics and others say of queues, said again by the public `simulate`."""

import os
from collections.abc import Iterator
from datetime import timedelta
from math import factorial
from pathlib import Path

import numpy as np
import pytest
import simpy
from attrs import evolve

from ssflow.simulation import (
    Arrivals,
    Duration,
    Estimate,
    Practice,
    Scenario,
    Serves,
    Simulation,
    Station,
    default_scenario,
    load_scenario,
    simulate,
)
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from tests.brought import package
from tests.simulation.print_office import PrintOffice, office

HOURS = (9 * 60, 17 * 60)
DAY = 480  # minutes of a day at work
ASKED = default_scenario("consultation")
RUNS = int(os.environ.get("SSFLOW_TEST_KNOWN_RUNS", "8"))


def asked(clerks: int, takes: Duration, load: float, years: int = 3) -> Scenario:
    """Questions that come by chance and are answered by some clerks, each of whom is busy for such a share of the time."""
    lengths = takes.minutes(DAY)
    return evolve(
        ASKED,
        arrivals=Arrivals(
            per_day=load * clerks * DAY / lengths.mean(), through=ASKED.start + timedelta(days=365 * years)
        ),
        practices=[Practice(by="agency", takes=takes)],
        stations=[Station(id="desk", serves=[Serves(by="agency")], clerks=clerks)],
        warm_up=60,
        follow=60,
    )


def worked(run: Simulation, moments: np.ndarray) -> np.ndarray:
    """The minutes for which offices were open before some moments."""
    start = np.datetime64(run.scenario.start)
    days = (moments.astype("datetime64[D]") - start).astype(int)
    every = start + np.arange(run.scenario.days)
    before = np.concatenate([[0], np.cumsum(run.scenario.law.calendar.is_workday(every))])
    within = np.clip((moments - moments.astype("datetime64[D]")).astype(int) - HOURS[0], 0, DAY)
    return before[days] * DAY + within * (before[days + 1] - before[days])


def waits(scenario: Scenario) -> Estimate:
    """The minutes at work for which a question waits for a clerk, over some runs."""
    means = []
    for seed in range(RUNS):
        run = simulate(scenario, runs=1, seed=seed)
        kept = np.flatnonzero(
            (run.cases["opened"] >= np.datetime64(scenario.start) + np.timedelta64(60, "D"))
            & ~np.isnat(run.cases["closed"])
        )
        took = worked(run, run.cases["closed"][kept]) - worked(run, run.cases["opened"][kept])
        means.append(took.mean() - scenario.practices[0].takes.minutes(DAY).mean())
    return Estimate.of(means)


def agrees(found: Estimate, known: float) -> bool:
    """Whether the truth lies where one of twenty misses, with a little room; and whether that is near enough to say anything."""
    assert found.margin < 0.15 * known
    return abs(found.mean - known) < 1.3 * found.margin


def test_one_clerk_with_exponential_times() -> None:
    """M/M/1: a load of 0.7 waits for 0.7 / 0.3 times the work."""
    takes = Duration("exponential", 1, "workhours")
    mean = takes.minutes(DAY).mean()
    assert agrees(waits(asked(1, takes, 0.7)), mean * 0.7 / 0.3)


def test_one_clerk_with_fixed_times() -> None:
    """M/D/1: half of that."""
    assert agrees(waits(asked(1, Duration("fixed", 1, "workhours"), 0.7)), 60 * 0.7 / 0.3 / 2)


def test_some_clerks_with_exponential_times() -> None:
    """M/M/3: the formula of Erlang for those who wait."""
    takes, clerks, load = Duration("exponential", 1, "workhours"), 3, 0.8
    offered = clerks * load
    last = offered**clerks / factorial(clerks) / (1 - load)
    waiting = last / (sum(offered**n / factorial(n) for n in range(clerks)) + last)
    mean = takes.minutes(DAY).mean()
    assert agrees(waits(asked(clerks, takes, load)), mean * waiting / (clerks * (1 - load)))


def test_the_law_of_little() -> None:
    """The mean queue is the rate at which cases come, times how long they stay in it; each is counted in its own way."""
    run = simulate(asked(1, Duration("exponential", 1, "workhours"), 0.8), runs=RUNS)
    (station,) = run.stations().rows()
    scenario = run.scenario
    days = (scenario.arrivals.through - scenario.start).days + 1 - scenario.warm_up
    queue = run.queues()["desk"][scenario.warm_up : scenario.warm_up + days].mean()
    assert queue == pytest.approx(station["joined"] / days * station["wait"], rel=0.08)
    assert station["utilisation"] == pytest.approx(80, abs=2)


def test_a_simulation_package_has_the_same_case_by_case() -> None:
    """SimPy, with the same arrivals and the same work: every answer falls on the same minute."""
    takes = Duration("lognormal", [1, 1.2], "workhours")
    for clerks in (1, 3):
        scenario = asked(clerks, takes, 0.95, 1)
        run = simulate(scenario, runs=1)
        opened = worked(run, run.cases["opened"])
        bits = Stream.of(scenario.seed, 0, "practice", "asked", "agency").bits(np.arange(len(opened)), 0)
        lengths = takes.minutes(DAY)[part_of(bits)]
        env = simpy.Environment()
        desk, closed = simpy.Resource(env, clerks), np.zeros(len(opened), dtype=int)

        def question(case: int, comes: int, takes: int, env=env, desk=desk, closed=closed) -> Iterator:
            yield env.timeout(comes)
            with desk.request() as clerk:
                yield clerk
                yield env.timeout(takes)
            closed[case] = env.now

        for case in np.argsort(opened, kind="stable").tolist():
            env.process(question(case, int(opened[case]), int(lengths[case])))
        env.run()
        there = ~np.isnat(run.cases["closed"])
        assert there.sum() > 0.9 * len(there)
        assert worked(run, run.cases["closed"][there]).tolist() == closed[there].tolist()


OFFICE = load_scenario(Path(__file__).with_name("card_office.toml"))
STAGES = {"applied": ["apply"], "printed": ["finish", "hand_over", "post"], "had": ["collect", "deliver"]}


@pytest.mark.parametrize("procedure", ["card_replacement", "print_office"])
def test_the_office_that_others_have_simulated(tmp_path: Path, procedure: str) -> None:
    """SimPy, salabim, Ciw, simpn and cimba agree on a mean of 18.14 to 18.17 days, a P99 of 34.4 to 34.7, and 5.0 to 5.3 % over 20 days."""
    with package(tmp_path, print_office=PrintOffice):
        known_by_others(OFFICE if procedure == OFFICE.process else office())


def known_by_others(scenario: Scenario) -> None:
    means, tails, late = [], [], []
    for seed in range(3 * RUNS):
        run = simulate(scenario, runs=1, seed=seed)
        log = run.log()
        moments = {}
        for stage, acts in STAGES.items():
            here = np.isin(log["concept:name"], acts)
            moments[stage] = dict(
                zip(log["case:concept:name"][here].tolist(), worked(run, log["time:timestamp"][here]), strict=True)
            )
        took = np.array([done - moments["applied"][case] for case, done in moments["had"].items()]) / DAY
        printed = np.array([done - moments["applied"][case] for case, done in moments["printed"].items()]) / DAY
        assert len(took) > 0.99 * len(moments["applied"])
        means.append(took.mean())
        tails.append(np.quantile(took, 0.99))
        late.append(100 * (printed > 20).mean())
    for found, least, most in ((means, 18.14, 18.17), (tails, 34.4, 34.7), (late, 5.0, 5.3)):
        estimate = Estimate.of(found)
        assert least - estimate.margin < estimate.mean < most + estimate.margin, estimate


def test_that_office_is_the_same_in_a_simulation_package_case_by_case() -> None:
    """SimPy, with the same arrivals, choices and work, on the clock of the office: every card is printed on the same minute."""
    scenario = evolve(OFFICE, arrivals=Arrivals(per_day=40, through=OFFICE.start + timedelta(days=60)))
    # So that days are full: two reviews more than come, and no print too many.
    stations = [evolve(one, per_day=number) for one, number in zip(scenario.stations, (44, 41), strict=True)]
    run = simulate(evolve(scenario, stations=stations), runs=1)
    log = run.log()
    printed = np.isin(log["concept:name"], ["finish", "post"])
    known = dict(
        zip(
            log["case:concept:name"][printed].tolist(),
            worked(run, log["time:timestamp"][printed]).tolist(),
            strict=True,
        )
    )
    assert known == in_simpy(run, worked(run, run.cases["opened"]).tolist(), {"review": 44, "print": 41})
    assert simulate(scenario, runs=1).log()["time:timestamp"].tolist() != log["time:timestamp"].tolist()


def in_simpy(run: Simulation, opened: list[int], capacity: dict[str, int]) -> dict[int, int]:  # noqa: C901 - one model
    """The minute at which each card of the office is printed."""
    takes = {(p.state, p.by): p.takes.minutes(DAY) for p in run.scenario.practices}
    env = simpy.Environment()
    queues: dict[str, list] = {name: [] for name in capacity}
    done: dict[int, int] = {}

    def drawn(state: str, role: str, case: int, visit: int) -> tuple[float, int]:
        bits = Stream.of(run.scenario.seed, 0, "practice", state, role).one(case, visit)
        return share_of(bits) / 2**32, int(takes[state, role][part_of(bits)])

    def day() -> Iterator:
        while True:
            for _ in range(9):  # whatever else happens at this minute comes first
                yield env.timeout(0)
            for name, queue in queues.items():
                queue.sort(key=lambda waiting: waiting[:2])
                for *_, begins in queue[: capacity[name]]:
                    begins.succeed()
                del queue[: capacity[name]]
            yield env.timeout(DAY)

    def turn(name: str, case: int) -> simpy.Event:
        queues[name].append((env.now, case, env.event()))
        return queues[name][-1][-1]

    def card(case: int) -> Iterator:
        yield env.timeout(opened[case])
        visit = 0
        while True:
            share, length = drawn("checking", "office", case, visit)
            if visit == 0 and share >= 0.08:
                yield env.timeout(1)  # until the fee is paid
            yield turn("review", case)
            yield env.timeout(length)
            if share >= 0.08:
                break
            yield env.timeout(drawn("returned", "holder", case, visit)[1])
            visit += 1
        yield turn("print", case)
        yield env.timeout(drawn("making", "issuer", case, 0)[1])
        done[case] = env.now

    env.process(day())
    for case in range(len(opened)):
        env.process(card(case))
    env.run(until=run.scenario.days * DAY)
    end = int(worked(run, np.array([np.datetime64(run.scenario.end)]))[0])
    return {case: moment for case, moment in done.items() if moment < end}
