"""Calendars of other countries: the same spans on the days of the package holidays."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import numpy as np
import pytest

from ssflow.calendar import (
    DayKind,
    DeadlineStatus,
    Notice,
    Rest,
    WorkCalendar,
    days,
    workdays,
)
from ssflow.errors import CoverageError, DataError, UnknownError
from ssflow.text import Text

CAL = WorkCalendar.china()


def column(*given: str) -> np.ndarray:
    return np.array(given, dtype="datetime64[D]")


def notice(**changes: object) -> Notice:
    rest = Rest(name=Text("搬迁", "removal"), first=date(2026, 5, 21), last=date(2026, 5, 22))
    given = {
        "id": "n",
        "title": "甲",
        "year": 2026,
        "evidence": Text("自拟", "own"),
        "complete": False,
        "places": ("440106",),
    }
    return Notice(**{**given, "rest": (rest,), **changes})


@pytest.mark.parametrize(("country", "subdiv"), [("HK", None), ("GB", "ENG"), ("HU", None), ("AE", None)])
def test_other_countries_agree_with_holidays_on_every_day(country: str, subdiv: str | None) -> None:
    """A calendar of another country works the days that the package says: Saturdays to work in Hungary, a week that changed."""
    cal = WorkCalendar.from_holidays(country, subdiv=subdiv, years=range(2018, 2028))
    theirs = holidays.country_holidays(country, subdiv=subdiv, years=range(2018, 2028))
    every_day = [date(2018, 1, 1) + timedelta(days=i) for i in range(3652)]

    assert [day for day in every_day if cal.is_workday(day) != theirs.is_working_day(day)] == []


# Where the package knows another week of an earlier time; Johor in Malaysia changed it twice.
CHANGED = [(code, None) for code in ("AE", "DZ", "JO", "KW", "OM", "QA", "SA", "SD", "TW", "YE")] + [("MY", "01")]


@pytest.mark.parametrize(("country", "subdiv"), CHANGED)
def test_the_week_is_that_of_its_time(country: str, subdiv: str | None) -> None:
    """From 1998 to 2029, a day without a holiday is a weekend or a working day as the package has it; never swapped."""
    years = range(1998, 2030)
    cal = WorkCalendar.from_holidays(country, subdiv=subdiv, years=years)
    theirs = holidays.country_holidays(country, subdiv=subdiv, years=years)
    every_day = [date(1998, 1, 1) + timedelta(days=i) for i in range(7 * 1660)]
    plain = [day for day in every_day if day not in theirs and day not in theirs.weekend_workdays]
    weeks = {
        frozenset(d.weekday() for d in seven if theirs.is_weekend(d))
        for seven in zip(*[iter(every_day)] * 7, strict=True)
    }

    assert len(weeks) > 1
    assert [day for day in every_day if cal.is_workday(day) != theirs.is_working_day(day)] == []
    assert [
        day
        for day in plain
        if cal.day(day).kind is not (DayKind.WEEKEND if theirs.is_weekend(day) else DayKind.WORKDAY)
    ] == []


def test_a_friday_in_the_emirates() -> None:
    """A weekend until 2021, a working day since; the account of a deadline says so too."""
    emirates = WorkCalendar.from_holidays("AE")
    account = workdays(3).deadline(date(2015, 1, 7), emirates).explain().say("en")

    assert emirates.day(date(2015, 1, 9)).kind is DayKind.WEEKEND
    assert emirates.day(date(2022, 1, 7)).kind is DayKind.WORKDAY
    assert "2 ordinary weekend days are not counted" in account


def test_several_parts_rest_together() -> None:
    """A day rests that rests in any of the parts, as laws for the whole kingdom have it, and has the names of all."""
    parts, years = ("ENG", "SCT", "WLS", "NIR"), range(2010, 2031)
    kingdom = WorkCalendar.from_holidays("GB", subdiv=parts, years=years)
    theirs = [holidays.country_holidays("GB", subdiv=part, years=years) for part in parts]
    every_day = [date(2010, 1, 1) + timedelta(days=i) for i in range(365 * 21)]

    assert [d for d in every_day if kingdom.is_workday(d) != all(part.is_working_day(d) for part in theirs)] == []
    assert kingdom.day(date(2026, 1, 2)).kind is DayKind.STATUTORY  # Scotland
    assert kingdom.day(date(2026, 3, 17)).name.en == "Saint Patrick's Day"
    assert kingdom.add(date(2026, 7, 10), 1) == date(2026, 7, 14)  # the Battle of the Boyne, in Northern Ireland
    assert kingdom == WorkCalendar.from_holidays("GB", subdiv=[*parts], years=years)
    assert kingdom.digest != WorkCalendar.from_holidays("GB", subdiv="ENG", years=years).digest


def test_parts_with_other_weeks_rest_together() -> None:
    """Johor rested on Friday and Saturday in 2020, Kuala Lumpur on Saturday and Sunday: together on all three."""
    both = WorkCalendar.from_holidays("MY", subdiv=("01", "14"))

    assert [both.day(date(2020, 6, d)).kind.name for d in (18, 19, 20, 21, 22)] == [
        "WORKDAY",
        "WEEKEND",
        "WEEKEND",
        "WEEKEND",
        "WORKDAY",
    ]


def test_the_same_spans_count_there() -> None:
    """Easter in England: ten working days and fifteen days that roll."""
    england = WorkCalendar.from_holidays("GB", subdiv="ENG", zone="Europe/London", firm_through=date(2026, 12, 31))
    deadline = days(15).deadline(date(2026, 3, 19), england)

    assert england.add(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert (deadline.unrolled, deadline.due, deadline.status) == (
        date(2026, 4, 3),
        date(2026, 4, 7),
        DeadlineStatus.FIRM,
    )
    assert deadline.closes().isoformat() == "2026-04-08T00:00:00+01:00"
    assert england.day(date(2026, 4, 3)).name.en == "Good Friday"
    assert "Good Friday" in deadline.explain().say("en")


@pytest.mark.parametrize(
    ("country", "zh", "en"),
    [
        ("HK", "圣诞节", "Christmas Day"),
        ("TW", "行宪纪念日", "Constitution Day"),
        ("GB", "Christmas Day", "Christmas Day"),
    ],
)
def test_holidays_have_names_in_both_languages(country: str, zh: str, en: str) -> None:
    """A holiday is named in Chinese and in English; in English alone where the package has no Chinese."""
    assert WorkCalendar.from_holidays(country).day(date(2026, 12, 25)).name == Text(zh, en)


def test_what_a_package_forecasts_is_not_firm() -> None:
    """Without somebody who vouches for it every day is provisional, and none has an instant without a zone."""
    hongkong = WorkCalendar.from_holidays("HK")

    assert workdays(1).deadline(date(2020, 1, 2), hongkong).status is DeadlineStatus.PROVISIONAL
    assert hongkong.as_of(date(2020, 1, 1)).is_workday(date(2026, 7, 2))  # what it knows has no date
    assert hongkong.as_of(date(2020, 1, 1)).add(date(2026, 6, 30), 1) == date(2026, 7, 2)
    account = workdays(2).deadline(date(2026, 6, 29), hongkong).explain().say("en")
    assert f"(by the package holidays {holidays.__version__})" in account
    assert "Civil Code" not in account
    with pytest.raises(
        CoverageError, match=r"say up to which day you have checked them: from_holidays\(..., firm_through=...\)"
    ):
        hongkong.strict().add(date(2026, 6, 30), 1)
    with pytest.raises(ValueError, match="this calendar has no time zone"):
        hongkong.is_workday(datetime(2026, 7, 1, tzinfo=UTC))
    with pytest.raises(CoverageError, match="does not reach beyond 2050; make it with more years"):
        hongkong.add(date(2050, 12, 31), 1)


def test_categories_of_holidays() -> None:
    """In Hong Kong Good Friday is a general holiday but none for every employee: the category decides."""
    general = WorkCalendar.from_holidays("HK", categories=("public", "optional"))

    assert WorkCalendar.from_holidays("HK").is_workday(date(2026, 4, 3))
    assert not general.is_workday(date(2026, 4, 3))
    with pytest.raises(UnknownError, match="unknown category of holidays 'bunk'"):
        WorkCalendar.from_holidays("HK", categories=("bunk",))


@pytest.mark.parametrize(
    ("country", "subdiv", "says"),
    [("XX", None, "unknown country 'XX'"), ("GB", "ENGLAND", "unknown part of the country 'ENGLAND'; did you mean")],
)
def test_an_unknown_country_is_refused(country: str, subdiv: str | None, says: str) -> None:
    """A country or a part of it that the package does not know is refused, with names that are near."""
    with pytest.raises(UnknownError, match=says):
        WorkCalendar.from_holidays(country, subdiv=subdiv)


def test_notices_of_another_country() -> None:
    """They are known from their day on, held to no Chinese holiday, and a column of views sees them alike."""
    own = notice(places=(), complete=True, known_from=date(2026, 4, 1))
    hongkong = WorkCalendar.from_holidays("HK", categories=["public"]).with_notices(own)
    day = date(2026, 5, 21)

    assert hongkong.day(day).kind is DayKind.SWAPPED
    assert hongkong.as_of(date(2026, 3, 31)).is_workday(day)
    assert not hongkong.as_of(date(2026, 4, 1)).is_workday(day)
    starts = column("2026-05-20", "2026-05-20")
    views = column("2026-03-31", "2026-04-01")
    assert workdays(1).deadlines(starts, hongkong, as_of=views).due.tolist() == [
        day,
        hongkong.add(date(2026, 5, 20), 1),
    ]
    plain = WorkCalendar.from_holidays("HK")
    assert workdays(1).deadlines(starts, plain, as_of=views).due.tolist() == [day, day]


def test_days_before_the_first_one_elsewhere() -> None:
    """Where a country's calendar begins, its error says how to make it longer."""
    with pytest.raises(CoverageError, match=r"make the calendar with more years: from_holidays\(..., years=...\)"):
        WorkCalendar.from_holidays("HK").count(date(1999, 1, 4), date(2001, 1, 4))
    assert CAL.count(date(2026, 1, 5), date(2026, 1, 6)) == 1
    with pytest.raises(CoverageError, match="add the notice of 2003"):
        CAL.count(date(2003, 1, 6), date(2026, 1, 6))
    assert CAL.count(datetime(2026, 2, 9, tzinfo=UTC), date(2026, 3, 13)) == 20
    assert CAL.count(date(2026, 12, 1), date(2027, 1, 5)) == CAL.count(date(2026, 12, 1), date(2026, 12, 31)) + 2


@pytest.mark.parametrize("years", [range(2000, 2051), range(1990, 1999)])
def test_an_error_names_the_day_that_was_asked(years: range) -> None:
    """Before the first year as after the last one the error carries the day."""
    with pytest.raises(CoverageError) as refused:
        WorkCalendar.from_holidays("HK", years=years).is_workday(date(1999, 1, 4))

    assert refused.value.day == date(1999, 1, 4)


def test_a_file_is_held_to_no_chinese_holiday_elsewhere(tmp_path: Path) -> None:
    """A notice of another country, from a file as from a program, need not let offices rest on China's National Day."""
    file = tmp_path / "typhoon.toml"
    text = 'title = "typhoon"\nyear = 2026\nevidence = ["自拟", "own"]\nwork = []\n'
    rest = '[[rest]]\nname = ["台风", "typhoon"]\nfirst = 2026-09-08\nlast = 2026-09-08\nextra = true\n'
    file.write_text(text + rest, encoding="utf-8")

    assert not WorkCalendar.from_holidays("HK").with_notices(file).is_workday(date(2026, 9, 8))
    with pytest.raises(DataError, match="would be worked"):
        CAL.with_notices(file)
