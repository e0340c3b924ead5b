"""The playing of cases one after the other, in machine code, with the steps of `ssflow.simulation.engines.columns.engine`."""

from __future__ import annotations

from typing import Any

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import OWN, QUEUED
from ssflow.simulation.engines.compiled.clocks import change_clock, end_late
from ssflow.simulation.engines.compiled.compiling import compiled, compiled_and_kept
from ssflow.simulation.engines.compiled.counting import count_closed, count_move, count_waiting
from ssflow.simulation.engines.compiled.intents import enter, go_on, look, look_again
from ssflow.simulation.engines.compiled.layout import ROOM, STANDING, Play
from ssflow.simulation.engines.compiled.lookups import ask, edge_of, is_served, selector_of, state_of
from ssflow.simulation.engines.compiled.stations import join, let_all_go, let_go, look_at_station
from ssflow.simulation.numbers import NEVER, NONE, Numbers


@compiled_and_kept
def play_all(play: Play, rows: Numbers, given: Any, outcomes: Any, questions: Numbers) -> tuple[int, int]:
    """Play some rows of the cases ``given``; return how many were taken up, and how many of these were stopped by questions.

    ``questions`` gets the rows of the cases that were stopped, with the questions. Nothing of these is kept: what was counted is taken back by
    playing the case once more to the same question. The outcomes are kept if there is room for them.
    """
    me, counts = play.me[0], play.me[0].sign
    cases, luck, profiles, variants, nodes, arrivals = given
    opened, closed, state, late = outcomes
    asked = 0
    for number in range(len(rows)):
        row = rows[number]
        me.case, me.luck, me.profile, me.variant = cases[row], luck[row], profiles[row], variants[row]
        logged, visited = me.logged, me.visited
        _play(play, nodes[row], arrivals[row])
        if me.asks == 0 and (me.logged > len(play.log) or me.visited > len(play.visits)):
            ask(play, ROOM, me.logged - logged, me.visited - visited, 0)
        if me.asks != 0:
            question, why = questions[asked], me.asks
            question[0], question[1], question[2], question[3], question[4] = row, why, me.one, me.two, me.three
            me.sign = -counts
            _play(play, nodes[row], arrivals[row])
            me.sign, me.logged, me.visited = counts, logged, visited
            if why == ROOM:
                return number, asked
            asked += 1
        elif me.case < len(opened):
            opened[me.case], closed[me.case], state[me.case] = me.opened, me.closed, me.state
            for slot in range(len(late)):
                late[slot, me.case] = play.clocks[slot].late
    return len(rows), asked


@compiled
def _play(play: Play, node: int, arrival: int) -> None:
    """Play a case from its arrival until it is closed, the simulation ends or a question stops it."""
    at, me = play.at[0], play.me[0]
    me.node, me.now, me.asks = node, arrival, 0
    me.opened, me.closed, me.state = NONE, NONE, NONE
    for slot in range(at.slots):
        play.clocks[slot].last, play.clocks[slot].late = NONE, NONE
    for role in range(at.roles):
        intent = play.intents[role]
        intent.ripe, intent.stage, intent.over, intent.barred = me.now, OWN, 0, 0
    for selector in range(len(play.made)):
        play.made[selector] = 0
    if me.case < at.open_cases:
        _go_on_from(play)
        if play.run[at.followed + state_of(play)] == 0:
            return
    while me.asks == 0 and _step(play):
        pass


@compiled
def _go_on_from(play: Play) -> None:
    """Begin with an open case in its standing."""
    at, me, run = play.at[0], play.me[0], play.run
    me.node, me.opened = run[at.open_node + me.case], run[at.open_since + me.case]
    for slot in range(at.slots):
        there = slot * at.open_cases + me.case
        clock = play.clocks[slot]
        clock.face, clock.since = run[at.open_face + there], run[at.open_began + there]
        clock.line, clock.last = run[at.open_line + there], run[at.open_due + there]
        clock.closes = run[at.open_closes + there]
    state = state_of(play)
    for role in range(at.roles):
        selector, there = selector_of(play, state, role), role * at.open_cases + me.case
        if selector != NONE:
            go_on(play, role, selector, run[at.open_place + there], run[at.open_minutes + there])


