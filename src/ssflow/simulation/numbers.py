"""The types of the columns of the simulation, and the numbers that mean "none" and "never"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]
Bits: TypeAlias = npt.NDArray[np.uint64]

NONE = -1  # no act, state, station, day or minute
NEVER = 1 << 30  # a day or minute after every horizon
_FEW = 8  # up to so many values it is quicker to search for each than to sort


def row(number: int) -> Numbers:
    """Return one number as a column of one row, for counts that are kept in columns."""
    return np.array([number], dtype=np.int64)


def parted(values: Numbers, *columns: Any) -> Iterator[tuple[Any, ...]]:
    """Yield each value that occurs, with those rows of the columns that have it; values ascend and rows keep their order."""
    if not len(values):
        return
    least, most = int(values.min()), int(values.max())
    if least == most:
        yield (least, *columns)
        return
    numbers = np.bincount(values - least)
    present = numbers.nonzero()[0]
    if len(present) <= _FEW:
        for value in (present + least).tolist():
            here = (values == value).nonzero()[0]
            yield (value, *(column.take(here) for column in columns))
        return
    order = np.argsort(values, kind="stable")
    whole = [column.take(order) for column in columns]
    ends = numbers.take(present).cumsum()
    for value, first, last in zip((present + least).tolist(), (0, *ends[:-1].tolist()), ends.tolist(), strict=True):
        yield (value, *(column[first:last] for column in whole))
