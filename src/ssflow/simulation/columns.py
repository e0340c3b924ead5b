"""The engine that plays many cases at once: a column a case, and one step moves every live case by its next event.

A step asks of each role when it would act and of each clock when it runs out, takes the earliest, looks up where that leads, does to the
clocks what the move does to them, and lets whoever has to plan anew. So there are as many steps as the longest case has events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, field

from ssflow.simulation.chart import NEVER
from ssflow.simulation.clocks import Clocks
from ssflow.simulation.dating import Dating
from ssflow.simulation.desks import Desks
from ssflow.simulation.draws import share_of
from ssflow.simulation.effects import Effects
from ssflow.simulation.kernel import DAY_MINUTES
from ssflow.simulation.model import Model
from ssflow.simulation.records import NONE, Log, Outcomes
from ssflow.simulation.tally import Tally

if TYPE_CHECKING:
    from ssflow.simulation.numbers import Flags, Numbers

WINDOW = 1 << 16  # cases that are played together: what a step touches stays in the cache


@define(eq=False)
class ColumnEngine:
    """Plays cases of one run in columns."""

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    dating: Dating | None = None
    _clocks: Clocks = field(init=False)
    _desks: Desks = field(init=False)
    _effects: Effects = field(init=False)
    _case: Numbers = field(init=False)
    _node: Numbers = field(init=False)
    _now: Numbers = field(init=False)
    _opened: Numbers = field(init=False)
    _final: Flags = field(init=False)

    def __attrs_post_init__(self) -> None:
        dating = self.dating or Dating(self.model.chart)
        self._clocks = Clocks(self.model, dating, self.tally, self.outcomes)
        self._desks = Desks(self.model, self.run, self.tally)
        self._effects = Effects(self.model.chart)
        self._final = np.array([state.final for state in self.model.chart.process.states])

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival to their end, or to that of the simulation, in windows."""
        for first in range(0, len(cases), WINDOW):
            self._play(cases[first : first + WINDOW])

    def _play(self, cases: Numbers) -> None:
        model = self.model
        self.tally.cases += len(cases)
        shares = share_of(model.stream_of_kinds(self.run).bits(cases))
        kinds = np.searchsorted(model.bounds_of_kinds, shares, side="right")
        self._case, self._node = cases, kinds.astype(np.int64)
        self._now = model.schedule.minutes(model.scenario.seed, self.run, cases)
        self._opened = np.full(len(cases), NONE, dtype=np.int64)
        self._clocks.reset(len(cases))
        self._desks.reset(cases, kinds, self._now)
        if self.outcomes:
            self.outcomes.kind[cases] = kinds
        while len(self._case):
            self._step()

    def _step(self) -> None:
        """Move every live case by its next event; those without one are left where they stand."""
        model, desks, clocks = self.model, self._desks, self._clocks
        slot = clocks.closes.argmin(axis=0) if len(clocks.closes) else np.zeros(len(self._case), dtype=np.int64)
        moment = (
            np.take_along_axis(clocks.closes, slot[None], axis=0)[0].astype(np.int64)
            if len(clocks.closes)
            else np.full(len(self._case), NEVER, dtype=np.int64)
        )
        move = slot + model.chart.clock_moves
        actor = np.full(len(self._case), NONE, dtype=np.int64)
        desks.look(self._node, self._now)
        for role in range(len(model.roles)):
            rows, ready = desks.ready[role]
            first = ready < moment[rows]
            sooner = rows[first]
            moment[sooner], actor[sooner] = ready[first], role
            move[sooner] = desks.move[role, sooner]
        desks.count_waiting(np.minimum(moment, model.end))
        going = moment < model.end
        if not going.all():
            self._leave(~going)
            moment, move, actor = moment[going], move[going], actor[going]
        if len(self._case):
            self._move(moment, move, actor)

    def _move(self, moment: Numbers, move: Numbers, actor: Numbers) -> None:
        """Let the next thing happen to every live case."""
        chart = self.model.chart
        edge = chart.edges(self._node, move, moment // DAY_MINUTES)
        was = self._effects.states(self._node)
        self._node = self._effects.targets(edge)
        state = self._effects.states(self._node)
        self._now = np.maximum(self._now, moment)
        self._opened = np.where(was < 0, moment, self._opened)
        self.tally.moved(moment, was, state)
        for place, rows, effect, faces in self._effects.changes(edge):
            self._clocks.change(place, rows, effect, faces, moment[rows], self._case[rows])
        if self.log:
            self.log.add(self._case, move, moment, state, self._clocks.due)
        closed = self._final[state] & (state >= 0)
        if closed.any():
            self._leave(closed)
            was, state, actor = was[~closed], state[~closed], actor[~closed]
        changed = was != state
        self._desks.enter(np.flatnonzero(changed), self._node, state, self._now)
        self._desks.look_again(np.flatnonzero(~changed), actor[~changed], self._node, state, self._now)

    def _leave(self, rows: Flags) -> None:
        """Take cases out: those that are closed, and those that are open at the end of the simulation."""
        gone = np.flatnonzero(rows)
        cases, node, opened = self._case[gone], self._node[gone], self._opened[gone]
        state = self._effects.states(node)
        closed = (state >= 0) & self._final[state]
        last = np.where(closed, self._now[gone] // DAY_MINUTES, self.model.scenario.days - 1)
        for slot in range(len(self._clocks.face)):
            late = self._clocks.ran_out[slot, gone]
            if late.any():
                self._clocks.end_late(slot, gone[late], last[late], cases[late])
        self.tally.closed(state[closed], opened[closed], self._now[gone[closed]])
        if self.outcomes:
            self.outcomes.opened[cases], self.outcomes.state[cases] = opened, state
            self.outcomes.closed[cases] = np.where(closed, self._now[gone], NONE)
        keep = ~rows
        self._case, self._node, self._now, self._opened = (
            column[keep] for column in (self._case, self._node, self._now, self._opened)
        )
        self._clocks.keep(keep)
        self._desks.keep(keep)
