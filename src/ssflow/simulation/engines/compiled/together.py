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
    entry_of,
    intent_at,
    queue_of,
)
from ssflow.simulation.engines.compiled.compiling import compiled, compiled_and_kept, inlined
from ssflow.simulation.engines.compiled.layout import CLOCK, INTENT, PLACES, Play, Records
from ssflow.simulation.engines.compiled.lookups import (
    ask,
    note_question,
    selector_of,
    state_of,
)
from ssflow.simulation.engines.compiled.playing import begin, next_event, step, write_down
from ssflow.simulation.engines.compiled.queues import next_visit, opens, queue_up, room_at, wake
from ssflow.simulation.engines.compiled.stations import begin_work, expect_end_of_work
from ssflow.simulation.numbers import NEVER, NONE

_INTENT, _CLOCK, _NUMBER = INTENT.itemsize, CLOCK.itemsize, 4  # bytes


@compiled_and_kept
def play_together(plays: Records, given: Any) -> int:
    """Play the cases ``given``, in the order of their days of arrival; return how many questions were noted: if any, the counts mean nothing."""
    play = plays[0]
    at = play.at
    arrivals, come = given[3], 0
    for day in range(at.days + 1):
        morning, is_over = day * DAY_MINUTES, day == at.days
        begin_day(play, day)
        while come < len(arrivals) and (arrivals[come] < morning + DAY_MINUTES or is_over):
            _arrive(play, given, come)
            _play_on(play, morning)
            come += 1
        minute, last = 0, 1 if is_over else DAY_MINUTES
        while minute < last:
            _pass(play, morning, minute)
            minute = next_minute(play, minute + 1, last)
        if play.asked == play.items.questions:
            break
    return play.asked


@inlined
def _pass(play: Play, morning: int, minute: int) -> None:
    """Let a minute of a day pass: all events in cases, and then the stations."""
    at = play.at
    while True:
        entry = take_first(play, minute)
        while entry != NONE:
            place = entry - at.stations
            if place < 0:
                wake(play, entry)
            elif case_at(play, place).queues != NONE:
                _queue_up(play, place)
            else:
                _take_up(play, place)
                _play_on(play, morning + minute)
            entry = take_first(play, minute)
        if play.awake == 0 or morning == at.end:
            return
        while play.awake > 0:
            play.awake -= 1
            _serve(play, awake_of(play)[play.awake], morning + minute)


@inlined
def _arrive(play: Play, given: Any, row: int) -> None:
    """Let a case arrive, at a free place."""
    cases, luck, profiles, arrivals, variants, nodes = given
    profile = profiles[row]
    play.case, play.luck, play.profile, play.variant = cases[row], luck[row], profile, variants[profile]
    play.place = play.free
    if play.place == NONE:
        ask(play, PLACES, 0, 0, 0)
        return
    play.free = entry_of(play, play.at.stations + play.place).after
    _turn_to(play, play.place)
    case = case_at(play, play.place)
    case.case, case.luck, case.profile, case.variant = play.case, play.luck, play.profile, play.variant
    play.queues = NONE
    begin(play, nodes[profile], arrivals[row])
    play.moment = next_event(play) if play.asks == 0 else NEVER


@inlined
def _play_on(play: Play, minute: int) -> None:
    """Play the present case on until it has to wait for a later minute, or is over."""
    at, moment = play.at, play.moment
    while play.asks == 0:
        until = min(moment, at.end)
        if until > minute and play.is_at_station != 0:
            _set_down(play, moment)
            put_down(play, at.stations + play.place, until)
            return
        if not step(play, moment):
            break
        joined = moment
        moment = next_event(play)
        if play.queues != NONE and play.asks == 0:
            _set_down(play, moment)
            if joined > minute:
                put_down(play, at.stations + play.place, joined)
                return
            _queue_up(play, play.place)
            return
    if play.asks == 0:
        write_down(play)
        entry_of(play, at.stations + play.place).after, play.free = play.free, play.place
    else:
        _put_aside(play)


@compiled
def _put_aside(play: Play) -> None:
    """Put the present case, which is stopped by a question, aside: whatever it has begun stays as it is."""
    if play.place != NONE:
        case_at(play, play.place).case = NONE
        take_off(play, play.at.stations + play.place)
    note_question(play, NONE)


@inlined
def _queue_up(play: Play, place: int) -> None:
    """Put a case into the queue that it joins in this minute, and wait for its next event."""
    case = case_at(play, place)
    queue_up(play, place, case.queues)
    case.queues = NONE
    if play.asks != 0:
        note_question(play, NONE)
    put_down(play, play.at.stations + place, min(case.moment, play.at.end))


@inlined
def _serve(play: Play, station: int, minute: int) -> None:
    """Let a station take up what it has room for."""
    at = play.at
    queue_of(play, station).is_awake = 0
    for _ in range(room_at(play, station, minute)):
        number = next_visit(play, station, minute)
        if number == NONE:
            break
        _begin_work(play, number, minute)
    again = opens(play, station, minute)
    if again < at.end:
        put_down(play, station, again)


@inlined
def _begin_work(play: Play, number: int, minute: int) -> None:
    """Let the work on an intent begin; that it is over is the next event of its case, unless another comes first."""
    at = play.at
    place, role = number // at.roles, number % at.roles
    case, intent = case_at(play, place), intent_at(play, number)
    begin_work(play, intent, minute)
    over = intent.over_at
    if over > case.moment or (over == case.moment and case.joins == NONE and (case.actor == NONE or case.actor < role)):
        return
    if over < at.end:
        _turn_to(play, place)
        play.node = case.node
        expect_end_of_work(play, role, selector_of(play, state_of(play), role))
        if play.asks != 0:
            _put_aside(play)
            return
    case.moment, case.actor, case.joins = over, role, NONE
    put_down(play, at.stations + place, min(over, at.end))


@inlined
def _turn_to(play: Play, place: int) -> None:
    """Let the play point to the intents, clocks and draws of the case at a place."""
    at, first = play.at, play.first
    play.place = place
    play.address.intents = first.intents + place * at.roles * _INTENT
    play.address.clocks = first.clocks + place * at.slots * _CLOCK
    play.address.made = first.made + place * at.selectors * _NUMBER


@inlined
def _take_up(play: Play, place: int) -> None:
    """Make the case at a place the present one."""
    _turn_to(play, place)
    case = case_at(play, place)
    play.case, play.luck, play.profile, play.variant = case.case, case.luck, case.profile, case.variant
    play.node, play.now, play.opened = case.node, case.now, case.opened
    play.closed, play.state, play.queues = NONE, NONE, NONE
    play.moment, play.actor, play.slot, play.joins = case.moment, case.actor, case.slot, case.joins


@inlined
def _set_down(play: Play, moment: int) -> None:
    """Put the present case down, with the minute of its next event."""
    case = case_at(play, play.place)
    case.node, case.now, case.opened = play.node, play.now, play.opened
    case.moment, case.actor, case.slot = moment, play.actor, play.slot
    case.joins, case.queues = play.joins, play.queues
    play.queues = NONE
