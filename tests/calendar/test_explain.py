"""The account of a deadline names every day that mattered, with its notice or article, in both languages."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import WorkCalendar, days, half_months, hours, months, workdays, years

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


ACCOUNTS = [
    workdays(20).deadline(date(2026, 2, 9), CAL),
    workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), date(2026, 3, 19))]),
    workdays(5, before=True).deadline(date(2026, 10, 9), CAL),
    workdays(5, tolling="restart").deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 5), date(2026, 3, 10))]),
    days(15).deadline(date(2026, 9, 22), CAL),
    days(15, long_rests="added").deadline(date(2023, 9, 30), CAL),
    days(30, before=True, roll="previous").deadline(date(2026, 3, 31), CAL),
    days(10, first_day="included").deadline(date(2026, 3, 2), CAL),
    months(1, month_end="sticky").deadline(date(2026, 2, 28), CAL),
    workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)]),
    workdays(20).deadline(date(2026, 12, 4), CAL),
    workdays(1).deadline(date(2015, 9, 2), CAL),
    hours(24).deadline(datetime(2012, 5, 1, 15, tzinfo=timezone(timedelta(hours=8))), CAL),
    years(2, roll="none").deadline(date(2026, 3, 2), CAL),
    workdays(2).deadline(date(2014, 11, 6), CAL.in_region("110000")),
]


@pytest.mark.parametrize("deadline", ACCOUNTS, ids=lambda deadline: f"{deadline.span}-{deadline.start:%Y-%m-%d}")
def test_day_by_day(deadline) -> None:
    """Every day of the period has its part; the counted ones are numbered without a gap, the last number is the span's."""
    account = deadline.explain()
    numbers = [day.number for day in account.days if day.number is not None]
    listed = [day.day.date for day in account.days]

    assert listed == sorted(listed, reverse=deadline.span.before)
    assert len(listed) == len(set(listed))
    assert {
        deadline.calendar.civil_day(deadline.start),
        deadline.due or deadline.calendar.civil_day(deadline.start),
    } <= set(listed)
    if deadline.span.unit == "workdays" and deadline.due is not None:
        assert numbers[-deadline.span.n :] == list(range(1, deadline.span.n + 1))
        assert account.days[-1].part == "due"
    for lang in ("zh", "en"):
        assert len(account.rows(lang)) == len(listed)
        assert account.to_markdown(lang).count("\n") == len(listed) + 1


@pytest.mark.parametrize("deadline", ACCOUNTS, ids=lambda deadline: f"{deadline.span}-{deadline.start:%Y-%m-%d}")
def test_a_picture_in_a_notebook(deadline) -> None:
    """In a notebook an account is its steps and a picture that names the due day; both are well-formed, in either language."""
    from xml.etree import ElementTree as ET

    for lang in ("zh", "en"):
        html = deadline.explain(lang)._repr_html_()
        ET.fromstring(html)  # noqa: S314 - our own text
        assert html.count("<li>") == len(deadline.explain().steps)
        assert ("届满日" if lang == "zh" else "due") in html or deadline.due is None
    assert deadline._repr_html_() == deadline.explain()._repr_html_()
    assert str(deadline.explain("en")) == deadline.explain().say("en")


def test_the_numbers_of_clocks_that_stood() -> None:
    """A clock that goes on keeps its number, one that starts anew begins again; one that stands is shown a week on."""
    gone_on, anew, standing = (ACCOUNTS[i].explain().days for i in (1, 3, 9))

    assert [(day.number, day.part) for day in gone_on if date(2026, 3, 6) <= day.day.date <= date(2026, 3, 19)] == [
        (4, "counted"),
        *[(None, "passed over")] * 2,
        *[(None, "stopped")] * 10,
        (5, "counted"),
    ]
    assert [day.number for day in anew] == [None, 1, 2, *[None] * 6, 1, 2, 3, None, None, 4, 5]
    assert standing[-1].day.date == date(2026, 3, 16)
    assert {day.number for day in ACCOUNTS[12].explain().days} == {None}  # hours have no running days


