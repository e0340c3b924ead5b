"""Export of holidays and deadlines as an iCalendar file (RFC 5545), which the calendars of phones and desktops show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from ssflow.calendar import Day, Deadline
from ssflow.calendar.clock import ZONE
from ssflow.calendar.readers.marks import MARK, REST_MARK, WORK_MARK
from ssflow.doors import is_no_instant
from ssflow.errors import Fault, InputError, unknown_lang
from ssflow.export.duedays import due_days
from ssflow.export.entry import Entry, utc
from ssflow.export.restdays import rest_days
from ssflow.text import Lang, Text, speaks

if TYPE_CHECKING:
    from icalendar import Event

_NAME = Text("放假与期限", "Holidays and deadlines")


def to_icalendar(
    entries: Iterable[Day | Deadline], *, lang: Lang = "zh", name: str = "", stamp: datetime | None = None
) -> str:
    """Return days and deadlines as the text of an iCalendar file; equal entries always give the same text.

    Consecutive days of one kind, name and notice become one whole-day event; plain working days and weekends are left
    out. A deadline becomes an event on its due day, or at the instant at which a span in hours closes. What is not firm is
    marked as provisional. Events keep their UID when a new notice changes them, so that a calendar replaces them.

    ``name`` is the name of the calendar. ``stamp`` is the DTSTAMP of all events: when they were made. If it is not given,
    that is 00:00 UTC of a day: for holidays the one on which their notice was known (without a notice, the first of them),
    for a deadline the one on which it starts. Lines end in CRLF, so write the text with ``newline=""``.

    Raises:
        InputError: a deadline is open, so there is no day to enter; one day, or one deadline, is given with two answers; an
            entry is neither a day nor a deadline; ``stamp`` is not an aware datetime, ``name`` is not text, or ``lang`` is not a language.

    >>> from datetime import date
    >>> from ssflow.calendar import WorkCalendar
    >>> print(to_icalendar([WorkCalendar.china().day(date(2026, 1, 4))], lang="en"))
    BEGIN:VCALENDAR
    ...
    SUMMARY:make-up working day
    DTSTART;VALUE=DATE:20260104
    DTEND;VALUE=DATE:20260105
    DTSTAMP:20251104T000000Z
    UID:20260104-makeup@ssflow
    ...

    """
    from icalendar import Calendar, vText

    _check(entries, lang, name, stamp)
    days: list[Day] = []
    deadlines: list[Deadline] = []
    for index, entry in enumerate(entries):
        if isinstance(entry, Day):
            days.append(entry)
        elif isinstance(entry, Deadline):
            deadlines.append(entry)
        else:
            kind = type(entry).__name__
            raise InputError.of(
                f"entries[{index}]",
                f"须为日子或期限，给出的是{kind}；请用calendar.day(...)或span.deadline(...)",
                f"a calendar holds days and deadlines, not {kind}; take calendar.day(...) or span.deadline(...)",
            )
    zones = (deadline.calendar.zone for deadline in deadlines)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//ssflow//ssflow//{lang.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(name or _NAME.say(lang)))
    calendar.add("x-wr-timezone", next(filter(None, zones), ZONE))
    for event in (*rest_days(days), *due_days(deadlines)):
        calendar.add_component(_event(event, lang, utc(stamp) if stamp else event.made))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _check(entries: object, lang: object, name: object, stamp: object) -> None:
    """Refuse arguments that are not a list of entries, a language, a text and an instant.

    Raises:
        InputError: everything that is wrong is named.

    """
    faults = []
    if isinstance(entries, str | bytes) or not isinstance(entries, Iterable):
        kind = type(entries).__name__
        faults.append(
            Fault("entries", Text(f"须为多个日子或期限，给出的是{kind}", f"takes days and deadlines, not {kind}"))
        )
    if not speaks(lang):
        faults += unknown_lang(lang).faults
    if not isinstance(name, str) or name != name.encode(errors="replace").decode():  # a lone surrogate
        faults.append(Fault("name", Text("须为完整的文字", "is a text of whole characters")))
    if stamp is not None and (not isinstance(stamp, datetime) or is_no_instant(stamp) or stamp.utcoffset() is None):
        faults.append(Fault("stamp", Text("须为带时区的时刻", "is a datetime with a time zone, not naive")))
    if faults:
        raise InputError(*faults)


def _event(entry: Entry, lang: Lang, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.start)
    if entry.end:
        event.add("dtend", entry.end)
    event.add("summary", entry.summary.say(lang))
    if entry.description:
        event.add("description", entry.description.say(lang))
    event.add("categories", [entry.category.say(lang)])
    event.add("status", "CONFIRMED" if entry.firm else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    if entry.works is not None:
        event.add(MARK, WORK_MARK if entry.works else REST_MARK)
    return event
