"""The service of queues in machine code."""

from __future__ import annotations

from heapq import heapreplace

import numpy as np

from ssflow.simulation.engines.compiled.compiling import compiled_and_kept
from ssflow.simulation.numbers import NEVER, Numbers


def by_clerks(clerks: int, came: Numbers, length: Numbers, left: Numbers) -> Numbers:
    """Return the same as `ssflow.simulation.engines.serving.by_clerks`."""
    columns = (np.ascontiguousarray(column, dtype=np.int64) for column in (came, length, left))
    found: Numbers = _by_clerks(clerks, *columns)
    return found


@compiled_and_kept
def _by_clerks(clerks: int, came: Numbers, length: Numbers, left: Numbers) -> Numbers:
    free, found = [0] * clerks, np.full(len(came), NEVER, dtype=np.int64)
    for visit in range(len(came)):
        start = max(came[visit], free[0])
        if start < left[visit]:
            heapreplace(free, min(start + length[visit], left[visit]))
            found[visit] = start
    return found
