"""The playing of cases that wait for one another at stations, in machine code: all together, in the order of time.

Within a minute all events in cases come first, then stations take cases up, as in `ssflow.simulation.engines.event.engine`. A case that is at
no station plays on until it joins a queue, because nothing that happens to others changes it.

A case that is stopped by a question is put aside, and the others go on, so that as many questions as possible come together. With the answers
all cases are played again from the beginning.
"""

from __future__ import annotations

from typing import Any

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.agenda import begin_day, next_minute, put_down, take_first, take_off
from ssflow.simulation.engines.compiled.arrays import (
    awake_of,
    case_at,
    case_of,
    entry_of,
    intent_at,
    queue_of,
    turn_to,
)
from ssflow.simulation.engines.compiled.compiling import compiled, compiled_and_kept, inlined
from ssflow.simulation.engines.compiled.layout import PLACES, Play, Records
from ssflow.simulation.engines.compiled.lookups import acting_of, ask, note_question
from ssflow.simulation.engines.compiled.playing import begin, next_event, step, write_down
from ssflow.simulation.engines.compiled.queues import next_visit, opens, queue_up, room_at, wake
from ssflow.simulation.engines.compiled.stations import begin_work
from ssflow.simulation.numbers import NEVER, NONE


@compiled_and_kept
def play_together(plays: Records, given: Any) -> int:
    """Play the cases ``given``, in the order of their days of arrival; return how many questions were noted: if any, the counts mean nothing."""
    play = plays[0]
    at = play.at
    arrivals, come = given[3], 0
    for day in range(at.days):
        morning = day * DAY_MINUTES
        begin_day(play, day)
        while come < len(arrivals) and arrivals[come] < morning + DAY_MINUTES:
            _arrive(play, given, come, morning)
            come += 1
        minute = 0
        while minute < DAY_MINUTES:
            _pass(play, morning, minute)
            minute = next_minute(play, minute + 1)
        if play.asked == play.items.questions:
            return play.asked
    for row in range(come, len(arrivals)):
        _arrive(play, given, row, at.end)
    for place in range(play.items.cases):
        if case_at(play, place).number != NONE:
            turn_to(play, place)
            _play_on(play, at.end)
    return play.asked


@inlined
def _pass(play: Play, morning: int, minute: int) -> None:
    """Let a minute of a day pass: all events in cases, and then the stations."""
    while True:
        entry = take_first(play, minute)
        while entry != NONE:
            place = entry - play.at.stations
            if place < 0:
                wake(play, entry)
            elif case_at(play, place).queues != NONE:
                _queue_up(play, place)
            else:
                turn_to(play, place)
                _play_on(play, morning + minute)
            entry = take_first(play, minute)
        if play.awake == 0:
            return
        while play.awake > 0:
            play.awake -= 1
            _serve(play, awake_of(play)[play.awake], morning + minute)


@inlined
def _arrive(play: Play, given: Any, row: int, minute: int) -> None:
    """Let a case arrive, at a free place, and play it on."""
    cases, luck, profiles, arrivals, variants, nodes = given
    profile, place = profiles[row], play.free
    if place == NONE:
        ask(play, PLACES, 0, 0, 0)
        note_question(play, NONE)
        return
    turn_to(play, place)
    play.free, case = entry_of(play, play.at.stations + place).after, case_of(play)
    case.number, case.luck, case.profile, case.variant = cases[row], luck[row], profile, variants[profile]
    begin(play, nodes[profile], arrivals[row])
    case.moment = next_event(play) if play.asks == 0 else NEVER
    _play_on(play, minute)


@compiled
def _play_on(play: Play, minute: int) -> None:
    """Play the present case on until it has to wait for a later minute, or is over."""
    at, case = play.at, case_of(play)
    moment = case.moment
    while play.asks == 0:
        if min(moment, at.end) > minute and case.is_at_station != 0:
            case.moment = moment
            _wait_until(play, play.place, moment)
            return
        if not step(play, moment):
            break
        joined = moment
        moment = next_event(play)
        if case.queues != NONE and play.asks == 0:
            case.moment = moment
            if joined > minute:
                _wait_until(play, play.place, joined)
                return
            _queue_up(play, play.place)
            return
    if play.asks == 0:
        write_down(play)
        case.number = NONE
        entry_of(play, at.stations + play.place).after, play.free = play.free, play.place
    else:
        _put_aside(play)


@compiled
def _put_aside(play: Play) -> None:
    """Put the present case, which is stopped by a question, aside: whatever it has begun stays as it is."""
    case_of(play).number = NONE
    take_off(play, play.at.stations + play.place)
    note_question(play, NONE)


@inlined
def _wait_until(play: Play, place: int, moment: int) -> None:
    """Let a case wait for a moment; what comes after the end need not be on the agenda."""
    entry = play.at.stations + place
    if moment < play.at.end:
        put_down(play, entry, moment)
    else:
        take_off(play, entry)


@inlined
def _queue_up(play: Play, place: int) -> None:
    """Put a case into the queue that it joins in this minute, and wait for its next event."""
    case = case_at(play, place)
    queue_up(play, place, case.queues)
    case.queues = NONE
    if play.asks != 0:
        note_question(play, NONE)
    _wait_until(play, place, case.moment)


@inlined
def _serve(play: Play, station: int, minute: int) -> None:
    """Let a station take up what it has room for."""
    at = play.at
    queue_of(play, station).is_awake = 0
    for _ in range(room_at(play, station, minute)):
        place, role = next_visit(play, station, minute)
        if place == NONE:
            break
        _begin_work(play, place, role, minute)
    again = opens(play, station, minute)
    if again < at.end:
        put_down(play, station, again)


@inlined
def _begin_work(play: Play, place: int, role: int, minute: int) -> None:
    """Let the work on an intent begin; that it is over is the next event of its case, unless another comes first."""
    case, intent = case_at(play, place), intent_at(play, place, role)
    begin_work(play, intent, minute)
    over, actor = intent.over_at, acting_of(play, case.node, role)
    if over > case.moment or (over == case.moment and case.joins == NONE and case.actor < actor):
        return
    case.moment, case.actor, case.joins = over, actor, NONE
    _wait_until(play, place, over)
