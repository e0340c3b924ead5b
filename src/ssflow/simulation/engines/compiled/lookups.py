"""Lookups in the arrays, in machine code: answers of the chart, draws, and times at work."""

from __future__ import annotations

from typing import Any

import numpy as np

from ssflow.simulation.chart.chart import UNKNOWN
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.compiling import compiled
from ssflow.simulation.engines.compiled.layout import EDGE, OPENS, Play
from ssflow.simulation.engines.draws import FIRST, OTHER, SECOND
from ssflow.simulation.numbers import NEVER, NONE

_OTHER, _FIRST, _SECOND = np.uint64(OTHER), np.uint64(FIRST), np.uint64(SECOND)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)


@compiled
def ask(play: Play, kind: int, one: int, two: int, three: int) -> None:
    """Stop the play of the case with a question; it is played again from its beginning when the answer is there."""
    me = play.me[0]
    me.asks, me.one, me.two, me.three = kind, one, two, three


@compiled
def edge_of(play: Play, move: int, day: int) -> int:
    """Return the outcome of a move of the case on a day; `UNKNOWN` stops the play."""
    node = play.me[0].node
    found = play.edges[node, move, day]
    if found == UNKNOWN:
        ask(play, EDGE, node, move, day)
    return found


@compiled
def opening_day(play: Play, move: int, day: int) -> int:
    """Return the first day from a day on that an act is possible; `UNKNOWN` stops the play."""
    node = play.me[0].node
    found = play.opens[node, move, day]
    if found == UNKNOWN:
        ask(play, OPENS, node, move, day)
    return found


@compiled
def state_of(play: Play) -> int:
    """Return the state of the case, -1 before the opening."""
    return play.tables[play.at[0].state + play.me[0].node]


@compiled
def selector_of(play: Play, state: int, role: int) -> int:
    """Return the selector of a role in a state; -1 where it does nothing."""
    at = play.at[0]
    return play.tables[at.selector + state * at.roles + role] if state >= 0 else NONE


@compiled
def is_served(play: Play, selector: int) -> bool:
    """Return whether a station serves any act of a selector."""
    at = play.at[0]
    return selector != NONE and at.has_stations != 0 and play.tables[at.is_served + selector] != 0


@compiled
def drawn(luck: Any, key: Any, visit: int) -> Any:
    """Return the draw of a case at a visit, as `Stream.drawn` does."""
    bits = luck + np.uint64(visit) * _OTHER + key
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@compiled
def spent(play: Play, timetable: int, moment: int) -> int:
    """Return the minutes at work before a moment, as `Timetable.spent` does."""
    at, tables = play.at[0], play.tables
    day = moment // DAY_MINUTES
    within = min(max(moment - day * DAY_MINUTES - tables[at.opens + timetable], 0), tables[at.length + timetable])
    row = timetable * at.days + day
    return tables[at.spent + row] + within * tables[at.at_work + row]


@compiled
def after(play: Play, timetable: int, moment: int, minutes: int) -> int:
    """Return when so many minutes at work are over, as `Timetable.after` does."""
    at, tables = play.at[0], play.tables
    total, length = spent(play, timetable, moment) + minutes, tables[at.length + timetable]
    whole = total // length
    begins = tables[at.begins + timetable * at.longest + min(whole, at.longest - 1)]
    return min(begins + total - whole * length, NEVER)
