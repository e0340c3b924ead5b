"""The records of single cases: how each ended, and every event."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.model import Model
from ssflow.simulation.numbers import NONE, Numbers


@define(eq=False)
class Outcomes:
    """The outcomes of cases, a row for each: its profile, when it was opened and closed (minutes, -1 if not), its state, and lateness by slot.

    The rows of cases before the ``first`` are never touched, so that a part of a run takes no memory for them.
    """

    model: Model
    number: int
    first: int = 0
    profile: Numbers = field(init=False)
    opened: Numbers = field(init=False)
    closed: Numbers = field(init=False)
    state: Numbers = field(init=False)
    late: Numbers = field(init=False)  # working days, for the last time that the clock had run out; -1 if it never did

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
        """Take in the rows of a part, from a first case on."""
        for column, rows in zip(self._columns, part, strict=True):
            column[..., first : first + rows.shape[-1]] = rows

    def forget(self, cases: Numbers) -> None:
        """Clear those fields of some cases that would not be overwritten if the cases are played again."""
        self.late[:, cases] = NONE


@define(eq=False)
class Log:
    """The events of simulated cases, a row for each: the case, the number of the move, the minute, the state after it.

    ``dues`` holds, if asked for, the last day of each clock after the event; -1 if there is none.
    """

    with_dues: bool = False
    _parts: list[tuple[Numbers, ...]] = field(factory=list, init=False)

    def add(
        self, cases: Numbers, moves: Numbers, moments: Numbers, states: Numbers, dues: Numbers | None = None
    ) -> None:
        """Write down some events; none may come before an event of the same case that is already written."""
        own = () if dues is None or not self.with_dues else (dues.T.copy(),)
        if len(cases):
            self._parts.append((cases.copy(), moves.copy(), moments.copy(), states.copy(), *own))

    def columns(self) -> tuple[Numbers, ...]:
        """Return the events by case, in order, with the dues as the last column if they were asked for."""
        if not self._parts:
            empty = np.zeros(0, dtype=np.int64)
            return (empty,) * (5 if self.with_dues else 4)
        whole = [np.concatenate(side) for side in zip(*self._parts, strict=True)]
        order = np.argsort(whole[0], kind="stable")
        return tuple(side[order] for side in whole)
