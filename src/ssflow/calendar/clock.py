"""Instants and civil days of Beijing time. The one door to pendulum.

The law counts in days; machines record instants. A ``date`` is a day of the civil calendar of Asia/Shanghai. An aware
``datetime`` is an instant, whatever its zone: 2026-02-13 16:30 UTC falls on 2026-02-14. A naive ``datetime`` says
neither and is refused. pendulum is imported on first use.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ssflow.calendar.foreign import own

if TYPE_CHECKING:
    from pendulum import DateTime, Timezone

ZONE = "Asia/Shanghai"


def civil_day(when: date | datetime, zone: str | None = ZONE) -> date:
    """The day on which ``when`` falls, in Beijing unless another zone is given, as a plain ``date``.

    Raises:
        TypeError: ``when`` is neither a date nor a datetime.
        ValueError: ``when`` is a naive datetime, or an instant where there is no zone.

    """
    if type(when) is date:
        return when
    when = own(when)
    if isinstance(when, datetime):
        there = local(when, zone)
        return date(there.year, there.month, there.day)
    if isinstance(when, date):
        return date(when.year, when.month, when.day)
    msg = f"a day is a datetime.date or an aware datetime, not {type(when).__name__} {when!r}"
    raise TypeError(msg)


def local(instant: datetime, zone: str | None = ZONE) -> DateTime:
    """The same instant on the clocks of a zone.

    Raises:
        ValueError: ``instant`` is naive, or there is no zone.

    """
    import pendulum

    if instant.tzinfo is None or instant.utcoffset() is None:
        msg = f"{instant!r} is naive: give it a time zone, for example tzinfo=zoneinfo.ZoneInfo('{ZONE}')"
        raise ValueError(msg)
    return pendulum.instance(instant).in_timezone(_zone(zone))


def start_of(day: date, zone: str | None = ZONE) -> DateTime:
    """The instant at which a day begins."""
    return at(day, time(), zone)


def end_of(day: date, zone: str | None = ZONE) -> DateTime:
    """The instant at which a day is over: 24:00, the beginning of the next one (Civil Code 203)."""
    return start_of(day + timedelta(days=1), zone)


def at(day: date, hour: time, zone: str | None = ZONE) -> DateTime:
    """The instant of a time of day."""
    import pendulum

    return pendulum.datetime(day.year, day.month, day.day, hour.hour, hour.minute, hour.second, tz=_zone(zone))


def instant_of(when: date | datetime, zone: str | None = ZONE) -> DateTime:
    """``when`` as an instant; a bare date stands for the beginning of its day."""
    return local(when, zone) if isinstance(when, datetime) else start_of(civil_day(when), zone)


def recorded(when: date | datetime) -> datetime | None:
    """The instant as a plain datetime of Beijing time, fit for a record; None for a bare date."""
    return datetime.fromisoformat(local(when).isoformat()) if isinstance(when, datetime) else None


def months_after(day: date, months: int) -> date:
    """The corresponding day some months on (or back), or the last of its month if there is none (Civil Code 202).

    Raises:
        OverflowError: there is no such year.

    """
    import pendulum

    if not date.min.year <= day.year + (day.month - 1 + months) // 12 <= date.max.year:
        msg = f"{months} months from {day} lead out of the years 1 to 9999"
        raise OverflowError(msg)
    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(moved.year, moved.month, moved.day)


def now() -> DateTime:
    """The present instant. Only stores, the command line and other edges may ask; the library never does."""
    import pendulum

    return pendulum.now(_zone(ZONE))


@cache
def _zone(name: str | None) -> Timezone:
    """The zone, read once: by its name pendulum would read it from disk at each call."""
    import pendulum

    if name is None:
        msg = "this calendar has no time zone, so an instant falls on no day of it; give zone='Asia/Hong_Kong' or the like"
        raise ValueError(msg)
    return pendulum.timezone(name)
