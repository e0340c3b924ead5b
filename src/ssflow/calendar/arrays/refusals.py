"""The one rule for the content of a row, in every kind of column, and the reasons for refusing a value.

A row holds a day, an instant, or nothing. An instant with a zone falls on its day in the calendar's zone; one without is a
day if it is a midnight of NumPy, pandas, polars or Arrow, because these packages write days so. Text and numbers are not days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np

from ssflow.calendar.arrays.from_numpy import holds_no_days, whole_days
from ssflow.calendar.foreign import is_missing
from ssflow.text import Text

BEYOND = Text("超出公元1年至9999年", "it is outside the years 1 to 9999")


def why_not(value: Callable[[int], Any], row: int, zone: str | None) -> Text:
    """Return why the content of a row is not a day."""
    try:
        given = value(row)
    except (ValueError, OverflowError):  # Python cannot even hold it
        return BEYOND
    return why(given, zone)


def why(given: Any, zone: str | None) -> Text:
    """Return why a value is not a day. If it is not a date, only its kind is named, never the value, which may be personal."""
    if isinstance(given, str | bytes):
        return Text(
            "文字不读作日期；请先转换成日期，例如pandas.to_datetime",
            "text is not read as a day; convert the column to dates first, for example with pandas.to_datetime",
        )
    unit = str(getattr(given, "dtype", "")) if getattr(given, "shape", ()) == () else ""
    if unit.startswith("datetime64") and holds_no_days(given):
        return Text(f"{unit}不是某一天；请写明哪一天", f"{unit} holds no days; say which day of each you mean")
    if unit.startswith("datetime64") and not whole_days(given)[1]:
        return BEYOND
    if is_missing(given):
        return Text("单独一个缺失值没有答案", "a missing value has no answer by itself")
    if isinstance(given, datetime) or unit.startswith("datetime64"):
        return _why_no_instant(given, zone)
    kind = type(given).__name__
    return Text(
        f"须为日期或带时区的时刻；实际为{kind}",
        f"a date or an instant with a time zone is required, not {kind}",
    )


def _why_no_instant(given: Any, zone: str | None) -> Text:
    """Return why an instant falls on no day."""
    if getattr(given, "tzinfo", None) is None:
        return Text(
            f"{given}没有时区；请为这一列加上时区，或截为整日",
            f"{given} is naive: give the column a time zone, or cut it to whole days",
        )
    if zone is None:
        return Text(
            "该日历没有时区，无法确定时刻属于哪一天；请写明时区，例如zone='Asia/Hong_Kong'",
            "this calendar has no time zone, so an instant falls on no day of it; give zone='Asia/Hong_Kong' or the like",
        )
    return BEYOND


def is_number(value: object) -> bool:
    """Return whether a value is a whole number of at least 1."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and int(value) >= 1


def why_no_number(value: Any) -> Text:
    """Return why a value is not a whole number of at least 1."""
    given = str(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else type(value).__name__
    if isinstance(value, float):  # pandas turns whole numbers into floats where one is missing
        return Text(
            f"须为不小于1的整数；实际为{given}；请先把该列转换成整数，pandas用.astype('Int64')",
            f"a whole number of at least 1 is required, not {given}; convert the column first, in pandas: .astype('Int64')",
        )
    return Text(f"须为不小于1的整数；实际为{given}", f"a whole number of at least 1 is required, not {given}")
