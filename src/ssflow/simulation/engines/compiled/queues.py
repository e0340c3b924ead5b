"""The queues of stations in machine code, as `ssflow.simulation.engines.event.counters` keeps them one by one.

A queue is a ring of those that came in the order in which they are taken up, as most do, and a heap of the others. A visit that leaves before
it is taken up stays there until its turn comes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.arrays import (
    awake_of,
    case_at,
    intent_at,
    queue_of,
    ring_at,
    tables_of,
    visit_at,
)
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.layout import QUEUES, Play
from ssflow.simulation.engines.compiled.lookups import ask, day_of, first_at_work
from ssflow.simulation.engines.event.played import Stage
from ssflow.simulation.numbers import NEVER, NONE

_QUEUED = int(Stage.queued)
# By how many bits the parts of a key are shifted: the rank, to make room for a last day; the minute, for a case and a role; the case, for a role.
_URGENCY, _JOINED, _CASE = 32, 38, 8
_ROLES = (1 << _CASE) - 1


@inlined
def wake(play: Play, station: int) -> None:
    """Let a station look at its queue at the end of this minute."""
    queue = queue_of(play, station)
    if queue.is_awake == 0:
        queue.is_awake = 1
        awake_of(play)[play.awake] = station
        play.awake += 1


@inlined
def queue_up(play: Play, place: int, role: int) -> None:
    """Put the visit of a role in the case at a place into the queue of its station."""
    at, case, intent = play.at, case_at(play, place), intent_at(play, place, role)
    station = tables_of(play)[at.station_of + intent.service]
    queue = queue_of(play, station)
    in_heap, in_ring = queue.in_heap, queue.in_ring
    if max(in_heap, in_ring) == at.room_in_queues:
        ask(play, QUEUES, at.room_in_queues, 0, 0)
        return
    visit = ring_at(play, station, queue.first + in_ring)
    visit.urgency = tables_of(play)[at.ranks + station * at.profiles + case.profile] << _URGENCY | intent.due
    visit.turn = np.int64(intent.joined) << _JOINED | np.int64(case.number) << _CASE | role
    visit.place = place
    if in_ring > 0 and _is_before(visit, ring_at(play, station, queue.first + in_ring - 1)):
        _copy(visit, visit_at(play, station, in_heap))
        _move_up(play, station, in_heap)
        queue.in_heap = in_heap + 1
    else:
        queue.in_ring = in_ring + 1
    if queue.present == 0:  # where others wait, the station has no room
        wake(play, station)
    queue.present += 1


@inlined
def room_at(play: Play, station: int, minute: int) -> int:
    """Return how many visits a station may take up in a minute."""
    at, tables = play.at, tables_of(play)
    if first_at_work(play, tables[at.open_by + station], minute) != minute:
        return 0
    busy = queue_of(play, station).in_hand
    if tables[at.has_clerks + station] == 0:
        busy = _begun(play, station, minute)
    return int(tables[at.numbers + station * at.days + day_of(minute)] - busy)


@inlined
def next_visit(play: Play, station: int, minute: int) -> tuple[int, int]:
    """Take the next visit in a queue up and return the place of its case, and its role; -1 and -1 if nobody waits."""
    queue = queue_of(play, station)
    while queue.in_ring + queue.in_heap > 0:
        first = ring_at(play, station, queue.first)
        if queue.in_ring == 0 or (queue.in_heap > 0 and _is_before(visit_at(play, station, 0), first)):
            first = visit_at(play, station, 0)
            place, turn = first.place, first.turn
            queue.in_heap -= 1
            _swap(play, station, 0, queue.in_heap)
            _move_down(play, station, queue.in_heap)
        else:
            place, turn = first.place, first.turn
            queue.first = queue.first + 1 if queue.first + 1 < play.at.room_in_queues else 0
            queue.in_ring -= 1
        if _is_waiting(play, station, place, turn):
            queue.present -= 1
            queue.in_hand += 1
            queue.day, queue.begun = day_of(minute), _begun(play, station, minute) + 1
            return place, turn & _ROLES
    return NONE, NONE


@compiled
def opens(play: Play, station: int, minute: int) -> int:
    """Return when a station may next take a case up without another event; `NEVER` if nobody waits, or if it does not open again."""
    if queue_of(play, station).present == 0:
        return NEVER
    table = tables_of(play)[play.at.open_by + station]
    first, morrow = first_at_work(play, table, minute), day_of(minute) + 1
    if first > minute or morrow == play.at.days:
        return first if first > minute else NEVER
    return first_at_work(play, table, morrow * DAY_MINUTES)


@inlined
def _is_waiting(play: Play, station: int, place: int, turn: int) -> bool:
    """Return whether a visit that was put into the queue has not left it."""
    intent = intent_at(play, place, turn & _ROLES)
    return (
        intent.stage == _QUEUED
        and intent.joined == turn >> _JOINED
        and case_at(play, place).number == turn >> _CASE & (1 << _JOINED - _CASE) - 1
        and tables_of(play)[play.at.station_of + intent.service] == station
    )


@inlined
def _begun(play: Play, station: int, minute: int) -> int:
    """Return how many visits a station has taken up on the day."""
    queue = queue_of(play, station)
    return queue.begun if queue.day == day_of(minute) else 0


@inlined
def _move_up(play: Play, station: int, place: int) -> None:
    """Move the last visit of a heap up to where it belongs."""
    while place > 0:
        above = (place - 1) >> 1
        if not _is_before(visit_at(play, station, place), visit_at(play, station, above)):
            return
        _swap(play, station, place, above)
        place = above


@inlined
def _move_down(play: Play, station: int, length: int) -> None:
    """Move the first visit of a heap down to where it belongs."""
    place, below = 0, 1
    while below < length:
        if below + 1 < length and _is_before(visit_at(play, station, below + 1), visit_at(play, station, below)):
            below += 1
        if not _is_before(visit_at(play, station, below), visit_at(play, station, place)):
            return
        _swap(play, station, place, below)
        place, below = below, 2 * below + 1


@inlined
def _is_before(one: Any, other: Any) -> bool:
    return one.urgency < other.urgency or (one.urgency == other.urgency and one.turn < other.turn)


@inlined
def _copy(one: Any, other: Any) -> None:
    other.urgency, other.turn, other.place = one.urgency, one.turn, one.place


@inlined
def _swap(play: Play, station: int, one: int, other: int) -> None:
    a, b = visit_at(play, station, one), visit_at(play, station, other)
    a.urgency, b.urgency = b.urgency, a.urgency
    a.turn, b.turn = b.turn, a.turn
    a.place, b.place = b.place, a.place
