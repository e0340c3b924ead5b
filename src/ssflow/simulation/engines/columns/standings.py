"""What all cases of one standing have in common: who acts there and may hope for what, which clocks run and which have run out.

A chart has a standing for each kind of case and each place, and most of them are alike but for their figures. Those that are alike are one
standing here, so that cases are looked at many at a time, however many kinds and places there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, evolve, field, frozen

from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.numbers import NONE, Numbers


@frozen
class Acting:
    """A role that acts in a standing: what it chooses among, and the bits of the acts that it may hope for, at once or ``later``.

    Before the opening there is no choice: ``opens`` is the move that opens the case, and else -1.
    """

    role: int
    selector: Selector | None
    acts: int
    later: int
    opens: int = NONE

    def moves(self, places: Numbers) -> Numbers | int:
        """The moves that are intended, by what was drawn."""
        if self.selector is None:
            return self.opens
        return self.selector.moves[0] if len(self.selector.moves) == 1 else self.selector.move_of.take(places)


@frozen
class Standing:
    """One or several standings of a chart that are alike; ``state`` is the place of their state, -1 before the opening.

    ``closing`` are the slots of the clocks that may run out, ``overdue`` those of the clocks that have. The ``number`` is told once
    such a standing is known.
    """

    state: int
    final: bool
    roles: tuple[Acting, ...]
    closing: tuple[int, ...]
    overdue: tuple[int, ...]
    number: int = NONE


@define(eq=False)
class Standings:
    """The standings of a model, each looked up when cases first come to it."""

    model: Model
    all: list[Standing] = field(factory=list, init=False)
    _of_node: dict[int, Standing] = field(factory=dict, init=False)
    _alike: dict[Standing, Standing] = field(factory=dict, init=False)
    _turns: dict[int, int] = field(factory=dict, init=False)

    def of(self, node: int) -> Standing:
        """That of a standing of the chart."""
        found = self._of_node.get(node)
        if found is None:
            with self.model.chart.lock:
                made = self._found(node)
                if made not in self._alike:
                    self._alike[made] = evolve(made, number=len(self.all))
                    self.all.append(self._alike[made])
                found = self._of_node[node] = self._alike[made]
        return found

    def turn(self, number: int) -> int:
        """Which turn a standing has, so that those that lead to it come first, but for loops; of one that no probe has found, the last.

        It is the order in which a search in depth is done with the standings, backwards.
        """
        if not self._turns:
            with self.model.chart.lock:
                self._turns = self._sorted()
        return self._turns.get(number, len(self._turns))

    def _sorted(self) -> dict[int, int]:
        following: dict[int, dict[int, None]] = {}
        first = [node for node, state in enumerate(self.model.chart.states) if state < 0]
        waiting, reached = list(first), set(first)
        while waiting:
            node = waiting.pop()
            targets = [target for target, _ in self.model.outlook.successors(node)]
            there = following.setdefault(self.of(node).number, {})
            there |= dict.fromkeys(self.of(target).number for target in targets)
            waiting += set(targets) - reached
            reached.update(targets)
        done: dict[int, None] = {}
        begun = {self.of(node).number for node in first}
        for standing in list(begun):
            path = [(standing, iter(following[standing]))]
            while path:
                number, after = path[-1]
                target = next((target for target in after if target not in begun), None)
                if target is None:
                    done[number] = None
                    path.pop()
                else:
                    begun.add(target)
                    path.append((target, iter(following[target])))
        return {number: turn for turn, number in enumerate(reversed(done))}

    def _found(self, node: int) -> Standing:
        chart = self.model.chart
        state = chart.states[node]
        final = state >= 0 and chart.process.states[state].final
        return Standing(state, final, () if final else tuple(self._acting(node, state)), *_clocks(chart, node))

    def _acting(self, node: int, state: int) -> Iterator[Acting]:
        model, chart = self.model, self.model.chart
        if state < 0:
            opener = chart.kinds[chart.kind_of[node]].opener
            yield Acting(model.roles.index(opener), None, 0, 0, chart.opening(chart.kind_of[node]))
            return
        reach = model.outlook.reach(node)
        for role, number in enumerate(model.selector_at[state].tolist()):
            if number != NONE:
                selector = model.selectors[number]
                yield Acting(role, selector, selector.mask(reach.acts), selector.mask(reach.later))


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
