"""The moments at which stations take up work, for each draw of a role in a state, by the case and the number of its visit there."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.numbers import NONE, Numbers


@define(eq=False)
class Starts:
    """The moments (minutes) of one run: a column a case, -1 where none is known; ``rows`` are by selector those of its visits."""

    cases: int
    rows: dict[int, list[int]] = field(factory=dict)
    moments: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.moments = np.empty((0, self.cases), dtype=np.int32)

    def of(self, selector: int, cases: Numbers, visits: Numbers) -> Numbers:
        """Return when some visits are taken up, in minutes; -1 for a visit of which nothing is known."""
        rows = self.rows.get(selector, [])
        if len(rows) == 1 and not visits.any():
            first: Numbers = self.moments[rows[0]].take(cases)
            return first
        found = np.full(len(cases), NONE, dtype=np.int32)
        for visit, row in enumerate(rows):
            here = visits == visit
            if here.any():
                found[here] = self.moments[row].take(cases[here])
        return found

    def copy(self) -> Starts:
        """Return a copy, which later notes do not change."""
        made = Starts(self.cases, {selector: list(rows) for selector, rows in self.rows.items()})
        made.moments = self.moments.copy()
        return made

    def one(self, selector: int, case: int, visit: int) -> int:
        """Return when one visit of one case is taken up; -1 if that is not known."""
        rows = self.rows.get(selector, [])
        return int(self.moments[rows[visit], case]) if visit < len(rows) else NONE

    def put(self, selector: int, cases: Numbers, visits: Numbers, moments: Numbers) -> None:
        """Note when some visits are taken up."""
        for visit in np.flatnonzero(np.bincount(visits)).tolist():
            here, row = visits == visit, self.row(selector, visit)
            self.moments[row][cases[here]] = moments[here]

    def row(self, selector: int, visit: int) -> int:
        """Return the row of a visit, which is made if there is none."""
        rows = self.rows.setdefault(selector, [])
        while len(rows) <= visit:
            rows.append(len(self.moments))
            self.moments = np.concatenate([self.moments, np.full((1, self.cases), NONE, dtype=np.int32)])
        return rows[visit]
