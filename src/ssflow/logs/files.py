"""The formats of logs, by the endings of their files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ssflow.converters.files import reading
from ssflow.errors import DataError, InputError
from ssflow.logs import parquet, xes
from ssflow.logs.log import SURPLUS, EventLog

Rows = Iterable[Mapping[str, Any]]


def reader_of(path: Path) -> Callable[[Path], Rows]:
    """Return the reader of a file.

    Raises:
        InputError: no format has this ending.

    """
    return _FORMATS[_ending("source", path)][0]


def writer_of(path: Path) -> Callable[[EventLog, Path], None]:
    """Return the writer of a file.

    Raises:
        InputError: no format has this ending.

    """
    return _FORMATS[_ending("path", path)][1]


def _ending(argument: str, path: Path) -> str:
    for ending in _FORMATS:
        if path.name.casefold().endswith(ending):
            return ending
    known = list(_FORMATS)
    raise InputError.of(
        argument,
        f"无法识别{path.name}的格式；文件名须以{'、'.join(known)}结尾",
        f"the format of {path.name} is not known; names end in {', '.join(known)}",
    )


def _read_csv(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV file in UTF-8 or GB 18030, which spreadsheets of offices write."""
    with reading(path):
        written = path.read_bytes()
    try:
        try:
            text = written.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = written.decode("gb18030")
        rows = csv.DictReader(StringIO(text, newline=""), restkey=SURPLUS, strict=True)
        if not rows.fieldnames:
            raise DataError.of(path, "是空文件；第一行须为列名", "is empty; its first line has to name the columns")
        yield from rows
    except UnicodeDecodeError as error:
        raise DataError.of(
            path, "无法读取；须为UTF-8或GB 18030编码", f"cannot be read as UTF-8 or GB 18030: {error}"
        ) from error
    except csv.Error as error:
        raise DataError.of(path, f"不是可以读取的CSV文件：{error}", f"cannot be read as a CSV file: {error}") from error


def _write_csv(log: EventLog, path: Path) -> None:
    log.table().to_csv(path)


_FORMATS: dict[str, tuple[Callable[[Path], Rows], Callable[[EventLog, Path], None]]] = {
    ".csv": (_read_csv, _write_csv),
    ".xes": (xes.read, xes.write),
    ".xes.gz": (xes.read, xes.write),
    ".parquet": (parquet.read, parquet.write),
}
