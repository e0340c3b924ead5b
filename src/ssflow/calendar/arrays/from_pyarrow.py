"""Columns of Arrow: an array, or a chunked one, of dates or timestamps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ssflow.calendar.arrays.columns import MISSING, Read, refuse_naive, zone_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Missing


def read(column: Any, zone: str | None) -> Read:
    """The days of an array; a chunked one comes back chunked, with nulls where days are missing.

    Raises:
        TypeError: it holds no days.
        ValueError: a naive instant.

    """
    flat = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    dates = _dates(flat, zone)
    numbers = dates.cast(pa.int32()).cast(pa.int64()).fill_null(MISSING)
    days = numbers.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        answer = pa.array(values, mask=missing)
        return pa.chunked_array([answer]) if isinstance(column, pa.ChunkedArray) else answer

    return Read(days, give)


def _dates(column: Any, zone: str | None) -> Any:
    if pa.types.is_date(column.type):
        return column.cast(pa.date32())
    if not pa.types.is_timestamp(column.type):
        msg = f"a column of days holds dates or timestamps, not {column.type}; convert it first"
        raise TypeError(msg)
    if column.type.tz:
        there = column.cast(pa.timestamp(column.type.unit, zone_of(zone)))
        return pc.local_timestamp(there).cast(pa.date32(), safe=False)
    naive = pc.fill_null(pc.not_equal(column, pc.floor_temporal(column, unit="day")), False)
    if pc.any(naive).as_py():
        row = pc.index(naive, True).as_py()
        raise refuse_naive(row, column[row])
    return column.cast(pa.date32())
