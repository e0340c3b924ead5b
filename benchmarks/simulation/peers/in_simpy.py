"""The print office in SimPy, also with applicants who withdraw if the review is not quicker."""

import random
from collections.abc import Iterator
from typing import Any

import simpy

from benchmarks.simulation.peers import DAY, PRINTED, REVIEWED, geometric
from tests.simulation.print_office import AFTER


def play(cases: int, withdraws: float = 0.0) -> None:  # noqa: C901 - one model, read from top to bottom
    """With applicants who withdraw, each of them waits for two things at once until the review is over."""
    chance, env = random.Random(1), simpy.Environment()  # noqa: S311 - a simulation
    queues: dict[str, list[Any]] = {"review": [], "print": []}

    def opening() -> Iterator[Any]:
        """As each day begins the first of those who wait are taken up."""
        while True:
            yield env.timeout(1)
            for queue, most in ((queues["review"], REVIEWED), (queues["print"], PRINTED)):
                for waiting in queue[:most]:
                    waiting.succeed()
                del queue[:most]

    def racing() -> Iterator[Any]:
        """Queue and be reviewed, unless the withdrawal comes first."""
        leaves, called = env.timeout(chance.expovariate(1 / AFTER)), turn("review")
        yield called | leaves
        if not called.triggered:
            queues["review"].remove(called)
            return False
        reviewed = env.timeout(chance.lognormvariate(-0.125, 0.5))
        yield reviewed | leaves
        return reviewed.processed

    def turn(name: str) -> Any:
        queues[name].append(env.event())
        return queues[name][-1]

    def case() -> Iterator[Any]:
        while True:
            if withdraws and chance.random() < withdraws:
                if not (yield from racing()):
                    return
            else:
                yield turn("review")
                yield env.timeout(chance.lognormvariate(-0.125, 0.5))
            if chance.random() >= 0.08:
                break
            yield env.timeout(geometric(chance))
        yield turn("print")
        yield env.timeout(max(1, chance.gauss(12, 3)))
        yield env.timeout(3 if chance.random() < 0.6 else chance.expovariate(1 / 5))

    def arriving() -> Iterator[Any]:
        for _ in range(cases):
            yield env.timeout(chance.expovariate(DAY))
            env.process(case())

    env.process(opening())
    env.process(arriving())
    env.run(until=cases / DAY + 200)
