"""Days and moments as pictures draw them: in universal time, so that no machine's zone moves them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ssflow.calendar.clock import ZONE, local


def moment(when: date | datetime) -> datetime:
    """Return a moment as the clocks of Beijing show it; a day means its beginning."""
    if isinstance(when, datetime):
        there = local(when, ZONE)
        return datetime(there.year, there.month, there.day, there.hour, there.minute)  # noqa: DTZ001 - drawn as it reads
    return datetime.combine(when, time())


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return moment(day) + timedelta(days=1)


def written(at: date | datetime) -> str:
    """Return a day or a moment in the form that an axis reads."""
    return f"{at if isinstance(at, datetime) else moment(at):%Y-%m-%dT%H:%M}:00Z"
