"""The standings of cases in columns: which roles act in a standing, which acts they may hope for, which clocks run and which have run out.

The chart has a standing for each kind of case and place, and most of these differ only in their figures. Those that are otherwise alike are
one standing here, so that many cases are treated at a time, however many kinds and places there are.
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
    """A role that acts in a standing: its selector, and the bits of the acts that it may hope for (``acts``), or only later (``later``).

    Before the opening there is nothing to choose: ``opens`` is the move that opens the case; otherwise it is -1.
    """

    role: int
    selector: Selector | None
    acts: int
    later: int
    opens: int = NONE

    def moves(self, places: Numbers) -> Numbers | int:
        """Return the moves that are intended, by the places of the acts that were drawn."""
        if self.selector is None:
            return self.opens
        return self.selector.moves[0] if len(self.selector.moves) == 1 else self.selector.move_of.take(places)


@frozen
class Standing:
    """One or more standings of the chart that are alike; ``state`` is the position of their state in the definition, -1 before the opening.

    ``closing`` are the slots of the clocks that may run out, ``overdue`` those of the clocks that have. Its ``number`` is given when the first
    of them is looked up.
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
        """Return the standing to which a standing of the chart belongs."""
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
        """Return the rank of a standing in the order of play: after those that lead to it, except on loops; last if no probe has found it.

        The order is the reverse postorder of a depth-first search from the openings, a topological order where there are no loops.
        """
        if not self._turns:
            with self.model.chart.lock:
                self._turns = self._sorted()
        return self._turns.get(number, len(self._turns))

    def reached(self) -> dict[int, tuple[int, ...]]:
        """Return the standings of the chart that cases reach from the openings, each with those to which it leads."""
        following: dict[int, tuple[int, ...]] = {}
        waiting = [node for node, state in enumerate(self.model.chart.states) if state < 0]
        known = set(waiting)
        while waiting:
            node = waiting.pop()
            following[node] = tuple(dict.fromkeys(target for target, _ in self.model.outlook.successors(node)))
            waiting += set(following[node]) - known
            known.update(following[node])
        return following

    def _sorted(self) -> dict[int, int]:
        following: dict[int, dict[int, None]] = {}
        for node, targets in self.reached().items():
            there = following.setdefault(self.of(node).number, {})
            there |= dict.fromkeys(self.of(target).number for target in targets)
        done: dict[int, None] = {}
        first = (node for node, state in enumerate(self.model.chart.states) if state < 0)
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
    """Return the slots of the clocks of a standing that may run out, and of those that have run out."""
    timed = [
        (chart.slots.index((case.id, o.clock.name)), o.overdue)
        for case in chart.companies[node].cases
        for o in case.obligations
        if o.is_timed
    ]
    timed.sort()
    return tuple(slot for slot, out in timed if not out), tuple(slot for slot, out in timed if out)
