"""Columns of pandas: a Series, an Index, or the array inside either, of datetimes, dates or Arrow dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from attrs import evolve

from ssflow.calendar.arrays.columns import Read
from ssflow.calendar.arrays.from_numpy import days_of, no_days, objects

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Missing, Positions

_FIRST_NS, _LAST_NS = np.datetime64("1677-09-22"), np.datetime64("2262-04-11")  # the range of nanoseconds


def read(column: Any, zone: str | None) -> Read:
    """Return the days of a column; the answer keeps its index and its name, and datetimes keep their unit."""
    labels = column.index if isinstance(column, pd.Series) else None
    if isinstance(column.dtype, pd.ArrowDtype):
        import pyarrow as pa

        from ssflow.calendar.arrays import from_pyarrow

        inner = from_pyarrow.read(pa.array(column), zone)
        return evolve(
            inner, give=lambda values, missing: _like(column, _arrow(inner.give(values, missing))), labels=labels
        )
    series = pd.Series(column)
    unit = getattr(series.dt, "unit", "s") if series.dtype.kind == "M" else "s"
    days, wrong = _days(series, zone)

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        if values.dtype.kind == "M":
            fits = unit != "ns" or not (values.size and (values.max() > _LAST_NS or values.min() < _FIRST_NS))
            return _like(column, values.astype(f"datetime64[{unit if fits else 's'}]"))
        if missing is None:
            return _like(column, values)
        nullable = pd.array(values, dtype="boolean" if values.dtype.kind == "b" else "Int64")
        nullable[missing] = pd.NA
        return _like(column, nullable)

    return Read(days, give, wrong, series.iloc.__getitem__, (len(series),), labels)


def values(column: Any) -> tuple[npt.NDArray[Any], tuple[int, ...], Any]:
    """Return the values of a column, whatever they are, and its labels."""
    given = pd.Series(column)
    has_own = isinstance(given.dtype, pd.api.extensions.ExtensionDtype)  # whole numbers would become floats
    plain = given.to_numpy(dtype=np.object_) if has_own and given.hasnans else given.to_numpy()
    return plain, plain.shape, column.index if isinstance(column, pd.Series) else None


def order_of(labels: pd.Index, other: pd.Index) -> tuple[Positions | None, bool]:
    """Return the order in which the rows of one index are those of another (None if no reordering is needed), and whether they are the same rows."""
    if other is labels or other.equals(labels):
        return None, True
    if len(other) != len(labels) or not (labels.is_unique and other.is_unique):
        return None, False
    order = other.get_indexer(labels)
    return order, not (order < 0).any()


def _days(series: pd.Series, zone: str | None) -> Any:
    if getattr(series.dtype, "tz", None) is None:
        return days_of(series.to_numpy(), zone)
    if zone is None:
        return no_days(series.isna().to_numpy())
    try:
        there = series.dt.tz_convert(zone).dt.tz_localize(None).dt.floor("D").to_numpy()
    except (ValueError, OverflowError):  # at the edge of the range of nanoseconds
        there = objects(list(series))
    return days_of(there, zone)


def _like(column: Any, values: Any) -> Any:
    if isinstance(column, pd.Index):
        return pd.Index(values, name=column.name)
    if isinstance(column, pd.Series):
        return pd.Series(values, index=column.index, name=column.name)
    return pd.Series(values).array


def _arrow(values: Any) -> Any:
    """Return an Arrow array that pandas holds, without a copy."""
    return pd.arrays.ArrowExtensionArray(values)
