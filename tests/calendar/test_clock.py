"""Instants and days of Beijing time, as pendulum and the standard library give them."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar.clock import (
    ZONE,
    civil_day,
    end_of,
    local,
    months_after,
    now,
    recorded,
    recorded_end_of,
    start_of,
)
from ssflow.errors import InputError

ZONES = [ZONE, "Europe/London", "Asia/Hong_Kong", "America/Sao_Paulo"]


def test_a_date_of_pendulum_is_a_date() -> None:
    """Subclasses of date come out as plain dates, instants as their day in Beijing or in another zone."""
    assert type(civil_day(pendulum.date(2026, 2, 14), None)) is date
    assert civil_day(pendulum.datetime(2026, 2, 13, 16, 30, tz="UTC"), ZONE) == date(2026, 2, 14)
    assert civil_day(datetime(2026, 2, 13, 16, 30, tzinfo=UTC), "Europe/London") == date(2026, 2, 13)


def test_a_day_begins_at_midnight_in_beijing() -> None:
    """Also where summer time was kept."""
    assert start_of(date(1988, 7, 1), ZONE).isoformat() == "1988-07-01T00:00:00+09:00"


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 31), -1)])
def test_there_are_no_months_beyond_the_years_of_python(day: date, months: int) -> None:
    """What leads out of the years 1 to 9999 is refused."""
    with pytest.raises(OverflowError, match="reach outside the years 1 to 9999"):
        months_after(day, months)


def test_now_is_an_instant_of_beijing() -> None:
    """The present has the zone of Beijing and lies between two readings of another clock."""
    before, moment, after = datetime.now(UTC), now(), datetime.now(UTC)

    assert before <= moment <= after
    assert moment.timezone_name == "Asia/Shanghai"


def test_a_record_keeps_an_instant_and_no_bare_date() -> None:
    """An instant is recorded on the clocks of the zone; a bare date has no instant to record."""
    instant = datetime(2026, 2, 13, 16, 30, tzinfo=UTC)
    assert recorded(instant, ZONE).isoformat() == "2026-02-14T00:30:00+08:00"
    assert recorded(instant, "Europe/Amsterdam").isoformat() == "2026-02-13T17:30:00+01:00"
    assert recorded(date(2026, 2, 14), ZONE) is None


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "America/Havana", "America/Santiago", "Asia/Beirut"]
)
def test_a_day_begins_with_its_first_instant(zone: str) -> None:
    """Also where clocks go over midnight: one second before is another day, and the end of a day is the beginning of the next."""
    there, second = ZoneInfo(zone), timedelta(seconds=1)
    for day in (date(2015, 1, 1) + timedelta(days=i) for i in range(4000)):
        begins = start_of(day, zone).astimezone(UTC)

        assert begins.astimezone(there).date() == day
        assert (begins - second).astimezone(there).date() == day - timedelta(days=1)
        assert end_of(day - timedelta(days=1), zone).astimezone(UTC) == begins


class OffsetOfPytz(tzinfo):
    """A fixed offset as pytz makes them, and older Arrow with it: it has the methods of a zone, and no name."""

    zone = None

    def localize(self, instant: datetime) -> datetime:
        return instant.replace(tzinfo=self)

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=8)

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> None:
        return None


def test_an_instant_is_one_whatever_tells_its_offset() -> None:
    """The zone of an instant need not have a name."""
    instant = datetime(2026, 9, 21, 23, 30, tzinfo=OffsetOfPytz())

    assert local(instant, "Asia/Shanghai").isoformat() == "2026-09-21T23:30:00+08:00"
    assert local(instant, "Europe/Amsterdam").isoformat() == "2026-09-21T17:30:00+02:00"


@given(st.dates(date(1985, 1, 1), date(2200, 1, 1)) | st.just(date.max - timedelta(days=1)), st.sampled_from(ZONES))
def test_a_recorded_end_of_a_day_is_that_of_pendulum(day: date, zone: str) -> None:
    """To the letter of the record, summer time and other zones included; so Beijing's offset holds as long as the database of zones says so."""
    told = recorded_end_of(day, zone)

    assert told is not None and told.isoformat() == local(end_of(day, zone), zone).isoformat()


INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, *map(ZoneInfo, ZONES), pendulum.timezone(ZONE)]))


@given(INSTANTS | INSTANTS.map(pendulum.instance), st.sampled_from(ZONES))
def test_a_record_of_an_instant_is_that_of_pendulum(instant: datetime, zone: str) -> None:
    """To the letter, whatever class and zone the instant is of, in summer time and at the ends of the years of Python."""
    try:
        expected = local(instant, zone).isoformat()
    except InputError:
        with pytest.raises(InputError):
            recorded(instant, zone)
        return
    told = recorded(instant, zone)
    assert type(told) is datetime
    assert told.isoformat() == expected
    assert told.fold == 0


def test_the_last_day_of_all_has_no_end() -> None:
    """As of any end of a day."""
    with pytest.raises(InputError):
        recorded_end_of(date.max, ZONE)
