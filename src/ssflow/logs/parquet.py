"""Logs in Parquet, by pyarrow or by polars, whichever is installed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from ssflow.converters.files import reading, writing
from ssflow.errors import DataError
from ssflow.logs.log import TIME, EventLog
from ssflow.tables.frames import package

_PACKAGES = ("pyarrow", "polars")


def read(path: Path) -> list[dict[str, Any]]:
    """Return a row for each event."""
    found = package("Parquet", *_PACKAGES)
    with reading(path), path.open("rb"):
        pass  # a file that cannot be opened is told apart from one that is not Parquet
    damaged = found.exceptions.PolarsError if found.__name__ == "polars" else (found.ArrowException, OSError)
    try:
        if found.__name__ == "polars":
            rows: list[dict[str, Any]] = found.read_parquet(path).to_dicts()
        else:
            from pyarrow import parquet

            rows = parquet.read_table(path).to_pylist()
    except damaged as error:
        zh, en = f"不是可以读取的Parquet文件：{error}", f"cannot be read as a Parquet file: {error}"
        raise DataError.of(path, zh, en) from error
    return rows


def write(log: EventLog, path: Path) -> None:
    """Write the log as Parquet. If some days are known without their hours, all times are texts, because a column has one type."""
    columns = dict(log.table().columns)
    if not all(isinstance(when, datetime) for when in columns[TIME]):
        columns[TIME] = [str(when) for when in columns[TIME]]
    found = package("Parquet", *_PACKAGES)
    with writing(path):
        if found.__name__ == "polars":
            found.DataFrame(columns).write_parquet(path)
        else:
            from pyarrow import parquet

            parquet.write_table(found.table(columns), path)
