"""The engine that plays many cases at once: a column a case, and one step moves every live case by its next event.

Cases are taken state by state, because a state knows which roles act in it and which clocks run. Of each case it is asked when each of
these would move it; the earliest does. Where that leads is looked up, the clocks are changed as the move changes them, and the roles that have
to choose anew do so. There are as many steps as the longest case has events.
"""

from __future__ import annotations

import numpy as np
from attrs import define, evolve, field, frozen

from ssflow.simulation.chart.effects import Effects
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.attending import Attending
from ssflow.simulation.engines.columns.clocks import Clocks
from ssflow.simulation.engines.columns.intents import UNOPENED, Intents
from ssflow.simulation.engines.columns.queueing import End, Queueing
from ssflow.simulation.engines.columns.visits import Visits
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.draws import share_of
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers
from ssflow.simulation.scenario.profiles import MAIN

WINDOW = 1 << 16  # cases that are played together, so that what a step touches stays in the cache
Buckets = dict[int, list[Numbers]]  # the places of the live cases in the window, by their state


@frozen(eq=False)
class _Moving:
    """Cases of a state that go on: their places in the window, their standings, their time after the move, when and what it is, who acts."""

    state: int
    rows: Numbers
    node: Numbers
    now: Numbers
    moment: Numbers
    move: Numbers
    actor: Numbers

    def only(self, here: Numbers) -> _Moving:
        """Some of them."""
        columns = (self.rows, self.node, self.now, self.moment, self.move, self.actor)
        return _Moving(self.state, *(column.take(here) for column in columns))


