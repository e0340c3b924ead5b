"""The types of the columns of the simulation, and the numbers that mean none and never."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]
Bits: TypeAlias = npt.NDArray[np.uint64]

NONE = -1  # no act, state, station, day or minute
NEVER = 1 << 30  # a day or minute after every horizon


def row(number: int) -> Numbers:
    """One number as a column, for what is counted in columns."""
    return np.array([number], dtype=np.int64)
