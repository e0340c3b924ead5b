"""Random durations: named distributions, quantiles or observed values, in working days, working hours or days.

A duration is used as a table of 8,192 equally likely lengths in whole minutes, the quantiles of its distribution. So one draw gives a
length, the same on every machine, and both engines round alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import ceil, exp, isfinite, log
from statistics import NormalDist
from typing import Literal, get_args

import numpy as np
from attrs import field, frozen

from ssflow.doors import is_one_of
from ssflow.errors import Fault, InputError
from ssflow.simulation.numbers import Numbers
from ssflow.text import Text

Unit = Literal["workdays", "workhours", "days"]
Shape = Literal[
    "fixed", "uniform", "triangular", "exponential", "lognormal", "normal", "geometric", "quantiles", "empirical"
]
PARTS = 1 << 13
LONGEST = 1 << 26  # minutes, 127 years: longer than every horizon

# The meaning of the numbers of each shape.
_TAKES: dict[str, Text] = {
    "fixed": Text("长度", "the length"),
    "uniform": Text("最短、最长", "the least and the most"),
    "triangular": Text("最短、最常见、最长", "the least, the most frequent and the most"),
    "exponential": Text("平均值", "the mean"),
    "lognormal": Text("中位数、对数的标准差", "the median and the standard deviation of the logarithm"),
    "normal": Text("平均值、标准差", "the mean and the standard deviation"),
    "geometric": Text("平均值（不少于1）", "the mean, at least 1"),
    "quantiles": Text(
        "从最短到最长、等分的分位数（至少两个）", "quantiles at equal steps from the least to the most, two or more"
    ),
    "empirical": Text("观察到的长度", "the observed lengths"),
}
_COUNT = {"fixed": 1, "uniform": 2, "triangular": 3, "exponential": 1, "lognormal": 2, "normal": 2, "geometric": 1}


def _floats(given: object) -> tuple[float, ...]:
    numbers = (given,) if isinstance(given, int | float) else given
    if not isinstance(numbers, tuple | list) or not all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in numbers
    ):
        raise InputError.of("of", f"须为数字的列表；实际为{given!r}", f"a list of numbers is required, not {given!r}")
    return tuple(map(float, numbers))


@frozen
class Duration:
    """A random length of time: a ``shape``, the numbers that it takes, and the unit of both.

    ``workdays`` and ``workhours`` run only while the offices of the acting role are open; ``days`` run in the hours of persons, rest days
    included. Nothing takes less than a minute.

    >>> Duration("lognormal", [2, 0.5], "workdays").mean
    2.26...

    """

    shape: Shape
    of: tuple[float, ...] = field(converter=_floats)
    unit: Unit

    def __attrs_post_init__(self) -> None:
        if faults := list(self._faults()):
            raise InputError(*faults)

    def _faults(self) -> Iterator[Fault]:
        for name, given, known in (("shape", self.shape, get_args(Shape)), ("unit", self.unit, get_args(Unit))):
            if not is_one_of(given, known):
                yield Fault(name, Text(f"须为{'、'.join(known)}之一", f"{given!r} is none of {', '.join(known)}"))
        if not is_one_of(self.shape, _TAKES):
            return
        wanted = _COUNT.get(self.shape)
        takes = _TAKES[self.shape]
        least = 2 if self.shape == "quantiles" else 1
        if (len(self.of) != wanted) if wanted else (len(self.of) < least):
            yield Fault("of", Text(f"{self.shape}须写明{takes.zh}", f"{self.shape} takes {takes.en}"))
        elif not all(isfinite(one) and one >= 0 for one in self.of):
            yield Fault("of", Text("须为不小于零的有限数", "finite numbers that are not negative are required"))
        elif self.shape in ("uniform", "triangular", "quantiles") and list(self.of) != sorted(self.of):
            yield Fault("of", Text(f"须从小到大：{takes.zh}", f"give them in ascending order: {takes.en}"))
        elif self.shape == "lognormal" and self.of[0] == 0:
            yield Fault("of", Text("中位数须大于零", "the median has to be above 0"))
        elif self.shape == "geometric" and self.of[0] < 1:
            yield Fault("of", Text("平均值不少于1", "the mean has to be at least 1"))

    def length(self, p: float) -> float:  # noqa: PLR0911 - a line a shape
        """Return the length that a share ``p`` of all does not exceed, in the unit of the duration."""
        of = self.of
        match self.shape:
            case "fixed":
                return of[0]
            case "uniform":
                return of[0] + p * (of[1] - of[0])
            case "triangular":
                return _triangular(p, *of)
            case "exponential":
                return -of[0] * log(1 - p)
            case "lognormal":
                return of[0] * exp(of[1] * NormalDist().inv_cdf(p))
            case "normal":
                return max(0.0, of[0] + of[1] * NormalDist().inv_cdf(p))
            case "geometric":
                return 1.0 if of[0] == 1 else float(ceil(log(1 - p) / log(1 - 1 / of[0])))
            case "quantiles":
                step, rest = divmod(p * (len(of) - 1), 1)
                return of[int(step)] + rest * (of[int(step) + 1] - of[int(step)])
            case "empirical":
                return sorted(of)[int(p * len(of))]

    @property
    def mean(self) -> float:
        """The mean length in the unit of the duration."""
        return sum(self.length((part + 0.5) / 4096) for part in range(4096)) / 4096

    def minutes(self, of_day: int) -> Numbers:
        """Return `PARTS` equally likely lengths in whole minutes, ``of_day`` being the minutes of a day."""
        return _table(self, 60 if self.unit == "workhours" else of_day)


@cache
def _table(duration: Duration, of_unit: int) -> Numbers:
    if duration.shape == "fixed":
        return np.full(PARTS, _whole(duration.of[0] * of_unit), dtype=np.int32)
    lengths = [_whole(duration.length((part + 0.5) / PARTS) * of_unit) for part in range(PARTS)]
    return np.array(lengths, dtype=np.int32)


def _whole(minutes: float) -> int:
    return min(max(1, ceil(minutes - 1e-9)), LONGEST)


def _triangular(p: float, least: float, mode: float, most: float) -> float:
    if most == least:
        return least
    turn = (mode - least) / (most - least)
    if p < turn:
        return float(least + (p * (most - least) * (mode - least)) ** 0.5)
    return float(most - ((1 - p) * (most - least) * (most - mode)) ** 0.5)
