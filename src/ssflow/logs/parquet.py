"""Logs in Parquet, by pyarrow or by polars, whichever is installed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from ssflow.errors import DataError, InputError
from ssflow.logs.log import TIME, EventLog


def read(path: Path) -> list[dict[str, Any]]:
    """A row an event."""
    try:
        try:
            import pyarrow.parquet as pq
        except ModuleNotFoundError:
            import polars as pl

            return pl.read_parquet(path).to_dicts()
        return pq.read_table(path).to_pylist()
    except ModuleNotFoundError as error:
        raise _no_package() from error
    except Exception as error:  # each package has errors of its own
        raise DataError.of(
            path, f"不是能读的Parquet文件：{error}", f"is no Parquet file that can be read: {error}"
        ) from error


def write(log: EventLog, path: Path) -> None:
    """The log as Parquet. Where days are known without their hours all times are texts: a column is of one kind."""
    columns = dict(log.table().columns)
    if not all(isinstance(when, datetime) for when in columns[TIME]):
        columns[TIME] = [str(when) for when in columns[TIME]]
    try:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ModuleNotFoundError:
            import polars as pl

            pl.DataFrame(columns).write_parquet(path)
        else:
            pq.write_table(pa.table(columns), path)
    except ModuleNotFoundError as error:
        raise _no_package() from error


def _no_package() -> InputError:
    return InputError.of(
        "source",
        "读写Parquet须安装pyarrow或polars",
        "Parquet is read and written by pyarrow or polars; install one of them",
    )
