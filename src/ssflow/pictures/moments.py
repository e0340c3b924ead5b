"""Days and moments as pictures draw them.

They are drawn in universal time, so that no machine's zone moves them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ssflow.calendar.clock import ZONE, local


def moment(when: date | datetime) -> datetime:
    """A moment as the clocks of Beijing show it; a day means its beginning."""
    if isinstance(when, datetime):
        there = local(when, ZONE)
        return datetime(there.year, there.month, there.day, there.hour, there.minute)  # noqa: DTZ001 - drawn as it reads
    return datetime.combine(when, time())


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return moment(day) + timedelta(days=1)


def written(at: date | datetime) -> str:
    """A day or a moment as an axis reads it."""
    return f"{at if isinstance(at, datetime) else moment(at):%Y-%m-%dT%H:%M}:00Z"
