"""The clocks of a case, in machine code, as `ssflow.simulation.engines.columns.clocks` keeps those of many cases.

A clock that was stopped or extended is on a line: what has happened to it since it began. Lines are numbered, and what happens next to one
of them leads to another; their dates are found once, by `Lines`.
"""

from __future__ import annotations

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.chart.moves import ClockEffect
from ssflow.simulation.engines.compiled.arrays import clock_of, tables_of, wide_of
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.counting import count_late, count_start, note
from ssflow.simulation.engines.compiled.layout import FACE, LINE, Play
from ssflow.simulation.engines.compiled.lookups import ask, day_of
from ssflow.simulation.numbers import NONE, Numbers

ENDS, STARTS, STOPS, RESUMES, EXTENDS, RUNS_OUT, IN_TIME = map(int, ClockEffect)
_LATE_ENDS = ENDS | STARTS | IN_TIME
_DATED = STARTS | STOPS | RESUMES | EXTENDS | IN_TIME
BEGUN, STOPPED, RESUMED, EXTENDED = range(4)  # what leads to a line


@inlined
def key_of(parent: int, kind: int, number: int) -> int:
    """Return the key of a line: the line before it (or the face), what happened, and on which day or by which face (or the minute of the beginning)."""
    return parent << 34 | kind << 32 | number


@inlined
def place_of(keys: Numbers, first: int, room: int, key: int) -> int:
    """Return where a key is in a hash table that begins at a place, or the free place that it would take."""
    place = (key ^ (key >> 29) ^ (key >> 47)) * 0x9E3779B1 & (room - 1)
    while keys[first + place] != NONE and keys[first + place] != key:
        place = (place + 1) & (room - 1)
    return place


@compiled
def fill(keys: Numbers, values: Numbers, there: Numbers, lines: Numbers) -> None:
    """Fill an empty hash table with lines by their keys."""
    for number in range(len(there)):
        place = place_of(keys, 0, len(keys), there[number])
        keys[place], values[place] = there[number], lines[number]


@compiled
def _line(play: Play, parent: int, kind: int, number: int) -> int:
    """Return a line; -1 stops the play because it is not yet known."""
    at, key = play.at, key_of(parent, kind, number)
    place = place_of(wide_of(play), at.line_keys, at.line_room, key)
    if wide_of(play)[at.line_keys + place] == key:
        return tables_of(play)[at.line_values + place]
    ask(play, LINE, parent, kind, number)
    return NONE


@compiled
def _present_line(play: Play, slot: int) -> int:
    """Return the line of a clock, also of one that has only begun."""
    clock = clock_of(play, slot)
    line = clock.line
    if line != NONE:
        return line
    face, since = clock.face, clock.since
    if tables_of(play)[play.at.in_hours + face] == 0:
        since = day_of(since) * DAY_MINUTES
    return _line(play, face, BEGUN, since)


@inlined
def change_clock(play: Play, slot: int, effect: int, face: int, moment: int, late: bool) -> None:
    """Apply an effect of a move to a clock; ``face`` starts or extends it, ``late`` tells whether it had run out."""
    clock, day = clock_of(play, slot), day_of(moment)
    if late and effect & _LATE_ENDS:
        end_late(play, slot, day)
    if effect & STARTS:
        clock.face, clock.since, clock.line = face, moment, NONE
        count_start(play, slot, face)
    elif effect & ENDS:
        clock.last = NONE
    if effect & STOPS:
        _follow(play, slot, STOPPED, day)
    if effect & RESUMES:
        _follow(play, slot, RESUMED, day)
    if effect & EXTENDS:
        _follow(play, slot, EXTENDED, face)
    if effect & RUNS_OUT:
        note(play, play.sums.ran_out + slot, 1)
    if effect & _DATED:
        _date(play, slot, effect & STARTS != 0)


@compiled
def _follow(play: Play, slot: int, kind: int, number: int) -> None:
    """Put a clock on the line to which what happens to it leads."""
    line = _present_line(play, slot)
    if line != NONE:
        line = _line(play, line, kind, number)
    if line != NONE:
        clock = clock_of(play, slot)
        clock.line, clock.face = line, tables_of(play)[play.at.line_face + line]


@inlined
def _date(play: Play, slot: int, starts: bool) -> None:
    """Find the last day of a clock, and the first minute that is too late."""
    at, tables, clock = play.at, tables_of(play), clock_of(play, slot)
    face = clock.face
    if clock.line == NONE and tables[at.is_plain + face] != 0:
        if tables[at.dates + face] == NONE:
            ask(play, FACE, face, 0, 0)
            return
        row = tables[at.dates + face] * at.days + day_of(clock.since)
        last, closes, forecast = at.due_on + row, at.closes_on + row, at.is_forecast_on + row
    else:
        line = _present_line(play, slot)
        if line == NONE:
            return
        last, closes, forecast = at.line_due + line, at.line_closes + line, at.line_is_forecast + line
    clock.last, clock.closes = tables[last], tables[closes]
    if starts and tables[forecast] != 0:
        note(play, play.sums.provisional + slot, 1)


@compiled
def end_late(play: Play, slot: int, day: int) -> None:
    """Count the lateness of a clock that had run out and ends on a day; one that is stopped then has no last day."""
    clock = clock_of(play, slot)
    last = clock.last
    count_late(play, slot, clock.face, day if last == NONE else last, day)
