"""The playing of cases one after the other, in machine code, with the steps of `ssflow.simulation.engines.columns.engine`."""

from __future__ import annotations

from typing import Any

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    clock_of,
    closed_of,
    ended_of,
    intent_of,
    late_of,
    log_of,
    made_of,
    opened_of,
    run_of,
    tables_of,
)
from ssflow.simulation.engines.compiled.clocks import change_clock, end_late
from ssflow.simulation.engines.compiled.compiling import compiled, compiled_and_kept, inlined
from ssflow.simulation.engines.compiled.counting import count_closed, count_move, count_waiting
from ssflow.simulation.engines.compiled.intents import enter, go_on, look, look_again
from ssflow.simulation.engines.compiled.layout import ROOM, STANDING, Play, Records
from ssflow.simulation.engines.compiled.lookups import (
    ask,
    day_of,
    edge_of,
    first_acting,
    is_served,
    note_question,
    selector_of,
    state_of,
)
from ssflow.simulation.engines.compiled.stations import IN_HAND, OWN, join, let_all_go, let_go, look_at_station
from ssflow.simulation.numbers import NEVER, NONE, Numbers


@compiled_and_kept
def play_all(plays: Records, rows: Numbers, given: Any) -> int:
    """Play some rows of the cases ``given``; return how many were taken up. Some of these were stopped by questions.

    When there is no more room for questions, or for events, no more cases are taken up. Nothing of a stopped case is kept: what was counted is
    taken back by playing it once more to the same question.
    """
    play = plays[0]
    counts = play.sign
    cases, luck, profiles, arrivals, variants, nodes = given
    for number in range(len(rows)):
        row = rows[number]
        profile = profiles[row]
        play.case, play.luck, play.profile, play.variant = cases[row], luck[row], profile, variants[profile]
        logged = play.logged
        _play(play, nodes[profile], arrivals[row])
        if play.asks == 0 and play.logged > play.items.log:
            ask(play, ROOM, play.logged - logged, 0, 0)
        if play.asks == 0:
            write_down(play)
            continue
        why = play.asks
        play.sign = -counts
        _play(play, nodes[profile], arrivals[row])
        play.sign, play.logged, play.asks = counts, logged, why
        if why == ROOM:
            return number
        note_question(play, row)
        if play.asked == play.items.questions:
            return number + 1
    return len(rows)


@inlined
def write_down(play: Play) -> None:
    """Write the outcome of a case down, if there is room."""
    case = play.case
    if case < play.items.opened:
        opened_of(play)[case], closed_of(play)[case], ended_of(play)[case] = play.opened, play.closed, play.state
        for slot in range(play.at.slots):
            late_of(play, slot)[case] = clock_of(play, slot).late


@compiled
def _play(play: Play, node: int, arrival: int) -> None:
    """Play a case from its arrival until it is closed, the simulation ends or a question stops it."""
    begin(play, node, arrival)
    while play.asks == 0:
        moment = next_event(play)
        if play.asks != 0 or not step(play, moment):
            return


@compiled
def begin(play: Play, node: int, arrival: int) -> None:
    """Begin with a case as it arrives."""
    at = play.at
    play.node, play.now, play.asks = node, arrival, 0
    play.opened, play.closed, play.state = NONE, NONE, NONE
    for slot in range(at.slots):
        clock_of(play, slot).last, clock_of(play, slot).late = NONE, NONE
    for role in range(at.roles):
        intent = intent_of(play, role)
        intent.ripe, intent.stage, intent.over, intent.barred = play.now, OWN, 0, 0
    for selector in range(at.selectors):
        made_of(play)[selector] = 0
    if play.case < at.open_cases:
        _go_on_from(play)
    if tables_of(play)[at.known + play.node] == 0:
        ask(play, STANDING, play.node, 0, 0)


@compiled
def _go_on_from(play: Play) -> None:
    """Begin with an open case in its standing."""
    at, run = play.at, run_of(play)
    play.node, play.opened = run[at.open_node + play.case], run[at.open_since + play.case]
    for slot in range(at.slots):
        there = slot * at.open_cases + play.case
        clock = clock_of(play, slot)
        clock.face, clock.since = run[at.open_face + there], run[at.open_began + there]
        clock.line, clock.last = run[at.open_line + there], run[at.open_due + there]
        clock.closes = run[at.open_closes + there]
    state = state_of(play)
    for role in range(at.roles):
        selector, there = selector_of(play, state, role), role * at.open_cases + play.case
        if selector != NONE:
            go_on(play, role, selector, run[at.open_place + there], run[at.open_minutes + there])


