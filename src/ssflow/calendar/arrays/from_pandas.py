"""Columns of pandas: a Series or an Index of datetimes, dates or Arrow dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ssflow.calendar.arrays.columns import Read, zone_of
from ssflow.calendar.arrays.from_numpy import days_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Missing

_FIRST_NS, _LAST_NS = np.datetime64("1677-09-22"), np.datetime64("2262-04-11")  # what nanoseconds can count


def read(column: Any, zone: str | None) -> Read:
    """The days of a Series or Index; index and name come back with the answer, datetimes in their own unit."""
    if isinstance(column.dtype, pd.ArrowDtype):
        import pyarrow as pa

        from ssflow.calendar.arrays import from_pyarrow

        inner = from_pyarrow.read(pa.array(column), zone)
        return Read(inner.days, lambda values, missing: _like(column, _arrow(inner.give(values, missing))))
    naive = pd.Series(column)
    if getattr(naive.dtype, "tz", None) is not None:
        naive = naive.dt.tz_convert(zone_of(zone)).dt.tz_localize(None).dt.floor("D")
    days = days_of(naive.to_numpy(), zone)
    unit = getattr(naive.dt, "unit", "s") if naive.dtype.kind == "M" else "s"

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        if values.dtype.kind == "M":
            fits = unit != "ns" or not (values.size and (values.max() > _LAST_NS or values.min() < _FIRST_NS))
            return _like(column, values.astype(f"datetime64[{unit if fits else 's'}]"))
        if missing is None:
            return _like(column, values)
        nullable = pd.array(values, dtype="boolean" if values.dtype.kind == "b" else "Int64")
        nullable[missing] = pd.NA
        return _like(column, nullable)

    return Read(days, give)


def _like(column: Any, values: Any) -> Any:
    if isinstance(column, pd.Index):
        return pd.Index(values, name=column.name)
    return pd.Series(values, index=column.index, name=column.name)


def _arrow(values: Any) -> Any:
    """An Arrow array as pandas holds it, without a copy."""
    return pd.arrays.ArrowExtensionArray(values)
