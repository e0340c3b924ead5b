"""The agenda of cases that are played together, in machine code: lists of entries for each minute of the present day and for each other day.

An entry is a station or a case: stations have the first numbers, then come the cases by their places. It is on at most one list. Lists by
minute of all days would not fit into the cache of a processor, so those of a day are made as it begins.
"""

from __future__ import annotations

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.arrays import agenda_of, entry_of
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.layout import Play
from ssflow.simulation.engines.compiled.lookups import day_of
from ssflow.simulation.numbers import NONE


@compiled
def begin_day(play: Play, day: int) -> None:
    """Make the lists of a day."""
    agenda, whole = agenda_of(play), DAY_MINUTES + day
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
    place = minute - day * DAY_MINUTES if day == play.today else DAY_MINUTES + day
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
def next_minute(play: Play, minute: int, last: int) -> int:
    """Return the first minute of the present day, from a minute on, whose list has an entry; ``last`` if none before it has."""
    agenda = agenda_of(play)
    while minute < last and agenda[minute] == NONE:
        minute += 1
    return minute


@inlined
def take_first(play: Play, minute: int) -> int:
    """Take the first entry off the list of a minute of the present day and return it; -1 if there is none."""
    entry = agenda_of(play)[minute]
    if entry != NONE:
        take_off(play, entry)
    return entry
