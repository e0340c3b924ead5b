"""The arrays to which a play points, as the compiled functions see them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import carray, types  # type: ignore[attr-defined]
from numba.core import cgutils
from numba.extending import intrinsic

from ssflow.simulation.engines.compiled.compiling import inlined
from ssflow.simulation.engines.compiled.layout import CLOCK, INTENT, Play
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
    return carray(_pointer(play.address.made), (play.items.made,), np.int64)


@inlined
def intents_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.intents), (play.items.intents,), INTENT)


@inlined
def clocks_of(play: Play) -> Any:  # noqa: D103
    return carray(_pointer(play.address.clocks), (play.items.clocks,), CLOCK)


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


@inlined
def visits_of(play: Play) -> Numbers:  # noqa: D103
    return carray(_pointer(play.address.visits), (play.items.visits, play.at.visit_room), np.int32)
