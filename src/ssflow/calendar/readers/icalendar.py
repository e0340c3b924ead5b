"""Notices from iCalendar files (RFC 5545): calendars of holidays that others publish, and our own export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.calendar.notices import Notice
from ssflow.calendar.readers.assemble import assembled
from ssflow.calendar.readers.marks import MARK, REST_MARK, WORK_MARK, Said, holiday_in, said
from ssflow.calendar.readers.wholedays import whole_days
from ssflow.errors import DataError

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_EVIDENCE = "missing: a calendar file does not say when the notice was published"
_MARK_IT = f"mark it with {MARK}:{REST_MARK} or {WORK_MARK}, or write 休 or 班 into its SUMMARY"
_LATE_DECEMBER = (12, 29)  # the notice of the next year may begin here


@frozen
class _Told:
    """What one event says of one day."""

    day: date
    said: Said
    summary: str
    url: str
    calendar: str


def read_icalendar(path: Path) -> tuple[Notice, ...]:
    """The notices of an iCalendar file, one a year, for the whole country.

    Events that say neither that their days rest nor that they are worked are passed over: solar terms, birthdays. So are
    cancelled ones, and forecasts (暂定, provisional). The last three days of December belong to the notice of the next
    year if the file has that year.

    Raises:
        DataError: the file is no whole iCalendar file; no event says either; an event may mean both, recurs, or does not
            cover whole days; two events contradict each other.

    """
    told: dict[date, _Told] = {}
    for new in _all_told(path):
        old = told.setdefault(new.day, new)
        if old.said != new.said:
            raise DataError(path, f"{new.day} is to {old.said} by {old.summary!r} and to {new.said} by {new.summary!r}")
    if not told:
        raise DataError(path, f"no event says whether its days rest or are worked; of each that does, {_MARK_IT}")
    years = {day.year for day in told if (day.month, day.day) < _LATE_DECEMBER}
    by_year: dict[int, list[_Told]] = {}
    for day in sorted(told):
        opens_next = (day.month, day.day) >= _LATE_DECEMBER and day.year + 1 in years
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
            except (ValueError, OverflowError) as error:
                raise DataError(path, f"the event {str(event.get('SUMMARY', ''))!r}: {error}") from error


def _told(event: Event, calendar: str) -> Iterator[_Told]:
    summary, mark, status, url = (_text(event, name) for name in ("SUMMARY", MARK, "STATUS", "URL"))
    meaning = said(summary, mark, ", ".join(event.categories))
    if meaning == "nothing" or status.upper() == "CANCELLED":
        return
    if meaning == "unclear":
        msg = f"it may mean a rest day or a worked one; {_MARK_IT}"
        raise ValueError(msg)
    if "RRULE" in event or "RDATE" in event:
        msg = "it recurs, but a notice arranges one year; write an event for each year"
        raise ValueError(msg)
    for day in whole_days(event.start, event.end, worked=meaning == "work"):
        yield _Told(day, meaning, summary, url, calendar)


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    if isinstance(value, list):
        msg = f"it has more than one {name}; keep one"
        raise ValueError(msg)
    return str(value)


def _calendars(path: Path) -> list[Calendar]:
    try:
        from icalendar import Calendar

        text = path.read_bytes().decode("utf-8-sig")
        calendars = Calendar.from_ical(text, multiple=True)
    except ModuleNotFoundError as error:
        raise DataError(path, "cannot be read without the package icalendar; pip install icalendar") from error
    except Exception as error:  # whatever a damaged file makes of the parser
        raise DataError(path, f"cannot be read as iCalendar: {error}; correct the file or take it away") from error
    if not calendars or not all(isinstance(calendar, Calendar) for calendar in calendars) or not _is_whole(text):
        raise DataError(path, "is no whole iCalendar file, from BEGIN:VCALENDAR to END:VCALENDAR; fetch it anew")
    for fault in (fault for calendar in calendars for part in calendar.walk() for fault in part.errors):
        raise DataError(path, f"is damaged: {': '.join(filter(None, fault))}; correct the file or take it away")
    return calendars


def _is_whole(text: str) -> bool:
    """Whether every component that begins also ends: the parser drops one that does not."""
    begun, ended = (len(re.findall(rf"^{word}:", text, re.MULTILINE | re.IGNORECASE)) for word in ("BEGIN", "END"))
    return begun == ended
