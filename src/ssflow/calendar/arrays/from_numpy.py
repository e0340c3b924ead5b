"""Columns of NumPy, and plain sequences of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import Read, refuse_naive
from ssflow.calendar.clock import civil_day

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing


def read(column: Any, zone: str | None) -> Read:
    """The days of an array of ``datetime64`` or of objects, or of a sequence; of any shape, which comes back."""
    array = column.filled(np.datetime64("NaT", "D")) if isinstance(column, np.ma.MaskedArray) else np.asarray(column)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        if values.dtype.kind == "i" and missing is not None:
            values = np.where(missing, np.nan, values)
        return values.reshape(array.shape)

    return Read(days_of(array, zone).reshape(-1), give)


def days_of(array: npt.NDArray[Any], zone: str | None) -> Days:
    """The days of an array.

    Raises:
        TypeError: it holds no days.
        ValueError: naive instants, or months and years.

    """
    if array.dtype.kind == "O" or not array.size:
        days = [None if _is_missing(day) else civil_day(day, zone) for day in array.reshape(-1)]
        return np.array(days, dtype="datetime64[D]").view(np.int64)
    if array.dtype.kind != "M":
        msg = f"a column of days holds datetime64 or dates, not {array.dtype}; convert it first"
        raise TypeError(msg)
    if np.datetime_data(array.dtype)[0] in ("Y", "M", "W"):
        msg = f"a column of {array.dtype} holds no days; say which day of each you mean"
        raise ValueError(msg)
    whole = array.astype("datetime64[D]", copy=False)
    if whole is not array:
        naive = ((whole != array) & ~np.isnat(array)).reshape(-1)
        if naive.any():
            row = int(naive.argmax())
            raise refuse_naive(row, array.reshape(-1)[row])
    return np.ascontiguousarray(whole).view(np.int64)


def _is_missing(day: object) -> bool:
    return day is None or day != day  # noqa: PLR0124 - NaT and NaN differ from themselves
