"""The acts that a role may hope for: those that are possible in the present standing of a case, or in one that it may reach in the same state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import define, field, frozen

from ssflow.process import State
from ssflow.simulation.chart.chart import REFUSED, Chart
from ssflow.simulation.chart.kernel import stands
from ssflow.simulation.scenario.practices import Conduct

Moves = frozenset[int]  # the numbers of acts in the chart


@frozen
class Reach:
    """The acts that may be hoped for from a standing without leaving its state: ``here`` at once, ``later`` after another event in the case.

    ``ends`` tells whether a clock may lead out of the state.
    """

    here: Moves
    later: Moves
    ends: bool

    @property
    def acts(self) -> Moves:
        """All acts that may be hoped for."""
        return self.here | self.later


@define(eq=False)
class Outlook:
    """The acts that may be hoped for in each standing, judged on some days of the simulation; an act that none of these days allows is not intended.

    The answer depends on the standing alone, and not on what was asked before, so that both engines and all workers plan alike.
    """

    chart: Chart
    conducts: Mapping[tuple[str, str], Conduct]
    _reaches: dict[int, Reach] = field(factory=dict, init=False)
    _following: dict[int, Sequence[tuple[int, bool]]] = field(factory=dict, init=False)

    def reach(self, node: int) -> Reach:
        """Return the acts that may be hoped for from a standing: a search through the standings that cases may reach in its state."""
        if node not in self._reaches:
            with self.chart.lock:
                self._reaches[node] = self._found(node)
        return self._reaches[node]

    def _found(self, node: int) -> Reach:
        here = self._possible(node)
        later: set[int] = set()
        ends = False
        reached, waiting = {node}, [node]
        while waiting:
            for target, by_clock in self.successors(waiting.pop()):
                if self.chart.states[target] != self.chart.states[node]:
                    ends = ends or by_clock
                elif target not in reached:
                    reached.add(target)
                    waiting.append(target)
                    later |= self._possible(target)
        return Reach(here, frozenset(later), ends)

    def intended(self, node: int) -> tuple[int, ...]:
        """Return the acts that the practices name for the state of a standing, each as the move of its role."""
        state, place = self.chart.state_name(node), self.chart.place
        conducts = (conduct for (where, _), conduct in self.conducts.items() if where == state)
        return tuple(place(act, conduct.role) for conduct in conducts for act in conduct.acts)

    def _possible(self, node: int) -> Moves:
        return frozenset(
            move for move in self.intended(node) if (self.chart.edges(node, move, self.chart.probes) > REFUSED).any()
        )

    def successors(self, node: int) -> Sequence[tuple[int, bool]]:
        """Return the standings to which intended acts and clocks lead, each with whether a clock leads there."""
        if node not in self._following:
            with self.chart.lock:
                self._following[node] = tuple(self._followed(node))
        return self._following[node]

    def _followed(self, node: int) -> Iterator[tuple[int, bool]]:
        chart = self.chart
        moves = [(move, False) for move in self.intended(node)]
        if chart.states[node] < 0:
            moves.append((chart.opening(chart.kind_of[node]), False))
        moves += [(chart.clock_moves + slot, True) for slot in self.running(node)]
        for move, by_clock in moves:
            found = np.unique(chart.edges(node, move, chart.probes)).tolist()
            yield from ((chart.outcomes[edge].target, by_clock) for edge in found if edge > REFUSED)

    def _is_left(self, state: State) -> bool:
        """Return whether any act in the case itself leaves a state."""
        return any(not one.activity.alongside and one.activity.leaving(state) for one in self.chart.doings)

    def running(self, node: int) -> Iterator[int]:
        """Yield the slots of the clocks that run in a standing and have not run out."""
        for case in self.chart.companies[node].cases:
            for o in case.obligations:
                if o.is_timed and not o.overdue and not stands(o):
                    yield self.chart.slots.index((case.id, o.clock.name))

    def stuck(self, begun: Sequence[int] = ()) -> Iterator[int]:
        """Yield the standings that nothing ever leaves: no intended act is ever possible, and no lapse ends them.

        They are looked for among those that cases reach from the opening or from the standings in ``begun``. A state that only acts of other
        cases leave is not counted: the case rests there until there is one.
        """
        reached = [node for node, state in enumerate(self.chart.states) if state < 0]
        reached += dict.fromkeys(begun)
        known = set(reached)
        for node in reached:
            for target, _ in self.successors(node):
                if target not in known:
                    known.add(target)
                    reached.append(target)
            state = self.chart.states[node]
            if state >= 0 and self._is_left(self.chart.process.states[state]):
                reach = self.reach(node)
                if not reach.acts and not reach.ends:
                    yield node
