"""Cases a second where cases wait for one another: a print office with two stations, beside other simulators, in turn in one process.

The model is `tests/simulation/print_office.py`: 40 applications a day, of which 80 can be looked at and 60 printed, as each day begins. The
simulators of the group ``peers``, where they are installed, have it by hand (`benchmarks/simulation/peers`). ssflow plays it by
the definition of a procedure, on the calendar, with all its clocks, through the public `simulate`. So it does once more with applicants of
whom some withdraw if the review is not quicker; SimPy has these too. The same office by the procedure of card replacement
(`tests/simulation/card_office.toml`) has a fee and the enabling of the card as well: twice as many events a case. Below are the scenario that
comes with the library with stations of its own, by cases a day and by clerks, and for 200 offices; what clerks cost at least, which is two draws a
case, one sort and one pass over a heap; two threads beside one, and the memory of a run. Each is played in columns and, where Numba is
installed, in machine code.
"""

import math
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from attrs import evolve

from ssflow.simulation import (
    Arrivals,
    Duration,
    Scenario,
    Serves,
    Simulation,
    Station,
    default_scenario,
    load_scenario,
    simulate,
)
from ssflow.simulation.engines.columns.serving import by_clerks
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.engines.playing import Engine
from ssflow.simulation.numbers import NEVER

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks.simulation.peers import DAY
from tests.brought import package
from tests.simulation.print_office import WITHDRAWS, PrintOffice, office

ROOT = Path(__file__).parents[2]
CARDS = default_scenario("card_replacement")
CITIES = ("440100", "110000", "450100", "510100", "330100", "320100", "420100", "210100", "610100", "370100")
ROUNDS = 3
PEERS = {"simpy": 20_000, "cimba": 100_000, "ciw": 3_000, "salabim": 3_000}  # how many cases each plays


def played(scenario: Scenario) -> Callable[[int, int, Engine], Simulation]:
    """A way to play so many cases of an office: as many a day on more days, of which each has its law; it is asked about them once for all runs."""

    def play(cases: int, runs: int, engine: Engine) -> Simulation:
        through = scenario.start.replace(year=scenario.start.year + 1 + cases // runs // (DAY * 240))
        arrivals = Arrivals(cases=cases // runs, through=through)
        return simulate(evolve(scenario, arrivals=arrivals), runs=runs, engine=engine)

    return play


def cards(cases: int, *stations: Station, runs: int = 1, engine: Engine = "columns", **parts: Any) -> Simulation:
    practices = CARDS.practices
    if any(station.clerks for station in stations):
        hands_on = Duration("lognormal", [0.75, 0.5], "workhours")
        practices = tuple(
            evolve(practice, takes=hands_on) if (practice.state, practice.by) == ("checking", "office") else practice
            for practice in practices
        )
    arrivals = Arrivals(cases=cases)
    return simulate(
        evolve(CARDS, practices=practices, stations=stations, arrivals=arrivals, **parts), runs=runs, engine=engine
    )


def counter(**number: Any) -> Station:
    return Station(id="counter", serves=[Serves(state="checking", by="office")], **number)


def works(per_day: int) -> Station:
    return Station(id="works", serves=[Serves(state="making", by="issuer")], per_day=per_day)


def national(cases: int, offices: int = 200, engine: Engine = "columns") -> Simulation:
    """Offices in ten cities, each with clerks of its own, and a works that prints for all of them, with load 0.8."""
    damaged = next(profile for profile in CARDS.profiles if not profile.before)
    a_day = cases * 1.1 / 250 / offices
    counters = [
        Station(
            id=f"counter-{n}",
            serves=[Serves(state="checking", by="office", profiles=[f"office-{n}"])],
            clerks=max(1, math.ceil(a_day * 0.85 / 8 / 0.8)),
        )
        for n in range(offices)
    ]
    profiles = [evolve(damaged, id=f"office-{n}", share=1, places=CITIES[n % len(CITIES)]) for n in range(offices)]
    return cards(cases, *counters, works(int(cases / 250 / 0.8)), profiles=profiles, engine=engine)


def floor(cases: int) -> None:
    """What no way to play clerks can do without: two draws a case, one sort, one pass over a heap, and the sum of when they are done."""
    stream, numbers = Stream.of(1, 0, "floor"), np.arange(cases)
    luck = stream.luck(numbers)
    came = np.sort(share_of(stream.drawn(luck)) % (480 * 250))
    length = Duration("lognormal", [0.75, 0.5], "workhours").minutes(480).take(part_of(stream.drawn(luck, 1)))
    never = np.full(cases, NEVER)
    starts = by_clerks(max(1, int(cases / 250 * 0.85 / 8 / 0.8)), came, length, never)
    (starts + length).sum()


def _threads(play: Callable[[int], object]) -> float:
    """How much sooner two threads are done than one, the best of some rounds in turn."""
    took: dict[int, float] = dict.fromkeys((1, 2), math.inf)
    for workers in (1, 2) * ROUNDS:
        begun = time.perf_counter()
        play(workers)
        took[workers] = min(took[workers], time.perf_counter() - begun)
    return took[1] / took[2]


def hashing(workers: int) -> None:
    """What two threads can gain on this machine: work that shares nothing and holds no lock."""
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda _: sha256(bytes(2**22)).digest(), range(500)))


