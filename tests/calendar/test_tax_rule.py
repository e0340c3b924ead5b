"""The tax rule of long rests, held against the days that tax offices have published."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from ssflow.calendar import DeadlineStatus, WorkCalendar, days
from ssflow.calendar.deadline import Deadline

YEARS = tomllib.loads((Path(__file__).parent / "tax_periods.toml").read_text(encoding="utf-8"))["year"]
CAL = WorkCalendar.china()
TAX = days(15, long_rests="added")
PERIODS = [
    (table, month, date(table["year"], month, end))
    for table in YEARS
    for month, end in enumerate(table["ends"], 1)
    if end
]


def period(year: int, month: int, calendar: WorkCalendar = CAL) -> Deadline:
    """Fifteen days after the month before."""
    return TAX.deadline(date(year, month, 1) - timedelta(days=1), calendar)


def test_every_month_of_2021_to_2026_is_there() -> None:
    """No month of the years that national notices settle is left out of the table."""
    assert {(end.year, end.month) for _, _, end in PERIODS if end.year >= 2021} == {
        (year, month) for year in range(2021, 2027) for month in range(1, 13)
    }


@pytest.mark.parametrize("year", range(2021, 2027))
def test_since_2021_working_days_are_added(year: int) -> None:
    """Each month ends on the day of the notice of its year, and is firm."""
    wanted = [(end, DeadlineStatus.FIRM) for _, _, end in PERIODS if end.year == year]

    assert [(d.due, d.status) for d in (period(year, month) for month in range(1, 13))] == wanted


@pytest.mark.parametrize(("table", "month", "end"), PERIODS, ids=lambda value: str(value)[:10])
def test_each_published_day_is_one_of_the_readings(table: dict, month: int, end: date) -> None:
    """As it was known on the day of its table: the one reading before 2018, one of two where practice was mixed."""
    calendar = CAL.as_of(table["as_of"]) if "as_of" in table else CAL
    deadline = period(end.year, month, calendar)

    assert end in (deadline.due, deadline.otherwise)
    assert (deadline.otherwise is None) or 2018 <= end.year <= 2020


def test_where_practice_was_mixed_both_days_are_given() -> None:
    """October 2018 and 2020: the earlier day is the due day, which is safe for whoever is bound, and it is not firm."""
    found = [(d.due, d.otherwise, d.status) for d in (period(2018, 10), period(2020, 10))]

    assert found == [
        (date(2018, 10, 22), date(2018, 10, 24), DeadlineStatus.PROVISIONAL),
        (date(2020, 10, 23), date(2020, 10, 27), DeadlineStatus.PROVISIONAL),
    ]


def test_where_both_readings_agree_nothing_is_doubtful() -> None:
    """April 2018 ends on the 18th either way."""
    april = period(2018, 4)

    assert (april.due, april.otherwise, april.status) == (date(2018, 4, 18), None, DeadlineStatus.FIRM)


@pytest.mark.parametrize(
    ("year", "month", "zh", "en"),
    [
        (
            2026,
            10,
            "按工作日顺延7天，至2026-10-26（周一）（《税收征收管理法实施细则》第109条、税总办征科函〔2025〕64号）",
            "extended by as many working days to 2026-10-26 (Mon)",
        ),
        (2017, 10, "按自然日顺延8天，至2017-10-23（周一）", "extended by as many calendar days to 2017-10-23 (Mon)"),
        (2020, 10, "各地做法不一，另一种算法至2020-10-27（周二）", "by the other reading to 2020-10-27 (Tue)"),
    ],
)
def test_the_account_says_which_reading_and_by_which_notice(year: int, month: int, zh: str, en: str) -> None:
    """Working days since 2021, calendar days before 2018, both in between; the notice of the year is named."""
    account = period(year, month).explain()

    assert zh in account.say("zh")
    assert en in account.say("en")


def test_an_extension_of_a_doubtful_period_is_doubtful() -> None:
    """What is counted from a day that is not firm is not firmer."""
    assert period(2018, 10).extended(days(10)).status is DeadlineStatus.PROVISIONAL
