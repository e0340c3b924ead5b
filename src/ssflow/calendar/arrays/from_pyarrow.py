"""Columns of Arrow: an array, or a chunked one, of dates or timestamps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ssflow.calendar.arrays.columns import MISSING, Read
from ssflow.calendar.arrays.from_numpy import no_days, objects

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions


def read(column: Any, zone: str | None) -> Read:
    """The days of an array; a chunked one comes back chunked, with nulls where days are missing."""
    flat = _flat(column)
    days, wrong = _days(flat, zone)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        answer = pa.array(values, mask=missing)
        return pa.chunked_array([answer]) if isinstance(column, pa.ChunkedArray) else answer

    def value(row: int) -> object:
        if pa.types.is_timestamp(flat.type) and not flat.type.tz:
            return np.datetime64(flat[row].value, flat.type.unit)  # Python may not hold it
        return flat[row].as_py()

    return Read(days, give, wrong, value, (len(flat),))


def values(column: Any) -> tuple[npt.NDArray[Any], tuple[int, ...], None]:
    """What an array holds, whatever it is; None where there is nothing."""
    flat = _flat(column)
    plain = objects(flat.to_pylist()) if flat.null_count else flat.to_numpy(zero_copy_only=False)
    return plain, plain.shape, None


def _flat(column: Any) -> Any:
    whole: Any = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole


def _days(flat: Any, zone: str | None) -> tuple[Days, Positions]:
    kind, wrong = flat.type, np.zeros(0, dtype=np.intp)
    is_instant = pa.types.is_timestamp(kind)
    if not (pa.types.is_date(kind) or is_instant) or (is_instant and kind.tz and zone is None):
        return no_days(flat.is_null(nan_is_null=True).to_numpy(zero_copy_only=False))
    if is_instant and kind.tz:
        flat = pc.local_timestamp(flat.cast(pa.timestamp(kind.unit, zone)))
    elif is_instant:
        naive = pc.fill_null(pc.not_equal(flat, pc.floor_temporal(flat, unit="day")), False)
        wrong = np.flatnonzero(naive.to_numpy(zero_copy_only=False))
    numbers = flat.cast(pa.date32(), safe=False).cast(pa.int32()).cast(pa.int64()).fill_null(MISSING)
    days = numbers.to_numpy(zero_copy_only=False)
    if len(wrong):
        days = days.copy()
        days[wrong] = MISSING
    return days, wrong
