"""Tables for other packages, where they are installed: polars, pandas, Arrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Columns = Mapping[str, Sequence[Any]]


def to_polars(columns: Columns) -> Any:
    """A DataFrame of polars."""
    import polars as pl

    return pl.DataFrame({name: _fitting(column) for name, column in columns.items()}, strict=False)


def to_pandas(columns: Columns) -> Any:
    """A DataFrame of pandas."""
    import pandas as pd

    return pd.DataFrame({name: _fitting(column) for name, column in columns.items()})


def to_arrow(columns: Columns) -> Any:
    """A table of pyarrow; without that, a DataFrame of polars, which speaks Arrow too."""
    try:
        import pyarrow as pa
    except ModuleNotFoundError:
        return to_polars(columns)
    return pa.table({name: pa.array(_fitting(column)) for name, column in columns.items()})


def _fitting(column: Sequence[Any]) -> Any:
    """A column in a unit that all of them take: minutes are written as seconds."""
    import numpy as np

    if isinstance(column, np.ndarray) and column.dtype.kind == "M" and column.dtype != "datetime64[D]":
        return column.astype("datetime64[s]").astype("datetime64[ms]")
    return column
