"""Columns of polars: a Series of dates or datetimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ssflow.calendar.arrays.columns import MISSING, Read, refuse_naive, zone_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Missing


def read(column: pl.Series, zone: str | None) -> Read:
    """The days of a Series; its name comes back with the answer, and nulls where days are missing.

    Raises:
        TypeError: it holds no days.
        ValueError: a naive instant.

    """
    dates = _dates(column, zone)
    days = dates.to_physical().cast(pl.Int64).fill_null(MISSING).to_numpy().astype(np.int64, copy=False)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> pl.Series:
        answer = pl.Series(column.name, values)
        return answer if missing is None else answer.set(pl.Series(missing), None)

    return Read(days, give)


def _dates(column: pl.Series, zone: str | None) -> pl.Series:
    if column.dtype == pl.Date:
        return column
    if not isinstance(column.dtype, pl.Datetime):
        msg = f"a column of days holds Date or Datetime, not {column.dtype}; convert it first"
        raise TypeError(msg)
    if column.dtype.time_zone:
        return column.dt.convert_time_zone(zone_of(zone)).dt.date()
    naive = (column != column.dt.truncate("1d")).fill_null(value=False)
    if naive.any():
        row = naive.arg_max() or 0
        raise refuse_naive(row, column[row])
    return column.dt.date()
