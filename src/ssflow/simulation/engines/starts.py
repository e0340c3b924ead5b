"""The moments at which stations take up work, for each draw of a role in a state, by the case and the number of its visit there."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.numbers import NONE, Numbers


@define(eq=False)
class Starts:
    """The moments (minutes) of one run, by the number of the selector: for each visit a column with a row a case; -1 where none is known."""

    cases: int
    _rows: dict[int, list[Numbers]] = field(factory=dict)

    def of(self, selector: int, cases: Numbers, visits: Numbers) -> Numbers:
        """Return when some visits are taken up, in minutes; -1 for a visit of which nothing is known."""
        rows = self._rows.get(selector, [])
        if len(rows) == 1 and not visits.any():
            return rows[0].take(cases)
        found = np.full(len(cases), NONE, dtype=np.int32)
        for visit, row in enumerate(rows):
            here = visits == visit
            if here.any():
                found[here] = row.take(cases[here])
        return found

    def copy(self) -> Starts:
        """Return a copy, which later notes do not change."""
        return Starts(self.cases, {selector: [row.copy() for row in rows] for selector, rows in self._rows.items()})

    def one(self, selector: int, case: int, visit: int) -> int:
        """Return when one visit of one case is taken up; -1 if that is not known."""
        rows = self._rows.get(selector, [])
        return int(rows[visit][case]) if visit < len(rows) else NONE

    def put(self, selector: int, cases: Numbers, visits: Numbers, moments: Numbers) -> None:
        """Note when some visits are taken up."""
        rows = self._rows.setdefault(selector, [])
        for visit in np.flatnonzero(np.bincount(visits)).tolist():
            while len(rows) <= visit:
                rows.append(np.full(self.cases, NONE, dtype=np.int32))
            here = visits == visit
            rows[visit][cases[here]] = moments[here]
