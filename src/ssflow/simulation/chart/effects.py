"""What each move of a chart does, by the number of its outcome: where it leads, and what becomes of the clocks."""

from __future__ import annotations

from attrs import define, field, frozen

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.numbers import NONE


@frozen
class Effect:
    """Where a move leads, and by slot the bits of what becomes of a clock; the face is the number of the figure that starts or extends it, or -1."""

    target: int
    clocks: tuple[tuple[int, int, int], ...]


@define(eq=False)
class Effects:
    """The outcomes of a chart, each looked up when it first happens."""

    chart: Chart
    _known: dict[int, Effect] = field(factory=dict, init=False)

    def of(self, outcome: int) -> Effect:
        """What a move of this outcome does."""
        found = self._known.get(outcome)
        if found is None:
            moved = self.chart.outcomes[outcome]
            clocks = tuple(
                (slot, int(change.effect), NONE if change.face is None else self.chart.face(change.face))
                for slot, change in moved.changes
            )
            found = self._known[outcome] = Effect(moved.target, clocks)
        return found
