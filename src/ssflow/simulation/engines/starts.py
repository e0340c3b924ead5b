"""When stations took up what: a moment for each draw of a role in a state, by the case and its visits there so far."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.numbers import NONE, Numbers


@define(eq=False)
class Starts:
    """The starts of one run, by the number of a selector; -1 where nothing is known of a visit."""

    cases: int
    _rows: dict[int, list[Numbers]] = field(factory=dict)

    def of(self, selector: int, cases: Numbers, visits: Numbers) -> Numbers:
        """When some visits were taken up."""
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
        """The same, which what is noted from now on does not change."""
        return Starts(self.cases, {selector: [row.copy() for row in rows] for selector, rows in self._rows.items()})

    def one(self, selector: int, case: int, visit: int) -> int:
        """When one was."""
        rows = self._rows.get(selector, [])
        return int(rows[visit][case]) if visit < len(rows) else NONE

    def put(self, selector: int, cases: Numbers, visits: Numbers, moments: Numbers) -> None:
        """Note when some visits were taken up."""
        rows = self._rows.setdefault(selector, [])
        for visit in np.flatnonzero(np.bincount(visits)).tolist():
            while len(rows) <= visit:
                rows.append(np.full(self.cases, NONE, dtype=np.int32))
            here = visits == visit
            rows[visit][cases[here]] = moments[here]
