"""What each role is about to do in many cases, and what it may hope for."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import QUEUED, Queueing
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Flags, Numbers

_UNASKED = -1
UNOPENED = -1  # instead of a state, before the opening


@define(eq=False)
class Prospects:
    """For each standing and role the bits of the acts that may be hoped for, at once or ``later``."""

    model: Model
    _acts: Numbers = field(init=False)
    _later: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._acts = self._later = np.zeros((len(self.model.roles), 0), dtype=np.int64)

    def acts(self, nodes: Numbers, role: int) -> Numbers:
        """The bits of all acts that may be hoped for."""
        self._ask(nodes)
        found: Numbers = self._acts[role].take(nodes)
        return found

    def later(self, nodes: Numbers, role: int) -> Numbers:
        """The bits of those that may be hoped for once something has happened."""
        self._ask(nodes)
        found: Numbers = self._later[role].take(nodes)
        return found

    def _ask(self, nodes: Numbers) -> None:
        known = self._acts.shape[1]
        if known < len(self.model.chart.companies):
            wider = np.full((len(self.model.roles), len(self.model.chart.companies) + 64), _UNASKED, dtype=np.int64)
            later = wider.copy()
            wider[:, :known], later[:, :known] = self._acts, self._later
            self._acts, self._later = wider, later
        unasked = self._acts[0].take(nodes) == _UNASKED
        if unasked.any():
            for node in np.unique(nodes[unasked]).tolist():
                self._answer(node)

    def _answer(self, node: int) -> None:
        reach, state = self.model.outlook.reach(node), self.model.chart.states[node]
        for role in range(len(self.model.roles)):
            number = self.model.selector_at[state, role] if state >= 0 else NONE
            selector = self.model.selectors[number] if number != NONE else None
            self._acts[role][node] = selector.mask(reach.acts) if selector else 0
            self._later[role][node] = selector.mask(reach.later) if selector else 0


# Which, since when, why refused, whether for the first time, until when at the latest.
Waiting = tuple[Numbers, Numbers, Numbers, Flags, Numbers]


@define(eq=False)
class Intents:
    """What all roles intend in the cases of a window: a row a role, a column a case.

    ``move`` is what a role is about to do (-1: nothing), ``ripe`` when. ``roles`` are, by state, those that act in it with their selectors.
    """

    model: Model
    run: int
    tally: Tally
    queueing: Queueing | None = None
    roles: dict[int, list[tuple[int, Selector | None]]] = field(factory=dict, init=False)
    move: Numbers = field(init=False)
    ripe: Numbers = field(init=False)
    _table: Numbers = field(init=False)
    _bit: Numbers = field(init=False)
    _barred: Numbers = field(init=False)
    _visits: Numbers = field(init=False)
    _case: Numbers = field(init=False)
    _streams: list[Stream] = field(init=False)
    _prospects: Prospects = field(init=False)

    def __attrs_post_init__(self) -> None:
        model = self.model
        self._streams = [model.stream(self.run, selector) for selector in model.selectors]
        self._prospects = Prospects(model)
        openers = {kind.opener for kind in model.chart.kinds}
        self.roles[UNOPENED] = [(role, None) for role, who in enumerate(model.roles) if who in openers]
        for state, selectors in enumerate(model.selector_at.tolist()):
            self.roles[state] = [
                (role, model.selectors[selector]) for role, selector in enumerate(selectors) if selector != NONE
            ]

    def reset(self, cases: Numbers, kinds: Numbers, arrivals: Numbers) -> None:
        """Begin with cases that are to be opened when they arrive."""
        shape = (len(self.model.roles), len(cases))
        self._case = cases
        if self.queueing:
            self.queueing.reset(cases, kinds)
        self.move = np.full(shape, NONE, dtype=np.int32)
        self.ripe = np.zeros(shape, dtype=np.int32)
        self._table = np.zeros(shape, dtype=np.int8)
        self._bit, self._barred = (np.zeros(shape, dtype=np.int16) for _ in range(2))
        self._visits = np.zeros((len(self.model.selectors), len(cases)), dtype=np.uint16)
        for number, kind in enumerate(self.model.chart.kinds):
            role, rows = self.model.roles.index(kind.opener), np.flatnonzero(kinds == number)
            self.move[role][rows] = self.model.chart.opening(number)
            self.ripe[role][rows], self._table[role][rows] = arrivals[rows], self.model.opening_timetable

    def visits(self, selector: Selector, rows: Numbers) -> Numbers:
        """Which of the visits of some cases to a state what is intended belongs to."""
        found: Numbers = self._visits[selector.number].take(rows).astype(np.int32) - 1
        return found

    def look(self, state: int, role: int, rows: Numbers, node: Numbers, now: Numbers) -> tuple[Numbers, list[Waiting]]:
        """See when a role would act in some cases of a state if nobody came first, and what it would wait for."""
        ready = np.full(len(rows), NEVER, dtype=np.int32)
        waiting: list[Waiting] = []
        intends = self.move[role].take(rows) != NONE
        if self.queueing:
            intends &= self.queueing.stage[role].take(rows) != QUEUED
        looking = np.flatnonzero(intends)
        while len(looking):  # again where an intent is given up and another made
            looking = self._look(state, role, rows, looking, ready, node, now, waiting)
        return ready, waiting

    def _look(
        self,
        state: int,
        role: int,
        rows: Numbers,
        looking: Numbers,
        ready: Numbers,
        node: Numbers,
        now: Numbers,
        waiting: list[Waiting],
    ) -> Numbers:
        chart = self.model.chart
        here, stands, since = rows, node, now
        if len(looking) < len(rows):
            here, stands, since = rows.take(looking), node.take(looking), now.take(looking)
        base, move = self.ripe[role].take(here), self.move[role].take(here)
        behind = np.flatnonzero(base < since)
        if len(behind):
            base[behind] = self._at_work(self._table[role].take(here[behind]), since[behind])
        within = (base < self.model.end) & (move != NONE)
        if not within.all():
            looking, here, base, move, stands = (column[within] for column in (looking, here, base, move, stands))
        edge = chart.edges(stands, move, base // DAY_MINUTES)
        allowed = edge > REFUSED
        if allowed.all():
            ready[looking] = base
            return looking[:0]
        ready[looking[allowed]] = base[allowed]
        looking, here, base, edge = (column[~allowed] for column in (looking, here, base, edge))
        then, hopeless = self._opening(state, role, here, base, node[looking])
        ready[looking] = then
        kept = ~hopeless
        first = base[kept] == self.ripe[role][here[kept]]
        waiting.append((looking[kept], base[kept], REFUSED - edge[kept], first, then[kept]))
        if hopeless.any():
            self._redraw(state, role, here[hopeless], node[looking[hopeless]], base[hopeless])
        return looking[hopeless]

    def _opening(self, state: int, role: int, rows: Numbers, base: Numbers, node: Numbers) -> tuple[Numbers, Flags]:
        """When what is refused becomes possible if the case stays as it is, and whether it can never be hoped for again."""
        chart, moves, table = self.model.chart, self.move[role][rows], self._table[role][rows]
        first = chart.opening_days(node, moves, base // DAY_MINUTES)
        ready, day = np.full(len(rows), NEVER, dtype=np.int32), first
        waiting = np.flatnonzero(day != NEVER)
        while len(waiting):  # what opens on a day of rest is met on the next day at work, if it still is open
            then = self._at_work(table[waiting], day[waiting] * DAY_MINUTES)
            waiting, then = waiting[then < self.model.end], then[then < self.model.end]
            day = day.copy()
            day[waiting] = chart.opening_days(node[waiting], moves[waiting], then // DAY_MINUTES)
            met = day[waiting] == then // DAY_MINUTES
            ready[waiting[met]] = then[met]
            waiting = waiting[~met & (day[waiting] != NEVER)]
        if state == UNOPENED:
            return ready, np.zeros(len(rows), dtype=np.bool_)
        return ready, (first == NEVER) & (self._prospects.later(node, role) & self._bit[role][rows] == 0)

    def _at_work(self, tables: Numbers, moments: Numbers) -> Numbers:
        found = np.full(len(moments), NEVER, dtype=np.int32)
        for number, timetable in enumerate(self.model.timetables):
            here = tables == number
            if here.any():
                found[here] = timetable.after(moments[here], 0)
        return found

    def count_waiting(self, waiting: list[Waiting], until: Numbers) -> None:
        """Count what was ripe and waited, until something happened."""
        for rows, base, refusals, first, latest in waiting:
            minutes = np.minimum(until[rows], latest) - base
            waited = minutes > 0
            if waited.any():
                self.tally.waited_for(refusals[waited], minutes[waited], first[waited])

    def enter(self, state: int, rows: Numbers, node: Numbers, now: Numbers) -> None:
        """Let all roles choose in cases that have come to a state."""
        for role, selector in self.roles[state]:
            self._barred[role][rows] = 0
            if selector:
                self._choose(role, selector, rows, node, now, None)

    def look_again(self, state: int, rows: Numbers, actors: Numbers, node: Numbers, now: Numbers) -> None:
        """Let a role that has acted, or whose intended act can no longer be hoped for, choose anew in cases that stay in a state."""
        for role, selector in self.roles[state]:
            if selector is None:
                continue
            acted = actors == role
            if acted.any():
                mine = rows[acted]
                self._barred[role][mine] |= (self._bit[role][mine] & selector.once).astype(np.int16)
                self._choose(role, selector, mine, node[acted], now[acted], self._barred[role][mine])
            intends = np.flatnonzero(~acted & (self.move[role][rows] != NONE))
            hoped = self._prospects.acts(node[intends], role) & self._bit[role][rows[intends]]
            lost = intends[hoped == 0]
            if len(lost):
                self._redraw(state, role, rows[lost], node[lost], now[lost])

    def over(self, role: int, rows: Numbers, tables: Numbers, moments: Numbers) -> None:
        """Let what is intended be ripe, because the work on it is over."""
        self.ripe[role][rows], self._table[role][rows] = moments, tables

    def _redraw(self, state: int, role: int, rows: Numbers, node: Numbers, start: Numbers) -> None:
        selector = self.model.selectors[self.model.selector_at[state, role]]
        self.tally.redrawn[selector.number] += len(rows)
        if self.queueing and selector.is_served:
            self.queueing.let_go(role, rows, self.visits(selector, rows), start, "left")
        self._barred[role][rows] |= self._bit[role][rows]
        self._choose(role, selector, rows, node, start, self._barred[role][rows])

    def _choose(
        self, role: int, selector: Selector, rows: Numbers, node: Numbers, start: Numbers, barred: Numbers | None
    ) -> None:
        """Draw what a role does next in some cases, and when."""
        visits = self._visits[selector.number].take(rows)
        self._visits[selector.number][rows] = visits + 1
        bits = self._streams[selector.number].bits(self._case[rows], visits)
        mask = self._prospects.acts(node, role)
        if barred is not None:
            mask = mask & ~barred
        place = selector.place(mask, share_of(bits))
        parts = part_of(bits)
        self.move[role][rows] = selector.move_of.take(place)
        self._bit[role][rows] = selector.bit_of.take(place)
        self._table[role][rows] = selector.table_of.take(place)
        if len(set(selector.lengths)) == 1:
            minutes = self.model.minutes[selector.lengths[0]].take(parts)
        else:
            minutes = self.model.minutes[selector.length_of[place], parts]
        if self.queueing and selector.is_served:
            services = selector.service_of.take(place)
            self.queueing.plan(role, services, rows, start, minutes)
            minutes = np.where(services == NONE, minutes, 0)
        tables = set(selector.asked)
        if len(tables) == 1:
            self.ripe[role][rows] = self.model.timetables[selector.asked[0]].after(start, minutes)
            return
        for number in tables:
            here = selector.table_of[place] == number
            self.ripe[role][rows[here]] = self.model.timetables[number].after(start[here], minutes[here])
