"""Readers of typed days, instants, spans and places. Every fault says what to write instead.

Full-width digits and the forms in which days are written in China are read like ISO 8601: ``2026年9月21日``, ``2026-9-21``,
``2026/9/21``, ``20260921``. Nothing is guessed: a day has its year, an instant its zone.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from ssflow.calendar import Span, Tolled
from ssflow.errors import InputError
from ssflow.naming import plain

_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|([0-9]{2})([0-9]{2})| ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号])"
)
_YEAR = re.compile(r"([0-9]{4})年?")
_NUMBER = re.compile(r"(?:#|第)?([1-9][0-9]{0,8})(?:[项号]|号事件)?")
_VERSION = re.compile(r"第?([1-9][0-9]{0,8})版?")
_COUNT = re.compile(r"([0-9]{1,12})([万亿]?)")
_MYRIADS = {"": 1, "万": 10**4, "亿": 10**8}
_BETWEEN = re.compile(r"(?:T| +|(?<=[日号]))(?=[0-9])")  # between a day and the time of day


def read_day(written: str) -> date:
    """Return a day of the calendar: ``2026-09-21``, ``2026年9月21日``."""
    day = _day(plain(written))
    if day is None:
        raise InputError.of(
            "",
            f"“{written}”不是日期；请写成2026-09-21或2026年9月21日的形式",
            f"{written!r} is not a day; write it like 2026-09-21 or 2026年9月21日",
        )
    return day


def read_year(written: str) -> int:
    """Return a year: ``2026``, ``2026年``."""
    match = _YEAR.fullmatch(plain(written))
    if match is None or match[1] == "0000":
        raise InputError.of(
            "", f"“{written}”不是年份；请写成2026的形式", f"{written!r} is not a year; write it like 2026"
        )
    return int(match[1])


def read_when(written: str) -> date | datetime:
    """Return a day, or an instant with its time zone: ``2026-09-21T10:00+08:00``."""
    text = plain(written)
    when = _day(text) or _instant(text)
    if when is None:
        raise InputError.of(
            "",
            f"“{written}”既不是日期也不是时刻；请写成2026-09-21、2026年9月21日或2026-09-21T10:00+08:00的形式",
            f"{written!r} is neither a day nor an instant; write it like 2026-09-21, 2026年9月21日 or 2026-09-21T10:00+08:00",
        )
    if isinstance(when, datetime) and when.tzinfo is None:
        raise InputError.of(
            "",
            f"“{written}”没有时区，无法确定是哪一时刻；北京时间请写{written}+08:00，只要日期请写{when.date()}",
            f"{written!r} has no time zone, so it names no instant; "
            f"for Beijing time write {written}+08:00, for the day alone {when.date()}",
        )
    return when


def read_span(written: str) -> Span:
    """Return a span of time: ``20 workdays``, ``15个工作日``."""
    return Span.parse(plain(written))


def read_tolled(written: str) -> Tolled:
    """Return the days on which a clock was stopped: ``START..END``, the clock running again on END; ``START..`` without an end."""
    first, dots, last = plain(written).partition("..")
    stopped, resumed = _day(first.strip()), _day(last.strip())
    if not dots or stopped is None or (last and resumed is None):
        raise InputError.of(
            "",
            f"“{written}”不是停止计算的区间；请写停止日..恢复日，例如2026-09-11..2026-09-16，尚未恢复写2026-09-11..",
            f"{written!r} is not an interval in which a clock is stopped; write the day it stopped, two dots and the day it ran again: "
            "2026-09-11..2026-09-16, or 2026-09-11.. if it is still stopped",
        )
    return stopped, resumed


def read_pair(written: str) -> tuple[str, str]:
    """Return a name and its value: ``issuing=440100``."""
    name, _, value = written.replace("＝", "=", 1).partition("=")
    if not (plain(name) and plain(value)):
        # The text is not repeated, because it may be personal.
        raise InputError.of(
            "",
            "应写成名称=值的形式，中间用等号",
            "write a name, an equals sign and a value: NAME=VALUE",
        )
    return plain(name), value


def read_version(written: str) -> int:
    """Return the version of a case: ``3``, ``第3版``."""
    match = _VERSION.fullmatch(plain(written))
    if match is None:
        raise InputError.of(
            "",
            f"“{written}”不是版本；版本是从1起的整数",
            f"{written!r} is not a version; a version is a whole number from 1",
        )
    return int(match[1])


def read_count(written: str) -> int:
    """Return a count: ``20``, ``100000``, ``100,000``, ``10万``, ``1亿``."""
    match = _COUNT.fullmatch(plain(written).replace(",", "").replace("_", ""))
    if match is None:
        raise InputError.of(
            "",
            f"“{written}”不是不小于零的整数；请写成20、100000、10万的形式",
            f"{written!r} is not a whole number of at least 0; write it like 20, 100000 or 10万",
        )
    return int(match[1]) * _MYRIADS[match[2]]


def read_number(written: str) -> int:
    """Return the number of an event in its case: ``2``, ``第2项``."""
    match = _NUMBER.fullmatch(plain(written))
    if match is None:
        raise InputError.of(
            "",
            f"“{written}”不是事件的序号；序号见ssflow case show，从1起",
            f"{written!r} is not the number of an event; ssflow case show numbers them from 1",
        )
    return int(match[1])


def read_path(written: str) -> Path:
    """Return the path of a file."""
    if not written or "\0" in written:
        raise InputError.of("", "应写文件名", "write the name of a file")
    return Path(written)


def read_db(written: str) -> Path | str:
    """Return the path of a database file, or the address of a PostgreSQL database. Another address is not shown: it may hold a password."""
    if written.startswith(("postgresql://", "postgres://")):
        return written
    if "://" in written:
        raise InputError.of(
            "",
            "应写文件名，或者地址postgresql://...",
            "write the name of a file, or an address postgresql://...",
        )
    return read_path(written)


def read_id(written: str) -> str:
    """Return the id of a case, unchanged."""
    if not written.strip():
        raise InputError.of("", "应写办件编号", "write the id of a case")
    return written


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    """Return an instant: a day in any form, followed by the time of day in ISO 8601."""
    match = _DAY.match(text)
    between = _BETWEEN.match(text, match.end()) if match else None
    day = _date(match) if match else None
    if match is None or between is None or day is None:
        return None
    try:
        return datetime.fromisoformat(f"{day}T{text[between.end() :].replace(' ', '')}")
    except ValueError:
        return None