@define(eq=False)
class ColumnEngine:
    """Plays cases of one run in columns."""

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    dating: Dating | None = None
    starts: Starts | None = None
    visits: Visits | None = None
    _queueing: Queueing | None = field(init=False)
    _clocks: Clocks = field(init=False)
    _intents: Intents = field(init=False)
    _effects: Effects = field(init=False)
    # By state and role, where a station does something.
    _served: dict[int, dict[int, Selector]] = field(factory=dict, init=False)
    _followed: frozenset[int] = field(init=False)  # the states in which cases are followed
    _slots: dict[int, list[int]] = field(factory=dict, init=False)
    _case: Numbers = field(init=False)
    _node: Numbers = field(init=False)
    _now: Numbers = field(init=False)
    _opened: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        dating = self.dating or Dating(self.model.chart)
        self._clocks = Clocks(self.model, dating, self.tally, self.outcomes)
        self._queueing = Queueing(self.model, self.starts, self.tally, self.visits) if self.starts else None
        self._intents = Intents(self.model, self.run, self.tally, self._queueing)
        self._effects = Effects(self.model.chart)
        for number, roles in self._intents.roles.items():
            self._served[number] = {role: one for role, one in roles if one and one.is_served}
        process = self.model.chart.process
        # Who is about to find out when cases come to stations need not follow them any further.
        everywhere = frozenset(range(len(process.states)))
        self._followed = everywhere if self.visits is None else self.model.before_stations()
        for place, state in enumerate(process.states):
            self._slots[place] = [
                slot
                for slot, (case, clock) in enumerate(self.model.chart.slots)
                if case != MAIN or state.holds(process.clock(clock))
            ]

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival to their end, or to that of the simulation, in windows."""
        for first in range(0, len(cases), WINDOW):
            self._play(cases[first : first + WINDOW])

    def _play(self, cases: Numbers) -> None:
        model = self.model
        self.tally.cases += len(cases)
        shares = share_of(model.stream_of_kinds(self.run).bits(cases))
        kinds = np.searchsorted(model.bounds_of_kinds, shares, side="right").astype(np.int32)
        self._case, self._node = cases, kinds.copy()  # the first standings are those of the kinds
        self._now = model.schedule.minutes(model.scenario.seed, self.run, cases).astype(np.int32)
        self._opened = np.full(len(cases), NONE, dtype=np.int32)
        self._clocks.reset(len(cases))
        self._intents.reset(cases, kinds, self._now)
        if self.outcomes:
            self.outcomes.kind[cases] = kinds
        buckets: Buckets = {UNOPENED: [np.arange(len(cases), dtype=np.int32)]}
        while buckets:
            following: Buckets = {}
            for state, parts in buckets.items():
                self._step(state, parts[0] if len(parts) == 1 else np.concatenate(parts), following)
            buckets = following

    def _step(self, state: int, rows: Numbers, following: Buckets) -> None:
        """Move the cases of a state by their next event; those without one are left as they are."""
        model, intents = self.model, self._intents
        node, now = self._node.take(rows), self._now.take(rows)
        moment, move = self._closing(state, rows)
        actor = np.full(len(rows), NONE, dtype=np.int32)
        waiting = []
        served = self._served.get(state, {})
        attending = Attending(intents, self._queueing, rows, node, now) if self._queueing and served else None
        for role, _ in intents.roles[state]:
            ready, waits = intents.look(state, role, rows, node, now)
            if attending and role in served:
                attending.look(role, served[role], ready, waits)
            sooner = ready < moment
            np.minimum(moment, ready, out=moment)
            np.copyto(actor, role, where=sooner)
            np.copyto(move, intents.move[role].take(rows), where=sooner)
            waiting += waits
        intents.count_waiting(waiting, np.minimum(moment, model.end))
        going = moment < model.end
        staying = rows[~going]
        if attending:
            attending.join(np.minimum(moment, model.end), self._clocks.due)
            attending.finish(moment, np.where(going, actor, NONE), served)
            going &= ~attending.vain
            self._go_on(state, rows[attending.vain], moment[attending.vain], following)
        if not going.all():
            self._leave(state, staying)
            on = np.flatnonzero(going)
            rows, node, now, moment, move, actor = (
                column.take(on) for column in (rows, node, now, moment, move, actor)
            )
        if len(rows):
            self._move(_Moving(state, rows, node, np.maximum(now, moment), moment, move, actor), following)

    def _go_on(self, state: int, rows: Numbers, moment: Numbers, following: Buckets) -> None:
        """Leave cases as they are in which work has been done in vain."""
        if len(rows):
            self._now[rows] = np.maximum(self._now[rows], moment)
            following.setdefault(state, []).append(rows)

    def _let_go(self, state: int, rows: Numbers, over: Numbers, end: End) -> None:
        """Let cases of a state leave the stations at which they are."""
        if self._queueing:
            for role, selector in self._served.get(state, {}).items():
                self._queueing.let_go(role, rows, self._intents.visits(selector, rows), over, end)

    def _closing(self, state: int, rows: Numbers) -> tuple[Numbers, Numbers]:
        """When the first clock of each case runs out, and which."""
        moment = np.full(len(rows), NEVER, dtype=np.int32)
        move = np.full(len(rows), NONE, dtype=np.int32)
        for slot in self._slots.get(state, ()):
            if slot not in self._clocks.begun:
                continue
            closes = self._clocks.closes[slot].take(rows)
            sooner = closes < moment
            move[sooner] = slot + self.model.chart.clock_moves
            np.minimum(moment, closes, out=moment)
        return moment, move

    def _move(self, moving: _Moving, following: Buckets) -> None:
        """Let the next thing happen to some cases of a state."""
        rows, moment = moving.rows, moving.moment
        edge = self.model.chart.edges(moving.node, moving.move, moment // DAY_MINUTES)
        node = self._effects.targets(edge)
        reached = self._effects.states(node)
        self._node[rows], self._now[rows] = node, moving.now
        if moving.state == UNOPENED:
            self._opened[rows] = moment
        for slot, changed, effect, faces in self._effects.changes(edge):
            there = rows[changed]
            self._clocks.change(slot, there, effect, faces, moment[changed], self._case[there])
        if self.log:
            self.log.add(self._case[rows], moving.move, moment, reached, self._clocks.due[:, rows])
        moved = evolve(moving, node=node)
        targets = np.flatnonzero(np.bincount(reached)).tolist()
        for target in targets:
            alone = len(targets) == 1
            self._arrive(target, moved if alone else moved.only(np.flatnonzero(reached == target)), following)

    def _arrive(self, target: int, moved: _Moving, following: Buckets) -> None:
        """Take cases into the state that they have come to."""
        self.tally.moved(moved.state, target, moved.moment)
        if target != moved.state:
            self._let_go(moved.state, moved.rows, moved.moment, "left")
        if self.model.chart.process.states[target].final:
            self._leave(target, moved.rows)
            return
        if target not in self._followed:
            return
        if target == moved.state:
            self._intents.look_again(target, moved.rows, moved.actor, moved.node, moved.now)
        else:
            self._intents.enter(target, moved.rows, moved.node, moved.now)
        following.setdefault(target, []).append(moved.rows)

    def _leave(self, state: int, rows: Numbers) -> None:
        """Take cases of a state out: those that are closed, and those that are open at the end of the simulation."""
        self._let_go(state, rows, np.full(len(rows), NEVER, dtype=np.int32), "stay")
        closed = state != UNOPENED and self.model.chart.process.states[state].final
        cases, opened, last = self._case[rows], self._opened[rows], self._now[rows]
        days = last // DAY_MINUTES if closed else np.full(len(rows), self.model.scenario.days - 1)
        for slot in self._clocks.begun:
            late = self._clocks.ran_out[slot][rows]
            if late.any():
                self._clocks.end_late(slot, rows[late], days[late], cases[late])
        if closed:
            self.tally.closed(state, opened, last)
        if self.outcomes:
            self.outcomes.opened[cases], self.outcomes.state[cases] = opened, state
            self.outcomes.closed[cases] = last if closed else NONE
