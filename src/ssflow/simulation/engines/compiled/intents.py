"""The intents of the roles in a case, in machine code, as `ssflow.simulation.engines.columns.intents` finds them for many cases."""

from __future__ import annotations

from typing import Any

import numpy as np

from ssflow.simulation.chart.chart import REFUSED, UNKNOWN
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import ASKED, OWN
from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    case_of,
    intent_of,
    keys_of,
    made_of,
    option_of,
    standing_of,
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
    first_at_work,
    opening_day,
)
from ssflow.simulation.engines.compiled.stations import let_go
from ssflow.simulation.numbers import NEVER, NONE
from ssflow.simulation.scenario.durations import PARTS

_32, _LOWER = np.uint64(32), np.uint64(PARTS - 1)


@inlined
def look(play: Play, acting: Any) -> None:
    """Find when a role would act if no other event came first, and what it would wait for.

    An act that is refused waits until a day on which it is allowed. If no such day will ever come, the role gives it up and draws again.
    """
    at, case, intent = play.at, case_of(play), intent_of(play, acting.role)
    intent.base = NONE
    while True:
        intent.ready = NEVER
        base = intent.ripe
        if base < case.now:
            base = first_at_work(play, _timetable(play, acting), case.now)
        if base >= at.end:
            return
        move = intended(play, acting)
        edge = edge_of(play, move, day_of(base))
        if edge > REFUSED:
            intent.ready, intent.edge = base, edge
            return
        day = opening_day(play, move, day_of(base))
        if play.asks != 0:
            return
        if day == NEVER and not _is_among(acting.later, intent.place):
            _redraw(play, acting, base)
            continue
        _wait(play, acting, move, day)
        intent.base, intent.refusal, case.is_waiting = base, REFUSED - edge, 1
        intent.latest = intent.ready
        return


@compiled
def _wait(play: Play, acting: Any, move: int, day: int) -> None:
    """Find when a refused act becomes possible: what opens on a day of rest is done on the next day at work, if it is still possible."""
    intent, timetable = intent_of(play, acting.role), _timetable(play, acting)
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


@inlined
def intended(play: Play, acting: Any) -> int:
    """Return the move that a role intends."""
    return tables_of(play)[play.at.moves + acting.moves + intent_of(play, acting.role).place]


@inlined
def _timetable(play: Play, acting: Any) -> int:
    """Return the timetable of those who do the intended act."""
    intent = intent_of(play, acting.role)
    if intent.over > 0:
        return intent.over - 1
    return int(option_of(play, acting, intent.place).timetable)


@inlined
def _is_among(acts: int, place: int) -> bool:
    return acts >> place & 1 != 0


@inlined
def expect(play: Play) -> None:
    """Expect that the roles of a standing act as soon as they can: before the opening this opens the case."""
    case, standing = case_of(play), standing_of(play)
    for number in range(standing.acting, standing.acting_end):
        intent = intent_of(play, acting_at(play, number).role)
        intent.place, intent.ripe, intent.stage, intent.barred = 0, case.now, OWN, 0
        intent.over = tables_of(play)[play.at.opening_of + case.variant] + 1


@inlined
def enter(play: Play) -> None:
    """Let all roles choose in a case that has come to another state."""
    case, standing = case_of(play), standing_of(play)
    for number in range(standing.acting, standing.acting_end):
        acting = acting_at(play, number)
        intent_of(play, acting.role).barred = 0
        _choose(play, acting, acting.acts, case.now)


@compiled
def look_again(play: Play, actor: int) -> None:
    """Let roles draw again in a case that stays in a state: the role that has acted, and roles whose intended act can no longer be hoped for."""
    case, standing = case_of(play), standing_of(play)
    for number in range(standing.acting, standing.acting_end):
        acting = acting_at(play, number)
        place = intent_of(play, acting.role).place
        if acting.role == actor:
            _choose_but(play, acting, 1 << place & acting.once, case.now)
        elif place < acting.number and not _is_among(acting.acts, place):
            _redraw(play, acting, case.now)


@compiled
def go_on(play: Play, acting: Any, place: int, minutes: int) -> None:
    """Let a role go on in an open case on the first day."""
    made_of(play)[acting.selector] += 1
    _intend(play, acting, case_of(play).now, place, minutes)


@compiled
def _redraw(play: Play, acting: Any, start: int) -> None:
    """Let a role give its act up and draw another."""
    note(play, play.sums.redrawn + acting.selector, 1)
    if acting.is_served != 0:
        let_go(play, acting, start, True)
    _choose_but(play, acting, 1 << intent_of(play, acting.role).place, start)


@compiled
def _choose_but(play: Play, acting: Any, bits: int, start: int) -> None:
    """Draw the next act of a role; the acts of these bits are barred until the state changes."""
    intent = intent_of(play, acting.role)
    intent.barred |= bits
    _choose(play, acting, acting.acts & ~intent.barred, start)


@inlined
def _choose(play: Play, acting: Any, mask: int, start: int) -> None:
    """Draw the next act of a role among the acts of the mask, and how long it takes."""
    at, intent, selector, number = play.at, intent_of(play, acting.role), acting.selector, acting.number
    visit = made_of(play)[selector]
    made_of(play)[selector] = visit + 1
    if not mask:
        intent.place, intent.ripe, intent.stage = number, NEVER, OWN
        return
    bits = drawn(case_of(play).luck, keys_of(play)[selector], visit)
    share, part = np.int64(bits >> _32), np.int64(bits & _LOWER)
    first, place = at.bounds + acting.bounds + mask * number, 0
    for bound in range(first, first + number):
        place += wide_of(play)[bound] <= share
    option = option_of(play, acting, place)
    minutes = tables_of(play)[at.minutes + option.minutes + (part & option.parts)]
    _intend(play, acting, start, place, minutes)


@inlined
def _intend(play: Play, acting: Any, start: int, place: int, minutes: int) -> None:
    """Let a role do the act of a place next, in so many minutes at work."""
    intent, option = intent_of(play, acting.role), option_of(play, acting, place)
    service = option.service
    intent.place, intent.over, intent.service = place, 0, service
    if place == acting.number:
        intent.stage, intent.ripe = OWN, NEVER
    elif service == NONE:
        intent.stage, intent.ripe = OWN, after(play, option.timetable, start, minutes)
    else:
        intent.stage, intent.joined, intent.length = ASKED, start, minutes
        intent.ripe = first_at_work(play, option.timetable, start)
