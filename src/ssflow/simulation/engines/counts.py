"""The counts of a part of a run, keyed by what they count, so that they mean the same in every process.

A chart numbers the faces of clocks and the refusals in the order in which they appear, and this order differs between charts of one scenario.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import fields, frozen

from ssflow.simulation.chart.moves import Face, Refusal
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import Numbers

_NUMBERED = ("shown", "waits", "waited")


@frozen(eq=False)
class Counts:
    """The counts of a tally: plain sums; starts of clocks by face; and waits by refusal, with their number and minutes."""

    sums: dict[str, Any]
    faces: tuple[tuple[Face, int], ...]
    refusals: tuple[tuple[Refusal, int, int], ...]

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """Return the counts of a tally."""
        chart = tally.model.chart
        names = [one.name for one in fields(Tally) if one.name not in ("model", *_NUMBERED)]
        shown = np.flatnonzero(tally.shown).tolist()
        waiting = np.flatnonzero(tally.waited).tolist()
        return cls(
            {name: getattr(tally, name) for name in names},
            tuple((chart.faces[number], int(tally.shown[number])) for number in shown),
            tuple((chart.refusals[n], int(tally.waits[n]), int(tally.waited[n])) for n in waiting),
        )

    def tally(self, model: Model) -> Tally:
        """Return the counts as a tally of a model."""
        tally, chart = Tally(model), model.chart
        for name, value in self.sums.items():
            setattr(tally, name, value)
        tally.shown = _numbered([(chart.face(face), often) for face, often in self.faces])
        numbers = [chart.refusal(refusal) for refusal, *_ in self.refusals]
        tally.waits = _numbered([(n, often) for n, (_, often, _) in zip(numbers, self.refusals, strict=True)])
        tally.waited = _numbered([(n, long) for n, (*_, long) in zip(numbers, self.refusals, strict=True)])
        return tally


def _numbered(counts: list[tuple[int, int]]) -> Numbers:
    """Return a column that has each count at its number."""
    column = np.zeros(1 + max((number for number, _ in counts), default=-1), dtype=np.int64)
    for number, count in counts:
        column[number] += count
    return column