def test_the_day_by_day_account_of_a_festival() -> None:
    """A lawyer reads which day was which: the third day after the event is a make-up Saturday, by this notice."""
    rows = workdays(20).deadline(date(2026, 2, 9), CAL).explain().rows("en")

    assert rows[0] == {
        "day": "2026-02-09",
        "weekday": "Mon",
        "calendar": "working day",
        "count": "start",
        "number": "",
        "basis": "",
    }
    assert rows[5] == {
        "day": "2026-02-14",
        "weekday": "Sat",
        "calendar": "make-up working day",
        "count": "counted",
        "number": "5",
        "basis": "国办发明电〔2025〕7号",
    }
    assert rows[8]["calendar"] == "Spring Festival"
    assert (rows[-1]["count"], rows[-1]["number"]) == ("due", "20")


@pytest.mark.parametrize(
    ("deadline", "zh", "en"),
    [
        (ACCOUNTS[3], "2026-03-10起重新计算", "started anew from 2026-03-10"),
        (
            ACCOUNTS[5],
            "期限内连续三日以上的休假共6天，按工作日顺延6天，至2023-10-23（周一）（《税收征收管理法实施细则》第109条",
            "extended by as many working days to 2023-10-23 (Mon)",
        ),
        (ACCOUNTS[7], "当日计入", "is counted"),
        (ACCOUNTS[8], "自月末起，至月末止：2026-03-31（周二）", "from the end of a month to the end of a month"),
        (
            workdays(2).deadline(date(2018, 6, 12), CAL.in_region("640000")),
            "暂定：期间内有的年份缺当地放假通知",
            "provisional: of a year in the period the place's own notice is missing",
        ),
        (ACCOUNTS[14], "2014-11-07至2014-11-12放假6天", "rest, 6 days"),
    ],
)
def test_says_how_it_was_counted(deadline, zh: str, en: str) -> None:
    """Each way of counting has its sentence, in both languages."""
    assert zh in deadline.explain().say("zh")
    assert en in deadline.explain().say("en")


@pytest.mark.parametrize(
    "deadline",
    [
        years(60, roll="none").deadline(date(1960, 1, 1), CAL),
        days(30, roll="none").deadline(date(2027, 1, 1), CAL.strict()),
        hours(24).deadline(datetime(2027, 3, 1, 4, tzinfo=UTC), CAL.strict()),
        half_months(1, roll="none").deadline(date(2099, 12, 25), CAL),
    ],
    ids=lambda deadline: str(deadline.span),
)
def test_what_was_computed_can_be_told(deadline) -> None:
    """An account needs no more of the calendar than its deadline did."""
    assert deadline._repr_html_()
    assert str(deadline.due) in deadline.explain().say("en")


@pytest.mark.parametrize(
    ("lang", "large", "small"),
    [("zh", "2026-03-13（周五）", "确定，20个工作日"), ("en", "2026-03-13 (Fri)", "firm, 20 working days")],
)
def test_a_page_begins_with_the_answer(lang: str, large: str, small: str) -> None:
    """The last day with its weekday stands first and large, then how sure it is and of which span; then the steps."""
    page = workdays(20).deadline(date(2026, 2, 9), CAL).explain(lang)._repr_html_()
    answer = page.index(f'<strong style="font-size:2em">{large}</strong> {small}</p>')
    assert answer < page.index("<ol>") < page.index("<svg")


def test_a_page_says_why_there_is_no_answer() -> None:
    """A clock that stands has no last day; what was extended names all spans, what is read in two ways both days."""
    deadline = workdays(20).deadline(date(2026, 2, 9), CAL, [(date(2026, 2, 10), None)])
    assert '<strong style="font-size:2em">stopped</strong> 20 working days' in deadline.explain("en")._repr_html_()
    longer = days(15).deadline(date(2026, 9, 22), CAL).extended(days(10))
    assert "15 days, then 10 days" in longer.explain("en")._repr_html_()
