"""The acts that a role may hope for: those that are possible in the present standing of a case, or in one that it may reach in the same state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress

import numpy as np
from attrs import define, field, frozen

from ssflow.process import State
from ssflow.simulation.chart.chart import REFUSED, Chart
from ssflow.simulation.chart.kernel import stands
from ssflow.simulation.numbers import NEVER, Numbers
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


@frozen
class Impossible:
    """An act that a practice names and that is never possible: its ``move``, and a standing, ``node``, in which it is intended.

    ``kind`` is the number of the kind of cases that it holds for, where less than half of what the role intends is possible; None means that
    it holds for all kinds.
    """

    node: int
    move: int
    kind: int | None = None


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
        place = self.chart.place
        return tuple(place(act, conduct.role) for conduct in self._conducts(node) for act in conduct.acts)

    def _conducts(self, node: int) -> Iterator[Conduct]:
        state = self.chart.state_name(node)
        return (conduct for (where, _), conduct in self.conducts.items() if where == state)

    def _possible(self, node: int) -> Moves:
        return frozenset(move for move in self.intended(node) if (self._tried(node, move) > REFUSED).any())

    def _tried(self, node: int, move: int) -> Numbers:
        """Return what a move leads to on some days of each period or, if it is refused on all of them, on the first day on which it is not."""
        found = self.chart.edges(node, move, self.chart.probes)
        if (found > REFUSED).any() or (first := self.chart.opens(node, move, 0)) == NEVER:
            return found
        return self.chart.edges(node, move, np.array([first]))

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
            found = np.unique(self._tried(node, move)).tolist()
            yield from ((chart.outcomes[edge].target, by_clock) for edge in found if edge > REFUSED)

    def _is_left(self, state: State) -> bool:
        """Return whether any act in the case itself leaves a state."""
        return any(not one.activity.triggered and one.activity.leaving(state) for one in self.chart.doings)

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
        for node in self._reached(begun):
            state = self.chart.states[node]
            if state >= 0 and self._is_left(self.chart.process.states[state]):
                reach = self.reach(node)
                if not reach.acts and not reach.ends:
                    yield node

    def impossible(self, begun: Sequence[int] = ()) -> Iterator[Impossible]:
        """Yield the acts that the practices name and that are never possible, in the standings that `stuck` looks at.

        That some kinds of cases cannot do what others do is as it should be, unless it is most of what is intended with them.
        """
        hoped: dict[tuple[int, int], set[int]] = {}
        first: dict[tuple[int, int], int] = {}
        for node in self._reached(begun):
            here = self.chart.kind_of[node], self.chart.states[node]
            if self.chart.states[node] >= 0 and not self.chart.process.states[self.chart.states[node]].final:
                first.setdefault(here, node)
                hoped.setdefault(here, set()).update(self.reach(node).acts)
        ever = set[int]().union(*hoped.values())
        never: set[int] = set()
        for (kind, state), node in first.items():
            for conduct in self._conducts(node):
                moves = [self.chart.place(act, conduct.role) for act in conduct.acts]
                possible = [move in hoped[kind, state] for move in moves]
                lost = [
                    move for move, can, named in zip(moves, possible, conduct.named, strict=True) if named and not can
                ]
                left = conduct.others + sum(compress(conduct.weights, possible))
                is_most = left < sum(conduct.weights[moves.index(move)] for move in lost)
                yield from (Impossible(node, move) for move in lost if move not in ever | never)
                yield from (Impossible(node, move, kind) for move in lost if move in ever and is_most)
                never.update(lost)

    def _reached(self, begun: Sequence[int]) -> Iterator[int]:
        """Yield the standings that cases reach from the opening or from the standings in ``begun``."""
        reached = [node for node, state in enumerate(self.chart.states) if state < 0]
        reached += dict.fromkeys(begun)
        known = set(reached)
        for node in reached:
            yield node
            for target, _ in self.successors(node):
                if target not in known:
                    known.add(target)
                    reached.append(target)
