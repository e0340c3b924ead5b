"""The print office in Ciw, whose slotted services fit it exactly."""

import random
from typing import Any

import ciw

from benchmarks.simulation.peers import DAY, PRINTED, REVIEWED, geometric


def play(cases: int) -> None:
    dist = ciw.dists

    class Made(dist.Distribution):
        def sample(self, t: float | None = None, ind: Any = None) -> float:  # noqa: ARG002 - as it is asked
            return max(1, random.gauss(12, 3))

    class Corrected(dist.Distribution):
        def sample(self, t: float | None = None, ind: Any = None) -> float:  # noqa: ARG002 - as it is asked
            return geometric(random)

    none = None
    network = ciw.create_network(
        arrival_distributions=[dist.Exponential(DAY), none, none, none, none],
        service_distributions=[
            dist.Lognormal(-0.125, 0.5),
            Corrected(),
            Made(),
            dist.Deterministic(3),
            dist.Exponential(1 / 5),
        ],
        routing=[
            [0.0, 0.08, 0.92, 0.0, 0.0],
            [1.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.6, 0.4],
            [0.0] * 5,
            [0.0] * 5,
        ],
        number_of_servers=[
            ciw.Slotted(slots=[1], slot_sizes=[REVIEWED]),
            float("inf"),
            ciw.Slotted(slots=[1], slot_sizes=[PRINTED]),
            float("inf"),
            float("inf"),
        ],
    )
    ciw.seed(1)
    ciw.Simulation(network).simulate_until_max_customers(cases, method="Finish")
