"""The arrays to which a play points, as the compiled functions see them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import carray, types  # type: ignore[attr-defined]
from numba.core import cgutils
from numba.extending import intrinsic

from ssflow.simulation.engines.compiled.compiling import inlined
from ssflow.simulation.engines.compiled.layout import CASE, CLOCK, ENTRY, INTENT, QUEUE, VISIT, Play
from ssflow.simulation.numbers import Bits, Numbers


def _as_pointer(_context: Any, address: Any) -> Any:
    """Return how an address becomes a pointer."""

    def made(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], cgutils.voidptr_t)

    return types.voidptr(address), made


_pointer: Any = intrinsic(_as_pointer)


@inlined
def tables_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.tables), (play.items.tables,), np.int32)


@inlined
def wide_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.wide), (play.items.wide,), np.int64)


@inlined
def run_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.run), (play.items.run,), np.int32)


@inlined
def keys_of(play: Play) -> Bits:  # noqa: D103
    return carray(_pointer(play.address.keys), (play.items.keys,), np.uint64)


@inlined
def made_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.made), (play.at.selectors,), np.int32)


@inlined
def intents_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.intents), (play.at.roles,), INTENT)


@inlined
def all_intents_of(play: Play) -> Any:
    """Return the intents of all cases that are played together."""
    return carray(_pointer(play.first.intents), (play.items.intents,), INTENT)


@inlined
def clocks_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.clocks), (play.at.slots,), CLOCK)


@inlined
def opened_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.opened), (play.items.opened,), np.int32)


@inlined
def closed_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.closed), (play.items.closed,), np.int32)


@inlined
def ended_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.ended), (play.items.ended,), np.int16)


@inlined
def late_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.late), (play.items.late, play.items.opened), np.int16)


@inlined
def questions_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.questions), (play.items.questions, 5), np.int64)


@inlined
def cases_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.cases), (play.items.cases,), CASE)


@inlined
def agenda_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.agenda), (play.items.agenda,), np.int32)


@inlined
def entries_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.entries), (play.items.entries,), ENTRY)


@inlined
def queues_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.queues), (play.items.queues,), QUEUE)


@inlined
def waiting_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.waiting), (play.items.waiting, play.at.room_in_queues), VISIT)


@inlined
def awake_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.awake), (play.items.awake,), np.int64)


@inlined
def counts_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.counts), (play.items.counts,), np.int64)


@inlined
def edges_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.edges), (play.at.nodes, play.at.all_moves, play.at.days), np.int32)


@inlined
def opens_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.opens), (play.at.nodes, play.at.clock_moves, play.at.days), np.int32)


@inlined
def starts_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.starts), (play.items.starts, play.at.cases), np.int32)


@inlined
def log_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.log), (play.items.log, 4 + play.at.slots), np.int64)
