"""The time until an act where another may come first: the estimator of Aalen and Johansen for competing risks.

An act that another one forestalls was not observed, and would have been done later: counting the observed ones alone makes slow acts
rare and the others quick. So a forestalled act counts for as long as it was waited for (Kaplan and Meier 1958, Aalen and Johansen 1978).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import fsum

from attrs import frozen

Observed = tuple[float, str]  # how long an act was waited for, and which act was done then; empty if another came first


@frozen
class Incidence:
    """The lengths after which each act was done, each with its share of all; ``left`` is the share in which nothing is done."""

    lengths: dict[str, list[tuple[float, float]]]
    left: float

    def share(self, act: str) -> float:
        """Return the share of all in which an act is done."""
        return sum(weight for _, weight in self.lengths.get(act, ()))

    def parts(self, acts: Iterable[str], number: int) -> list[float]:
        """Return the mean lengths of these acts in so many equally likely parts, from the shortest on.

        Their mean is that of all. Quantiles would not keep it, because nobody knows where a long tail lies between the last two.
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
    """Return what is done how soon. Of observations that end at one moment, acts come before forestalled ones."""
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
