"""Columns of Arrow: an array or a chunked array of dates or timestamps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ssflow.calendar.arrays.columns import MISSING, Read
from ssflow.calendar.arrays.from_numpy import days_of, no_days, objects

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions

_A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_A_DAY = 86_400
_FIRST, _END = (
    -62_135_769_600,
    253_402_473_600,
)  # seconds from 1970 to two days before the year 1 and after the year 9999


def read(column: Any, zone: str | None) -> Read:
    """Return the days of an array; a chunked one stays chunked, with nulls where days are missing."""
    flat = _flat(column)
    days, wrong = _days(flat, zone)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        answer = pa.array(values, mask=missing)
        return pa.chunked_array([answer]) if isinstance(column, pa.ChunkedArray) else answer

    def value(row: int) -> object:
        if pa.types.is_timestamp(flat.type) and not flat.type.tz:
            return np.datetime64(flat[row].value, flat.type.unit)  # Python may not be able to hold it
        return flat[row].as_py()

    return Read(days, give, wrong, value, (len(flat),))


def values(column: Any) -> tuple[npt.NDArray[Any], tuple[int, ...], None]:
    """Return the values of an array, whatever they are; None where there is none."""
    flat = _flat(column)
    as_objects = flat.null_count or _is_wrapped(flat.type)
    plain = objects(flat.to_pylist()) if as_objects else flat.to_numpy(zero_copy_only=False)
    return plain, plain.shape, None


def _flat(column: Any) -> Any:
    whole: Any = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole


def _days(flat: Any, zone: str | None) -> tuple[Days, Positions]:
    kind, wrong = flat.type, np.zeros(0, dtype=np.intp)
    if _is_wrapped(kind):
        return days_of(objects(flat.to_pylist()), zone)
    is_instant = pa.types.is_timestamp(kind)
    if not (pa.types.is_date(kind) or is_instant) or (is_instant and kind.tz and zone is None):
        return no_days(flat.is_null(nan_is_null=True).to_numpy(zero_copy_only=False))
    if pa.types.is_date32(kind):
        return flat.cast(pa.int32()).cast(pa.int64()).fill_null(MISSING).to_numpy(zero_copy_only=False), wrong
    # Whole numbers, because Arrow's own casts and local times wrap around where the result does not fit.
    ticks = flat.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    a_second = _A_SECOND[kind.unit if is_instant else "ms"]
    if is_instant and kind.tz:
        days = _local(ticks // a_second, zone) // _A_DAY
    else:
        days, rest = np.divmod(ticks, a_second * _A_DAY)
        wrong = np.flatnonzero(rest) if is_instant else wrong
    days[wrong] = MISSING
    days[flat.is_null().to_numpy(zero_copy_only=False)] = MISSING
    return days, wrong


def _is_wrapped(kind: pa.DataType) -> bool:
    """Return whether Arrow itself can only read the values one by one: unions, runs, extension types."""
    is_run = pa.types.is_run_end_encoded(kind)
    return pa.types.is_union(kind) or is_run or isinstance(kind, pa.BaseExtensionType)


def _local(seconds: npt.NDArray[np.int64], zone: str | None) -> npt.NDArray[np.int64]:
    """Return the seconds that the clocks of a zone show; instants far outside the years 1 to 9999 stay outside."""
    instants = pa.array(seconds.clip(_FIRST, _END)).cast(pa.timestamp("s")).cast(pa.timestamp("s", zone))
    shown: npt.NDArray[np.int64] = pc.local_timestamp(instants).cast(pa.int64()).to_numpy(zero_copy_only=False)
    return shown
