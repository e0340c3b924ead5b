"""The counts of a case, in machine code."""

from __future__ import annotations

from ssflow.simulation.engines.compiled.arrays import case_of, clock_of, counts_of, intent_of, tables_of
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.layout import Play
from ssflow.simulation.engines.compiled.lookups import day_of, spent
from ssflow.simulation.numbers import NONE

_HOUR = 60


@inlined
def note(play: Play, where: int, amount: int) -> None:
    """Add an amount to a count, or take it back."""
    counts_of(play)[where] += play.sign * amount


@inlined
def count_move(play: Play, before: int, after: int, day: int) -> None:
    """Count a move as `Tally.moved` does."""
    sums, days = play.sums, play.at.days
    note(play, sums.events, 1)
    if before == after:
        return
    note(play, sums.entered + after * days + day, 1)
    if before < 0:
        note(play, sums.opened + day, 1)
    else:
        note(play, sums.left + before * days + day, 1)


@compiled
def count_closed(play: Play, state: int) -> None:
    """Count a closed case as `Tally.closed` does."""
    at, sums, tables = play.at, play.sums, tables_of(play)
    case = case_of(play)
    took = case.now - case.opened
    note(play, sums.finished + state, 1)
    note(play, sums.minutes, took)
    note(play, sums.hours + took // _HOUR, 1)
    office = at.before + tables[at.opening_of + case.variant] * (at.days + 1)
    worked = tables[office + day_of(case.now) + 1] - tables[office + day_of(case.opened) + 1]
    note(play, sums.workdays + worked, 1)


@inlined
def count_start(play: Play, slot: int, face: int) -> None:
    """Count the start of a clock as `Tally.began` does."""
    note(play, play.sums.started + slot, 1)
    note(play, play.sums.shown + face, 1)


@compiled
def count_late(play: Play, slot: int, face: int, due: int, day: int) -> None:
    """Count the lateness of a clock as `Tally.ended_late` does."""
    at, tables = play.at, tables_of(play)
    office = at.before + tables[at.office + face] * (at.days + 1)
    late = max(0, tables[office + day + 1] - tables[office + min(max(due + 1, 0), at.days)])
    note(play, play.sums.late + slot * (at.days + 1) + late, 1)
    clock_of(play, slot).late = late


@inlined
def count_waiting(play: Play, role: int, until: int) -> None:
    """Count for how long the act of a role has waited because it was refused, as `Intents.count_waiting` does."""
    if intent_of(play, role).base != NONE:
        _count_wait(play, role, until)


@compiled
def _count_wait(play: Play, role: int, until: int) -> None:
    intent, sums = intent_of(play, role), play.sums
    base = intent.base
    minutes = min(until, intent.latest) - base
    if minutes > 0:
        refusal = intent.refusal
        note(play, sums.waited + refusal, minutes)
        if base == intent.ripe:
            note(play, sums.waits + refusal, 1)


@inlined
def count_visit(play: Play, service: int, joined: int, began: int, over: int, lost: bool) -> None:
    """Count a visit to a station as `Tally.visited` does."""
    at, sums = play.at, play.sums
    row, left = tables_of(play)[at.station_of + service] * at.days, min(began, over)
    waited = min(left, at.end) - joined
    note(play, sums.joined + service, 1)
    note(play, sums.queued + service, waited)
    note(play, sums.came + row + day_of(joined), 1)
    if waited > 0:
        note(play, sums.delayed + service, 1)
    if left < at.end:
        note(play, sums.ceased + row + day_of(left), 1)
    if lost:
        note(play, sums.lost + service, 1)
    if began < at.end:
        note(play, sums.taken + service, 1)
        _count_use(play, service, began, min(over, at.end), lost)
    elif over < at.end:
        note(play, sums.gone + service, 1)


@compiled
def _count_use(play: Play, service: int, began: int, over: int, lost: bool) -> None:
    """Count the capacity that a visit uses up: minutes of a clerk by day, or one of the cases that are taken up on a day."""
    at, sums, tables = play.at, play.sums, tables_of(play)
    station, timetable = tables[at.station_of + service], tables[at.taken_by + service]
    row = sums.used + station * at.days
    if not tables[at.has_clerks + station]:
        note(play, row + day_of(began), 1)
        return
    length = tables[at.length + timetable]
    first, last = spent(play, timetable, min(began, at.end - 1)), spent(play, timetable, min(over, at.end - 1))
    if lost:
        note(play, sums.wasted + station, last - first)
    while first < last:
        day = first // length
        until = min((day + 1) * length, last)
        note(play, row + day_of(tables[at.begins + timetable * at.longest + day]), until - first)
        first = until
