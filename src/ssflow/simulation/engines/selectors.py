"""The selectors: what a role may do in a state, ready to be drawn, with the length of each act and who does it."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from ssflow.simulation.engines.divided import WHOLE
from ssflow.simulation.numbers import NONE, Flags, Numbers
from ssflow.simulation.scenario.practices import Conduct


@frozen(eq=False)
class Selector:
    """The choice of a role in a state, ready to be drawn.

    ``moves`` are the numbers of its acts in the chart, ``once`` has a bit for each act that is done once, ``bounds`` divide the draws among the
    acts, with a row for each set of acts that may be hoped for. What depends on the variant of a case has a row for each: ``lengths`` are the
    numbers of the lengths of the acts, ``tables`` the timetables by which acts are done, or by which their stations take cases up,
    ``services`` the services of stations that do them; -1 for acts that no station serves.
    """

    number: int
    conduct: Conduct
    moves: tuple[int, ...]
    once: int
    bounds: Numbers
    lengths: Numbers
    tables: Numbers
    services: Numbers

    move_of: Numbers = field(init=False)  # by place, with the number for doing nothing at the end
    bit_of: Numbers = field(init=False)
    is_served: bool = field(init=False)  # whether a station serves any of its acts
    length: int = field(init=False)  # the one length or timetable of all acts and variants; -1 if there are several
    table: int = field(init=False)
    _rows: list[list[int]] = field(init=False)  # the bounds as plain numbers

    def __attrs_post_init__(self) -> None:
        columns: dict[str, Any] = {
            "move_of": np.array([*self.moves, -1], dtype=np.int32),
            "bit_of": np.array([1 << place for place in range(len(self.moves) + 1)], dtype=np.int32),
            "is_served": bool((self.services >= 0).any()),
            "length": _one(self.lengths),
            "table": _one(self.tables),
            "_rows": self.bounds.tolist(),
        }
        for name, column in columns.items():
            object.__setattr__(self, name, column)

    def place(self, mask: int, shares: Numbers) -> Numbers:
        """Return which act is drawn by each share, if the acts of the mask may be hoped for; the number of acts for doing nothing."""
        found = np.zeros(len(shares), dtype=np.int8)
        for bound in self._rows[mask]:
            if bound < WHOLE:  # no share lies beyond
                found += bound <= shares
        return found

    def may_idle(self, mask: int) -> bool:
        """Return whether doing nothing may be drawn, if the acts of the mask may be hoped for."""
        return self._rows[mask][-1] < WHOLE

    def lost(self, mask: int) -> Flags:
        """Return by place whether an act is missing from the mask; doing nothing never is."""
        return np.array([not mask >> place & 1 for place in range(len(self.moves))] + [False])

    @classmethod
    def bounds_of(cls, conduct: Conduct) -> Numbers:
        """Return, for each set of acts, where the share of each act ends among the 2**32 draws; draws above the last do nothing."""
        n = len(conduct.acts)
        rows = []
        for mask in range(1 << n):
            there = [bool(mask >> place & 1) for place in range(n)]
            weights = [weight if here else 0.0 for weight, here in zip(conduct.weights, there, strict=True)]
            alone = not any(here and not named for here, named in zip(there, conduct.named, strict=True))
            total = sum(weights) + conduct.idle + (conduct.others if alone else 0.0)
            reached, row = 0.0, []
            for weight in weights:
                reached += weight
                row.append(int(reached / total * WHOLE) if total else 0)
            rows.append(row)
        return np.array(rows, dtype=np.int64)

    def mask(self, moves: frozenset[int]) -> int:
        """Return the bits of those of its acts that are among some moves."""
        return sum(1 << place for place, move in enumerate(self.moves) if move in moves)


def _one(numbers: Numbers) -> int:
    """Return the number that all are equal to, or -1."""
    return int(numbers.flat[0]) if (numbers == numbers.flat[0]).all() else NONE
