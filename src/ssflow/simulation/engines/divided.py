"""The division of the range of draws into parts, and the search for the part into which each draw falls, for many at once."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from ssflow.simulation.numbers import Numbers

WHOLE = 1 << 32  # shares are numbers below it
_CELLS = 16


@frozen(eq=False)
class Divided:
    """The range of shares, divided at bounds in ascending order; a part may be empty.

    A share is looked up by its upper bits in a table of cells, and then moved past the bounds within its cell. NumPy's binary search finds the
    same ten times as slowly, because its branches cannot be predicted.
    """

    _bounds: Numbers  # without repetition, followed by one above all shares
    _parts: Numbers  # the part that begins at each bound
    _first: Numbers  # by cell, the number of bounds below it
    _shift: int
    _steps: int  # the greatest number of bounds within a cell

    @classmethod
    def of(cls, bounds: Numbers) -> Divided:
        """Return the range divided at some bounds."""
        alike = np.unique(bounds)
        bits = min(_CELLS, max(4, len(alike).bit_length() + 2))
        first = np.searchsorted(alike, np.arange((1 << bits) + 1) << (32 - bits), side="right")
        parts = np.concatenate([[0], np.searchsorted(bounds, alike, side="right")])
        whole = np.append(alike, 2 * WHOLE)
        return cls(whole, parts.astype(np.int32), first.astype(np.int32), 32 - bits, int(np.diff(first).max()))

    def part(self, shares: Numbers) -> Numbers:
        """Return for each share its part: the number of bounds that are not above it."""
        found = self._first.take(shares >> self._shift)
        for _ in range(self._steps):
            found += self._bounds.take(found) <= shares
        parts: Numbers = self._parts.take(found)
        return parts
