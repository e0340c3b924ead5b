"""Notices from the JSON of the project holiday-cn, one file a year (github.com/NateScarlet/holiday-cn).

The project extracts them from the State Council's papers and sorts them by the year in a paper's title, as this package does:
the file of 2019 has the last days of December 2018. Weekends next to a holiday may be missing; they rest anyway. A year that is
not arranged yet has a file without days; other JSON files may lie in the same folder.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from ssflow.calendar.notices import Notice
from ssflow.calendar.readers.assemble import assembled
from ssflow.converters import faults_of, json_converter, why_of
from ssflow.errors import DataError, Fault
from ssflow.text import Text

_EVIDENCE = Text(
    "未查到公布日期：holiday-cn不写明通知何时公布", "missing: holiday-cn does not say when the notice was published"
)
_COUNTRY = "CN"


class _Day(TypedDict):
    name: str
    date: date
    isOffDay: bool


class _Year(TypedDict):
    year: int
    papers: tuple[str, ...]
    days: tuple[_Day, ...]


_KEYS = tuple(_Year.__annotations__)
_NAME = re.compile("[0-9]{4}")


def read_holiday_cn(path: Path) -> tuple[Notice, ...]:
    """Return the notice of a holiday-cn file; unknown keys at its top level are ignored.

    The result is empty if the year has no days yet, or if neither the content nor the name of the file claims this format.

    Raises:
        DataError: the file claims this format and does not have it, or contradicts itself.

    """
    raw = _object(path)
    if raw is None:
        return ()
    if (region := raw.get("region", _COUNTRY)) != _COUNTRY:
        zh = f"是{region!r}的安排，不是{_COUNTRY}的；请为该地另写通知"
        en = f"speaks for the region {region!r}, not for {_COUNTRY}; make a notice of it for its place"
        raise DataError(path, Fault("region", Text(zh, en)))
    try:
        file = json_converter().structure({key: raw[key] for key in _KEYS if key in raw}, _Year)
    except Exception as error:
        no_file = Fault("", Text("不是holiday-cn的文件", "is not a holiday-cn file"))
        raise DataError(path, no_file, *faults_of(error)) from error
    seen: set[date] = set()
    for index, day in enumerate(file["days"]):
        if day["date"] in seen:
            zh, en = (
                f"{day['date']}出现两次；请按通知保留其一",
                f"has {day['date']} twice; keep the one that the notice says",
            )
            raise DataError(path, Fault(f"days[{index}]", Text(zh, en)))
        seen.add(day["date"])
    if not seen:
        return ()
    notice = assembled(
        path,
        f"holiday-cn-{path.stem}",
        year=file["year"],
        title=f"holiday-cn {file['year']}",
        evidence=_EVIDENCE,
        url=next(iter(file["papers"]), ""),
        rest={day["date"]: day["name"] for day in file["days"] if day["isOffDay"]},
        work=[day["date"] for day in file["days"] if not day["isOffDay"]],
    )
    return (notice,)


def _object(path: Path) -> dict[str, Any] | None:
    """Return the object in the file; None if it holds something else and is not named after a year."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        why = why_of(error)
        raise DataError.of(
            path,
            f"不能按JSON读取：{why.zh}；请改正文件，或者移除",
            f"cannot be read as JSON: {why.en}; correct the file or remove it",
        ) from error
    claims = _NAME.fullmatch(path.stem) or (isinstance(raw, dict) and any(key in raw for key in _KEYS))
    if not claims:
        return None
    if not isinstance(raw, dict):
        raise DataError.of(
            path,
            "不是holiday-cn的文件：顶层不是含year、papers和days的对象",
            "is not a holiday-cn file: at its top there is no object with year, papers and days",
        )
    return raw
