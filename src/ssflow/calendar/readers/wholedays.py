"""The whole days that an event covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ssflow.calendar.clock import ZONE, local
from ssflow.calendar.notices import ONE_DAY
from ssflow.errors import InputError

_LONGEST = timedelta(days=366)


def whole_days(start: date | datetime, end: date | datetime, *, worked: bool) -> Iterator[date]:
    """Yield the days from the start to the end, which is not included.

    Some publishers give a one-day event its own day as its end, or give make-up working days their office hours; both are
    understood. An instant is converted to Beijing time.

    Raises:
        InputError: the event does not cover whole days, ends before it begins, or is longer than a year.

    """
    first, last = _clock_time(start), _clock_time(end)
    if last < first:
        raise InputError.of(
            "DTEND",
            f"止于{last}，早于开始的{first}；请改正其一",
            f"it ends on {last}, before it begins on {first}; correct one of them",
        )
    if last - first > _LONGEST:
        raise InputError.of(
            "DTEND",
            f"长于一年，自{first}至{last}；请每个节日各写一个日程",
            f"it lasts longer than a year, from {first} to {last}; write an event for each holiday",
        )
    if first.time() == last.time() == time():
        last = max(first, last - ONE_DAY)
    elif not worked or first.date() != last.date():
        raise InputError.of(
            "DTSTART",
            f"开始或结束于一日之中，{first}至{last}；请写整日，例如DTSTART;VALUE=DATE:20260101",
            f"it begins or ends within a day, {first} to {last}; write whole days, as in DTSTART;VALUE=DATE:20260101",
        )
    return (first.date() + i * ONE_DAY for i in range((last.date() - first.date()).days + 1))


def _clock_time(when: date | datetime) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    return local(when, ZONE).naive() if when.tzinfo else when
