"""What a role does in a state, ready to be drawn: between which acts it chooses, how long each takes, and who does it where."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from ssflow.simulation.engines.divided import WHOLE
from ssflow.simulation.numbers import NONE, Flags, Numbers
from ssflow.simulation.scenario.practices import Conduct


@frozen(eq=False)
class Selector:
    """What a role does in a state, ready to be drawn.

    ``moves`` are the numbers of its acts in the chart, ``once`` has a bit for each that is done once, ``bounds`` divide the draws among the
    acts, in a row for each set of acts that are to be hoped for. Where acts are done by whom hangs on the variant of a case as well, so there
    is a row for each: ``lengths`` and ``tables`` are how long each act takes and the timetables by which it is asked for, those of stations
    where one serves it; ``services`` are the numbers of the services of stations by which acts are done, -1 for those that none serves.
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
    is_served: bool = field(init=False)  # whether a station serves one of its acts
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
        """Which act is drawn, given the set of acts that are to be hoped for; the number of acts if none is."""
        found = np.zeros(len(shares), dtype=np.int8)
        for bound in self._rows[mask]:
            if bound < WHOLE:  # no share lies beyond
                found += bound <= shares
        return found

    def may_idle(self, mask: int) -> bool:
        """Whether it may be drawn to do nothing, given the set of acts that are to be hoped for."""
        return self._rows[mask][-1] < WHOLE

    def lost(self, mask: int) -> Flags:
        """By place, whether an act is none of those that are to be hoped for; doing nothing always is to be."""
        return np.array([not mask >> place & 1 for place in range(len(self.moves))] + [False])

    @classmethod
    def bounds_of(cls, conduct: Conduct) -> Numbers:
        """For each set of acts where the share of each act ends among the 2**32 draws; what is left is idle."""
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
        """The bits of those of its acts that are among some."""
        return sum(1 << place for place, move in enumerate(self.moves) if move in moves)


def _one(numbers: Numbers) -> int:
    """The number that all are, or -1."""
    return int(numbers.flat[0]) if (numbers == numbers.flat[0]).all() else NONE
