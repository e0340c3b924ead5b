"""The effects of moves, by the number of their outcome in the chart: where a move leads, and what it does to clocks."""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.engines.standings import Standing, Standings
from ssflow.simulation.numbers import NONE, Numbers


@frozen
class Effect:
    """The common effect of some outcomes: the standing to which they lead, and for each changed slot the bits of its `ClockEffect`."""

    target: Standing
    clocks: tuple[tuple[int, int], ...]


@define(eq=False)
class Effects:
    """The effects of the outcomes of a chart, each looked up when it first happens.

    Outcomes that do the same share an effect. What differs between them is looked up by outcome: ``target`` is the standing of the chart, and
    ``face``, a row a slot, the number of the figure that starts or extends a clock, or -1.
    """

    chart: Chart
    standings: Standings
    all: list[Effect] = field(factory=list, init=False)
    target: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    face: Numbers = field(init=False)
    _numbers: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    _alike: dict[Effect, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.face = np.zeros((len(self.chart.slots), 0), dtype=np.int32)

    def numbers(self, outcomes: Numbers) -> Numbers:
        """Return the numbers of the effects of some outcomes."""
        if int(outcomes.max(initial=NONE)) >= len(self._numbers):
            self._look_up()
        found: Numbers = self._numbers.take(outcomes)
        return found

    def _look_up(self) -> None:
        """Look up the outcomes that the chart has added since."""
        with self.chart.lock:
            known, moved = len(self._numbers), list(self.chart.outcomes)
            face = np.full((len(self.chart.slots), len(moved)), NONE, dtype=np.int32)
            face[:, :known] = self.face
            numbers = []
            for place, one in enumerate(moved[known:], known):
                for slot, change in one.changes:
                    face[slot, place] = NONE if change.face is None else self.chart.face(change.face)
                clocks = tuple((slot, int(change.effect)) for slot, change in one.changes)
                effect = Effect(self.standings.of(one.target), clocks)
                if effect not in self._alike:
                    self._alike[effect] = len(self.all)
                    self.all.append(effect)
                numbers.append(self._alike[effect])
            # The numbers are set last: other threads, which do not wait, take them as the sign that the rest is there.
            self.face, self.target = face, np.array([one.target for one in moved], dtype=np.int32)
            self._numbers = np.concatenate([self._numbers, np.array(numbers, dtype=np.int32)])
