"""Columns of polars: a Series of dates or datetimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ssflow.calendar.arrays.columns import MISSING, Read
from ssflow.calendar.arrays.from_numpy import days_of, no_days, objects

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions

_A_SECOND = {"ms": 10**3, "us": 10**6}
_FIRST, _END = -62_135_596_800, 253_402_300_800  # seconds from 1970 to the first of January of the years 1 and 10000


def read(column: pl.Series, zone: str | None) -> Read:
    """Return the days of a Series; the answer keeps its name, with nulls where days are missing."""

    def give(values: npt.NDArray[Any], missing: Missing = None) -> pl.Series:
        answer = pl.Series(column.name, values)
        return answer if missing is None else answer.set(pl.Series(missing), None)

    def value(row: int) -> object:
        if isinstance(kind := column.dtype, pl.Datetime) and _beyond(column[row : row + 1], kind)[0]:
            raise OverflowError
        return column[row]

    days, wrong = _days(column, zone)
    return Read(days, give, wrong, value, (len(column),))


def values(column: pl.Series) -> tuple[npt.NDArray[Any], tuple[int, ...], None]:
    """Return the values of a Series, whatever they are; None where there is none."""
    plain = objects(column.to_list()) if column.null_count() else column.to_numpy()
    return plain, plain.shape, None


def _days(column: pl.Series, zone: str | None) -> tuple[Days, Positions]:
    kind, wrong = column.dtype, np.zeros(0, dtype=np.intp)
    if kind == pl.Object:
        return days_of(objects(column.to_list()), zone)
    if not isinstance(kind, pl.Date | pl.Datetime) or (isinstance(kind, pl.Datetime) and kind.time_zone and not zone):
        nothing = column.is_null() | column.is_nan() if kind.is_float() else column.is_null()
        return no_days(nothing.fill_null(value=True).to_numpy())
    if isinstance(kind, pl.Datetime):
        beyond = _beyond(column, kind)
        if beyond.any():
            column = column.zip_with(~beyond, column.clear(len(column)))
        if kind.time_zone and zone:
            # nanoseconds cannot count the local time of their last instants
            column = column.dt.cast_time_unit("us" if kind.time_unit == "ns" else kind.time_unit)
            column = column.dt.convert_time_zone(zone)
            wrong = np.flatnonzero(beyond.to_numpy())
        else:
            naive = (column != column.dt.truncate("1d")).fill_null(value=False)
            wrong = np.flatnonzero((naive | beyond).to_numpy())
        column = column.dt.date()
    days = column.to_physical().cast(pl.Int64).fill_null(MISSING).to_numpy()
    if len(wrong):
        days = days.copy()
        days[wrong] = MISSING
    return days, wrong


def _beyond(column: pl.Series, kind: pl.Datetime) -> pl.Series:
    """Return which instants lie outside the years 1 to 9999; polars panics when such instants are read or moved to another zone."""
    if kind.time_unit == "ns":  # nanoseconds reach from 1677 to 2262
        return pl.repeat(value=False, n=len(column), eager=True)
    a_second, number = _A_SECOND[kind.time_unit], column.to_physical()
    return ((number < _FIRST * a_second) | (number >= _END * a_second)).fill_null(value=False)
