"""What all cases of one standing have in common: who acts there and may hope for what, which clocks run and which have run out.

Cases in columns are taken standing by standing, so all this is looked up once for thousands of cases, and not in each of them.
"""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.numbers import NONE, Numbers


@frozen(eq=False)
class Acting:
    """A role that acts in a standing: what it chooses among, and the bits of the acts that it may hope for, at once or ``later``.

    Before the opening there is no choice: ``opens`` is the move that opens the case, by the timetable ``table``, and else -1.
    """

    role: int
    selector: Selector | None
    acts: int
    later: int
    opens: int = NONE
    table: int = NONE

    def moves(self, places: Numbers) -> Numbers:
        """The moves that are intended, by what was drawn."""
        if self.selector is None:
            return np.full(len(places), self.opens, dtype=np.int32)
        return self.selector.move_of.take(places)


@frozen(eq=False)
class Standing:
    """A standing of a variant by its number in the chart; ``state`` is the place of its state, -1 before the opening.

    ``closing`` are the slots of the clocks that may run out, ``overdue`` those of the clocks that have.
    """

    number: int
    variant: int
    state: int
    final: bool
    roles: tuple[Acting, ...]
    closing: tuple[int, ...]
    overdue: tuple[int, ...]


@define(eq=False)
class Standings:
    """The standings of a model, each looked up when cases first come to it."""

    model: Model
    _known: dict[tuple[int, int], Standing] = field(factory=dict, init=False)

    def of(self, node: int, variant: int) -> Standing:
        """What is the same for all cases of a variant in a standing."""
        found = self._known.get((node, variant))
        if found is None:
            with self.model.chart.lock:
                found = self._known[node, variant] = self._found(node, variant)
        return found

    def _found(self, node: int, variant: int) -> Standing:
        model, chart = self.model, self.model.chart
        state = chart.states[node]
        final = state >= 0 and chart.process.states[state].final
        if final:
            roles: tuple[Acting, ...] = ()
        elif state < 0:
            opener = chart.kinds[chart.kind_of[node]].opener
            opening, table = chart.opening(chart.kind_of[node]), model.opening_timetable(variant)
            roles = (Acting(model.roles.index(opener), None, 0, 0, opening, table),)
        else:
            reach = model.outlook.reach(node)
            chosen = ((role, number) for role, number in enumerate(model.selector_at[state].tolist()) if number != NONE)
            roles = tuple(
                Acting(role, selector, selector.mask(reach.acts), selector.mask(reach.later))
                for role, selector in ((role, model.selector(variant, number)) for role, number in chosen)
            )
        return Standing(node, variant, state, final, roles, *_clocks(chart, node))


def _clocks(chart: Chart, node: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The slots of the clocks of a standing that may run out, and of those that have."""
    timed = [
        (chart.slots.index((case.id, o.clock.name)), o.overdue)
        for case in chart.companies[node].cases
        for o in case.obligations
        if o.is_timed
    ]
    timed.sort()
    return tuple(slot for slot, out in timed if not out), tuple(slot for slot, out in timed if out)
