"""How soon something is done where something else may come first: the estimator of Aalen and Johansen for competing risks.

An act that another one forestalls was not observed, and would have been done later: counting the observed ones alone makes slow acts
rare and the others quick. So whatever is forestalled counts as long as it was waited for (Kaplan and Meier 1958, Aalen and Johansen 1978).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import fsum

from attrs import frozen

Observed = tuple[float, str]  # how long it was waited for, and what was done then; nothing if something else came first


@frozen
class Incidence:
    """For each act the lengths after which it was done, each with its share of all; ``left`` is the share that nothing is done in."""

    lengths: dict[str, list[tuple[float, float]]]
    left: float

    def share(self, act: str) -> float:
        """The share of all in which an act is done."""
        return sum(weight for _, weight in self.lengths.get(act, ()))

    def parts(self, acts: Iterable[str], number: int) -> list[float]:
        """How long these acts take, in so many equally likely parts from the shortest on: the mean length of each part.

        Their mean is that of all. Quantiles would not keep it: between the last two nobody knows where a long tail lies.
        """
        pairs = sorted(pair for act in acts for pair in self.lengths.get(act, ()))
        share = fsum(weight for _, weight in pairs) / number
        waiting = iter(pairs)
        found, (length, weight) = [], next(waiting)
        for _ in range(number):
            taken, missing = [], share
            while missing > 0:
                part = min(weight, missing)
                taken.append((length, part))
                missing, weight = missing - part, weight - part
                if missing > 0:
                    length, weight = next(waiting, (pairs[-1][0], missing))
            found.append(fsum(length * part for length, part in taken) / share)
        return found


def incidence(observed: Sequence[Observed]) -> Incidence:
    """What is done how soon. Of what ends at one moment, acts come before what was forestalled."""
    lengths: dict[str, list[tuple[float, float]]] = {}
    at_risk, left = len(observed), 1.0
    for length, group in groupby(sorted(observed), key=lambda one: one[0]):
        ended = Counter(act for _, act in group)
        done = {act: number for act, number in ended.items() if act}
        for act, number in done.items():
            lengths.setdefault(act, []).append((length, left * number / at_risk))
        left *= 1 - sum(done.values()) / at_risk
        at_risk -= sum(ended.values())
    return Incidence(lengths, max(0.0, left))
