"""Every notice in the folder adds up, and all of them together agree with other people's calendars."""

from datetime import date, timedelta

import holidays
import pytest

from ssflow.calendar import DayKind, WorkCalendar
from ssflow.calendar.loading import default_notices
from ssflow.calendar.statutory import statutory_days, statutory_rows

CAL = WorkCalendar.china()
NOTICES = [notice for notice in default_notices() if notice.is_national]
FIRST, LAST = CAL.first_day, date(CAL.firm_through.year, 12, 31)
DAYS = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
# chinesecalendar lacks this make-up Saturday, which 国办发明电〔2005〕35号 orders.
MISSING_ELSEWHERE = {date(2005, 12, 31)}


def test_every_year_has_its_notice() -> None:
    """No year between the first and the last is without one."""
    years = {notice.year for notice in NOTICES}

    assert years == set(range(min(years), max(years) + 1))


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.id)
def test_provenance_is_given(notice) -> None:
    """A notice says how its day of publication is known, and where it can be read unless that is missing."""
    assert notice.evidence
    assert notice.url or "missing" in notice.evidence.en
    assert notice.known_from < min(notice.rest[0].first, *(notice.work or (date.max,)))


def test_agrees_with_holidays_on_every_day() -> None:
    """The notices and the package holidays call the same days working days."""
    theirs = holidays.country_holidays("CN", years=range(FIRST.year - 1, LAST.year + 1))

    assert [day for day in DAYS if CAL.is_workday(day) != theirs.is_working_day(day)] == []


def test_agrees_with_chinesecalendar_but_for_one_day() -> None:
    """Chinesecalendar differs on one day, where the notice is right."""
    import chinese_calendar

    known = [day for day in DAYS if day.year <= 2026]

    assert {day for day in known if CAL.is_workday(day) != chinese_calendar.is_workday(day)} == MISSING_ELSEWHERE


def test_no_statutory_day_is_worked() -> None:
    """Whatever a notice moves, the days of the holiday regulation rest."""
    worked = [day for year in range(FIRST.year, LAST.year + 1) for day in statutory_days(year) if CAL.is_workday(day)]

    assert worked == []


@pytest.mark.parametrize("year", range(FIRST.year, LAST.year + 1))
def test_weekdays_lost_are_the_statutory_days(year: int) -> None:
    """Weekdays less working days are the statutory days, but where days cross a year's end, in 2015 and in 2020."""
    known = {2005: 9, 2006: 9, 2007: 12, 2011: 10, 2012: 12, 2015: 12, 2020: 13}
    days = [day for day in DAYS if day.year == year]
    lost = sum(day.weekday() < 5 for day in days) - sum(map(CAL.is_workday, days))

    assert lost == known.get(year, len(statutory_rows(year)))


def test_make_up_days_are_weekend_days() -> None:
    """151 make-up working days from 2004 to 2026, all on weekends."""
    made_up = [day for day in DAYS if day.year <= 2026 and CAL.day(day).kind is DayKind.MAKEUP]

    assert len(made_up) == 151
    assert all(day.weekday() >= 5 for day in made_up)
