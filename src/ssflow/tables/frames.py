"""Tables for other packages, where they are installed: polars, pandas, Arrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from ssflow.errors import MissingPackageError

Columns = Mapping[str, Sequence[Any]]


def to_polars(columns: Columns) -> Any:
    """Return a DataFrame of polars."""
    pl = package("to_polars", "polars")
    return pl.DataFrame({name: _fitting(column) for name, column in columns.items()}, strict=False)


def to_pandas(columns: Columns) -> Any:
    """Return a DataFrame of pandas."""
    pd = package("to_pandas", "pandas")
    return pd.DataFrame({name: _fitting(column) for name, column in columns.items()})


def to_arrow(columns: Columns) -> Any:
    """Return a table of pyarrow or, without that, a DataFrame of polars, which also speaks Arrow."""
    found = package("__arrow_c_stream__", "pyarrow", "polars")
    if found.__name__ == "polars":
        return to_polars(columns)
    return found.table({name: found.array(_fitting(column)) for name, column in columns.items()})


def package(what: str, *names: str) -> Any:
    """Return the first of some packages that is installed; ``what`` names its purpose in the error.

    Raises:
        MissingPackageError: none of them is installed.

    """
    for name in names:
        with suppress(ModuleNotFoundError):
            return import_module(name)
    raise MissingPackageError(what, *names)


def _fitting(column: Sequence[Any]) -> Any:
    """Return a column in a unit that all packages take: minutes are written as seconds."""
    import numpy as np

    if isinstance(column, np.ndarray) and column.dtype.kind == "M" and column.dtype != "datetime64[D]":
        return column.astype("datetime64[s]").astype("datetime64[ms]")
    return column
