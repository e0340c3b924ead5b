"""The print office in salabim."""

import random
from collections.abc import Iterator
from typing import Any

import salabim as sim

from benchmarks.simulation.peers import DAY, PRINTED, REVIEWED, geometric


def play(cases: int) -> None:  # noqa: C901 - one model, read from top to bottom
    sim.yieldless(False)
    env = sim.Environment(random_seed=1, trace=False)
    chance = random.Random(1)  # noqa: S311 - a simulation
    queues = {"review": (sim.Queue("review"), REVIEWED), "print": (sim.Queue("print"), PRINTED)}

    class Opening(sim.Component):
        def process(self) -> Iterator[Any]:
            while True:
                yield self.hold(1)
                for queue, most in queues.values():
                    for _ in range(min(most, len(queue))):
                        queue.pop().activate()

    class Application(sim.Component):
        def process(self) -> Iterator[Any]:
            while True:
                yield from self.turn("review")
                yield self.hold(chance.lognormvariate(-0.125, 0.5))
                if chance.random() >= 0.08:
                    break
                yield self.hold(geometric(chance))
            yield from self.turn("print")
            yield self.hold(max(1, chance.gauss(12, 3)))
            yield self.hold(3 if chance.random() < 0.6 else chance.expovariate(1 / 5))

        def turn(self, name: str) -> Iterator[Any]:
            self.enter(queues[name][0])
            yield self.passivate()

    class Arriving(sim.Component):
        def process(self) -> Iterator[Any]:
            for _ in range(cases):
                yield self.hold(chance.expovariate(DAY))
                Application()

    Opening()
    Arriving()
    env.run(till=cases / DAY + 200)
