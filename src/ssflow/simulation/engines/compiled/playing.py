"""The playing of cases one after the other, in machine code, with the steps of `ssflow.simulation.engines.columns.engine`."""

from __future__ import annotations

from typing import Any

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    case_of,
    clock_of,
    closed_of,
    ended_of,
    intent_of,
    late_of,
    log_of,
    made_of,
    opened_of,
    run_of,
    standing_at,
    standing_of,
    tables_of,
)
from ssflow.simulation.engines.compiled.clocks import change_clock, end_late
from ssflow.simulation.engines.compiled.compiling import compiled, compiled_and_kept, inlined
from ssflow.simulation.engines.compiled.counting import count_closed, count_move, count_waiting
from ssflow.simulation.engines.compiled.intents import enter, expect, go_on, intended, look, look_again
from ssflow.simulation.engines.compiled.layout import NODE, ROOM, Play, Records
from ssflow.simulation.engines.compiled.lookups import (
    ask,
    day_of,
    edge_of,
    note_question,
)
from ssflow.simulation.engines.compiled.stations import IN_HAND, join, let_all_go, let_go, look_at_station
from ssflow.simulation.numbers import NEVER, NONE, Numbers


@compiled_and_kept
def play_all(plays: Records, rows: Numbers, given: Any) -> int:
    """Play some rows of the cases ``given``; return how many were taken up. Some of these were stopped by questions.

    When there is no more room for questions, or for events, no more cases are taken up. Nothing of a stopped case is kept: what was counted is
    taken back by playing it once more to the same question.
    """
    play = plays[0]
    cases, luck, profiles, arrivals, variants, nodes = given
    for number in range(len(rows)):
        row, case = rows[number], case_of(play)
        profile = profiles[row]
        case.number, case.luck, case.profile, case.variant = cases[row], luck[row], profile, variants[profile]
        logged = play.logged
        _play(play, nodes[profile], arrivals[row])
        if play.asks == 0 and play.logged > play.items.log:
            ask(play, ROOM, play.logged - logged, 0, 0)
        if play.asks == 0:
            write_down(play)
            continue
        why = play.asks
        play.sign = -1
        _play(play, nodes[profile], arrivals[row])
        play.sign, play.logged, play.asks = 1, logged, why
        if why == ROOM:
            return number
        note_question(play, row)
        if play.asked == play.items.questions:
            return number + 1
    return len(rows)


@inlined
def write_down(play: Play) -> None:
    """Write the outcome of a case down, if there is room."""
    case = case_of(play)
    number = case.number
    if number < play.items.opened:
        opened_of(play)[number], closed_of(play)[number], ended_of(play)[number] = case.opened, case.closed, case.state
        for slot in range(play.at.slots):
            late_of(play, slot)[number] = clock_of(play, slot).late


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
    at, case = play.at, case_of(play)
    case.node, case.now, play.asks = node, arrival, 0
    case.opened, case.closed, case.state, case.queues = NONE, NONE, NONE, NONE
    for slot in range(at.slots):
        clock_of(play, slot).last, clock_of(play, slot).late = NONE, NONE
    for selector in range(at.selectors):
        made_of(play)[selector] = 0
    if case.number < at.open_cases:
        _restore(play)
    if standing_of(play).is_known == 0:
        ask(play, NODE, case.node, 0, 0)
        return
    expect(play)
    if case.number < at.open_cases:
        _go_on(play)


@compiled
def _restore(play: Play) -> None:
    """Put an open case into its standing, with its clocks."""
    at, run, case = play.at, run_of(play), case_of(play)
    case.node, case.opened = run[at.open_node + case.number], run[at.open_since + case.number]
    for slot in range(at.slots):
        there = slot * at.open_cases + case.number
        clock = clock_of(play, slot)
        clock.face, clock.since = run[at.open_face + there], run[at.open_began + there]
        clock.line, clock.last = run[at.open_line + there], run[at.open_due + there]
        clock.closes = run[at.open_closes + there]


@compiled
def _go_on(play: Play) -> None:
    """Let all roles go on in an open case."""
    at, run, standing = play.at, run_of(play), standing_of(play)
    for number in range(standing.acting, standing.acting_end):
        acting = acting_at(play, number)
        there = acting.role * at.open_cases + case_of(play).number
        go_on(play, acting, run[at.open_place + there], run[at.open_minutes + there])


@inlined
def step(play: Play, moment: int) -> bool:
    """Move the case by its next event, which `next_event` has found; return whether it is to go on."""
    at, case = play.at, case_of(play)
    if case.joins != NONE:
        acting = acting_at(play, case.joins)
        count_waiting(play, acting.role, moment)
        join(play, acting, moment)
        return play.asks == 0
    if case.is_waiting != 0:
        _count_all_waiting(play, min(moment, at.end))
    if moment >= at.end:
        _leave(play, False)
        return False
    if case.actor == NONE:
        edge = edge_of(play, case.slot + at.clock_moves, day_of(moment))
        return play.asks == 0 and _move(play, edge, moment)
    acting = acting_at(play, case.actor)
    intent = intent_of(play, acting.role)
    if acting.is_served != 0 and intent.stage == IN_HAND:
        return _work_is_over(play, acting, intent, moment)
    return _move(play, intent.edge, moment)


