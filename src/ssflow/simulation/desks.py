"""What each role is about to do in many cases: a row a role, a column a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, field

from ssflow.simulation.chart import NEVER, REFUSED
from ssflow.simulation.draws import Stream, part_of, share_of
from ssflow.simulation.kernel import DAY_MINUTES
from ssflow.simulation.model import Desk, Model
from ssflow.simulation.records import NONE
from ssflow.simulation.tally import Tally

if TYPE_CHECKING:
    from ssflow.simulation.numbers import Flags, Numbers

_UNASKED = -1


@define(eq=False)
class Hopes:
    """For each standing and role the bits of the acts that may be hoped for, at once or ``later``."""

    model: Model
    _acts: Numbers = field(init=False)
    _later: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._acts = self._later = np.zeros((0, len(self.model.roles)), dtype=np.int64)

    def acts(self, nodes: Numbers, role: int) -> Numbers:
        """The bits of all acts that may be hoped for."""
        self._ask(nodes)
        found: Numbers = self._acts[nodes, role]
        return found

    def later(self, nodes: Numbers, role: int) -> Numbers:
        """The bits of those that may be hoped for once something has happened."""
        self._ask(nodes)
        found: Numbers = self._later[nodes, role]
        return found

    def _ask(self, nodes: Numbers) -> None:
        known = len(self._acts)
        if len(nodes) and nodes.max() >= known:
            more = np.full(
                (max(64, int(nodes.max()) + 1 - known, known), len(self.model.roles)), _UNASKED, dtype=np.int64
            )
            self._acts, self._later = np.concatenate([self._acts, more]), np.concatenate([self._later, more])
        unasked = self._acts[nodes, 0] == _UNASKED
        if unasked.any():
            for node in np.unique(nodes[unasked]).tolist():
                self._answer(node)

    def _answer(self, node: int) -> None:
        reach, state = self.model.outlook.reach(node), self.model.chart.states[node]
        for role in range(len(self.model.roles)):
            number = self.model.desk_at[state, role] if state >= 0 else NONE
            desk = self.model.desks[number] if number != NONE else None
            self._acts[node, role] = desk.mask(reach.acts) if desk else 0
            self._later[node, role] = desk.mask(reach.later) if desk else 0


@define(eq=False)
class Desks:
    """What all roles intend in many cases.

    ``move`` is what a role is about to do (-1: nothing), ``ripe`` when, ``bit`` its place among the acts of the desk. ``ready`` are, of
    the last look, the rows in which each role intends something and when it would act.
    """

    model: Model
    run: int
    tally: Tally
    ready: list[tuple[Numbers, Numbers]] = field(factory=list, init=False)
    move: Numbers = field(init=False)
    ripe: Numbers = field(init=False)
    _table: Numbers = field(init=False)
    _bit: Numbers = field(init=False)
    _barred: Numbers = field(init=False)
    _visits: Numbers = field(init=False)
    _case: Numbers = field(init=False)
    _streams: list[Stream] = field(init=False)
    _hopes: Hopes = field(init=False)
    _waiting: list[tuple[Numbers, Numbers, Numbers, Flags]] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, desk) for desk in self.model.desks]
        self._hopes = Hopes(self.model)

    def reset(self, cases: Numbers, kinds: Numbers, arrivals: Numbers) -> None:
        """Begin with cases that are to be opened when they arrive."""
        shape = (len(self.model.roles), len(cases))
        self._case = cases
        self.move = np.full(shape, NONE, dtype=np.int64)
        self.ripe, self._table, self._bit, self._barred = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        self._visits = np.zeros((len(self.model.desks), len(cases)), dtype=np.uint16)
        for number, kind in enumerate(self.model.chart.kinds):
            by = kind.opening.activity.by
            rows = np.flatnonzero(kinds == number)
            if by is not None:
                role = self.model.roles.index(by)
                self.move[role, rows] = self.model.chart.place(kind.opening.activity.name)
                self.ripe[role, rows], self._table[role, rows] = arrivals[rows], self.model.opening_timetable

    def keep(self, rows: Flags) -> None:
        """Go on with some of the cases."""
        self._case = self._case[rows]
        for name in ("move", "ripe", "_table", "_bit", "_barred", "_visits"):
            setattr(self, name, getattr(self, name)[:, rows])

    def look(self, node: Numbers, now: Numbers) -> None:
        """See when each role would act in each case if nobody came first."""
        self.ready, self._waiting = [], []
        for role in range(len(self.move)):
            rows = np.flatnonzero(self.move[role] != NONE)
            ready = np.full(len(rows), NEVER, dtype=np.int64)
            looking = np.arange(len(rows))
            while len(looking):  # again where a plan is given up and another made
                looking = self._look(role, rows, looking, ready, node, now)
            self.ready.append((rows, ready))

    def _look(self, role: int, rows: Numbers, looking: Numbers, ready: Numbers, node: Numbers, now: Numbers) -> Numbers:
        chart, here = self.model.chart, rows[looking]
        base = self.ripe[role, here]
        behind = base < now[here]
        if behind.any():
            base[behind] = self._at_work(self._table[role, here[behind]], now[here[behind]])
        within = (base < self.model.end) & (self.move[role, here] != NONE)
        looking, here, base = looking[within], here[within], base[within]
        edge = chart.edges(node[here], self.move[role, here], base // DAY_MINUTES)
        allowed = edge > REFUSED
        ready[looking[allowed]] = base[allowed]
        if allowed.all():
            return looking[:0]
        looking, here, base, edge = (column[~allowed] for column in (looking, here, base, edge))
        then, hopeless = self._opening(role, here, base, node)
        ready[looking] = then
        kept = ~hopeless
        self._waiting.append((here[kept], base[kept], REFUSED - edge[kept], base[kept] == self.ripe[role, here[kept]]))
        if hopeless.any():
            self._redraw(role, here[hopeless], node, base[hopeless])
        return looking[hopeless]

    def _opening(self, role: int, rows: Numbers, base: Numbers, node: Numbers) -> tuple[Numbers, Flags]:
        """When what is refused becomes possible if the case stands as it does, and whether it can never be hoped for again."""
        chart, moves, table = self.model.chart, self.move[role, rows], self._table[role, rows]
        first = chart.opening_days(node[rows], moves, base // DAY_MINUTES)
        ready, day = np.full(len(rows), NEVER, dtype=np.int64), first
        waiting = np.flatnonzero(day != NEVER)
        while len(waiting):  # what opens on a day of rest is met on the next day at work, if it still is open
            then = self._at_work(table[waiting], day[waiting] * DAY_MINUTES)
            waiting, then = waiting[then < self.model.end], then[then < self.model.end]
            day = day.copy()
            day[waiting] = chart.opening_days(node[rows[waiting]], moves[waiting], then // DAY_MINUTES)
            met = day[waiting] == then // DAY_MINUTES
            ready[waiting[met]] = then[met]
            waiting = waiting[~met & (day[waiting] != NEVER)]
        opened = self.model.chart_states(node[rows]) >= 0
        hopeless = (first == NEVER) & opened & (self._hopes.later(node[rows], role) & self._bit[role, rows] == 0)
        return ready, hopeless

    def _at_work(self, tables: Numbers, moments: Numbers) -> Numbers:
        found = np.full(len(moments), NEVER, dtype=np.int64)
        for number, timetable in enumerate(self.model.timetables):
            here = tables == number
            if here.any():
                found[here] = timetable.after(moments[here], 0)
        return found

    def count_waiting(self, until: Numbers) -> None:
        """Count what was ripe in the last look waited for, until something happened."""
        for rows, base, refusals, first in self._waiting:
            minutes = until[rows] - base
            waited = minutes > 0
            if waited.any():
                self.tally.waited_for(refusals[waited], minutes[waited], first[waited])

    def enter(self, rows: Numbers, node: Numbers, state: Numbers, now: Numbers) -> None:
        """Let all roles plan in cases that have come to another state."""
        for role in range(len(self.move)):
            self.move[role, rows] = NONE
            self._barred[role, rows] = 0
            self._plan(role, rows, self.model.desk_at[state[rows], role], node, now[rows])

    def look_again(self, rows: Numbers, actors: Numbers, node: Numbers, state: Numbers, now: Numbers) -> None:
        """Let whoever has done something plan anew, and whoever intends what can no longer be hoped for, in cases that stay in their state."""
        if not len(rows):
            return
        for role in range(len(self.move)):
            acted = actors == role
            mine = rows[acted]
            if len(mine):
                at = self.model.desk_at[state[mine], role]
                once = np.array([desk.once for desk in self.model.desks])[at]
                self._barred[role, mine] |= self._bit[role, mine] & once
                self._plan(role, mine, at, node, now[mine])
            others = rows[~acted & (self.move[role, rows] != NONE) & (state[rows] >= 0)]
            lost = others[self._hopes.acts(node[others], role) & self._bit[role, others] == 0]
            if len(lost):
                self._redraw(role, lost, node, now[lost])

    def _redraw(self, role: int, rows: Numbers, node: Numbers, start: Numbers) -> None:
        at = self.model.desk_at[self.model.chart_states(node[rows]), role]
        self.tally.redrawn += np.bincount(at, minlength=len(self.model.desks))
        self._barred[role, rows] |= self._bit[role, rows]
        self._plan(role, rows, at, node, start)

    def _plan(self, role: int, rows: Numbers, at: Numbers, node: Numbers, start: Numbers) -> None:
        """Draw what a role does next in some cases, and when."""
        for number in np.unique(at[at != NONE]).tolist():
            here = at == number
            self._plan_at(role, self.model.desks[number], rows[here], node, start[here])

    def _plan_at(self, role: int, desk: Desk, rows: Numbers, node: Numbers, start: Numbers) -> None:
        visits = self._visits[desk.number, rows]
        self._visits[desk.number, rows] = visits + 1
        bits = self._streams[desk.number].bits(self._case[rows], visits)
        mask = self._hopes.acts(node[rows], role) & ~self._barred[role, rows]
        place = (desk.bounds[mask] <= share_of(bits)[:, None]).sum(axis=1)
        idle = place == len(desk.moves)
        place[idle] = 0
        self.move[role, rows] = np.where(idle, NONE, np.array(desk.moves)[place])
        self._bit[role, rows] = 1 << place
        self._table[role, rows] = tables = np.array(desk.timetables)[place]
        minutes = self.model.minutes[np.array(desk.lengths)[place], part_of(bits)]
        if len(set(desk.timetables)) == 1:
            self.ripe[role, rows] = self.model.timetables[desk.timetables[0]].after(start, minutes)
            return
        for number in set(desk.timetables):
            here = tables == number
            self.ripe[role, rows[here]] = self.model.timetables[number].after(start[here], minutes[here])
