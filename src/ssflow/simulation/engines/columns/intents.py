"""The intents of roles in many cases: which act each role is about to do, and when."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import OWN, Queueing
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.resuming import resumed
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.engines.standings import Acting, Standing
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Bits, Flags, Numbers, parted
from ssflow.simulation.scenario.durations import PARTS

# The rows, the minute since which each waits, the refusal, whether it waits for the first time, the last minute of the wait.
Waiting = tuple[Numbers, Numbers, Numbers, Flags, Numbers]


@define(eq=False)
class Look:
    """The minutes at which a role would act in some cases, with the outcomes; `NEVER` where it would not. ``waits`` are its waits for refused acts."""

    ready: Numbers
    edge: Numbers
    waits: list[Waiting] = field(factory=list)

    @classmethod
    def nowhere(cls, cases: int) -> Look:
        """Return the look of a role that does nothing in so many cases."""
        return cls(np.full(cases, NEVER, dtype=np.int32), np.zeros(cases, dtype=np.int32))


@define(eq=False)
class Intents:
    """The intents of all roles in the cases of a window: a row a role, a column a case.

    ``place`` is the place in its selector of the act that a role is about to do (the number of acts: none); ``ripe`` is the minute at which it
    is ready to be done, `NEVER` if the role does nothing or a station has the act in hand.
    """

    model: Model
    run: int
    tally: Tally
    queueing: Queueing | None = None
    nodes: Numbers = field(init=False)  # by case, its standing in the chart
    place: Numbers = field(init=False)
    ripe: Numbers = field(init=False)
    _barred: Numbers = field(init=False)
    _is_barred: list[bool] = field(init=False)  # by role, whether an act was ever barred
    _visits: Numbers = field(init=False)
    _variants: Numbers = field(init=False)
    _luck: Bits = field(init=False)
    _over: Numbers = field(init=False)  # the timetable of work that was in vain, plus 1; 0: that of the act
    _streams: list[Stream] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, selector) for selector in self.model.selectors]

    def reset(
        self, cases: Numbers, luck: Bits, profiles: Numbers, variants: Numbers, nodes: Numbers, arrivals: Numbers
    ) -> None:
        """Begin with cases that are to be opened when they arrive; the engine, which moves them, keeps their ``nodes`` up to date."""
        shape = (len(self.model.roles), len(cases))
        self._luck, self.nodes, self._variants = luck, nodes, variants
        if self.queueing:
            self.queueing.reset(cases, profiles)
        self.place, self._over = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int16)
        self.ripe = np.empty(shape, dtype=np.int32)
        self.ripe[:] = arrivals
        self._barred, self._is_barred = np.zeros(shape, dtype=np.int16), [False] * shape[0]
        self._visits = np.zeros((len(self.model.selectors), len(cases)), dtype=np.uint16)

    def visits(self, selector: Selector, rows: Numbers) -> Numbers:
        """Return the number, from 0, of the visit to the state for which the present intents were drawn."""
        found: Numbers = self._visits[selector.number].take(rows).astype(np.int32) - 1
        return found

    def look(self, acting: Acting, rows: Numbers, nodes: Numbers, now: Numbers) -> Look:
        """Find when a role would act in some cases if no other event came first, and what it would wait for.

        An act that is refused waits until a day on which it is allowed. If no such day will ever come, the role gives it up and draws again, so
        the search is repeated for these cases.
        """
        base = self._ripe(acting, rows, now)
        within = base < self.model.end
        if within.all():
            edge = self._edges(acting, rows, nodes, base)
            if edge.min(initial=0) > REFUSED:
                return Look(base, edge)
            looking = np.arange(len(rows))
        else:
            looking = within.nonzero()[0]
            base = base.take(looking)
            edge = self._edges(acting, rows.take(looking), nodes.take(looking), base)
        look = Look.nowhere(len(rows))
        while len(looking):
            allowed = edge > REFUSED
            if allowed.all():
                look.ready[looking], look.edge[looking] = base, edge
                break
            some = allowed.nonzero()[0]
            where = looking.take(some)
            look.ready[where], look.edge[where] = base.take(some), edge.take(some)
            some = (~allowed).nonzero()[0]
            looking = self._wait(acting, rows, looking.take(some), base.take(some), edge.take(some), look)
            # Look again where an act was given up and another drawn.
            base = self._ripe(acting, rows.take(looking), now.take(looking))
            some = (base < self.model.end).nonzero()[0]
            looking, base = looking.take(some), base.take(some)
            edge = self._edges(acting, rows.take(looking), nodes.take(looking), base)
        return look

    def _ripe(self, acting: Acting, rows: Numbers, now: Numbers) -> Numbers:
        """Return when intents are ripe, or the next minute at work if that is past."""
        base: Numbers = self.ripe[acting.role].take(rows)
        behind = base < now
        if behind.any():
            late = behind.nonzero()[0]
            base[late] = self._at_work(self._tables(acting, rows.take(late)), now.take(late))
        return base

    def _edges(self, acting: Acting, rows: Numbers, nodes: Numbers, moments: Numbers) -> Numbers:
        """Return the outcomes of intended acts at some minutes."""
        moves = acting.moves(self.place[acting.role].take(rows))
        return self.model.chart.edges(nodes, moves, moments // DAY_MINUTES)

    def _wait(
        self,
        acting: Acting,
        rows: Numbers,
        looking: Numbers,
        base: Numbers,
        edge: Numbers,
        look: Look,
    ) -> Numbers:
        """Find when acts that are refused in some cases will be allowed; return the cases in which the act was given up and another drawn."""
        here = rows.take(looking)
        then, hopeless = self._opening(acting, here, base)
        met = (then < self.model.end).nonzero()[0]
        where, when = looking.take(met), then.take(met)
        look.ready[where], look.edge[where] = (
            when,
            self._edges(acting, here.take(met), self.nodes.take(here.take(met)), when),
        )
        kept = (~hopeless).nonzero()[0]
        first = base.take(kept) == self.ripe[acting.role].take(here.take(kept))
        look.waits.append((looking.take(kept), base.take(kept), REFUSED - edge.take(kept), first, then.take(kept)))
        again = hopeless.nonzero()[0]
        if len(again):
            self._redraw(acting, here.take(again), base.take(again))
        return looking.take(again)

    def _tables(self, acting: Acting, rows: Numbers) -> Numbers:
        """Return the timetables of those who do the intended acts."""
        if acting.selector is None:
            openings: Numbers = self.model.opening_of.take(self._variants.take(rows))
            return openings
        over = self._over[acting.role].take(rows)
        own = self._at(acting.selector.tables, self.place[acting.role].take(rows), rows)
        found: Numbers = np.where(over > 0, over - 1, own)
        return found

    def _at(self, columns: Numbers, places: Numbers, rows: Numbers) -> Numbers:
        """Return from a table of a selector, by the variants of cases and the drawn places, its entries."""
        at = places if len(columns) == 1 else self._variants.take(rows) * columns.shape[1] + places
        found: Numbers = columns.reshape(-1).take(at)
        return found

    def _opening(self, acting: Acting, rows: Numbers, base: Numbers) -> tuple[Numbers, Flags]:
        """Return when refused acts become possible if the case stays as it is, and whether they can never be hoped for again."""
        chart, nodes, tables = self.model.chart, self.nodes.take(rows), self._tables(acting, rows)
        places = self.place[acting.role].take(rows)
        moves = np.broadcast_to(acting.moves(places), places.shape)
        first = chart.opening_days(nodes, moves, base // DAY_MINUTES)
        ready, day = np.full(len(rows), NEVER, dtype=np.int32), first
        waiting = (day != NEVER).nonzero()[0]
        while len(waiting):  # what opens on a day of rest is done on the next day at work, if still possible
            then = self._at_work(tables[waiting], day[waiting] * DAY_MINUTES)
            waiting, then = waiting[then < self.model.end], then[then < self.model.end]
            day = day.copy()
            day[waiting] = chart.opening_days(nodes[waiting], moves[waiting], then // DAY_MINUTES)
            met = day[waiting] == then // DAY_MINUTES
            ready[waiting[met]] = then[met]
            waiting = waiting[~met & (day[waiting] != NEVER)]
        if acting.selector is None:
            return ready, np.zeros(len(rows), dtype=np.bool_)
        return ready, (first == NEVER) & (acting.selector.bit_of.take(places) & acting.later == 0)

    def _at_work(self, tables: Numbers, moments: Numbers) -> Numbers:
        found = np.full(len(moments), NEVER, dtype=np.int32)
        for table, here, some in parted(tables, np.arange(len(moments)), moments):
            found[here] = self.model.timetables[table].after(some, 0)
        return found

    def count_waiting(self, waiting: list[Waiting], until: Numbers) -> None:
        """Count the minutes for which ripe acts waited until something happened."""
        for rows, base, refusals, first, latest in waiting:
            minutes = np.minimum(until.take(rows), latest) - base
            waited = (minutes > 0).nonzero()[0]
            if len(waited):
                self.tally.waited_for(refusals.take(waited), minutes.take(waited), first.take(waited))

    def enter(self, standing: Standing, rows: Numbers, now: Numbers) -> None:
        """Let all roles choose in cases that have come to a standing of another state."""
        for acting in standing.roles:
            if self._is_barred[acting.role]:
                self._barred[acting.role][rows] = 0
            self._choose(acting, acting.acts, rows, now)

    def resume(self, standing: Standing, node: int, rows: Numbers, cases: Numbers, now: Numbers) -> None:
        """Let all roles go on with open cases of a standing of the chart, on the first day."""
        for acting in standing.roles:
            selector = acting.selector
            assert selector is not None  # noqa: S101 - it is open
            self._visits[selector.number][rows] += 1
            for variant, here, who, since in parted(self._variants.take(rows), rows, cases, now):
                place, minutes = resumed(self.model, self.run, selector, variant, acting.acts, node, who)
                self._intend(acting, acting.acts, here, since, place, minutes)

    def look_again(self, standing: Standing, rows: Numbers, actor: int, now: Numbers) -> None:
        """Let roles draw again in cases that stay in a state: the role that has acted, and roles whose intended act can no longer be hoped for."""
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
        """Make intents ripe at some minutes, because the work on them is over."""
        self.ripe[role][rows], self._over[role][rows] = moments, tables + 1

    def _redraw(self, acting: Acting, rows: Numbers, start: Numbers) -> None:
        selector = acting.selector
        assert selector is not None  # noqa: S101 - no opening is given up
        self.tally.redrawn[selector.number] += len(rows)
        if self.queueing and selector.is_served:
            self.queueing.let_go(acting.role, rows, self.visits(selector, rows), start, "left")
        self._choose_but(acting, selector.bit_of.take(self.place[acting.role].take(rows)), rows, start)

    def _choose_but(self, acting: Acting, bits: Numbers, rows: Numbers, start: Numbers) -> None:
        """Draw the next act of a role in some cases; the acts of these bits are barred until the state changes."""
        barred = self._barred[acting.role].take(rows) | bits.astype(np.int16)
        self._barred[acting.role][rows], self._is_barred[acting.role] = barred, True
        for mask, here, since in parted(acting.acts & ~barred, rows, start):
            self._choose(acting, mask, here, since)

    def _choose(self, acting: Acting, mask: int, rows: Numbers, start: Numbers) -> None:
        """Draw the next act of a role in some cases among the acts of the mask, and how long it takes."""
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
        minutes = self._minutes(selector, place, rows, part_of(bits))
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
                services = self._at(selector.services, place, rows)
                self.queueing.plan(role, services, rows, start, minutes)
                minutes = minutes * (services == NONE)
        ripe = self._over_at(selector, place, rows, start, minutes)
        if selector.may_idle(mask):
            np.maximum(ripe, (place == len(selector.moves)) * np.int32(NEVER), out=ripe)
        self.place[role][rows], self.ripe[role][rows] = place, ripe

    def _minutes(self, selector: Selector, places: Numbers, rows: Numbers, parts: Numbers) -> Numbers:
        """Return how many minutes at work the drawn acts take."""
        lengths = selector.length if selector.length != NONE else self._at(selector.lengths, places, rows)
        found: Numbers = self.model.minutes.reshape(-1).take(lengths * PARTS + parts)
        return found

    def _over_at(self, selector: Selector, places: Numbers, rows: Numbers, start: Numbers, minutes: Numbers) -> Numbers:
        """Return the minutes at which the drawn acts are done, by the timetables of those who do them."""
        if selector.table != NONE:
            return self.model.timetables[selector.table].after(start, minutes)
        found = np.empty(len(rows), dtype=np.int32)
        tables = self._at(selector.tables, places, rows)
        for table, here, since, long in parted(tables, np.arange(len(rows)), start, minutes):
            found[here] = self.model.timetables[table].after(since, long)
        return found
