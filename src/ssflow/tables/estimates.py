"""Estimates of a number from runs: means with the margin of a t-interval.

Cases of one run wait and are judged under the same chance, so only runs are independent: an interval over the cases of one
run would be far too narrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, expm1, isnan, pi, sin, sqrt
from statistics import NormalDist, fmean, stdev
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

if TYPE_CHECKING:
    import numpy.typing as npt

LEVEL = 0.95


@frozen
class Estimate:
    """A mean over runs; the truth lies within ``margin`` of it with a confidence of 95 %.

    Both are None if no run has a value; ``margin`` is also None if only one has, because a single run does not tell how far another would lie.
    """

    mean: float | None
    margin: float | None
    runs: int

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Return the estimate from the runs that have a value."""
        found = [value for value in values if not isnan(value)]
        if not found:
            return cls(None, None, 0)
        margin = t_quantile(len(found) - 1) * stdev(found) / sqrt(len(found)) if len(found) > 1 else None
        return cls(fmean(found), margin, len(found))

    @classmethod
    def of_share(cls, happened: Iterable[bool]) -> Self:
        """Return the percentage of the runs in which something happened, given for each run whether it did.

        The margin is the longer side of the interval of Wilson (1927). If it happened in all runs or in none, a t-interval would have no width.
        """
        found = [100.0 * one for one in happened]
        mean, runs = fmean(found), len(found)
        z = NormalDist().inv_cdf((1 + LEVEL) / 2)
        middle = (mean + 50 * z**2 / runs) / (1 + z**2 / runs)
        half = 100 * z / (1 + z**2 / runs) * sqrt(mean * (100 - mean) / (1e4 * runs) + (z / runs) ** 2 / 4)
        return cls(mean, abs(middle - mean) + half if runs > 1 else None, runs)

    def say(self, digits: int = 2) -> str:
        """Return the mean and its margin in words."""
        if self.mean is None:
            return "–"
        margin = "" if self.margin is None else f" ± {self.margin:.{digits}f}"
        return f"{self.mean:.{digits}f}{margin}"

    def __str__(self) -> str:
        return self.say()


def t_quantile(freedom: int, level: float = LEVEL) -> float:
    """Return how many standard errors an interval of Student's t reaches to either side (Hill 1970, algorithm 396)."""
    p = 1 - level
    if freedom == 1:
        return cos(p * pi / 2) / sin(p * pi / 2)
    if freedom == 2:
        return sqrt(2 / (p * (2 - p)) - 2)
    a = 1 / (freedom - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * freedom
    y = (d * p) ** (2 / freedom)
    if y > 0.05 + a:
        x = NormalDist().inv_cdf(p / 2)
        y = x**2
        if freedom < 5:
            c += 0.3 * (freedom - 4.5) * (x + 0.6)
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = expm1(a * y**2)
    else:
        y = (
            (1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3) + 0.5 / (freedom + 4)) * y
            - 1
        ) * (freedom + 1) / (freedom + 2) + 1 / y
    return sqrt(freedom * y)


def quantile(counts: npt.NDArray[np.signedinteger[Any]], p: float) -> float:
    """Return the least length that a share ``p`` of all does not exceed; the counts are of the lengths 0, 1, 2 and so on. NaN if there are none."""
    total = int(counts.sum())
    if not total:
        return float("nan")
    return float(np.searchsorted(np.cumsum(counts), p * total, side="left"))


def ratio(part: float, whole: float) -> float:
    """Return a share or a mean; NaN if the whole is zero."""
    return part / whole if whole else float("nan")
