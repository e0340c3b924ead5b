"""The clocks of many cases in columns: a row a slot, a column a case."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.chart.moves import ClockEffect
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Flags, Numbers

_LATE_ENDS = ClockEffect.ENDS | ClockEffect.STARTS | ClockEffect.IN_TIME
_DATED = ClockEffect.STARTS | ClockEffect.STOPS | ClockEffect.RESUMES | ClockEffect.EXTENDS | ClockEffect.IN_TIME


@define(eq=False)
class Clocks:
    """For each slot and case the face of the clock (-1: none), when it began, its last day and the first minute that is too late.

    ``stops`` are the days on which a clock of a slot was stopped, a pair of columns for each time; a stop that lasts has no end yet.
    """

    model: Model
    dating: Dating
    tally: Tally
    outcomes: Outcomes | None
    face: Numbers = field(factory=lambda: np.empty((0, 0), dtype=np.int32), init=False)
    began: Numbers = field(init=False)
    due: Numbers = field(init=False)
    closes: Numbers = field(init=False)
    ran_out: Flags = field(init=False)
    stops: list[list[tuple[Numbers, Numbers]]] = field(init=False)
    begun: set[int] = field(factory=set, init=False)  # the slots in which some clock has begun

    def reset(self, cases: int) -> None:
        """Begin with so many cases, in which no clock runs. The columns of the window before are used again: fresh memory is slow."""
        shape = (len(self.model.chart.slots), cases)
        if self.face.shape != shape:
            self.face, self.due, self.closes, self.began = (np.empty(shape, dtype=np.int32) for _ in range(4))
            self.ran_out = np.empty(shape, dtype=np.bool_)
        self.face.fill(NONE)
        self.due.fill(NONE)
        self.closes.fill(NEVER)
        self.ran_out.fill(False)
        self.stops = [[] for _ in range(shape[0])]
        self.begun.clear()

    def change(self, slot: int, rows: Numbers, effect: Numbers, faces: Numbers, now: Numbers, cases: Numbers) -> None:
        """Let a move do what it does to the clocks of a slot, in some rows."""
        effects = np.flatnonzero(np.bincount(effect)).tolist()
        for one in effects:
            here = slice(None) if len(effects) == 1 else effect == one
            self._change(slot, ClockEffect(one), rows[here], faces[here], now[here], cases[here])

    def _change(
        self, slot: int, effect: ClockEffect, rows: Numbers, faces: Numbers, now: Numbers, cases: Numbers
    ) -> None:
        days = now // DAY_MINUTES
        if effect & _LATE_ENDS:
            late = self.ran_out[slot].take(rows)
            if late.any():
                self.end_late(slot, rows[late], days[late], cases[late])
                self.ran_out[slot][rows] = False
        if ClockEffect.ENDS in effect:
            self.face[slot][rows], self.due[slot][rows], self.closes[slot][rows] = NONE, NONE, NEVER
        if ClockEffect.STARTS in effect:
            self._start(slot, rows, faces, now)
        if ClockEffect.STOPS in effect:
            self._stand(slot, rows, days)
        if ClockEffect.RESUMES in effect:
            self._resume(slot, rows, days)
        if ClockEffect.EXTENDS in effect:
            self._extend(slot, rows, faces)
        if ClockEffect.RUNS_OUT in effect:
            self.ran_out[slot][rows] = True
            self.closes[slot][rows] = NEVER
            self.tally.ran_out[slot] += len(rows)
        if effect & _DATED:
            self._date(slot, rows, starts=ClockEffect.STARTS in effect)

    def _start(self, slot: int, rows: Numbers, faces: Numbers, now: Numbers) -> None:
        self.begun.add(slot)
        self.face[slot][rows], self.began[slot][rows] = faces, now
        for out, back in self.stops[slot]:
            out[rows] = back[rows] = NONE
        self.tally.began(slot, faces)

    def _resume(self, slot: int, rows: Numbers, days: Numbers) -> None:
        """Note the day from which clocks go on."""
        for out, back in self.stops[slot]:
            stands = (out[rows] != NONE) & (back[rows] == NONE)
            back[rows[stands]] = days[stands]

    def _stand(self, slot: int, rows: Numbers, days: Numbers) -> None:
        """Note that clocks are stopped from a day on, each in the first pair of columns that is free."""
        waiting = np.arange(len(rows))
        for out, _ in self.stops[slot]:
            free = out[rows[waiting]] == NONE
            out[rows[waiting[free]]] = days[waiting[free]]
            waiting = waiting[~free]
        if len(waiting):
            out, back = (np.full(self.face.shape[1], NONE, dtype=np.int32) for _ in range(2))
            out[rows[waiting]] = days[waiting]
            self.stops[slot].append((out, back))

    def _extend(self, slot: int, rows: Numbers, faces: Numbers) -> None:
        chart = self.model.chart
        pairs = np.stack([self.face[slot][rows], faces], axis=-1)
        alike, where = np.unique(pairs, axis=0, return_inverse=True)
        longer = [chart.face(chart.faces[face].extended(chart.faces[by])) for face, by in alike.tolist()]
        self.face[slot][rows] = np.array(longer)[where.reshape(-1)]

    def _date(self, slot: int, rows: Numbers, *, starts: bool) -> None:
        faces = self.face[slot].take(rows)
        present = np.flatnonzero(np.bincount(faces)).tolist()
        for face in present:
            here = rows if len(present) == 1 else rows[faces == face]
            stops = [(out[here], back[here]) for out, back in self.stops[slot]]
            dates = self.dating.dates(face, self.began[slot].take(here), stops)
            self.due[slot][here] = dates.due
            self.closes[slot][here] = np.where(self.ran_out[slot].take(here), NEVER, dates.closes)
            if starts:
                self.tally.dated(slot, dates.provisional)

    def end_late(self, slot: int, rows: Numbers, days: Numbers, cases: Numbers) -> None:
        """Count how late clocks of a slot ended that had run out."""
        faces, due = self.face[slot][rows], self.due[slot][rows]
        for face in np.unique(faces).tolist():
            here = faces == face
            office = self.model.office_of(slot, self.model.chart.faces[face].owed_by)
            # A clock that had run out and is stopped now has no last day.
            last = np.where(due[here] == NONE, days[here], due[here])
            late = self.tally.ended_late(slot, last, days[here], office)
            if self.outcomes:
                self.outcomes.late[slot, cases[here]] = late