def _scenarios() -> dict[str, tuple[Callable[[int, Engine], Any], int]]:
    """What is played, and how many cases of it."""
    per_day = 100_000 / 250
    clerks = counter(clerks=int(per_day * 1.1 * 0.85 / 8 / 0.8)), works(int(per_day / 0.8))
    daily = counter(per_day=int(per_day * 1.1 / 0.8)), works(int(per_day / 0.8))
    by_card = played(load_scenario(ROOT / "tests/simulation/card_office.toml"))
    bare, racing = played(office()), played(office(withdraws=True))
    return {
        "print office": (lambda n, engine: bare(n, 1, engine), 100_000),
        "print office, twenty runs": (lambda n, engine: bare(n, 20, engine), 2_000_000),
        "print office, withdrawals": (lambda n, engine: racing(n, 1, engine), 100_000),
        "withdrawals, twenty runs": (lambda n, engine: racing(n, 20, engine), 2_000_000),
        "by card replacement": (lambda n, engine: by_card(n, 1, engine), 100_000),
        "by card replacement, twenty runs": (lambda n, engine: by_card(n, 20, engine), 2_000_000),
        "cards without stations": (lambda n, engine: cards(n, engine=engine), 100_000),
        "cards without stations, a million": (lambda n, engine: cards(n, engine=engine), 1_000_000),
        "cards, so many a day (load 0.8)": (lambda n, engine: cards(n, *daily, engine=engine), 100_000),
        "cards, clerks (load 0.8)": (lambda n, engine: cards(n, *clerks, engine=engine), 100_000),
        "cards, clerks, five runs": (lambda n, engine: cards(n // 5, *clerks, runs=5, engine=engine), 500_000),
        "cards, 200 offices with clerks": (lambda n, engine: national(n, engine=engine), 100_000),
    }


def main() -> None:
    """Print cases a second of the processor's time, the best of some rounds in turn, and how they compare; then two threads by the clock."""
    engines: tuple[Engine, ...] = ("columns", "compiled") if find_spec("numba") else ("columns",)
    measured: dict[str, tuple[Callable[[int], Any], int]] = {"draws, sort and heap of clerks alone": (floor, 100_000)}
    for name, (play, cases) in _scenarios().items():
        measured |= {f"{name}, {engine}": (partial(play, engine=engine), cases) for engine in engines}
    peers = {name: import_module(f"benchmarks.simulation.peers.in_{name}") for name in PEERS if find_spec(name)}
    measured |= {f"print office, {name}": (peer.play, PEERS[name]) for name, peer in peers.items()}
    if "simpy" in peers:
        racing = partial(peers["simpy"].play, withdraws=WITHDRAWS / 100)
        measured["print office, withdrawals, simpy"] = (racing, PEERS["simpy"])
    for name in PEERS.keys() - peers.keys():
        print(f"{name} is not installed and left out")
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for play, cases in measured.values():
        play(cases // 100)  # what is built once is built, and compiled
    for _ in range(ROUNDS):
        for name, (play, cases) in measured.items():
            begun = time.process_time()
            play(cases)
            rates[name].append(cases / (time.process_time() - begun))
    base = max(rates.get("print office, simpy", rates["print office, columns"]))
    for name, found in rates.items():
        print(f"{name:45} {max(found):12,.0f} cases/s  {max(found) / base:9.2f} x")
    print(f"{'two threads beside one, hashing alone':45} {_threads(hashing):12.2f} x")
    for engine in engines:
        gain = _threads(lambda workers, engine=engine: simulate(CARDS, cases=500_000, workers=workers, engine=engine))
        print(f"{f'two threads beside one, {engine}':45} {gain:12.2f} x")
    print(f"{'most memory':45} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:12,.0f} MB")


if __name__ == "__main__":
    with TemporaryDirectory() as folder, package(Path(folder), print_office=PrintOffice):
        main()
