"""Instants and days of Beijing time, as pendulum and the standard library give them."""

from datetime import UTC, date, datetime

import pendulum
import pytest

from ssflow.calendar.clock import civil_day, months_after, now, recorded, start_of


def test_a_date_of_pendulum_is_a_date() -> None:
    """Subclasses of date come out as plain dates, instants as their day in Beijing or in another zone."""
    assert type(civil_day(pendulum.date(2026, 2, 14))) is date
    assert civil_day(pendulum.datetime(2026, 2, 13, 16, 30, tz="UTC")) == date(2026, 2, 14)
    assert civil_day(datetime(2026, 2, 13, 16, 30, tzinfo=UTC), "Europe/London") == date(2026, 2, 13)


def test_a_day_begins_at_midnight_in_beijing() -> None:
    """Also where summer time was kept."""
    assert start_of(date(1988, 7, 1)).isoformat() == "1988-07-01T00:00:00+09:00"


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 31), -1)])
def test_there_are_no_months_beyond_the_years_of_python(day: date, months: int) -> None:
    """What leads out of the years 1 to 9999 is refused."""
    with pytest.raises(OverflowError, match="lead out of the years 1 to 9999"):
        months_after(day, months)


def test_now_is_an_instant_of_beijing() -> None:
    """The present has the zone of Beijing and lies between two readings of another clock."""
    before, moment, after = datetime.now(UTC), now(), datetime.now(UTC)

    assert before <= moment <= after
    assert moment.timezone_name == "Asia/Shanghai"


def test_a_record_keeps_an_instant_and_no_bare_date() -> None:
    """An instant is recorded in Beijing time; a bare date has no instant to record."""
    assert recorded(datetime(2026, 2, 13, 16, 30, tzinfo=UTC)).isoformat() == "2026-02-14T00:30:00+08:00"
    assert recorded(date(2026, 2, 14)) is None
