"""Cases a second: the default scenario of card replacement in columns and by the kernel, beside a hand-written model in SimPy.

SimPy is measured where it is installed (``pip install simpy``). Its model has the states, shares and durations of the scenario and none of
its law: no calendar, no clocks, no conditions but the fee. All are measured in turn, several times, in one process, through what users call.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from attrs import evolve

from ssflow.simulation import Arrivals, Simulation, default_scenario, simulate

SCENARIO = default_scenario("card_replacement")
ROUNDS = 3
# Of a run; a hundred million take some minutes and are played where SSFLOW_BENCH_LARGE is set.
SIZES = [10**n for n in range(4, 9 if os.environ.get("SSFLOW_BENCH_LARGE") else 8)]


def columns(cases: int) -> Simulation:
    return simulate(evolve(SCENARIO, arrivals=Arrivals(cases=cases)), runs=1)


def by_the_kernel(cases: int) -> Simulation:
    return simulate(evolve(SCENARIO, arrivals=Arrivals(cases=cases)), runs=1, engine="event")


def in_simpy(cases: int) -> None:  # noqa: C901 - one model, read from top to bottom
    """The same states and durations in calendar days, with the fee as the one condition."""
    import simpy

    chance = random.Random(1)  # noqa: S311 - a simulation
    env = simpy.Environment()

    def takes(median: float, spread: float) -> Any:
        return env.timeout(median * chance.lognormvariate(0, spread))

    def checked(paid: Any) -> Iterator[Any]:
        while True:
            yield takes(1, 0.6)
            share = chance.random()
            if share < 0.91:
                yield paid
                return True
            if share < 0.93:
                return False
            yield takes(3, 0.8)

    def paying(paid: Any) -> Iterator[Any]:
        yield takes(0.3, 1)
        paid.succeed()

    def case() -> Iterator[Any]:
        yield env.timeout(chance.uniform(0, 365))
        paid = env.event()
        env.process(paying(paid))
        if not (yield from checked(paid)):
            return
        while True:
            yield takes(4, 0.4)
            if chance.random() >= 0.02:
                break
            yield takes(1, 0.5)
        for median, spread in ((5, 1), (5, 1), (5, 1)):
            yield takes(median, spread)

    for _ in range(cases):
        env.process(case())
    env.run()


def most_memory(cases: int) -> float:
    """The most memory that a process of its own takes to play a run of so many cases, in megabytes."""
    played = (
        f"import resource; from ssflow.simulation import simulate; simulate('card_replacement', cases={cases}, runs=1); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    return float(subprocess.run([sys.executable, "-c", played], check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print cases a second, the median of some rounds in turn, and how they compare."""
    measured: dict[str, tuple[Callable[[int], Any], int]] = {
        "columns, 10,000 cases": (columns, 10_000),
        "columns, 100,000 cases": (columns, 100_000),
        "columns, 1,000,000 cases": (columns, 1_000_000),
        "the kernel, case by case": (by_the_kernel, 300),
    }
    if find_spec("simpy"):
        measured["SimPy, by hand and without law"] = (in_simpy, 20_000)
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, (play, cases) in measured.items():
            begun = time.perf_counter()
            play(cases)
            rates[name].append(cases / (time.perf_counter() - begun))
    base = statistics.median(rates.get("SimPy, by hand and without law", rates["the kernel, case by case"]))
    for name, found in rates.items():
        rate = statistics.median(found)
        print(f"{name:32} {rate:12,.0f} cases/s  {rate / base:9.1f} x")
    tally = columns(100_000).tallies[0]
    print(f"{'events of a case':32} {tally.events / tally.cases:12.2f}")
    for cases in SIZES:
        print(f"{f'most memory, {cases:,} cases':32} {most_memory(cases):12,.0f} MB")


if __name__ == "__main__":
    main()
