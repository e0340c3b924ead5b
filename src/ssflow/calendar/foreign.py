"""One day as NumPy and pandas write it, and their missing values, without importing either.

They have no type for a day: they write a day as a midnight without a zone. Python has ``date`` for that, so a
naive ``datetime`` of Python stays an instant of no known zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ssflow.errors import InputError

_NOTHING = ("NaTType", "NAType", "MaskedConstant")  # pandas.NaT, pandas.NA, numpy.ma.masked


def is_missing(value: Any) -> bool:
    """Return whether a value is a missing one: None, NaN, NaT, ``pandas.NA``, ``numpy.ma.masked``."""
    if value is None:
        return True
    kind = type(value)
    if kind.__name__ in _NOTHING and _package(value) in ("numpy", "pandas"):
        return True
    alone = isinstance(value, float) or (_package(value) == "numpy" and getattr(value, "shape", None) == ())
    return alone and bool(value != value)  # noqa: PLR0124 - NaN and NaT differ from themselves


def own(value: Any) -> Any:
    """Return a midnight of NumPy or pandas as the ``date`` that it means; anything else unchanged.

    Raises:
        InputError: ``value`` is a missing day.

    """
    if _package(value) not in ("numpy", "pandas"):
        return value
    if is_missing(value):
        raise InputError.of(
            "day",
            "没有日期（缺失值）；单独一个缺失值没有答案，请先去掉",
            "a missing value is not a day, so it has no answer; leave it out",
        )
    if isinstance(value, datetime):
        return _day_of_pandas(value)
    if getattr(value, "shape", None) != ():  # a column is not a day
        return value
    if value.dtype.kind == "O":
        return value.item()
    return _day_of_numpy(value) if value.dtype.kind == "M" else value


def _day_of_pandas(value: Any) -> Any:
    is_midnight = value.tzinfo is None and value == value.normalize()
    return value.date() if is_midnight else value


def _day_of_numpy(value: Any) -> date:
    from ssflow.calendar.arrays.from_numpy import (
        holds_no_days,
        whole_days,
    )  # NumPy is loaded, or this value could not exist

    if holds_no_days(value):
        unit = value.dtype.name
        raise InputError.of(
            "day", f"{unit}不是某一天；请写明哪一天", f"{unit} is not a day; say which of its days you mean"
        )
    whole, is_instant = whole_days(value)
    if is_instant:
        raise InputError.of(
            "day",
            f"{value}没有时区，无法确定是哪一时刻；请截为整日，或给出带时区的时刻",
            f"{value} is naive: cut it to a whole day, or give an instant with a time zone",
        )
    day: object = whole.item()
    if not isinstance(day, date):
        raise InputError.of("day", f"{value}超出公元1年至9999年", f"{value} is outside the years 1 to 9999")
    return day


def _package(value: object) -> str:
    return type(value).__module__.partition(".")[0]
