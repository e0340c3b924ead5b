"""The arrays to which a play points, as the compiled functions see them: columns of numbers, and records by their places.

They are read without their lengths: an array of NumPy would look at each index whether it counts from the end, which took a fifth of all time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from ssflow.simulation.engines.compiled.compiling import inlined
from ssflow.simulation.engines.compiled.layout import (
    ACTING,
    CASE,
    CLOCK,
    ENTRY,
    INTENT,
    OPTION,
    QUEUE,
    STANDING,
    VISIT,
    Play,
)
from ssflow.simulation.numbers import Bits, Numbers


def _items_from(_context: Any, _address: Any, _first: Any, dtype: Any) -> Any:
    """Return how the items of an array from the first on become a column of numbers, or the record that is the first."""
    item = dtype.dtype
    found = item if isinstance(item, types.Record) else types.CPointer(item)  # type: ignore[no-untyped-call]  # numba has no annotations

    def made(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.gep(builder.inttoptr(given[0], context.get_value_type(found)), [given[1]])

    return found(types.int64, types.int64, dtype), made


_items: Any = intrinsic(_items_from)
_NUMBER = 4  # bytes of a number in the tables
_CASE = CASE.itemsize


@inlined
def tables_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.tables, 0, np.int32)


@inlined
def standing_of(play: Play) -> Any:
    """Return the standing of the present case."""
    return standing_at(play, case_of(play).node)


@inlined
def standing_at(play: Play, node: int) -> Any:  # noqa: D103
    return _items(play.address.tables + play.at.standings * _NUMBER, node, STANDING)


@inlined
def acting_at(play: Play, number: int) -> Any:
    """Return a row of the column ``acting``: a role that acts in a standing."""
    return _items(play.address.tables + play.at.acting * _NUMBER, number, ACTING)


@inlined
def option_of(play: Play, acting: Any, place: int) -> Any:
    """Return the row of an act of the present case in the column ``options``."""
    at = play.at
    number = acting.options + case_of(play).variant * at.places + place
    return _items(play.address.tables + at.options * _NUMBER, number, OPTION)


@inlined
def wide_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.wide, 0, np.int64)


@inlined
def run_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.run, 0, np.int32)


@inlined
def keys_of(play: Play) -> Bits:  # noqa: D103
    return _items(play.address.keys, 0, np.uint64)


@inlined
def case_of(play: Play) -> Any:
    """Return the present case."""
    return _items(play.address.case, 0, CASE)


@inlined
def intent_of(play: Play, role: int) -> Any:
    """Return the intent of a role in the present case."""
    return _items(play.address.case + _CASE, role, INTENT)


@inlined
def clock_of(play: Play, slot: int) -> Any:
    """Return a clock of the present case."""
    return _items(play.address.case + play.at.clocks_in_case, slot, CLOCK)


@inlined
def made_of(play: Play) -> Numbers:
    """Return how often each selector of the present case has drawn."""
    return _items(play.address.case + play.at.made_in_case, 0, np.int32)


@inlined
def turn_to(play: Play, place: int) -> None:
    """Make the case at a place the present one."""
    play.place = place
    play.address.case = play.address.cases + place * play.at.bytes_of_case


@inlined
def case_at(play: Play, place: int) -> Any:
    """Return the case at a place."""
    return _items(play.address.cases + place * play.at.bytes_of_case, 0, CASE)


@inlined
def intent_at(play: Play, place: int, role: int) -> Any:
    """Return the intent of a role in the case at a place."""
    return _items(play.address.cases + place * play.at.bytes_of_case + _CASE, role, INTENT)


@inlined
def entry_of(play: Play, number: int) -> Any:  # noqa: D103
    return _items(play.address.entries, number, ENTRY)


@inlined
def queue_of(play: Play, station: int) -> Any:  # noqa: D103
    return _items(play.address.queues, station, QUEUE)


@inlined
def visit_at(play: Play, station: int, place: int) -> Any:
    """Return the visit at a place in the heap of a station."""
    return _items(play.address.waiting, 2 * station * play.at.room_in_queues + place, VISIT)


@inlined
def ring_at(play: Play, station: int, place: int) -> Any:
    """Return the visit at a place in the ring of a station, where the first place follows the last."""
    room = play.at.room_in_queues
    return visit_at(play, station, room + (place - room if place >= room else place))


@inlined
def agenda_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.agenda, 0, np.int32)


@inlined
def marks_of(play: Play) -> Bits:  # noqa: D103
    return _items(play.address.marks, 0, np.uint64)


@inlined
def awake_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.awake, 0, np.int64)


@inlined
def counts_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.counts, 0, np.int64)


@inlined
def edges_of(play: Play, node: int, move: int) -> Numbers:
    """Return the outcomes of a move in a standing, by day."""
    at = play.at
    return _items(play.address.edges, (node * at.all_moves + move) * at.days, np.int32)


@inlined
def opens_of(play: Play, node: int, move: int) -> Numbers:
    """Return the first day on which a move in a standing is possible, by day."""
    at = play.at
    return _items(play.address.opens, (node * at.clock_moves + move) * at.days, np.int32)


@inlined
def starts_of(play: Play, row: int) -> Numbers:
    """Return a row of the starts, by case."""
    return _items(play.address.starts, row * play.at.cases, np.int32)


@inlined
def log_of(play: Play, row: int) -> Numbers:
    """Return a row of the log."""
    return _items(play.address.log, row * (4 + play.at.slots), np.int64)


@inlined
def question_of(play: Play, row: int) -> Numbers:
    """Return a row of the questions."""
    return _items(play.address.questions, row * 5, np.int64)


@inlined
def opened_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.opened, 0, np.int32)


@inlined
def closed_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.closed, 0, np.int32)


@inlined
def ended_of(play: Play) -> Numbers:  # noqa: D103
    return _items(play.address.ended, 0, np.int16)


@inlined
def late_of(play: Play, slot: int) -> Numbers:
    """Return by how many days a clock was late, by case."""
    return _items(play.address.late, slot * play.items.opened, np.int16)
