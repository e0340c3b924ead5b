"""What each role is about to do in many cases, and what it may hope for."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import OWN, Queueing
from ssflow.simulation.engines.columns.standings import Acting, Standing
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Flags, Numbers
from ssflow.simulation.scenario.durations import PARTS

# Which, since when, why refused, whether for the first time, until when at the latest.
Waiting = tuple[Numbers, Numbers, Numbers, Flags, Numbers]


@define(eq=False)
class Look:
    """When a role would act in some cases, with the outcome that this has; `NEVER` where it would not. ``waits`` are what it waits for."""

    ready: Numbers
    edge: Numbers
    waits: list[Waiting] = field(factory=list)

    @classmethod
    def nowhere(cls, cases: int) -> Look:
        """A role that does nothing in so many cases."""
        return cls(np.full(cases, NEVER, dtype=np.int32), np.zeros(cases, dtype=np.int32))

    def put(self, where: Numbers, ready: Numbers, edge: Numbers) -> None:
        """Note when a role would act in some of the cases."""
        if len(where) == len(self.ready):
            self.ready, self.edge = ready, edge
        else:
            self.ready[where], self.edge[where] = ready, edge


@define(eq=False)
class Intents:
    """What all roles intend in the cases of a window: a row a role, a column a case.

    ``place`` is which act of its selector a role is about to do (none: the number of acts), ``ripe`` when, `NEVER` if it does nothing or
    a station does it.
    """

    model: Model
    run: int
    tally: Tally
    queueing: Queueing | None = None
    place: Numbers = field(init=False)
    ripe: Numbers = field(init=False)
    _barred: Numbers = field(init=False)
    _visits: Numbers = field(init=False)
    _case: Numbers = field(init=False)
    _over: Numbers = field(init=False)  # the timetable of work that was in vain, counted from 1; 0: that of the act
    _streams: list[Stream] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, selector) for selector in self.model.selectors]

    def reset(self, cases: Numbers, kinds: Numbers, arrivals: Numbers) -> None:
        """Begin with cases that are to be opened when they arrive."""
        shape = (len(self.model.roles), len(cases))
        self._case = cases
        if self.queueing:
            self.queueing.reset(cases, kinds)
        self.place, self._over = (np.zeros(shape, dtype=np.int8) for _ in range(2))
        self.ripe = np.empty(shape, dtype=np.int32)
        self.ripe[:] = arrivals
        self._barred = np.zeros(shape, dtype=np.int16)
        self._visits = np.zeros((len(self.model.selectors), len(cases)), dtype=np.uint16)

    def visits(self, selector: Selector, rows: Numbers) -> Numbers:
        """Which of the visits of some cases to a state what is intended belongs to."""
        found: Numbers = self._visits[selector.number].take(rows).astype(np.int32) - 1
        return found

    def look(self, standing: Standing, acting: Acting, rows: Numbers, now: Numbers) -> Look:
        """See when a role would act in some cases of a standing if nobody came first, and what it would wait for."""
        look = Look.nowhere(len(rows))
        looking: Numbers | None = None
        while looking is None or len(looking):  # again where an intent is given up and another made
            looking = self._look(standing, acting, rows, now, looking, look)
        return look

    def _look(
        self, standing: Standing, acting: Acting, rows: Numbers, now: Numbers, looking: Numbers | None, look: Look
    ) -> Numbers:
        """Look at some, or at all; those of them that have to be looked at again."""
        role, chart, end = acting.role, self.model.chart, self.model.end
        here, since = (rows, now) if looking is None else (rows.take(looking), now.take(looking))
        base = self.ripe[role].take(here)
        behind = base < since
        if behind.any():
            late = np.flatnonzero(behind)
            base[late] = self._at_work(self._tables(acting, here.take(late)), since.take(late))
        within = base < end
        if not within.all():
            some = np.flatnonzero(within)
            looking = some if looking is None else looking.take(some)
            here, base = here.take(some), base.take(some)
        elif looking is None:
            looking = np.arange(len(rows))
        if not len(here):
            return here
        move = self._moves(acting, here)
        edge = chart.edges(standing.number, move, base // DAY_MINUTES)
        allowed = edge > REFUSED
        if allowed.all():
            look.put(looking, base, edge)
            return looking[:0]
        some = np.flatnonzero(allowed)
        if len(some):
            look.put(looking.take(some), base.take(some), edge.take(some))
        some = np.flatnonzero(~allowed)
        looking, here, base, edge = (column.take(some) for column in (looking, here, base, edge))
        then, hopeless = self._opening(standing, acting, here, base)
        met = np.flatnonzero(then < end)
        if len(met):
            move = self._moves(acting, here.take(met))
            look.put(
                looking.take(met), then.take(met), chart.edges(standing.number, move, then.take(met) // DAY_MINUTES)
            )
        kept = np.flatnonzero(~hopeless)
        first = base.take(kept) == self.ripe[role].take(here.take(kept))
        look.waits.append((looking.take(kept), base.take(kept), REFUSED - edge.take(kept), first, then.take(kept)))
        again = np.flatnonzero(hopeless)
        if len(again):
            self._redraw(acting, here.take(again), base.take(again))
        return looking.take(again)

    def _moves(self, acting: Acting, rows: Numbers) -> Numbers | int:
        if acting.selector is None:
            return acting.opens
        if len(acting.selector.moves) == 1:
            return acting.selector.moves[0]
        return acting.moves(self.place[acting.role].take(rows))

    def _tables(self, acting: Acting, rows: Numbers) -> Numbers:
        """When those are at work who do what is intended."""
        if acting.selector is None:
            return np.full(len(rows), self.model.opening_timetable)
        over = self._over[acting.role].take(rows)
        own = acting.selector.table_of.take(self.place[acting.role].take(rows))
        found: Numbers = np.where(over > 0, over - 1, own)
        return found

    def _opening(self, standing: Standing, acting: Acting, rows: Numbers, base: Numbers) -> tuple[Numbers, Flags]:
        """When what is refused becomes possible if the case stays as it is, and whether it can never be hoped for again."""
        chart, node, tables = self.model.chart, standing.number, self._tables(acting, rows)
        places = self.place[acting.role].take(rows)
        moves = acting.moves(places)
        first = chart.opening_days(node, moves, base // DAY_MINUTES)
        ready, day = np.full(len(rows), NEVER, dtype=np.int32), first
        waiting = np.flatnonzero(day != NEVER)
        while len(waiting):  # what opens on a day of rest is met on the next day at work, if it still is open
            then = self._at_work(tables[waiting], day[waiting] * DAY_MINUTES)
            waiting, then = waiting[then < self.model.end], then[then < self.model.end]
            day = day.copy()
            day[waiting] = chart.opening_days(node, moves[waiting], then // DAY_MINUTES)
            met = day[waiting] == then // DAY_MINUTES
            ready[waiting[met]] = then[met]
            waiting = waiting[~met & (day[waiting] != NEVER)]
        if acting.selector is None:
            return ready, np.zeros(len(rows), dtype=np.bool_)
        return ready, (first == NEVER) & (acting.selector.bit_of.take(places) & acting.later == 0)

    def _at_work(self, tables: Numbers, moments: Numbers) -> Numbers:
        found = np.full(len(moments), NEVER, dtype=np.int32)
        for number in np.flatnonzero(np.bincount(tables)).tolist():
            here = np.flatnonzero(tables == number)
            found[here] = self.model.timetables[number].after(moments.take(here), 0)
        return found

    def count_waiting(self, waiting: list[Waiting], until: Numbers) -> None:
        """Count what was ripe and waited, until something happened."""
        for rows, base, refusals, first, latest in waiting:
            minutes = np.minimum(until.take(rows), latest) - base
            waited = np.flatnonzero(minutes > 0)
            if len(waited):
                self.tally.waited_for(refusals.take(waited), minutes.take(waited), first.take(waited))

    def enter(self, standing: Standing, rows: Numbers, now: Numbers) -> None:
        """Let all roles choose in cases that have come to a standing of another state."""
        for acting in standing.roles:
            self._barred[acting.role][rows] = 0
            self._choose(acting, acting.acts, rows, now)

    def look_again(self, standing: Standing, rows: Numbers, actor: int, now: Numbers) -> None:
        """Let the role that has acted, and one whose intended act can no longer be hoped for, choose anew in cases that stay in a state."""
        for acting in standing.roles:
            if acting.selector is None:
                continue
            place = self.place[acting.role].take(rows)
            if acting.role == actor:
                once = acting.selector.bit_of.take(place) & acting.selector.once
                self._choose_but(acting, once, rows, now)
                continue
            lost = np.flatnonzero(acting.selector.lost(acting.acts).take(place))
            if len(lost):
                self._redraw(acting, rows.take(lost), now.take(lost))

    def over(self, role: int, rows: Numbers, tables: Numbers, moments: Numbers) -> None:
        """Let what is intended be ripe, because the work on it is over."""
        self.ripe[role][rows], self._over[role][rows] = moments, tables + 1

    def _redraw(self, acting: Acting, rows: Numbers, start: Numbers) -> None:
        selector = acting.selector
        assert selector is not None  # noqa: S101 - no opening is given up
        self.tally.redrawn[selector.number] += len(rows)
        if self.queueing and selector.is_served:
            self.queueing.let_go(acting.role, rows, self.visits(selector, rows), start, "left")
        self._choose_but(acting, selector.bit_of.take(self.place[acting.role].take(rows)), rows, start)

    def _choose_but(self, acting: Acting, bits: Numbers, rows: Numbers, start: Numbers) -> None:
        """Draw what a role does next in some cases, none of the acts by these bits until the state changes."""
        barred = self._barred[acting.role].take(rows) | bits.astype(np.int16)
        self._barred[acting.role][rows] = barred
        masks = acting.acts & ~barred
        present = np.flatnonzero(np.bincount(masks)).tolist()
        for mask in present:
            here = slice(None) if len(present) == 1 else np.flatnonzero(masks == mask)
            self._choose(acting, mask, rows[here], start[here])

    def _choose(self, acting: Acting, mask: int, rows: Numbers, start: Numbers) -> None:
        """Draw what a role does next in some cases, of the acts by the bits of a mask, and when."""
        selector, role = acting.selector, acting.role
        assert selector is not None  # noqa: S101 - nobody chooses to open
        visits = self._visits[selector.number].take(rows)
        self._visits[selector.number][rows] = visits + 1
        if not mask:
            self.place[role][rows], self.ripe[role][rows] = len(selector.moves), NEVER
            if self.queueing:
                self.queueing.stage[role][rows] = OWN
            return
        bits = self._streams[selector.number].bits(self._case.take(rows), visits)
        place = selector.place(mask, share_of(bits))
        parts = part_of(bits)
        if len(set(selector.lengths)) == 1:
            minutes = self.model.minutes[selector.lengths[0]].take(parts)
        else:
            minutes = self.model.minutes.reshape(-1).take(selector.length_of.take(place) * PARTS + parts)
        if self.queueing:
            self._over[role][rows] = 0
            if selector.is_served:
                services = selector.service_of.take(place)
                self.queueing.plan(role, services, rows, start, minutes)
                minutes = minutes * (services == NONE)
        tables = sorted(set(selector.asked))
        ripe = self.model.timetables[tables[0]].after(start, minutes)
        for number in tables[1:]:
            here = np.flatnonzero(selector.table_of.take(place) == number)
            ripe[here] = self.model.timetables[number].after(start.take(here), minutes.take(here))
        if selector.may_idle(mask):
            np.maximum(ripe, (place == len(selector.moves)) * np.int32(NEVER), out=ripe)
        self.place[role][rows], self.ripe[role][rows] = place, ripe
