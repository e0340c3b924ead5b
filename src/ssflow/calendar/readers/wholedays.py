"""The days that an event covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ssflow.calendar.clock import ZONE, local
from ssflow.calendar.notices import ONE_DAY

_LONGEST = timedelta(days=366)


def whole_days(start: date | datetime, end: date | datetime, *, worked: bool) -> Iterator[date]:
    """The days from the start to the end, which is not included.

    Some publishers write as the end of one day that day itself, or make-up working days as their office hours; both are
    understood. An instant is taken to Beijing.

    Raises:
        ValueError: the event does not cover whole days, ends before it begins, or is longer than a year.

    """
    first, last = _clock_time(start), _clock_time(end)
    if last < first:
        msg = f"it ends on {last}, before it begins on {first}; correct one of them"
        raise ValueError(msg)
    if last - first > _LONGEST:
        msg = f"it lasts longer than a year, from {first} to {last}; write an event for each holiday"
        raise ValueError(msg)
    if first.time() == last.time() == time():
        last = max(first, last - ONE_DAY)
    elif not worked or first.date() != last.date():
        msg = f"it begins or ends within a day, {first} to {last}; write whole days, as in DTSTART;VALUE=DATE:20260101"
        raise ValueError(msg)
    return (first.date() + i * ONE_DAY for i in range((last.date() - first.date()).days + 1))


def _clock_time(when: date | datetime) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    return local(when, ZONE).naive() if when.tzinfo else when