@inlined
def step(play: Play, moment: int) -> bool:
    """Move the case by its next event, which `next_event` has found; return whether it is to go on."""
    at = play.at
    state = state_of(play)
    if play.joins != NONE:
        count_waiting(play, play.joins, moment)
        join(play, play.joins, selector_of(play, state, play.joins), moment)
        return play.asks == 0
    until = min(moment, at.end)
    for number in range(first_acting(play, state), first_acting(play, state + 1)):
        role = acting_at(play, number).role
        if state >= 0 or role == tables_of(play)[at.opener + play.node]:
            count_waiting(play, role, until)
    if moment >= at.end:
        _leave(play, False)
        return False
    if play.actor == NONE:
        edge = edge_of(play, play.slot + at.clock_moves, day_of(moment))
        return play.asks == 0 and _move(play, edge, moment)
    intent, selector = intent_of(play, play.actor), selector_of(play, state, play.actor)
    edge = intent.edge
    if is_served(play, selector) and intent.stage == IN_HAND:
        let_go(play, play.actor, selector, moment, False)
        if edge <= REFUSED:  # the work was in vain: the act is ripe, and waits until it is allowed
            intent.ripe, intent.over = moment, tables_of(play)[at.done_by + intent.service] + 1
            play.now = max(play.now, moment)
            return play.asks == 0
    return _move(play, edge, moment)


@inlined
def next_event(play: Play) -> int:
    """Return the minute of the next event, and note whose it is; of two at one minute a clock comes first, then the role named first.

    That a role joins a queue is an event too, the last of its minute.
    """
    at, tables = play.at, tables_of(play)
    moment, joining, state, node = NEVER, NEVER, state_of(play), play.node
    play.actor, play.slot, play.joins, play.is_at_station = NONE, NONE, NONE, 0
    for closing in range(tables[at.closing_from + node], tables[at.closing_from + node + 1]):
        slot = tables[at.closing + closing]
        closes = clock_of(play, slot).closes
        if closes < moment:
            moment, play.slot = closes, slot
    for number in range(first_acting(play, state), first_acting(play, state + 1)):
        acting = acting_at(play, number)
        role, selector = acting.role, acting.selector
        if state < 0 and role != tables[at.opener + node]:
            continue
        look(play, role, selector)
        intent = intent_of(play, role)
        if play.asks == 0 and acting.is_served != 0:
            coming = look_at_station(play, role, selector)
            if coming < joining:
                joining, play.joins = coming, role
        if play.asks != 0:
            return NEVER
        ready = intent.ready
        if ready < moment:
            moment, play.actor = ready, role
    if joining < moment:
        return joining
    play.joins = NONE
    return moment


@inlined
def _move(play: Play, edge: int, moment: int) -> bool:
    """Apply an outcome at a moment; return whether the case is to go on."""
    at, tables = play.at, tables_of(play)
    before, state, node = play.node, state_of(play), tables[at.target + edge]
    if tables[at.known + node] == 0:
        ask(play, STANDING, node, 0, 0)
        return False
    play.node, play.now = node, max(play.now, moment)
    if state < 0:
        play.opened = moment
    for change in range(tables[at.changes_from + edge], tables[at.changes_from + edge + 1]):
        slot = tables[at.change_slot + change]
        late = tables[at.overdue + before * at.slots + slot] != 0
        change_clock(play, slot, tables[at.change_effect + change], tables[at.change_face + change], moment, late)
    if play.asks != 0:
        return False
    after = state_of(play)
    if at.logs != 0:
        _log(play, before, state, moment, after)
    count_move(play, state, after, day_of(moment))
    if after != state:
        let_all_go(play, state, moment, True)
    if tables[at.final + node] != 0:
        _leave(play, True)
        return False
    if after == state:
        look_again(play, play.actor)
    else:
        enter(play)
    return True


@compiled
def _log(play: Play, before: int, state: int, moment: int, after: int) -> None:
    """Add the event that has happened to the log."""
    at, tables = play.at, tables_of(play)
    if play.logged < play.items.log:
        move = play.slot + at.clock_moves
        if play.actor != NONE and state < 0:
            move = tables[at.opening + before]
        elif play.actor != NONE:
            selector = selector_of(play, state, play.actor)
            move = tables[at.moves + selector * at.places + intent_of(play, play.actor).place]
        row = log_of(play, play.logged)
        row[0], row[1], row[2], row[3] = play.case, move, moment, after
        for slot in range(at.slots):
            row[4 + slot] = clock_of(play, slot).last
    play.logged += 1


@compiled
def _leave(play: Play, closed: bool) -> None:
    """Write down a case that is closed, or open when the simulation ends."""
    at, state = play.at, state_of(play)
    let_all_go(play, state, NEVER, False)
    day = day_of(play.now) if closed else at.days - 1
    for slot in range(at.slots):
        if tables_of(play)[at.overdue + play.node * at.slots + slot] != 0:
            end_late(play, slot, day)
    play.state = state
    if closed:
        play.closed = play.now
        count_closed(play, state)
