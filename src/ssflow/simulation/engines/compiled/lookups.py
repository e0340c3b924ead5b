"""Lookups in the arrays, in machine code: answers of the chart, draws, and times at work."""

from __future__ import annotations

from typing import Any

import numpy as np

from ssflow.simulation.chart.chart import REFUSED, UNKNOWN
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.arrays import (
    acting_at,
    case_of,
    edges_of,
    opens_of,
    question_of,
    standing_at,
    tables_of,
)
from ssflow.simulation.engines.compiled.compiling import compiled, inlined
from ssflow.simulation.engines.compiled.layout import EDGE, OPENS, Play
from ssflow.simulation.engines.draws import FIRST, OTHER, SECOND
from ssflow.simulation.numbers import NEVER

_OTHER, _FIRST, _SECOND = np.uint64(OTHER), np.uint64(FIRST), np.uint64(SECOND)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)


@compiled
def ask(play: Play, kind: int, one: int, two: int, three: int) -> None:
    """Stop the play of the case with a question; it is played again from its beginning when the answer is there."""
    play.asks, play.one, play.two, play.three = kind, one, two, three


@compiled
def note_question(play: Play, row: int) -> None:
    """Note the question that has stopped the case of a row, if there is room."""
    asked = play.asked
    if asked < play.items.questions:
        question = question_of(play, asked)
        question[0], question[1], question[2], question[3], question[4] = row, play.asks, play.one, play.two, play.three
        play.asked = asked + 1
    play.asks = 0


@inlined
def edge_of(play: Play, move: int, day: int) -> int:
    """Return the outcome of a move of the case on a day; `UNKNOWN` stops the play.

    Threads share the answers of the chart: an outcome or refusal that another has found since is not yet known to these tables.
    """
    at, node = play.at, case_of(play).node
    found = edges_of(play, node, move)[day]
    if found == UNKNOWN or found >= at.outcomes or found <= REFUSED - at.refusals:
        ask(play, EDGE, node, move, day)
        return UNKNOWN
    return found


@inlined
def opening_day(play: Play, move: int, day: int) -> int:
    """Return the first day from a day on that an act is possible; `UNKNOWN` stops the play."""
    node = case_of(play).node
    found = opens_of(play, node, move)[day]
    if found == UNKNOWN:
        ask(play, OPENS, node, move, day)
    return found


@inlined
def acting_of(play: Play, node: int, role: int) -> int:
    """Return the place of a role that acts in a standing."""
    number = standing_at(play, node).acting
    while acting_at(play, number).role != role:
        number += 1
    return number


@inlined
def drawn(luck: Any, key: Any, visit: int) -> Any:
    """Return the draw of a case at a visit, as `Stream.drawn` does."""
    bits = luck + np.uint64(visit) * _OTHER + key
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@inlined
def quotient(one: int, other: int) -> int:
    """Return how often a number goes into another; a division that allows for numbers below zero takes twice as long."""
    return int(np.int64(np.uint64(one) // np.uint64(other)))


@inlined
def day_of(moment: int) -> int:
    """Return the day of a moment."""
    return quotient(moment, DAY_MINUTES)


@inlined
def spent(play: Play, timetable: int, moment: int) -> int:
    """Return the minutes at work before a moment, as `Timetable.spent` does."""
    at, tables = play.at, tables_of(play)
    day = day_of(moment)
    within = min(max(moment - day * DAY_MINUTES - tables[at.opens + timetable], 0), tables[at.length + timetable])
    row = timetable * at.days + day
    return tables[at.spent + row] + within * tables[at.at_work + row]


@inlined
def first_at_work(play: Play, timetable: int, moment: int) -> int:
    """Return the first moment at work from a moment on, as `Timetable.after` does if there are 0 minutes."""
    at, tables = play.at, tables_of(play)
    day = day_of(moment)
    opens = day * DAY_MINUTES + tables[at.opens + timetable]
    if tables[at.at_work + timetable * at.days + day] != 0 and moment < opens + tables[at.length + timetable]:
        return max(moment, opens)
    return tables[at.begins + timetable * at.longest + tables[at.before + timetable * (at.days + 1) + day + 1]]


@inlined
def after(play: Play, timetable: int, moment: int, minutes: int) -> int:
    """Return when so many minutes at work are over, as `Timetable.after` does."""
    at, tables = play.at, tables_of(play)
    total, length = spent(play, timetable, moment) + minutes, tables[at.length + timetable]
    whole = quotient(total, length)
    begins = tables[at.begins + timetable * at.longest + min(whole, at.longest - 1)]
    return min(begins + total - whole * length, NEVER)
