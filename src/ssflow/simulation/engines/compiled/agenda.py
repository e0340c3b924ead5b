"""The agenda of cases that are played together, in machine code: lists of entries for each minute of the present day and for each other day.

An entry is a station or a case: stations have the first numbers, then come the cases by their places. It is on at most one list. Lists by
minute of all days would not fit into the cache of a processor, so those of a day are made as it begins.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.arrays import agenda_of, entry_of, marks_of
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.layout import Play
from ssflow.simulation.engines.compiled.lookups import day_of
from ssflow.simulation.numbers import NONE

_BITS = 64
MARKS = -(-DAY_MINUTES // _BITS)
_ONE, _NO_BITS, _ALL_BITS = np.uint64(1), np.uint64(0), np.uint64(2**_BITS - 1)


def _lowest_of(_context: Any, bits: Any) -> Any:
    """Return how the place of the lowest bit of a number that has one is found."""

    def made(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], context.get_constant(types.boolean, True))

    return types.int64(bits), made


_lowest: Any = intrinsic(_lowest_of)


@compiled
def begin_day(play: Play, day: int) -> None:
    """Make the lists of a day."""
    agenda, whole = agenda_of(play), DAY_MINUTES + day
    for word in range(MARKS):
        marks_of(play)[word] = _NO_BITS
    play.today, entry, agenda[whole] = day, agenda[whole], NONE
    while entry != NONE:
        it = entry_of(play, entry)
        after = it.after
        _enlist(play, entry, it.minute)
        entry = after


@inlined
def put_down(play: Play, entry: int, minute: int) -> None:
    """Put an entry on the list of a minute, and take it off the list on which it is."""
    take_off(play, entry)
    _enlist(play, entry, minute)


@inlined
def _enlist(play: Play, entry: int, minute: int) -> None:
    """Put an entry, which is on no list, first on that of a minute."""
    agenda = agenda_of(play)
    day = day_of(minute)
    place = DAY_MINUTES + day
    if day == play.today:
        place = minute - day * DAY_MINUTES
        marks_of(play)[place // _BITS] |= _ONE << np.uint64(place % _BITS)
    after = agenda[place]
    it = entry_of(play, entry)
    it.minute, it.list, it.before, it.after = minute, place, NONE, after
    if after != NONE:
        entry_of(play, after).before = entry
    agenda[place] = entry


@inlined
def take_off(play: Play, entry: int) -> None:
    """Take an entry off the list on which it is, if it is on any."""
    it = entry_of(play, entry)
    place, before, after = it.list, it.before, it.after
    if place == NONE:
        return
    it.list = NONE
    if before == NONE:
        agenda_of(play)[place] = after
    else:
        entry_of(play, before).after = after
    if after != NONE:
        entry_of(play, after).before = before


@compiled
def next_minute(play: Play, minute: int) -> int:
    """Return the first minute of the present day, from a minute on, whose list may have an entry; the length of the day if none has."""
    if minute == DAY_MINUTES:
        return minute
    marks, word = marks_of(play), minute // _BITS
    bits = marks[word] & _ALL_BITS << np.uint64(minute % _BITS)
    while bits == _NO_BITS:
        word += 1
        if word == MARKS:
            return DAY_MINUTES
        bits = marks[word]
    return word * _BITS + _lowest(bits)


@inlined
def take_first(play: Play, minute: int) -> int:
    """Take the first entry off the list of a minute of the present day and return it; -1 if there is none."""
    entry = agenda_of(play)[minute]
    if entry != NONE:
        take_off(play, entry)
    return entry
