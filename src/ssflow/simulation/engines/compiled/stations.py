"""The passage of a case through stations, in machine code, with the stages of the engine that plays case by case."""

from __future__ import annotations

from typing import Any

from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    case_of,
    clock_of,
    intent_of,
    made_of,
    queue_of,
    run_of,
    starts_of,
    tables_of,
)
from ssflow.simulation.engines.compiled.compiling import inlined
from ssflow.simulation.engines.compiled.counting import count_visit
from ssflow.simulation.engines.compiled.layout import START, Play
from ssflow.simulation.engines.compiled.lookups import after, ask
from ssflow.simulation.engines.compiled.queues import wake
from ssflow.simulation.engines.event.played import Stage
from ssflow.simulation.numbers import NEVER, NONE

OWN, ASKED, QUEUED, IN_HAND = map(int, Stage)


@inlined
def look_at_station(play: Play, intent: Any) -> int:
    """Find when the work on an act is over, if a station serves it; return when the act would join the queue."""
    at, case = play.at, case_of(play)
    stage, ready = intent.stage, intent.ready
    if stage == OWN:
        return NEVER
    if stage != ASKED:
        case.is_at_station = 1
    intent.ready = NEVER
    if stage == ASKED and ready < at.end:
        return int(ready if intent.base != NONE else max(intent.joined, case.now))
    if stage == IN_HAND and intent.over_at < at.end:
        intent.ready = intent.over_at
    return NEVER


@inlined
def join(play: Play, acting: Any, moment: int) -> None:
    """Let an intent join the queue of its station: in cases that are played together ``queues`` tells so, else it is known when work begins."""
    at, tables, selector, intent = play.at, tables_of(play), acting.selector, intent_of(play, acting.role)
    intent.stage, intent.joined, intent.began, intent.ripe = QUEUED, moment, NEVER, NEVER
    if at.is_together != 0:
        intent.due, case_of(play).queues = _due(play, tables[at.station_of + intent.service]), acting.role
        return
    visit = made_of(play)[selector] - 1
    row = run_of(play)[at.start_row + selector * at.visits + visit] if visit < at.visits else NONE
    start = starts_of(play, row)[case_of(play).number] if row != NONE else NONE
    if NONE < start < NEVER:
        begin_work(play, intent, start)


@inlined
def _due(play: Play, station: int) -> int:
    """Return the last day by which a station orders the case, as `Capacity.due_of` does."""
    at, tables = play.at, tables_of(play)
    first, last = tables[at.terms_from + station], tables[at.terms_from + station + 1]
    due = NEVER if last > first else 0
    for term in range(first, last):
        day = clock_of(play, tables[at.terms + term]).last
        if day != NONE:
            due = min(due, day)
    return due


@inlined
def begin_work(play: Play, intent: Any, moment: int) -> None:
    """Let the work on an intent begin."""
    intent.stage, intent.began = IN_HAND, moment
    intent.over_at = after(play, tables_of(play)[play.at.done_by + intent.service], moment, intent.length)


@inlined
def let_go(play: Play, acting: Any, over: int, left: bool) -> None:
    """Let the intent of a role leave its station: the work is over, or the case has ``left`` with the work unfinished."""
    at, intent = play.at, intent_of(play, acting.role)
    stage = intent.stage
    if stage < QUEUED:
        return
    intent.stage = OWN
    count_visit(play, intent.service, intent.joined, intent.began, over, left and stage == IN_HAND)
    if at.is_together != 0:
        station = tables_of(play)[at.station_of + intent.service]
        queue = queue_of(play, station)
        if stage == IN_HAND:
            queue.in_hand -= 1
            if queue.present > 0 and tables_of(play)[at.has_clerks + station] != 0:
                wake(play, station)
        else:
            queue.present -= 1
    if at.notes_starts != 0:
        _note_start(play, acting.selector, intent.began)


@inlined
def _note_start(play: Play, selector: int, began: int) -> None:
    """Note when a station took up the latest visit of the case to a state; the first visit for which there is no row stops the play."""
    at, visit = play.at, made_of(play)[selector] - 1
    row = run_of(play)[at.start_row + selector * at.visits + visit] if visit < at.visits else NONE
    if row == NONE:
        ask(play, START, selector, visit, 0)
        return
    starts_of(play, row)[case_of(play).number] = began


@inlined
def let_all_go(play: Play, standing: Any, over: int, left: bool) -> None:
    """Let the intents of all roles in a standing leave their stations."""
    for number in range(standing.acting, standing.acting_end):
        acting = acting_at(play, number)
        if acting.is_served != 0:
            let_go(play, acting, over, left)
