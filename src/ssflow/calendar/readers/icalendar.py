"""Notices from iCalendar files (RFC 5545): holiday calendars that others publish, and this package's own export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.calendar.notices import LATE_DECEMBER, Notice
from ssflow.calendar.readers.assemble import assembled
from ssflow.calendar.readers.marks import MARK, REST_MARK, WORK_MARK, Said, holiday_in, said
from ssflow.calendar.readers.wholedays import whole_days
from ssflow.converters import why_of
from ssflow.errors import DataError, Fault, InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_EVIDENCE = Text(
    "未查到公布日期：日历文件不写明通知何时公布", "missing: a calendar file does not say when the notice was published"
)
_MARK_IT = Text(
    f"用{MARK}:{REST_MARK}或{WORK_MARK}标明，或者在SUMMARY中写“休”或“班”",
    f"mark it with {MARK}:{REST_MARK} or {WORK_MARK}, or write 休 or 班 into its SUMMARY",
)
# All components of RFC 5545, 7953 and 9073: the parser silently drops a misspelt one.
_COMPONENTS = (
    *("VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"),
    *("VAVAILABILITY", "AVAILABLE", "PARTICIPANT", "VLOCATION", "VRESOURCE"),
)


@frozen
class _Told:
    """The meaning of one event for one day."""

    day: date
    said: Said
    summary: str
    url: str
    calendar: str


def read_icalendar(path: Path) -> tuple[Notice, ...]:
    """Return the notices of an iCalendar file, one a year, for the whole country.

    Events that say neither that their days rest nor that they are worked are passed over: solar terms, birthdays. So are
    cancelled ones, and forecasts (暂定, provisional). The last three days of December belong to the notice of the next
    year if the file has that year. A file without events has no notice: its year is not arranged yet.

    Raises:
        DataError: the file is not a complete iCalendar file; it has events, but none says whether its days rest; an event may mean both,
            recurs, or does not cover whole days; two events contradict each other.

    """
    told: dict[date, _Told] = {}
    for new in _all_told(path):
        old = told.setdefault(new.day, new)
        if old.said != new.said:
            raise DataError.of(
                path,
                f"{new.day}：{old.summary!r}与{new.summary!r}一个写休息，一个写上班；请按通知保留其一",
                f"{new.day} is to {old.said} by {old.summary!r} and to {new.said} by {new.summary!r}; keep the one that the "
                "notice says",
            )
    if not told and any(calendar.events for calendar in _calendars(path)):
        raise DataError.of(
            path,
            f"没有一个日程说明是休息还是上班；请{_MARK_IT.zh}",
            f"no event says whether its days rest or are worked; of each that does, {_MARK_IT.en}",
        )
    years = {day.year for day in told if (day.month, day.day) < LATE_DECEMBER}
    by_year: dict[int, list[_Told]] = {}
    for day in sorted(told):
        opens_next = (day.month, day.day) >= LATE_DECEMBER and day.year + 1 in years
        by_year.setdefault(day.year + opens_next, []).append(told[day])
    return tuple(_notice(path, year, days) for year, days in by_year.items())


def _notice(path: Path, year: int, days: list[_Told]) -> Notice:
    return assembled(
        path,
        f"icalendar-{path.stem}-{year}",
        year=year,
        title=f"{days[0].calendar} {year}",
        evidence=_EVIDENCE,
        url=next((day.url for day in days if day.url), ""),
        rest={day.day: holiday_in(day.summary) for day in days if day.said == "rest"},
        work=[day.day for day in days if day.said == "work"],
    )


def _all_told(path: Path) -> Iterator[_Told]:
    for calendar in _calendars(path):
        name = str(calendar.get("X-WR-CALNAME", path.stem))
        for event in calendar.events:
            try:
                yield from _told(event, name)
            except InputError as error:
                raise DataError(path, *(_of_event(event, fault.text) for fault in error.faults)) from error
            except (ValueError, OverflowError) as error:  # the parser's own words for what RFC 5545 forbids
                raise DataError(path, _of_event(event, why_of(error))) from error


def _of_event(event: Event, text: Text) -> Fault:
    summary = str(event.get("SUMMARY", ""))
    return Fault("", Text(f"日程{summary!r}：{text.zh}", f"the event {summary!r}: {text.en}"))


def _told(event: Event, calendar: str) -> Iterator[_Told]:
    summary, mark, status, url = (_text(event, name) for name in ("SUMMARY", MARK, "STATUS", "URL"))
    if not (summary or mark):
        raise InputError.of(
            "SUMMARY",
            f"没有SUMMARY；请写明是什么日子，{_MARK_IT.zh}",
            f"has no SUMMARY; say what day it is, or {_MARK_IT.en}",
        )
    if mark and mark.upper() not in (REST_MARK, WORK_MARK):
        raise InputError.of(MARK, f"{MARK}为{mark!r}；{_MARK_IT.zh}", f"its {MARK} is {mark!r}; {_MARK_IT.en}")
    meaning = said(summary, mark, ", ".join(event.categories))
    if meaning == "nothing" or status.upper() == "CANCELLED":
        return
    if meaning == "unclear":
        raise InputError.of(
            "SUMMARY",
            f"可能是休息，也可能是上班；{_MARK_IT.zh}",
            f"it may mean a rest day or a worked one; {_MARK_IT.en}",
        )
    if "RRULE" in event or "RDATE" in event:
        raise InputError.of(
            "RRULE",
            "逐年重复，而一份通知只安排一年；请每年各写一个日程",
            "it recurs, but a notice arranges one year; write an event for each year",
        )
    for day in whole_days(event.start, event.end, worked=meaning == "work"):
        yield _Told(day, meaning, summary, url, calendar)


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    if isinstance(value, list):
        raise InputError.of(name, f"有不止一个{name}；请只保留一个", f"it has more than one {name}; keep one")
    return str(value)


def _calendars(path: Path) -> list[Calendar]:
    try:
        from icalendar import Calendar

        text = path.read_bytes().decode("utf-8-sig")
        calendars = Calendar.from_ical(text, multiple=True)
    except ModuleNotFoundError as error:
        raise DataError.of(
            path,
            "需要软件包icalendar才能读取；请pip install icalendar",
            "cannot be read without the package icalendar; pip install icalendar",
        ) from error
    except Exception as error:  # a damaged file may raise anything in the parser
        why = why_of(error)
        raise DataError.of(
            path,
            f"不能按iCalendar读取：{why.zh}；请改正文件，或者移除",
            f"cannot be read as iCalendar: {why.en}; correct the file or remove it",
        ) from error
    if not calendars or not all(isinstance(calendar, Calendar) for calendar in calendars) or not _is_whole(text):
        raise DataError.of(
            path,
            "不是完整的iCalendar文件（BEGIN:VCALENDAR至END:VCALENDAR）；请重新下载",
            "is not a complete iCalendar file, from BEGIN:VCALENDAR to END:VCALENDAR; fetch it again",
        )
    for name in _BEGIN.findall(text):
        if name.upper() not in _COMPONENTS and not name.upper().startswith("X-"):
            raise DataError.of(
                path,
                f"没有名为{name}的部分；是否指VEVENT？请改正文件",
                f"has a part {name!r}, which RFC 5545 does not know; perhaps VEVENT is meant: correct the file",
            )
    for fault in (fault for calendar in calendars for part in calendar.walk() for fault in part.errors):
        what = ": ".join(filter(None, fault))
        raise DataError.of(
            path, f"已损坏：{what}；请改正文件，或者移除", f"is damaged: {what}; correct the file or remove it"
        )
    return calendars


_BEGIN = re.compile(r"^BEGIN:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(r"^END:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


def _is_whole(text: str) -> bool:
    """Return whether every component that begins also ends; the parser drops one that does not."""
    begun, ended = (Counter(name.upper() for name in pattern.findall(text)) for pattern in (_BEGIN, _END))
    return begun == ended
