"""The outcomes of a chart as columns: where each leads, and what it does to the clocks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.numbers import Numbers


@define(eq=False)
class Effects:
    """What moves do, looked up by the numbers of their outcomes; the columns follow the chart as it grows."""

    chart: Chart
    _state: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    _target: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    _effect: Numbers = field(init=False)
    _face: Numbers = field(init=False)

    def states(self, nodes: Numbers) -> Numbers:
        """The state of each standing; -1 before the opening."""
        if len(self._state) < len(self.chart.companies):
            with self.chart.lock:
                self._state = np.array(self.chart.states, dtype=np.int32)
        return self._state.take(nodes)

    def targets(self, edges: Numbers) -> Numbers:
        """The standing to which each outcome leads."""
        self._follow()
        return self._target.take(edges)

    def changes(self, edges: Numbers) -> Iterator[tuple[int, Numbers, Numbers, Numbers]]:
        """For each slot whose clocks change: the rows in which they do, what becomes of them, and the faces of those that begin."""
        present = np.flatnonzero(np.bincount(edges))
        for slot in np.flatnonzero(self._effect[:, present].any(axis=1)).tolist():
            effect = self._effect[slot].take(edges)
            rows = np.flatnonzero(effect)
            yield slot, rows, effect[rows], self._face[slot].take(edges[rows])

    def _follow(self) -> None:
        if len(self._target) == len(self.chart.outcomes):
            return
        with self.chart.lock:
            outcomes = list(self.chart.outcomes)
            shape = (len(self.chart.slots), len(outcomes))
            effect, face = np.zeros(shape, dtype=np.int32), np.full(shape, -1, dtype=np.int32)
            for number, outcome in enumerate(outcomes):
                for slot, change in outcome.changes:
                    effect[slot, number] = change.effect
                    if change.face is not None:
                        face[slot, number] = self.chart.face(change.face)
            self._effect, self._face = effect, face
            self._target = np.array([outcome.target for outcome in outcomes], dtype=np.int32)