@compiled
def _step(play: Play) -> bool:
    """Move the case by its next event; return whether it is to go on."""
    at, me = play.at[0], play.me[0]
    if play.tables[at.known + me.node] == 0:
        ask(play, STANDING, me.node, 0, 0)
        return False
    state, moment = state_of(play), _next(play)
    if me.asks != 0:
        return False
    until = min(moment, at.end)
    for role in range(at.roles):
        selector = selector_of(play, state, role)
        if selector != NONE or role == play.tables[at.opener + me.node]:
            count_waiting(play, role, until)
            if is_served(play, selector):
                join(play, role, until)
    if moment >= at.end:
        _leave(play, False)
        return False
    if me.actor == NONE:
        edge = edge_of(play, me.slot + at.clock_moves, moment // DAY_MINUTES)
        return me.asks == 0 and _move(play, edge, moment)
    edge, selector = play.intents[me.actor].edge, selector_of(play, state, me.actor)
    if is_served(play, selector) and play.intents[me.actor].stage == QUEUED:
        let_go(play, me.actor, selector, moment, False)
        if edge <= REFUSED:  # the work was in vain: the act is ripe, and waits until it is allowed
            play.intents[me.actor].ripe, play.intents[me.actor].over = moment, play.intents[me.actor].done_by + 1
            me.now = max(me.now, moment)
            return True
    return _move(play, edge, moment)


@compiled
def _next(play: Play) -> int:
    """Return the minute of the next event, and note whose it is; of two at one minute the clock comes first, then the role named first."""
    at, me, tables = play.at[0], play.me[0], play.tables
    moment, state, node = NEVER, state_of(play), me.node
    me.actor, me.slot = NONE, NONE
    for closing in range(tables[at.closing_from + node], tables[at.closing_from + node + 1]):
        slot = tables[at.closing + closing]
        closes = play.clocks[slot].closes
        if closes < moment:
            moment, me.slot = closes, slot
    for role in range(at.roles):
        selector = selector_of(play, state, role)
        if selector == NONE and role != tables[at.opener + node]:
            continue
        look(play, role, selector)
        if me.asks == 0 and is_served(play, selector):
            look_at_station(play, role, selector)
        if me.asks != 0:
            return NEVER
        ready = play.intents[role].ready
        if ready < moment:
            moment, me.actor = ready, role
    return moment


@compiled
def _move(play: Play, edge: int, moment: int) -> bool:
    """Apply an outcome at a moment; return whether the case is to go on."""
    at, me, tables = play.at[0], play.me[0], play.tables
    before, state, node = me.node, state_of(play), tables[at.target + edge]
    if tables[at.known + node] == 0:
        ask(play, STANDING, node, 0, 0)
        return False
    me.node, me.now = node, max(me.now, moment)
    if state < 0:
        me.opened = moment
    for change in range(tables[at.changes_from + edge], tables[at.changes_from + edge + 1]):
        slot = tables[at.change_slot + change]
        late = tables[at.overdue + before * at.slots + slot] != 0
        change_clock(play, slot, tables[at.change_effect + change], tables[at.change_face + change], moment, late)
    if me.asks != 0:
        return False
    after = state_of(play)
    if at.logs != 0:
        _log(play, before, state, moment, after)
    count_move(play, state, after, moment // DAY_MINUTES)
    if after != state:
        let_all_go(play, state, moment, True)
    if tables[at.final + node] != 0:
        _leave(play, True)
        return False
    if play.run[at.followed + after] == 0:
        return False
    if after == state:
        look_again(play, me.actor)
    else:
        enter(play)
    return True


@compiled
def _log(play: Play, before: int, state: int, moment: int, after: int) -> None:
    """Add the event that has happened to the log."""
    at, me, tables = play.at[0], play.me[0], play.tables
    if me.logged < len(play.log):
        move = me.slot + at.clock_moves
        if me.actor != NONE and state < 0:
            move = tables[at.opening + before]
        elif me.actor != NONE:
            selector = selector_of(play, state, me.actor)
            move = tables[at.moves + selector * at.places + play.intents[me.actor].place]
        row = play.log[me.logged]
        row[0], row[1], row[2], row[3] = me.case, move, moment, after
        for slot in range(at.slots):
            row[4 + slot] = play.clocks[slot].last
    me.logged += 1


@compiled
def _leave(play: Play, closed: bool) -> None:
    """Write down a case that is closed, or open when the simulation ends."""
    at, me, state = play.at[0], play.me[0], state_of(play)
    let_all_go(play, state, NEVER, False)
    day = me.now // DAY_MINUTES if closed else at.days - 1
    for slot in range(at.slots):
        if play.tables[at.overdue + me.node * at.slots + slot] != 0:
            end_late(play, slot, day)
    me.state = state
    if closed:
        me.closed = me.now
        count_closed(play, state)
