"""The engine that plays many cases at once: a column a case; one step moves all cases of a standing by their next event.

Cases are played standing by standing, because the standing tells which roles act, what these may hope for and which clocks run. For each
case the engine finds when each role and each clock would move it; the earliest does. Cases with the same next event move together: their
clocks change as the move says, and the roles that have to choose again draw. A standing has its turn when those that lead to it are empty,
so that all its cases come together; only on loops do they come in several parts. Cases are played in windows, to keep the columns in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.attending import Attending
from ssflow.simulation.engines.columns.clocks import Clocks
from ssflow.simulation.engines.columns.intents import Intents, Look
from ssflow.simulation.engines.columns.queueing import End, Queueing
from ssflow.simulation.engines.columns.tables import Tables
from ssflow.simulation.engines.columns.visits import Visits
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.engines.standings import Acting, Standing
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers, parted

Buckets = dict[int, list[Numbers]]  # the places in the window of the cases still played, by standing


@frozen(eq=False)
class _First:
    """A possible next event of the cases of a step: an act of a role, or the end of the clock of a slot if ``acting`` is None."""

    look: Look
    acting: Acting | None
    slot: int = NONE


@frozen(eq=False)
class _Moving:
    """Cases of a standing that move with the same effect: their places in the window, the minutes, and the outcomes; ``actor`` is the role, or -1.

    ``effect`` is the number of the effect, ``now`` the minute of each case after it, ``move`` the numbers of the moves for the log, if there is
    one.
    """

    standing: Standing
    actor: int
    move: Numbers | None
    effect: int
    outcomes: Numbers
    rows: Numbers
    moment: Numbers
    now: Numbers


@define(eq=False)
class ColumnEngine:
    """The engine that plays cases of one run in columns.

    While the stations of a level are settled, the ``visits`` to them are noted, and with ``to_stations`` cases are followed only through the
    states from which they may still come to these stations.
    """

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    tables: Tables | None = None
    starts: Starts | None = None
    visits: Visits | None = None
    to_stations: bool = True
    _queueing: Queueing | None = field(init=False)
    _clocks: Clocks = field(init=False)
    _intents: Intents = field(init=False)
    _tables: Tables = field(init=False)
    # By state and role, the selectors of which a station serves an act.
    _served: dict[int, dict[int, Selector]] = field(factory=dict, init=False)
    _followed: frozenset[int] = field(init=False)  # the states in which cases are followed
    _case: Numbers = field(init=False)
    _node: Numbers = field(init=False)
    _variant: Numbers = field(init=False)
    _now: Numbers = field(init=False)
    _opened: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tables = self.tables or Tables(self.model)
        self._clocks = Clocks(self.model, self._tables.dating, self.tally, self.outcomes)
        self._queueing = Queueing(self.model, self.starts, self.tally, self.visits) if self.starts else None
        self._intents = Intents(self.model, self.run, self.tally, self._queueing)
        served = {service.selector for service in self.model.services}
        for state, row in enumerate(self.model.selector_at.tolist()):
            chosen = {role: self.model.selectors[number] for role, number in enumerate(row) if number != NONE}
            self._served[state] = {role: one for role, one in chosen.items() if one.number in served}
        everywhere = frozenset(range(len(self.model.chart.process.states)))
        self._followed = self.visits.level.states if self.visits and self.to_stations else everywhere

    def play(self, cases: Numbers) -> None:
        """Play some cases, in windows, from their arrival until they are closed or the simulation ends."""
        for first in range(0, len(cases), self._tables.window):
            self._play(cases[first : first + self._tables.window])

    def _play(self, cases: Numbers) -> None:
        model = self.model
        self.tally.cases += len(cases)
        luck = model.stream_of_kinds(self.run).luck(cases)
        profiles = model.profiles_of(self.run, cases, luck)
        self._case = cases
        self._now = model.schedule.minutes(model.scenario.seed, self.run, cases, luck).astype(np.int32)
        self._opened = np.full(len(cases), NONE, dtype=np.int32)
        self._clocks.reset(len(cases))
        self._node, self._variant = (
            np.array(column, dtype=np.int32).take(profiles) for column in (model.kind_of, model.variant_of)
        )
        self._intents.reset(cases, luck, profiles, self._variant, self._node, self._now)
        if self.outcomes:
            self.outcomes.profile[cases] = profiles
        buckets: Buckets = {}
        coming = cases >= model.continuing.number
        self._sort_in(coming.nonzero()[0], buckets)
        self._go_on_from(cases, (~coming).nonzero()[0], buckets)
        standings = self._tables.standings
        while buckets:
            at = min(buckets, key=standings.turn)
            parts = buckets.pop(at)
            self._step(standings.all[at], parts[0] if len(parts) == 1 else np.concatenate(parts), buckets)

    def _sort_in(self, rows: Numbers, buckets: Buckets) -> None:
        """Add some cases to the buckets of their standings."""
        for node, here in parted(self._node.take(rows), rows):
            buckets.setdefault(self._tables.standings.of(node).number, []).append(here)

    def _go_on_from(self, cases: Numbers, rows: Numbers, buckets: Buckets) -> None:
        """Begin with open cases, each in its standing."""
        there, numbers = self.model.continuing, cases.take(rows)
        if not len(rows):
            return
        self._opened[rows], self._node[rows] = there.opened.take(numbers), there.node.take(numbers)
        self._clocks.take_in(rows, numbers)
        self.tally.continued(numbers)
        for node, here in parted(self._node.take(rows), rows):
            standing = self._tables.standings.of(node)
            if standing.state in self._followed:
                self._intents.resume(standing, node, here, cases.take(here), self._now.take(here))
                self._sort_in(here, buckets)

    def _step(self, standing: Standing, rows: Numbers, buckets: Buckets) -> None:
        """Move the cases of a standing by their next event; those without one are left as they are."""
        end, now = self.model.end, self._now.take(rows)
        served = self._served.get(standing.state, {})
        attending = Attending(self._intents, self._queueing, rows, now) if self._queueing and served else None
        possible = list(self._possible(standing, rows, now, attending))
        moment, first = _earliest(possible, len(rows))
        until = np.minimum(moment, end)
        for one in possible:
            self._intents.count_waiting(one.look.waits, until)
        if attending:
            attending.join(until, self._clocks.due)
        staying = (moment >= end).nonzero()[0]
        if len(staying):
            self._leave(standing, rows.take(staying), now.take(staying), closed=False)
            np.maximum(first, (moment >= end) * np.int8(len(possible)), out=first)
        np.maximum(now, moment, out=now)
        for number, one in enumerate(possible):
            here = (first == number).nonzero()[0]
            if not len(here):
                continue
            edge = one.look.edge.take(here) if one.acting else self._ended(rows.take(here), one.slot, moment.take(here))
            if attending and one.acting and one.acting.role in served:
                vain = attending.finish(one.acting, here, moment.take(here), edge)
                self._go_on(standing, rows.take(here[vain]), moment.take(here[vain]), buckets)
                here, edge = here[~vain], edge[~vain]
            for effect, some, outcomes in parted(self._tables.effects.numbers(edge), here, edge):
                columns = (rows, moment, now)
                if len(some) < len(rows):
                    columns = (rows.take(some), moment.take(some), now.take(some))
                self._move(self._moving(standing, one, effect, outcomes, *columns), buckets)

    def _possible(
        self, standing: Standing, rows: Numbers, now: Numbers, attending: Attending | None
    ) -> Iterator[_First]:
        """Yield the events that may come next in cases of a standing, clocks before acts, each with its minute and outcome."""
        nodes = self._node.take(rows)
        for slot in standing.closing:
            closes = self._clocks.closes[slot].take(rows)
            yield _First(Look(closes, closes), None, slot)
        for acting in standing.roles:
            look = self._intents.look(acting, rows, nodes, now)
            if attending and acting.role in self._served[standing.state]:
                attending.look(acting, look)
            yield _First(look, acting)

    def _ended(self, rows: Numbers, slot: int, moment: Numbers) -> Numbers:
        """Return the outcomes of clocks of a slot that run out."""
        chart = self.model.chart
        return chart.edges(self._node.take(rows), slot + chart.clock_moves, moment // DAY_MINUTES)

    def _moving(
        self,
        standing: Standing,
        one: _First,
        effect: int,
        outcomes: Numbers,
        rows: Numbers,
        moment: Numbers,
        now: Numbers,
    ) -> _Moving:
        """Return the cases of a standing in which the same event comes first and has the same effect."""
        role = one.acting.role if one.acting else NONE
        move = None
        if self.log and one.acting:
            places = self._intents.place[role].take(rows)
            move = np.broadcast_to(one.acting.moves(places), places.shape)
        elif self.log:
            move = np.full(len(rows), one.slot + self.model.chart.clock_moves)
        return _Moving(standing, role, move, effect, outcomes, rows, moment, now)

    def _go_on(self, standing: Standing, rows: Numbers, moment: Numbers, buckets: Buckets) -> None:
        """Leave cases whose work was in vain in their standing, from the minute at which it was over."""
        if len(rows):
            self._now[rows] = np.maximum(self._now[rows], moment)
            buckets.setdefault(standing.number, []).append(rows)

    def _let_go(self, state: int, rows: Numbers, over: Numbers, end: End) -> None:
        """Let cases of a state leave the stations at which they are."""
        if self._queueing:
            for role, selector in self._served.get(state, {}).items():
                self._queueing.let_go(role, rows, self._intents.visits(selector, rows), over, end)

    def _move(self, moving: _Moving, buckets: Buckets) -> None:
        """Apply the next event to some cases, and put them into the standing to which it leads."""
        before, rows, moment, now = moving.standing, moving.rows, moving.moment, moving.now
        effects, days = self._tables.effects, moment // DAY_MINUTES
        effect = effects.all[moving.effect]
        after = effect.target
        self._now[rows], self._node[rows] = now, effects.target.take(moving.outcomes)
        if before.state < 0:
            self._opened[rows] = moment
        for slot, change in effect.clocks:
            late = self._case.take(rows) if slot in before.overdue else None
            self._clocks.change(slot, change, effects.face[slot].take(moving.outcomes), rows, moment, days, late)
        if self.log and moving.move is not None:
            states = np.full(len(rows), after.state)
            self.log.add(self._case[rows], moving.move, moment, states, self._clocks.due[:, rows])
        self.tally.moved(before.state, after.state, days)
        if after.state != before.state:
            self._let_go(before.state, rows, moment, "left")
        if after.final:
            self._leave(after, rows, now, closed=True)
        elif after.state in self._followed:
            if after.state == before.state:
                self._intents.look_again(after, rows, moving.actor, now)
            else:
                self._intents.enter(after, rows, now)
            buckets.setdefault(after.number, []).append(rows)

    def _leave(self, standing: Standing, rows: Numbers, last: Numbers, *, closed: bool) -> None:
        """Record cases that are played to the end: those that are closed, and those that are open when the simulation ends."""
        self._let_go(standing.state, rows, np.full(len(rows), NEVER, dtype=np.int32), "stay")
        cases, opened = self._case.take(rows), self._opened.take(rows)
        days = last // DAY_MINUTES if closed else np.full(len(rows), self.model.days - 1)
        for slot in standing.overdue:
            self._clocks.end_late(slot, rows, days, cases)
        if closed:
            self.tally.closed(standing.state, self._variant.take(rows), opened, last)
        if self.outcomes:
            self.outcomes.opened[cases], self.outcomes.state[cases] = opened, standing.state
            self.outcomes.closed[cases] = last if closed else NONE


def _earliest(possible: list[_First], cases: int) -> tuple[Numbers, Numbers]:
    """Return for each case the minute of its next event, and which of the possible events it is; of two at one minute, the one named first."""
    first = np.zeros(cases, dtype=np.int8)
    if not possible:
        return np.full(cases, NEVER, dtype=np.int32), first
    moment = possible[0].look.ready.copy()
    for number, one in enumerate(possible[1:], start=1):
        # A later number is larger, so that it takes the place of an earlier one as the larger of both: no branch, ten times as fast.
        np.maximum(first, (one.look.ready < moment) * np.int8(number), out=first)
        np.minimum(moment, one.look.ready, out=moment)
    return moment, first
