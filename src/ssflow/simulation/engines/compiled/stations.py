"""The passage of a case through stations, in machine code, as `Queueing` and `Attending` of the columns find it for many cases."""

from __future__ import annotations

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.queueing import ASKED, OWN, QUEUED
from ssflow.simulation.engines.compiled.arrays import (
    clocks_of,
    intents_of,
    made_of,
    run_of,
    starts_of,
    tables_of,
    visits_of,
)
from ssflow.simulation.engines.compiled.compiling import compiled
from ssflow.simulation.engines.compiled.counting import count_visit
from ssflow.simulation.engines.compiled.layout import Play
from ssflow.simulation.engines.compiled.lookups import after, edge_of, is_served, selector_of
from ssflow.simulation.numbers import NEVER, NONE


@compiled
def let_go(play: Play, role: int, selector: int, over: int, left: bool) -> None:
    """Let the intent of a role leave its station: the work is over, or the case has ``left`` with the work unfinished."""
    at, intent = play.at, intents_of(play)[role]
    if intent.stage != QUEUED:
        return
    intent.stage = OWN
    began = intent.began
    if began >= over or began >= at.end:
        began = NEVER
    service, joined = intent.service, intent.joined
    if play.sign != 0:
        count_visit(play, service, joined, began, over, left and began < NEVER)
    if at.notes_visits != 0:
        visits, row = visits_of(play), play.visited
        if row < visits.shape[1]:
            visits[0, row], visits[1, row], visits[2, row] = service, play.case, made_of(play)[selector] - 1
            visits[3, row], visits[4, row], visits[5, row] = play.profile, joined, intent.length
            visits[6, row], visits[7, row], visits[8, row] = intent.due, began, over if left else NEVER
        play.visited += 1


@compiled
def let_all_go(play: Play, state: int, over: int, left: bool) -> None:
    """Let the intents of all roles in a state leave their stations."""
    if play.at.has_stations != 0:
        for role in range(play.at.roles):
            selector = selector_of(play, state, role)
            if is_served(play, selector):
                let_go(play, role, selector, over, left)


@compiled
def look_at_station(play: Play, role: int, selector: int) -> None:
    """Replace, if a station serves the act of a role, the minute at which it is allowed by the minute at which the work on it is over."""
    at, intent = play.at, intents_of(play)[role]
    stage = intent.stage
    coming = NEVER
    if stage == ASKED and intent.ready < at.end:
        waits = intent.base != NONE
        coming = intent.ready if waits else max(intent.asked, play.now)
    intent.coming = coming
    if stage == OWN:
        return
    joined = coming if stage == ASKED else intent.joined
    over = _over(play, role, selector, joined) if joined < at.end else NEVER
    intent.ready = over
    if over < at.end:
        move = tables_of(play)[at.moves + selector * at.places + intent.place]
        intent.edge = edge_of(play, move, over // DAY_MINUTES)


@compiled
def _over(play: Play, role: int, selector: int, joined: int) -> int:
    """Return when the work is over on an intent that joins the queue of its station at a minute."""
    at, tables, intent = play.at, tables_of(play), intents_of(play)[role]
    service, visit = intent.service, made_of(play)[selector] - 1
    start = after(play, tables[at.taken_by + service], joined, 0)
    row = run_of(play)[at.start_row + selector * at.visits + visit] if visit < at.visits else NONE
    if row != NONE:
        start = max(start, starts_of(play)[row, play.case])
    done_by = tables[at.done_by + service]
    intent.began, intent.done_by = start, done_by
    return after(play, done_by, start, intent.length) if start < at.end else NEVER


@compiled
def join(play: Play, role: int, until: int) -> None:
    """Let an intent join its queue if it does so before the next event of the case."""
    at, tables, intent = play.at, tables_of(play), intents_of(play)[role]
    coming = intent.coming
    if coming >= until:
        return
    intent.stage, intent.joined, intent.ripe = QUEUED, coming, NEVER
    station = tables[at.station_of + intent.service]
    first, last = tables[at.terms_from + station], tables[at.terms_from + station + 1]
    due = NEVER if last > first else 0
    for term in range(first, last):
        day = clocks_of(play)[tables[at.terms + term]].last
        if day != NONE:
            due = min(due, day)
    intent.due = due
