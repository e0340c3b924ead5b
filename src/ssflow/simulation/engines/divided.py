"""Which of several parts a share of chance falls into, for many at once."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from ssflow.simulation.numbers import Numbers

WHOLE = 1 << 32  # shares are numbers below it
_CELLS = 16


@frozen(eq=False)
class Divided:
    """The shares divided at bounds that do not fall; a part may be empty.

    A share is looked up by its upper bits, and then moved past the bounds that lie within its cell. That is the search for the place of a
    number among sorted ones, which NumPy does ten times as slowly, because no branch can be foreseen there.
    """

    _bounds: Numbers  # each once, and behind them more than all
    _parts: Numbers  # the part that begins at each
    _first: Numbers  # by cell, the bounds that lie below it
    _shift: int
    _steps: int  # how many bounds lie within a cell at most

    @classmethod
    def of(cls, bounds: Numbers) -> Divided:
        """The shares divided at these bounds."""
        alike = np.unique(bounds)
        bits = min(_CELLS, max(4, len(alike).bit_length() + 2))
        first = np.searchsorted(alike, np.arange((1 << bits) + 1) << (32 - bits), side="right")
        parts = np.concatenate([[0], np.searchsorted(bounds, alike, side="right")])
        whole = np.append(alike, 2 * WHOLE)
        return cls(whole, parts.astype(np.int32), first.astype(np.int32), 32 - bits, int(np.diff(first).max()))

    def part(self, shares: Numbers) -> Numbers:
        """The number of bounds that do not lie above each share."""
        found = self._first.take(shares >> self._shift)
        for _ in range(self._steps):
            found += self._bounds.take(found) <= shares
        parts: Numbers = self._parts.take(found)
        return parts
