"""What each move of a chart does, by the number of its outcome: where it leads, and what becomes of the clocks."""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.engines.columns.standings import Standing, Standings
from ssflow.simulation.numbers import NONE, Numbers


@frozen
class Effect:
    """What moves that do the same do: to which standing they lead, and by slot the bits of what becomes of a clock."""

    target: Standing
    clocks: tuple[tuple[int, int], ...]


@define(eq=False)
class Effects:
    """The outcomes of a chart, each looked up when it first happens.

    What outcomes do alike is one effect; what they do not are the ``target``, a standing of the chart, and by slot the ``face``, the number of
    the figure that starts a clock or extends it, or -1.
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
        """By outcome the number of its effect."""
        if int(outcomes.max(initial=NONE)) >= len(self._numbers):
            self._look_up()
        found: Numbers = self._numbers.take(outcomes)
        return found

    def _look_up(self) -> None:
        """Take in what the chart has learnt."""
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
            # Last what tells that the rest is known: other threads do not wait.
            self.face, self.target = face, np.array([one.target for one in moved], dtype=np.int32)
            self._numbers = np.concatenate([self._numbers, np.array(numbers, dtype=np.int32)])
