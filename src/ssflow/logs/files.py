"""The formats of logs, by the endings of their files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ssflow.errors import DataError, InputError
from ssflow.logs import parquet, xes
from ssflow.logs.log import EventLog

Rows = Iterable[Mapping[str, Any]]


def reader_of(path: Path) -> Callable[[Path], Rows]:
    """What reads a file.

    Raises:
        InputError: nothing does.

    """
    return _FORMATS[_ending(path)][0]


def writer_of(path: Path) -> Callable[[EventLog, Path], None]:
    """What writes a file.

    Raises:
        InputError: nothing does.

    """
    return _FORMATS[_ending(path)][1]


def _ending(path: Path) -> str:
    for ending in _FORMATS:
        if path.name.casefold().endswith(ending):
            return ending
    known = list(_FORMATS)
    raise InputError.of(
        "source",
        f"不知道{path.name}是什么格式；文件名须以{'、'.join(known)}结尾",
        f"the format of {path.name} is not known; names end in {', '.join(known)}",
    )


def _read_csv(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file: in UTF-8, or in GB 18030, which spreadsheets of offices write."""
    try:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            text = path.read_text(encoding="gb18030")
    except OSError as error:
        raise DataError.of(path, f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError.of(
            path, "读不出来；须为UTF-8或GB 18030编码", f"cannot be read as UTF-8 or GB 18030: {error}"
        ) from error
    yield from csv.DictReader(text.splitlines())


def _write_csv(log: EventLog, path: Path) -> None:
    log.table().to_csv(path)


_FORMATS: dict[str, tuple[Callable[[Path], Rows], Callable[[EventLog, Path], None]]] = {
    ".csv": (_read_csv, _write_csv),
    ".xes": (xes.read, xes.write),
    ".xes.gz": (xes.read, xes.write),
    ".parquet": (parquet.read, parquet.write),
}
