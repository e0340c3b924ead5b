"""Reading of logs from a file, a data frame or the table of a simulation, with the names of columns as the analyst gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from attrs import fields, frozen

from ssflow.calendar.clock import ZONE, at, known_zone, recorded
from ssflow.doors import check_kind
from ssflow.errors import DataError, Fault, InputError
from ssflow.logs.faults import MOST_FAULTS, refuse
from ssflow.logs.log import ACTIVITY, CASE, COMPLETE, LIFECYCLE, PROFILE, RESOURCE, SURPLUS, TIME, Entry, EventLog
from ssflow.tables import Table
from ssflow.text import Text

_WANTED = ("case", "activity", "time")
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_CLOCK = r"(\d{1,2})[:时](\d{1,2})(?::(\d{1,2})(?:\.\d*)?|分)?"
_MOMENT = re.compile(rf"{_DAY}(?:[T\s]+{_CLOCK})?\s*(Z|[+-]\d{{2}}(?::?\d{{2}})?)?")


@frozen(kw_only=True)
class Columns:
    """The names of a log's columns; by default those of process mining.

    The columns for ``case``, ``activity`` and ``time`` are required. A time is read as people write it (2026-03-02, 2026/3/2 9:05, 2026年3月2日), or by
    ``time_format`` as `datetime.strptime` does; without a zone of its own it is on the clocks of ``zone``.
    """

    case: str = CASE
    activity: str = ACTIVITY
    time: str = TIME
    resource: str = RESOURCE
    lifecycle: str = LIFECYCLE
    profile: str = PROFILE
    time_format: str = ""
    zone: str = ZONE

    def __attrs_post_init__(self) -> None:
        for attribute in fields(Columns):
            check_kind(attribute.name, getattr(self, attribute.name), str)
        known_zone(self.zone)


def read_log(source: str | Path | Table | Any, columns: Columns | None = None) -> EventLog:
    """Return the log in a file (CSV, XES or Parquet by its ending), a data frame of pandas, polars or pyarrow, or ``run.log()``.

    Raises:
        DataError: something in the file is not what is required; the first faults are listed by their rows.
        InputError: something in another source is not what is required, or no package that reads Parquet is installed.

    """
    columns = Columns() if columns is None else columns
    check_kind("columns", columns, Columns)
    try:
        return EventLog(_entries(_rows(source), columns))
    except InputError as error:
        if isinstance(source, str | Path) and not any(fault.path == "source" for fault in error.faults):
            raise DataError(source, *error.faults) from error
        raise


def _rows(source: object) -> Iterable[Mapping[str, Any]]:
    if isinstance(source, str | Path):
        from ssflow.logs.files import reader_of

        return reader_of(Path(source))(Path(source))
    if isinstance(source, Table):
        return source.rows()
    for way, options in (
        ("to_dicts", {}),
        ("to_pylist", {}),
        ("to_dict", {"orient": "records"}),
    ):  # polars, Arrow, pandas
        if callable(getattr(source, way, None)) and not isinstance(source, type):
            found: Iterable[Mapping[str, Any]] = getattr(source, way)(**options)
            return found
    kind = source.__name__ if isinstance(source, type) else type(source).__name__
    raise InputError.of(
        "source",
        f"须为文件路径、数据框或模拟的日志；实际为{kind}",
        f"the path of a file, a data frame or the log of a simulation is required, not {kind}",
    )


def _entries(rows: Iterable[Mapping[str, Any]], columns: Columns) -> Iterator[Entry]:
    faults: list[Fault] = []
    for number, row in enumerate(rows, 1):
        if number == 1 and (missing := list(_missing(row, columns))):
            raise InputError(*missing)
        try:
            yield _entry(row, columns)
        except InputError as error:
            faults += [fault.within(f"[{number}]") for fault in error.faults]
            if len(faults) >= MOST_FAULTS:
                break
    refuse(faults)


def _missing(row: Mapping[str, Any], columns: Columns) -> Iterator[Fault]:
    known = "、".join(map(str, row)), ", ".join(map(str, row))
    for attribute in fields(Columns):
        name = getattr(columns, attribute.name)
        asked = attribute.name in _WANTED or name != attribute.default
        if asked and attribute.name not in ("time_format", "zone") and name not in row:
            text = Text(f"没有“{name}”这一列；有：{known[0]}", f"there is no column {name!r}; there are {known[1]}")
            yield Fault(f"columns.{attribute.name}", text)


def _entry(row: Mapping[str, Any], columns: Columns) -> Entry:
    if any(cell.strip() for cell in row.get(SURPLUS, ())):
        raise InputError.of(
            "",
            "单元格多于列名；内容含逗号的单元格，须加引号",
            "has more cells than there are columns; put a cell that contains commas in quotation marks",
        )
    return Entry(
        case=_text(row.get(columns.case)),
        activity=_text(row.get(columns.activity)),
        time=_moment(row.get(columns.time), columns),
        resource=_text(row.get(columns.resource)),
        lifecycle=_text(row.get(columns.lifecycle)) or COMPLETE,
        profile=_text(row.get(columns.profile)),
    )


def _text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN means nothing in a data frame
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _moment(value: object, columns: Columns) -> date | datetime:
    """Return the moment of a cell: a day where no hour is written."""
    if isinstance(value, str) and value.strip():
        value = _strptime(value.strip(), columns) if columns.time_format else _written(value.strip(), columns)
    if not isinstance(value, date) or value != value:  # noqa: PLR0124 - NaT
        raise _no_moment(value, columns)
    if not isinstance(value, datetime):
        return value
    if value.utcoffset() is None:
        value = at(value.date(), value.time(), columns.zone)
    instant = recorded(value, columns.zone)
    assert instant is not None  # noqa: S101 - it is an instant
    return instant


def _strptime(text: str, columns: Columns) -> date | datetime:
    try:
        found = datetime.strptime(text, columns.time_format)  # noqa: DTZ007 - the zone follows
    except ValueError:
        raise _no_moment(text, columns) from None
    return found if re.search(r"%[HIMScXf]", columns.time_format) else found.date()


def _written(text: str, columns: Columns) -> date | datetime:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise _no_moment(text, columns)
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        there = date(int(year), int(month), int(day))
        if hour is None:
            return there
        clock = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        raise _no_moment(text, columns) from None
    if zone:
        offset = "+00:00" if zone == "Z" else zone
        return datetime.fromisoformat(f"{there}T{clock}{offset}")
    return at(there, clock, columns.zone)


def _no_moment(value: object, columns: Columns) -> InputError:
    if isinstance(value, str):
        how = columns.time_format or "2026-03-02 09:05"
        return InputError.of(
            columns.time,
            f"“{value}”不是{how}这样的时间；可在columns中写明time_format",
            f"{value!r} is not a time such as {how}; say how it is written by time_format",
        )
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT
        return InputError.of(columns.time, "没有时间", "there is no time")
    return InputError.of(
        columns.time,
        f"{value}是数，不是时间；请把这一列设为文本格式后重新导出",
        f"{value} is a number and no time; format the column as text and export it again",
    )
