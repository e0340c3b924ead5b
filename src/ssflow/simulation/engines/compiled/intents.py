"""The intents of the roles in a case, in machine code, as `ssflow.simulation.engines.columns.intents` finds them for many cases."""

from __future__ import annotations

import numpy as np

from ssflow.simulation.chart.chart import REFUSED, UNKNOWN
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import ASKED, OWN
from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    intent_of,
    keys_of,
    made_of,
    option_of,
    tables_of,
    wide_of,
)
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.counting import note
from ssflow.simulation.engines.compiled.layout import Play
from ssflow.simulation.engines.compiled.lookups import (
    after,
    day_of,
    drawn,
    edge_of,
    first_acting,
    first_at_work,
    is_served,
    opening_day,
    state_of,
)
from ssflow.simulation.engines.compiled.stations import let_go
from ssflow.simulation.numbers import NEVER, NONE
from ssflow.simulation.scenario.durations import PARTS

_32, _LOWER = np.uint64(32), np.uint64(PARTS - 1)


@inlined
def look(play: Play, role: int, selector: int) -> None:
    """Find when a role would act if no other event came first, and what it would wait for; a selector of -1 opens the case.

    An act that is refused waits until a day on which it is allowed. If no such day will ever come, the role gives it up and draws again.
    """
    at, intent = play.at, intent_of(play, role)
    intent.base = NONE
    while True:
        intent.ready = NEVER
        base = intent.ripe
        if base < play.now:
            base = first_at_work(play, _timetable(play, role, selector), play.now)
        if base >= at.end:
            return
        move = _move(play, role, selector)
        edge = edge_of(play, move, day_of(base))
        if edge > REFUSED:
            intent.ready, intent.edge = base, edge
            return
        day = opening_day(play, move, day_of(base))
        if play.asks != 0:
            return
        if day == NEVER and selector != NONE and not _is_hoped_for(play, at.later, role):
            _redraw(play, role, selector, base)
            continue
        _wait(play, role, selector, move, day)
        intent.base, intent.refusal = base, REFUSED - edge
        intent.latest = intent.ready
        return


@compiled
def _wait(play: Play, role: int, selector: int, move: int, day: int) -> None:
    """Find when a refused act becomes possible: what opens on a day of rest is done on the next day at work, if it is still possible."""
    intent, timetable = intent_of(play, role), _timetable(play, role, selector)
    while day != NEVER:
        then = first_at_work(play, timetable, day * DAY_MINUTES)
        if then >= play.at.end:
            return
        day = opening_day(play, move, day_of(then))
        if day == UNKNOWN:
            return
        if day == day_of(then):
            intent.ready, intent.edge = then, edge_of(play, move, day)
            return


@compiled
def _move(play: Play, role: int, selector: int) -> int:
    """Return the move that a role intends."""
    at = play.at
    if selector == NONE:
        return tables_of(play)[at.opening + play.node]
    return tables_of(play)[at.moves + selector * at.places + intent_of(play, role).place]


@inlined
def _timetable(play: Play, role: int, selector: int) -> int:
    """Return the timetable of those who do the intended act."""
    at, intent = play.at, intent_of(play, role)
    if selector == NONE:
        return tables_of(play)[at.opening_of + play.variant]
    if intent.over > 0:
        return intent.over - 1
    return int(option_of(play, selector, intent.place).timetable)


@inlined
def _is_hoped_for(play: Play, acts: int, role: int) -> bool:
    """Return whether the intended act is among those of a column by standing and role."""
    mask = tables_of(play)[acts + play.node * play.at.roles + role]
    return mask >> intent_of(play, role).place & 1 != 0


@inlined
def enter(play: Play) -> None:
    """Let all roles choose in a case that has come to another state."""
    at, state = play.at, state_of(play)
    for number in range(first_acting(play, state), first_acting(play, state + 1)):
        acting = acting_at(play, number)
        role = acting.role
        intent_of(play, role).barred = 0
        acts = tables_of(play)[at.acts + play.node * at.roles + role]
        _choose(play, role, acting.selector, acts, play.now)


@compiled
def look_again(play: Play, actor: int) -> None:
    """Let roles draw again in a case that stays in a state: the role that has acted, and roles whose intended act can no longer be hoped for."""
    at, state = play.at, state_of(play)
    for number in range(first_acting(play, state), first_acting(play, state + 1)):
        acting = acting_at(play, number)
        role, selector = acting.role, acting.selector
        place = intent_of(play, role).place
        if role == actor:
            _choose_but(play, role, selector, 1 << place & tables_of(play)[at.once + selector], play.now)
        elif place < tables_of(play)[at.number + selector] and not _is_hoped_for(play, at.acts, role):
            _redraw(play, role, selector, play.now)


@compiled
def go_on(play: Play, role: int, selector: int, place: int, minutes: int) -> None:
    """Let a role go on in an open case on the first day."""
    made_of(play)[selector] += 1
    _intend(play, role, selector, play.now, place, minutes)


@compiled
def _redraw(play: Play, role: int, selector: int, start: int) -> None:
    """Let a role give its act up and draw another."""
    note(play, play.sums.redrawn + selector, 1)
    if is_served(play, selector):
        let_go(play, role, selector, start, True)
    _choose_but(play, role, selector, 1 << intent_of(play, role).place, start)


@compiled
def _choose_but(play: Play, role: int, selector: int, bits: int, start: int) -> None:
    """Draw the next act of a role; the acts of these bits are barred until the state changes."""
    intent = intent_of(play, role)
    intent.barred |= bits
    acts = tables_of(play)[play.at.acts + play.node * play.at.roles + role]
    _choose(play, role, selector, acts & ~intent.barred, start)


@inlined
def _choose(play: Play, role: int, selector: int, mask: int, start: int) -> None:
    """Draw the next act of a role among the acts of the mask, and how long it takes."""
    at, tables, intent = play.at, tables_of(play), intent_of(play, role)
    visit, number = made_of(play)[selector], tables[at.number + selector]
    made_of(play)[selector] = visit + 1
    if not mask:
        intent.place, intent.ripe, intent.stage = number, NEVER, OWN
        return
    bits = drawn(play.luck, keys_of(play)[selector], visit)
    share, part = np.int64(bits >> _32), np.int64(bits & _LOWER)
    first, place = at.bounds + tables[at.bounds_from + selector] + mask * number, 0
    for bound in range(first, first + number):
        place += wide_of(play)[bound] <= share
    option = option_of(play, selector, place)
    _intend(play, role, selector, start, place, tables[at.minutes + option.minutes + (part & option.parts)])


@inlined
def _intend(play: Play, role: int, selector: int, start: int, place: int, minutes: int) -> None:
    """Let a role do the act of a place next, in so many minutes at work."""
    at, tables, intent = play.at, tables_of(play), intent_of(play, role)
    option = option_of(play, selector, place)
    intent.over = 0
    if is_served(play, selector):
        service = option.service
        intent.service, intent.stage = service, OWN if service == NONE else ASKED
        intent.joined, intent.length = start, minutes
        if service != NONE:
            minutes = 0
    intent.place, intent.ripe = place, NEVER
    if place < tables[at.number + selector]:
        intent.ripe = after(play, option.timetable, start, minutes)
