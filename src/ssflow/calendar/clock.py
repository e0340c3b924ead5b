"""Instants and civil days. No other module imports pendulum.

The law counts in days; machines record instants. A ``date`` is a day of the civil calendar of a zone. An aware ``datetime``
is an instant, whatever its own zone: 2026-02-13 16:30 UTC falls on 2026-02-14 in Beijing and on the day before in Amsterdam.
A naive ``datetime`` says neither and is refused. So every function takes the zone whose days are meant: that of the calendar
(``calendar.zone``), or `ZONE` where only China's calendar is in question. pendulum is imported on first use.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING, overload

from ssflow.calendar.doors import unfit
from ssflow.calendar.foreign import own
from ssflow.errors import InputError

if TYPE_CHECKING:
    from pendulum import DateTime, Timezone

ZONE = "Asia/Shanghai"
_BEIJING = timezone(timedelta(hours=8))
_NO_SUMMER_TIME = date(1992, 1, 1)  # since then (tz database, Asia/Shanghai)


def civil_day(when: date | datetime, zone: str | None) -> date:
    """Return the day of a zone on which ``when`` falls, as a plain ``date``.

    Raises:
        InputError: ``when`` is neither a date nor an aware datetime, or is an instant where there is no zone.

    """
    if type(when) is date:
        return when
    when = own(when)
    if isinstance(when, datetime):
        there = local(when, zone)
        return date(there.year, there.month, there.day)
    if isinstance(when, date):
        return date(when.year, when.month, when.day)
    raise unfit("", when, "日期（datetime.date）或带时区的时刻", "a datetime.date or an aware datetime")


def local(instant: datetime, zone: str | None) -> DateTime:
    """Return the same instant on the clocks of a zone.

    Raises:
        InputError: ``instant`` is naive or no datetime, there is no zone, or the zone has no such day.

    """
    import pendulum

    if not isinstance(instant, datetime):
        raise unfit("", instant, "带时区的时刻", "an aware datetime")
    if instant.tzinfo is None or instant.utcoffset() is None:
        example = f"tzinfo=zoneinfo.ZoneInfo('{zone or ZONE}')"
        raise InputError.of(
            "",
            f"{instant!r}没有时区，无法确定是哪一时刻；请写明时区，例如{example}",
            f"{instant!r} is naive: give it a time zone, for example {example}",
        )
    try:
        return pendulum.instance(instant.astimezone(UTC)).in_timezone(_zone(zone))  # never by the zone's own name
    except OverflowError as error:
        raise _no_such_day(instant) from error


@lru_cache(maxsize=4096)
def start_of(day: date, zone: str | None) -> DateTime:
    """Return the instant at which a day begins: midnight or, where clocks go forward over midnight, the first instant after it.

    If clocks go back over midnight, so that it comes twice, this is the first.
    """
    import pendulum

    there = _zone(zone)
    begins = pendulum.datetime(day.year, day.month, day.day, tz=there, fold=0)
    return begins if begins.day == day.day else pendulum.datetime(day.year, day.month, day.day, tz=there, fold=1)


def end_of(day: date, zone: str | None) -> DateTime:
    """Return the instant at which a day is over: 24:00, the beginning of the next day (Civil Code 203).

    Raises:
        InputError: ``day`` is the last day of the last year.

    """
    if day == date.max:
        raise _no_such_day(day)
    return start_of(date.fromordinal(day.toordinal() + 1), zone)


def recorded_end_of(day: date, zone: str | None) -> datetime | None:
    """Return `end_of` as a plain datetime, fit for a record; of a day of Beijing without pendulum, which takes its time to load."""
    if zone == ZONE and _NO_SUMMER_TIME <= day < date.max:
        return datetime.combine(date.fromordinal(day.toordinal() + 1), time(), _BEIJING)
    return recorded(end_of(day, zone), zone)


def at(day: date, hour: time, zone: str | None) -> DateTime:
    """Return the instant of a time of day."""
    import pendulum

    return pendulum.datetime(day.year, day.month, day.day, hour.hour, hour.minute, hour.second, tz=_zone(zone))


def instant_of(when: date | datetime, zone: str | None) -> DateTime:
    """Return ``when`` as an instant; a bare date means the beginning of its day."""
    return local(when, zone) if isinstance(when, datetime) else start_of(civil_day(when, zone), zone)


@overload
def recorded(when: datetime, zone: str | None) -> datetime: ...


@overload
def recorded(when: date, zone: str | None) -> datetime | None: ...


def recorded(when: date | datetime, zone: str | None) -> datetime | None:
    """Return the instant as a plain datetime of a zone, fit for a record; None for a bare date."""
    if not isinstance(when, datetime):
        return None
    if zone == ZONE and _NO_SUMMER_TIME.year < when.year < date.max.year and when.utcoffset() is not None:
        if type(when) is datetime:
            return when.astimezone(_BEIJING)
        clocks = when.hour, when.minute, when.second, when.microsecond, when.tzinfo
        return datetime(when.year, when.month, when.day, *clocks, fold=when.fold).astimezone(_BEIJING)
    return datetime.fromisoformat(local(when, zone).isoformat())


def months_after(day: date, months: int) -> date:
    """Return the corresponding day some months later (or earlier), or the last of its month if there is none (Civil Code 202).

    Raises:
        OverflowError: there is no such year.

    """
    import pendulum

    if not date.min.year <= day.year + (day.month - 1 + months) // 12 <= date.max.year:
        msg = f"{months} months from {day} reach outside the years 1 to 9999"
        raise OverflowError(msg)
    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(moved.year, moved.month, moved.day)


def now() -> DateTime:
    """Return the present instant in Beijing time. Only stores, the command line and other edges call this."""
    import pendulum

    return pendulum.now(_zone(ZONE))


def known_zone(name: object) -> str:
    """Return the name of a time zone, checked.

    Raises:
        InputError: there is no such zone.

    """
    from pendulum.tz.exceptions import InvalidTimezone

    try:
        if isinstance(name, str) and name:
            return _zone(name).name
    except (InvalidTimezone, ValueError, OSError):
        pass
    raise unfit("zone", name, "时区名称，例如Asia/Hong_Kong", "the name of a time zone, such as Asia/Hong_Kong,")


@cache
def _zone(name: str | None) -> Timezone:
    """Return a zone, read once: pendulum reads a zone from disk each time it is named."""
    import pendulum

    if name is None:
        raise InputError.of(
            "zone",
            "该日历没有时区，无法确定时刻属于哪一天；请写明时区，例如zone='Asia/Hong_Kong'",
            "this calendar has no time zone, so an instant falls on no day of it; give zone='Asia/Hong_Kong' or the like",
        )
    return pendulum.timezone(name)


def _no_such_day(when: date) -> InputError:
    return InputError.of(
        "",
        f"{when}在该时区已超出公元1年至9999年",
        f"{when} is outside the years 1 to 9999 in that time zone",
    )
