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
from ssflow.simulation.engines.resuming import resumed
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Bits, Flags, Numbers
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
    _luck: Bits = field(init=False)
    _over: Numbers = field(init=False)  # the timetable of work that was in vain, counted from 1; 0: that of the act
    _streams: list[Stream] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, selector) for selector in self.model.selectors]

    def reset(self, cases: Numbers, luck: Bits, profiles: Numbers, arrivals: Numbers) -> None:
        """Begin with cases that are to be opened when they arrive."""
        shape = (len(self.model.roles), len(cases))
        self._luck = luck
        if self.queueing:
            self.queueing.reset(cases, profiles)
        self.place, self._over = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int16)
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
        base = self._ripe(acting, rows, now)
        within = base < self.model.end
        if within.all():
            edge = self._edges(standing, acting, rows, base)
            if (edge > REFUSED).all():
                return Look(base, edge)
            looking = np.arange(len(rows))
        else:
            looking = within.nonzero()[0]
            base = base.take(looking)
            edge = self._edges(standing, acting, rows.take(looking), base)
        look = Look.nowhere(len(rows))
        while len(looking):
            allowed = edge > REFUSED
            some = allowed.nonzero()[0]
            where = looking.take(some)
            look.ready[where], look.edge[where] = base.take(some), edge.take(some)
            if len(some) == len(looking):
                break
            some = (~allowed).nonzero()[0]
            looking = self._wait(standing, acting, rows, looking.take(some), base.take(some), edge.take(some), look)
            # Again where an intent was given up and another made.
            base = self._ripe(acting, rows.take(looking), now.take(looking))
            some = (base < self.model.end).nonzero()[0]
            looking, base = looking.take(some), base.take(some)
            edge = self._edges(standing, acting, rows.take(looking), base)
        return look

    def _ripe(self, acting: Acting, rows: Numbers, now: Numbers) -> Numbers:
        """When what a role intends is ripe, or when somebody is at work after that."""
        base: Numbers = self.ripe[acting.role].take(rows)
        behind = base < now
        if behind.any():
            late = behind.nonzero()[0]
            base[late] = self._at_work(self._tables(acting, rows.take(late)), now.take(late))
        return base

    def _edges(self, standing: Standing, acting: Acting, rows: Numbers, moments: Numbers) -> Numbers:
        """The outcomes of what a role intends at some moments."""
        if acting.selector is None or len(acting.selector.moves) == 1:
            move = acting.opens if acting.selector is None else acting.selector.moves[0]
            return self.model.chart.edges(standing.number, move, moments // DAY_MINUTES)
        moves = acting.moves(self.place[acting.role].take(rows))
        return self.model.chart.edges(standing.number, moves, moments // DAY_MINUTES)

    def _wait(
        self,
        standing: Standing,
        acting: Acting,
        rows: Numbers,
        looking: Numbers,
        base: Numbers,
        edge: Numbers,
        look: Look,
    ) -> Numbers:
        """Look when what is refused in some cases will be allowed; those in which there is no hope are given up, and told."""
        here = rows.take(looking)
        then, hopeless = self._opening(standing, acting, here, base)
        met = (then < self.model.end).nonzero()[0]
        where, when = looking.take(met), then.take(met)
        look.ready[where], look.edge[where] = when, self._edges(standing, acting, here.take(met), when)
        kept = (~hopeless).nonzero()[0]
        first = base.take(kept) == self.ripe[acting.role].take(here.take(kept))
        look.waits.append((looking.take(kept), base.take(kept), REFUSED - edge.take(kept), first, then.take(kept)))
        again = hopeless.nonzero()[0]
        if len(again):
            self._redraw(acting, here.take(again), base.take(again))
        return looking.take(again)

    def _tables(self, acting: Acting, rows: Numbers) -> Numbers:
        """When those are at work who do what is intended."""
        if acting.selector is None:
            return np.full(len(rows), acting.table)
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
        waiting = (day != NEVER).nonzero()[0]
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
        for number in np.bincount(tables).nonzero()[0].tolist():
            here = (tables == number).nonzero()[0]
            found[here] = self.model.timetables[number].after(moments.take(here), 0)
        return found

    def count_waiting(self, waiting: list[Waiting], until: Numbers) -> None:
        """Count what was ripe and waited, until something happened."""
        for rows, base, refusals, first, latest in waiting:
            minutes = np.minimum(until.take(rows), latest) - base
            waited = (minutes > 0).nonzero()[0]
            if len(waited):
                self.tally.waited_for(refusals.take(waited), minutes.take(waited), first.take(waited))

    def enter(self, standing: Standing, rows: Numbers, now: Numbers) -> None:
        """Let all roles choose in cases that have come to a standing of another state."""
        for acting in standing.roles:
            self._barred[acting.role][rows] = 0
            self._choose(acting, acting.acts, rows, now)

    def resume(self, standing: Standing, rows: Numbers, cases: Numbers, now: Numbers) -> None:
        """Let all roles go on with open cases of a standing, on the first day."""
        for acting in standing.roles:
            selector = acting.selector
            assert selector is not None  # noqa: S101 - it is open
            self._visits[selector.number][rows] += 1
            place, minutes = resumed(self.model, self.run, selector, acting.acts, standing.number, cases)
            self._intend(acting, acting.acts, rows, now, place, minutes)

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
            lost = (acting.selector.lost(acting.acts).take(place)).nonzero()[0]
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
        present = np.bincount(masks).nonzero()[0].tolist()
        for mask in present:
            here = slice(None) if len(present) == 1 else (masks == mask).nonzero()[0]
            self._choose(acting, mask, rows[here], start[here])

    def _choose(self, acting: Acting, mask: int, rows: Numbers, start: Numbers) -> None:
        """Draw what a role does next in some cases, of the acts by the bits of a mask, and when."""
        selector = acting.selector
        assert selector is not None  # noqa: S101 - nobody chooses to open
        visits = self._visits[selector.number].take(rows)
        self._visits[selector.number][rows] = visits + 1
        if not mask:
            self.place[acting.role][rows], self.ripe[acting.role][rows] = len(selector.moves), NEVER
            if self.queueing:
                self.queueing.stage[acting.role][rows] = OWN
            return
        bits = self._streams[selector.number].drawn(self._luck.take(rows), visits)
        place = selector.place(mask, share_of(bits))
        parts = part_of(bits)
        if len(set(selector.lengths)) == 1:
            minutes = self.model.minutes[selector.lengths[0]].take(parts)
        else:
            minutes = self.model.minutes.reshape(-1).take(selector.length_of.take(place) * PARTS + parts)
        self._intend(acting, mask, rows, start, place, minutes)

    def _intend(
        self, acting: Acting, mask: int, rows: Numbers, start: Numbers, place: Numbers, minutes: Numbers
    ) -> None:
        """Let a role do the acts of these places next in some cases, each in so many minutes at work."""
        selector, role = acting.selector, acting.role
        assert selector is not None  # noqa: S101 - nobody chooses to open
        if self.queueing:
            self._over[role][rows] = 0
            if selector.is_served:
                services = selector.service_of.take(place)
                self.queueing.plan(role, services, rows, start, minutes)
                minutes = minutes * (services == NONE)
        tables = sorted(set(selector.asked))
        ripe = self.model.timetables[tables[0]].after(start, minutes)
        for number in tables[1:]:
            here = (selector.table_of.take(place) == number).nonzero()[0]
            ripe[here] = self.model.timetables[number].after(start.take(here), minutes.take(here))
        if selector.may_idle(mask):
            np.maximum(ripe, (place == len(selector.moves)) * np.int32(NEVER), out=ripe)
        self.place[role][rows], self.ripe[role][rows] = place, ripe
