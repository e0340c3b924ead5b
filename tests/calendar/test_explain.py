"""The account of a deadline names every day that mattered, with its notice or article, in both languages."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import WorkCalendar, days, hours, months, workdays

CAL = WorkCalendar.china()


def test_working_days_across_spring_festival() -> None:
    """Rest days, make-up days and weekends are told apart, with the notice."""
    account = workdays(20).deadline(date(2026, 2, 9), CAL).explain()

    assert account.say("zh").splitlines() == [
        "1. 20个工作日，2026-02-09（周一）当日不计入（《民法典》第201条）",
        "2. 2026-02-14（周六）调休上班，计入（国办发明电〔2025〕7号）",
        "3. 2026-02-15至2026-02-23放假9天（春节），不计入（国办发明电〔2025〕7号）",
        "4. 2026-02-28（周六）调休上班，计入（国办发明电〔2025〕7号）",
        "5. 其间普通周末3天不计入",
        "6. 2026-03-13（周五）24时届满（确定）",
    ]
    assert "9 days (Spring Festival), not counted (国办发明电〔2025〕7号)" in account.say("en")


@pytest.mark.parametrize(
    ("deadline", "says"),
    [
        (
            days(15).deadline(date(2026, 9, 22), CAL),
            "2026-10-07是休息日（国庆节），移至2026-10-08（周四）（《民法典》第203条）",
        ),
        (days(5, roll="none").deadline(date(2026, 9, 22), CAL), "该日是休息日，但此期间不顺延"),
        (
            months(1).deadline(date(2023, 1, 31), CAL),
            "没有对应日，以月末为最后一日：2023-02-28（周二）（《民法典》第202条）",
        ),
        (months(1).deadline(date(2018, 3, 1), CAL), "《民法总则》第201条"),
        (workdays(3).deadline(date(2010, 3, 1), CAL), "《民法通则》第154条"),
        (
            workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), date(2026, 3, 19))]),
            "2026-03-09至2026-03-18停止计算，2026-03-19起继续",
        ),
        (workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)]), "暂无届满日"),
        (workdays(20).deadline(date(2026, 12, 4), CAL), "暂定：工作日安排确定至2026-12-28"),
        (workdays(20).deadline(date(2026, 12, 4), CAL), "尚无放假通知，按法定节假日推算"),
        (workdays(5, before=True).deadline(date(2026, 10, 9), CAL), "自2026-10-09（周五）向前推算5个工作日"),
        (
            hours(24).deadline(datetime(2012, 5, 1, 15, tzinfo=timezone(timedelta(hours=8))), CAL),
            "至2012-05-02 15:00届满",
        ),
    ],
)
def test_says_why(deadline, says: str) -> None:
    """Rolling, month ends, stops, forecasts and hours each have their sentence."""
    assert says in str(deadline.explain())


@given(st.dates(date(2005, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_the_account_adds_up(start: date, n: int) -> None:
    """The days it says are not counted, and the n that are, make up the whole period."""
    import re

    deadline = workdays(n).deadline(start, CAL)
    account = deadline.explain().say("en")
    rested = sum(int(count) for count in re.findall(r"rest, (\d+) days", account))
    rested += len(re.findall(r"\d rests \(", account))
    rested += sum(int(count) for count in re.findall(r"(\d+) ordinary weekend", account))

    assert rested + n == (deadline.due - start).days
