"""The calendar's zone decides on which day an act falls, when a term ends and when it is overdue."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ssflow import Cases, Legislation, MemoryStore, WorkCalendar
from ssflow.case import Case, EventKind
from ssflow.machines.card_replacement import Application, Payment, Photo, Reason
from ssflow.machines.card_replacement import CardReplacement as C
from ssflow.machines.loss_report import LossReport as L
from ssflow.machines.loss_report import Report, Track
from ssflow.persons import Identity
from ssflow.store import SQLiteStore

HOLDER = Identity("11010519491231002X")
NOW = datetime(2027, 1, 22, 1, 0, tzinfo=UTC)
ZONES = {"Europe/Amsterdam": "NL", "America/New_York": "US", "Asia/Tokyo": "JP"}
each_zone = pytest.mark.parametrize("zone", ZONES)


def cases_in(zone: str, store: object = None) -> Cases:
    calendar = WorkCalendar.from_holidays(ZONES[zone], zone=zone, years=range(2020, 2031))
    return Cases(store or MemoryStore(), Legislation(calendar), now=lambda: NOW)


def reported(cases: Cases, on: datetime | date) -> None:
    """A loss reported by telephone at the bank in Guangzhou: it lapses five days later."""
    cases.open(L.report_temporarily(Report(Track.bank, HOLDER)), by=L.holder, on=on, places="440100", case="bank-1")


def applied(cases: Cases, on: datetime | date) -> None:
    cases.open(
        C.apply(Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)),
        by=C.holder,
        on=on,
        places="440100",
        case="card-1",
        party="p1",
    )


def accepted(cases: Cases, on: date) -> Case:
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=on, party="p1")
    return cases.do("card-1", C.accept(), by=C.office, on=on)


@each_zone
@pytest.mark.parametrize("hour", [0, 17, 23])
def test_an_act_falls_on_the_day_of_the_calendar(zone: str, hour: int) -> None:
    """At half past five in the evening in Amsterdam it is the next day in Beijing; the act counts from today."""
    cases = cases_in(zone)
    reported(cases, datetime(2026, 9, 18, hour, 30, tzinfo=ZoneInfo(zone)))
    [event] = cases.trace("bank-1")

    assert event.on == date(2026, 9, 18)
    assert event.at.isoformat() == datetime(2026, 9, 18, hour, 30, tzinfo=ZoneInfo(zone)).isoformat()
    assert cases.get("bank-1").obligations[0].starts == date(2026, 9, 18)


@each_zone
@pytest.mark.parametrize("lapses_on", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)])
def test_a_day_ends_at_midnight_there(zone: str, lapses_on: date, tmp_path) -> None:
    """To the second, in the nights in which clocks change too; whichever store holds the case."""
    for store in (None, SQLiteStore(tmp_path / "cases.db")):
        cases = cases_in(zone, store)
        reported(cases, lapses_on - timedelta(days=5))
        [obligation] = cases.get("bank-1").obligations
        midnight = datetime.combine(obligation.due + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))

        assert obligation.due == lapses_on
        assert cases.advance(midnight - timedelta(seconds=1)) == ()
        [event] = cases.advance(midnight)
        assert (event.kind, event.on, event.at) == (EventKind.lapse, obligation.due + timedelta(days=1), midnight)
        assert event.at.isoformat() == midnight.isoformat()


@each_zone
def test_a_term_is_overdue_when_its_day_is_over_there(zone: str) -> None:
    """An act in the last minute of the last day is in time, and the term is overdue with the next one."""
    cases = cases_in(zone)
    applied(cases, date(2026, 9, 21))
    accepted(cases, date(2026, 9, 21))
    due = cases.get("card-1").obligation("production").due
    last_minute = datetime(due.year, due.month, due.day, 23, 59, tzinfo=ZoneInfo(zone))

    assert not cases.overdue(last_minute)
    assert [row.clock for row in cases.overdue(last_minute + timedelta(minutes=1))] == ["production"]
    assert [row.clock for row in cases.overdue(due + timedelta(days=1))] == ["production"]


@each_zone
def test_the_order_of_acts_is_that_of_the_days_there(zone: str) -> None:
    """An act by its day may follow one by its instant on the same day there."""
    cases = cases_in(zone)
    applied(cases, datetime(2026, 9, 21, 20, 0, tzinfo=ZoneInfo(zone)))
    case = accepted(cases, date(2026, 9, 21))

    assert [event.on for event in cases.trace(case.id)] == [date(2026, 9, 21)] * 3


@each_zone
def test_the_future_begins_tomorrow_there(zone: str) -> None:
    """A bare day counts as begun from its midnight in the zone."""
    cases = cases_in(zone)
    midnight = datetime(2026, 9, 21, tzinfo=ZoneInfo(zone))
    early = Cases(cases.store, cases.law, now=lambda: midnight - timedelta(seconds=1))
    on_time = Cases(cases.store, cases.law, now=lambda: midnight)

    with pytest.raises(Exception, match="lies in the future"):
        applied(early, date(2026, 9, 21))
    applied(on_time, date(2026, 9, 21))


def test_a_calendar_without_a_zone_judges_no_case() -> None:
    """Acts have instants, so its error says which zone to give."""
    cases = Cases(MemoryStore(), Legislation(WorkCalendar.from_holidays("NL")), now=lambda: NOW)

    with pytest.raises(ValueError, match="this calendar has no time zone"):
        applied(cases, date(2026, 9, 21))