@inlined
def _work_is_over(play: Play, acting: Any, intent: Any, moment: int) -> bool:
    """Let the work of a station on an act be over, and the act follow, if it is allowed now; return whether the case is to go on."""
    edge = edge_of(play, intended(play, acting), day_of(moment))
    if play.asks != 0:
        return False
    let_go(play, acting, moment, False)
    if edge > REFUSED:
        return _move(play, edge, moment)
    # The work was in vain: the act is ripe, and waits until it is allowed.
    case = case_of(play)
    intent.ripe, intent.over = moment, tables_of(play)[play.at.done_by + intent.service] + 1
    case.now = max(case.now, moment)
    return True


@compiled
def _count_all_waiting(play: Play, until: int) -> None:
    standing = standing_of(play)
    for number in range(standing.acting, standing.acting_end):
        count_waiting(play, acting_at(play, number).role, until)


@inlined
def next_event(play: Play) -> int:
    """Return the minute of the next event, and note whose it is; of two at one minute a clock comes first, then the role named first.

    That a role joins a queue is an event too, the last of its minute.
    """
    case, standing = case_of(play), standing_of(play)
    moment, joining = NEVER, NEVER
    case.actor, case.slot, case.joins = NONE, NONE, NONE
    case.is_at_station, case.is_waiting = 0, 0
    for closing in range(standing.closing, standing.closing_end):
        slot = tables_of(play)[play.at.closing + closing]
        closes = clock_of(play, slot).closes
        if closes < moment:
            moment, case.slot = closes, slot
    for number in range(standing.acting, standing.acting_end):
        acting = acting_at(play, number)
        look(play, acting)
        intent = intent_of(play, acting.role)
        if play.asks == 0 and acting.is_served != 0:
            coming = look_at_station(play, intent)
            if coming < joining:
                joining, case.joins = coming, number
        if play.asks != 0:
            return NEVER
        ready = intent.ready
        if ready < moment:
            moment, case.actor = ready, number
    if joining < moment:
        return joining
    case.joins = NONE
    return moment


@inlined
def _move(play: Play, edge: int, moment: int) -> bool:
    """Apply an outcome at a moment; return whether the case is to go on."""
    at, tables, case = play.at, tables_of(play), case_of(play)
    before, node = case.node, tables[at.target + edge]
    left, standing = standing_at(play, before), standing_at(play, node)
    if standing.is_known == 0:
        ask(play, NODE, node, 0, 0)
        return False
    state, after = left.state, standing.state
    case.node, case.now = node, max(case.now, moment)
    if state < 0:
        case.opened = moment
    for change in range(tables[at.changes_from + edge], tables[at.changes_from + edge + 1]):
        slot = tables[at.change_slot + change]
        late = tables[at.overdue + before * at.slots + slot] != 0
        change_clock(play, slot, tables[at.change_effect + change], tables[at.change_face + change], moment, late)
    if play.asks != 0:
        return False
    if at.logs != 0:
        _log(play, moment, after)
    count_move(play, state, after, day_of(moment))
    if after != state:
        let_all_go(play, left, moment, True)
    if standing.is_final != 0:
        _leave(play, True)
        return False
    if after != state:
        enter(play)
    else:
        look_again(play, acting_at(play, case.actor).role if case.actor != NONE else NONE)
    return True


@compiled
def _log(play: Play, moment: int, after: int) -> None:
    """Add the event that has happened to the log."""
    at, case = play.at, case_of(play)
    if play.logged < play.items.log:
        move = case.slot + at.clock_moves
        if case.actor != NONE:
            move = intended(play, acting_at(play, case.actor))
        row = log_of(play, play.logged)
        row[0], row[1], row[2], row[3] = case.number, move, moment, after
        for slot in range(at.slots):
            row[4 + slot] = clock_of(play, slot).last
    play.logged += 1


@compiled
def _leave(play: Play, closed: bool) -> None:
    """Write down a case that is closed, or open when the simulation ends."""
    at, case = play.at, case_of(play)
    let_all_go(play, standing_of(play), NEVER, False)
    day = day_of(case.now) if closed else at.days - 1
    for slot in range(at.slots):
        if tables_of(play)[at.overdue + case.node * at.slots + slot] != 0:
            end_late(play, slot, day)
    case.state = standing_of(play).state
    if closed:
        case.closed = case.now
        count_closed(play, case.state)
