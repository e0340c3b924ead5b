"""The print office in cimba, which compiles Python for an engine in C."""

import math

import cimba as cb
from cimba import random

from benchmarks.simulation.peers import DAY, PRINTED, REVIEWED


class Office(cb.Model):
    """Two stations that take up the first of those who wait as each day begins, and what comes of the applications."""

    cases: cb.Param[int] = 0
    review: cb.Container
    press: cb.Container
    at_review: int = 0
    at_press: int = 0
    delivered: int = 0
    days: float = 0.0
    closed: cb.Output[float]
    mean: cb.Output[float]

    @cb.process
    def opening(self) -> None:
        """As each day begins the first of those who wait are taken up."""
        while True:
            cb.hold(1.0)
            reviewed, printed = min(REVIEWED, self.at_review), min(PRINTED, self.at_press)
            self.at_review -= reviewed
            self.at_press -= printed
            if reviewed > 0:
                self.review.put(reviewed)
            if printed > 0:
                self.press.put(printed)

    @cb.process
    def arriving(self) -> None:
        """Forty applications come on a day, on the average."""
        for _ in range(self.cases):
            cb.hold(random.exponential(1 / DAY))
            cb.spawn(Application, office=self)

    @cb.on_end
    def measure(self) -> None:
        """Say how many were delivered, and how many days they took."""
        self.closed = float(self.delivered)
        self.mean = self.days / self.delivered


class Application(cb.Model):
    """An application, from the day it comes to the day the card is with its holder."""

    office: cb.Ref[Office]

    @cb.process
    def life(self) -> None:
        """Queue, be reviewed and perhaps sent back, be printed and delivered."""
        began = cb.now()
        while True:
            self.office.at_review += 1
            self.office.review.get(1)
            cb.hold(random.lognormal(-0.125, 0.5))
            if random.uniform(0.0, 1.0) >= 0.08:
                break
            cb.hold(math.ceil(math.log(1.0 - random.uniform(0.0, 1.0)) / math.log(2 / 3)))
        self.office.at_press += 1
        self.office.press.get(1)
        cb.hold(max(1.0, random.normal(12.0, 3.0)))
        if random.uniform(0.0, 1.0) < 0.6:
            cb.hold(3.0)
        else:
            cb.hold(random.exponential(5.0))
        self.office.delivered += 1
        self.office.days += cb.now() - began
        cb.release(self)


def play(cases: int) -> None:
    """Play so many applications, and see that they take as long as they do in all the others."""
    model = Office()
    model.cases = cases
    window = cb.Window(warmup=0, duration=cases / DAY + 200)
    found = cb.Experiment(model, replications=1, window=window, seed=1).run()[model]
    assert found.closed.values.item() == cases
    assert cases < 10_000 or 17.5 < found.mean.values.item() < 19
