"""Notices from the JSON of the project holiday-cn, one file a year (github.com/NateScarlet/holiday-cn).

The project takes them from the State Council's papers by machine and sorts them by the year in a paper's title, as we do:
the file of 2019 has the last days of December 2018. Weekends next to a holiday may be missing; they rest anyway.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from ssflow.calendar.notices import Notice
from ssflow.calendar.readers.assemble import assembled
from ssflow.converters import faults_of, json_converter
from ssflow.errors import DataError, Fault
from ssflow.text import Text

_EVIDENCE = "missing: holiday-cn does not say when the notice was published"
_COUNTRY = "CN"


class _Day(TypedDict):
    name: str
    date: date
    isOffDay: bool


class _Year(TypedDict):
    year: int
    papers: tuple[str, ...]
    days: tuple[_Day, ...]


def read_holiday_cn(path: Path) -> Notice:
    """The notice of a file of holiday-cn; other keys at its top level are passed over.

    Raises:
        DataError: the file is not of that form, is empty, or contradicts itself.

    """
    raw = _object(path)
    if raw.get("region", _COUNTRY) != _COUNTRY:
        raise DataError(
            path, f"speaks for the region {raw['region']!r}, not for {_COUNTRY}; make a notice of it for its place"
        )
    try:
        file = json_converter().structure({key: raw[key] for key in _Year.__annotations__ if key in raw}, _Year)
    except Exception as error:
        raise DataError(
            path, Fault("", Text("不是holiday-cn的文件", "is no file of holiday-cn")), *faults_of(error)
        ) from error
    if not file["days"]:
        raise DataError(
            path, "has no days: its notice is not out yet, or the fetch failed; fetch it anew or take it away"
        )
    seen: set[date] = set()
    for day in file["days"]:
        if day["date"] in seen:
            raise DataError(path, f"has {day['date']} twice; keep the one that the notice says")
        seen.add(day["date"])
    return assembled(
        path,
        f"holiday-cn-{path.stem}",
        year=file["year"],
        title=f"holiday-cn {file['year']}",
        evidence=_EVIDENCE,
        url=next(iter(file["papers"]), ""),
        rest={day["date"]: day["name"] for day in file["days"] if day["isOffDay"]},
        work=[day["date"] for day in file["days"] if not day["isOffDay"]],
    )


def _object(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(path, f"cannot be read as JSON: {error}; correct the file or take it away") from error
    if not isinstance(raw, dict):
        raise DataError(path, "is no file of holiday-cn: at its top there is no object with year, papers and days")
    return raw
