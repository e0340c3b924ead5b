"""The clocks of many cases in columns: a row a slot, a column a case."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.moves import ClockEffect
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NONE, Numbers, parted

# Plain numbers, because bits of an enumeration take a microsecond to look at.
ENDS, STARTS, STOPS, RESUMES, EXTENDS, RUNS_OUT, IN_TIME = map(int, ClockEffect)
_LATE_ENDS = ENDS | STARTS | IN_TIME
_DATED = STOPS | RESUMES | EXTENDS | IN_TIME


@define(eq=False)
class Clocks:
    """The face of each clock, the minute at which it began, its last day (-1: none) and the first minute that is too late.

    Whether a clock runs, is stopped or has run out follows from the standing of the case; if it does not run, only its last day means anything.
    ``stops`` are, by slot, the days on which clocks were stopped and resumed: a pair of columns for the first stop of each case, one for the
    second, and so on; a stop that lasts has no end yet (-1).
    """

    model: Model
    dating: Dating
    tally: Tally
    outcomes: Outcomes | None
    face: Numbers = field(factory=lambda: np.empty((0, 0), dtype=np.int32), init=False)
    began: Numbers = field(init=False)
    due: Numbers = field(init=False)
    closes: Numbers = field(init=False)
    stops: list[list[tuple[Numbers, Numbers]]] = field(init=False)

    def reset(self, cases: int) -> None:
        """Begin with so many cases, in which no clock runs; the columns of the previous window are used again, because fresh memory is slow."""
        shape = (len(self.model.chart.slots), cases)
        if self.face.shape != shape:
            self.face, self.due, self.closes, self.began = (np.empty(shape, dtype=np.int32) for _ in range(4))
        self.due.fill(NONE)
        self.stops = [[] for _ in range(shape[0])]

    def take_in(self, rows: Numbers, cases: Numbers) -> None:
        """Give some rows the clocks of the open cases with which the simulation begins."""
        there = self.model.continuing
        for mine, its in (
            (self.face, there.face),
            (self.began, there.began),
            (self.due, there.due),
            (self.closes, there.closes),
        ):
            mine[:, rows] = its[:, cases]
        for slot, pairs in enumerate(there.stops):
            for out, back in pairs:
                mine = np.full((2, self.face.shape[1]), NONE, dtype=np.int32)
                mine[0, rows], mine[1, rows] = out[cases], back[cases]
                self.stops[slot].append((mine[0], mine[1]))

    def change(
        self, slot: int, effect: int, faces: Numbers, rows: Numbers, now: Numbers, days: Numbers, late: Numbers | None
    ) -> None:
        """Apply an effect to the clocks of a slot in some rows; ``faces`` are those that it starts or adds, ``late`` the cases if the clocks had run out."""
        if late is not None and effect & _LATE_ENDS:
            self.end_late(slot, rows, days, late)
        if effect & STARTS:
            self._start(slot, faces, rows, now, stopped=bool(effect & STOPS))
        elif effect & ENDS:
            self.due[slot][rows] = NONE
        if effect & STOPS:
            self._stand(slot, rows, days)
        if effect & RESUMES:
            self._resume(slot, rows, days)
        if effect & EXTENDS:
            self._extend(slot, rows, faces)
        if effect & RUNS_OUT:
            self.tally.ran_out[slot] += len(rows)
        if effect & _DATED:
            self._date(slot, rows, starts=bool(effect & STARTS))

    def _start(self, slot: int, faces: Numbers, rows: Numbers, now: Numbers, *, stopped: bool) -> None:
        self.face[slot][rows], self.began[slot][rows] = faces, now
        for out, back in self.stops[slot]:
            out[rows] = back[rows] = NONE
        self.tally.began(slot, faces)
        for face, here, began in parted(faces, rows, now) if not stopped else ():
            dates = self.dating.dates(face, began, ())
            self.due[slot][here], self.closes[slot][here] = dates.due, dates.closes
            self.tally.dated(slot, dates.provisional)

    def _resume(self, slot: int, rows: Numbers, days: Numbers) -> None:
        """Note the day from which stopped clocks run again."""
        for out, back in self.stops[slot]:
            stands = ((out.take(rows) != NONE) & (back.take(rows) == NONE)).nonzero()[0]
            back[rows.take(stands)] = days.take(stands)

    def _stand(self, slot: int, rows: Numbers, days: Numbers) -> None:
        """Note the day from which clocks are stopped, each in the first pair of columns that is free."""
        waiting = np.arange(len(rows))
        for out, _ in self.stops[slot]:
            free = out[rows[waiting]] == NONE
            out[rows[waiting[free]]] = days[waiting[free]]
            waiting = waiting[~free]
        if len(waiting):
            out, back = (np.full(self.face.shape[1], NONE, dtype=np.int32) for _ in range(2))
            out[rows[waiting]] = days[waiting]
            self.stops[slot].append((out, back))

    def _extend(self, slot: int, rows: Numbers, by: Numbers) -> None:
        chart = self.model.chart
        pairs = self.face[slot].take(rows), by
        alike, where = np.unique(np.stack(pairs), axis=1, return_inverse=True)
        longer = [chart.face(chart.faces[face].extended(chart.faces[more])) for face, more in alike.T.tolist()]
        self.face[slot][rows] = np.array(longer)[where.reshape(-1)]

    def _date(self, slot: int, rows: Numbers, *, starts: bool) -> None:
        for face, here in parted(self.face[slot].take(rows), rows):
            stops = [(out[here], back[here]) for out, back in self.stops[slot]]
            dates = self.dating.dates(face, self.began[slot].take(here), stops)
            self.due[slot][here], self.closes[slot][here] = dates.due, dates.closes
            if starts:
                self.tally.dated(slot, dates.provisional)

    def end_late(self, slot: int, rows: Numbers, days: Numbers, cases: Numbers) -> None:
        """Count the lateness of clocks of a slot that had run out and now end."""
        faces, due = self.face[slot].take(rows), self.due[slot].take(rows)
        # A clock that had run out and is stopped now has no last day.
        last = np.where(due == NONE, days, due)
        for face, first, ends, who in parted(faces, last, days, cases):
            shown = self.model.chart.faces[face]
            office = self.model.office_of(self.dating.case_of(shown), shown.owed_by)
            late = self.tally.ended_late(slot, first, ends, office)
            if self.outcomes:
                self.outcomes.late[slot, who] = late
