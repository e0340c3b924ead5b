"""The records of single cases: the outcome of each, and the log of events."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.model import Model
from ssflow.simulation.numbers import NONE, Numbers


@define(eq=False)
class Outcomes:
    """The outcomes of cases, a row a case: its profile, the minutes of opening and closing (-1: none), its state, and the lateness by slot.

    Cases before the ``first`` are never written, so that a part of a run takes no memory for them.
    """

    model: Model
    number: int
    first: int = 0
    profile: Numbers = field(init=False)
    opened: Numbers = field(init=False)
    closed: Numbers = field(init=False)
    state: Numbers = field(init=False)
    late: Numbers = field(init=False)  # working days, for the last time that the clock ran out; -1 if it never did

    def __attrs_post_init__(self) -> None:
        slots = len(self.model.chart.slots)
        self.profile, self.state = (np.empty(self.number, dtype=np.int16) for _ in range(2))
        self.opened, self.closed = (np.empty(self.number, dtype=np.int32) for _ in range(2))
        self.late = np.empty((slots, self.number), dtype=np.int16)
        for column in self._columns:
            column[..., self.first :] = NONE

    @property
    def _columns(self) -> tuple[Numbers, ...]:
        return self.profile, self.opened, self.closed, self.state, self.late

    def part(self) -> tuple[Numbers, ...]:
        """Return the rows from the first on."""
        return tuple(column[..., self.first :].copy() for column in self._columns)

    def put(self, first: int, part: tuple[Numbers, ...]) -> None:
        """Set the rows of a part, whose first case is given."""
        for column, rows in zip(self._columns, part, strict=True):
            column[..., first : first + rows.shape[-1]] = rows

    def forget(self, cases: Numbers) -> None:
        """Clear the fields of some cases that playing these again would not overwrite."""
        self.late[:, cases] = NONE


@define(eq=False)
class Log:
    """The log of events of simulated cases, a row an event: the case, the number of the move, the minute, and the state after it.

    With ``with_dues`` there is also the last day of each clock after the event; -1 if there is none.
    """

    with_dues: bool = False
    _parts: list[tuple[Numbers, ...]] = field(factory=list, init=False)

    def add(
        self, cases: Numbers, moves: Numbers, moments: Numbers, states: Numbers, dues: Numbers | None = None
    ) -> None:
        """Add some events; those of one case are added in the order of time."""
        own = () if dues is None or not self.with_dues else (dues.T.copy(),)
        if len(cases):
            self._parts.append((cases.copy(), moves.copy(), moments.copy(), states.copy(), *own))

    def columns(self) -> tuple[Numbers, ...]:
        """Return the events sorted by case, each case in the order of time; the last column has the last days if they are kept."""
        if not self._parts:
            empty = np.zeros(0, dtype=np.int64)
            return (empty,) * (5 if self.with_dues else 4)
        whole = [np.concatenate(side) for side in zip(*self._parts, strict=True)]
        order = np.argsort(whole[0], kind="stable")
        return tuple(side[order] for side in whole)
