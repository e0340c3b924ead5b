"""Spans as people write them."""

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ssflow.calendar import (
    LICENSING,
    RECONSIDERATION,
    Span,
    WorkCalendar,
    days,
    half_months,
    hours,
    months,
    weeks,
    workdays,
    years,
)
from ssflow.calendar.spans import UNITS, Unit
from ssflow.errors import CoverageError, InputError

CAL = WorkCalendar.china()
lengths = st.builds(Span, st.integers(1, 10**9 - 1), st.sampled_from(UNITS))


@given(lengths)
@example(half_months(1))
@example(half_months(2))
@example(workdays(1))
def test_what_is_written_is_read_back(span: Span) -> None:
    """In Chinese, in English and as data, whatever the unit."""
    assert Span.parse(span.text.zh) == Span.parse(span.text.en) == Span.parse(str(span)) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("15个工作日", workdays(15)),
        ("15 working days", workdays(15)),
        ("十五个工作日", workdays(15)),
        ("１５ 个工作日", workdays(15)),
        ("15 个 工作日", workdays(15)),
        ("15个工作日内", workdays(15)),
        ("三十个自然日以内", days(30)),
        ("六个月之内", months(6)),
        ("20工作日", workdays(20)),
        ("1 Workday", workdays(1)),
        ("3 business days", workdays(3)),
        ("30个自然日", days(30)),
        ("三十自然日", days(30)),
        ("30 calendar days", days(30)),
        ("2周", weeks(2)),
        ("两周", weeks(2)),
        ("8 weeks", weeks(8)),
        ("三个星期", weeks(3)),
        ("半个月", half_months(1)),
        ("半月", half_months(1)),
        ("一个半月", half_months(3)),
        ("2个半月", half_months(5)),
        ("half a month", half_months(1)),
        ("1 and a half months", half_months(3)),
        ("3 half_months", half_months(3)),
        ("2 half_months", months(1)),
        ("6个月", months(6)),
        ("十二个月", months(12)),
        ("1 month", months(1)),
        ("半年", months(6)),
        ("两年", years(2)),
        ("1年", years(1)),
        ("24小时", hours(24)),
        ("二十四个小时", hours(24)),
        ("一百零五个工作日", workdays(105)),
        ("一百八十个自然日", days(180)),
        ("两百三十五个自然日", days(235)),
    ],
)
def test_forms_that_people_use(text: str, span: Span) -> None:
    """Chinese numerals, full-width digits, singular and plural, with and without a measure word."""
    assert Span.parse(text) == span


@pytest.mark.parametrize(("text", "n"), [("15日", 15), ("十五日", 15), ("30天", 30), (" ３０ 日 ", 30)])
def test_bare_days_are_a_question(text: str, n: int) -> None:
    """Some laws mean working days by them, so the error asks which, in both languages."""
    with pytest.raises(InputError) as refused:
        Span.parse(text)

    assert "是工作日还是自然日" in refused.value.say("zh")
    assert f"“{n}个工作日”或“{n}个自然日”" in refused.value.say("zh")
    assert f"write '{n} working days' or '{n} days'" in refused.value.say("en")
    assert refused.value.faults[0].path == ""


def test_a_law_says_what_its_days_are() -> None:
    """With the law and the day bare days are read; what is not bare stays as it is."""
    on = date(2026, 1, 5)

    assert Span.parse("5日", RECONSIDERATION, on) == RECONSIDERATION.days(5, on)
    assert str(Span.parse("十五日", LICENSING, on)) == "15 workdays"
    assert str(Span.parse("60日", RECONSIDERATION, on)) == "60 days"
    assert Span.parse("15个自然日", LICENSING, on) == days(15)
    with pytest.raises(CoverageError):
        Span.parse("5日", LICENSING, date(2003, 1, 1))
    with pytest.raises(InputError, match="the day on which the law is applied is required"):
        Span.parse("5日", LICENSING)


@pytest.mark.parametrize("text", ["6月", "三月", "12 月"])
def test_a_month_of_the_year_is_no_span(text: str) -> None:
    """6月 is June; six months are 6个月."""
    with pytest.raises(InputError, match="names a month; for a span write"):
        Span.parse(text)


@given(
    st.one_of(
        st.text(), st.text("0123456789十百千零两一二半个工作自然日天周月年小时 dayswekmonth_"), st.none(), st.integers()
    )
)
@example("一百五个工作日")
@example("二十")
@example("0 days")
@example("零个工作日")
@example("十两周")
@example("1.5 days")
@example("-5 days")
@example("9" * 5000 + " days")
def test_everything_else_is_refused_by_us(text: object) -> None:
    """No text ends in an error of Python's own; each error speaks both languages."""
    try:
        span = Span.parse(text)
    except InputError as error:
        refused = error
    else:
        assert Span.parse(str(span)) == span
        return
    assert refused.faults
    assert refused.say("zh") != refused.say("en")


def test_weeks_are_seven_days_that_roll() -> None:
    """Eight weeks are 56 calendar days; counted back they stay."""
    from ssflow.calendar import WorkCalendar

    calendar = WorkCalendar.china()
    for start in (date(2026, 1, 5), date(2026, 8, 12)):
        assert weeks(8).deadline(start, calendar).due == days(56).deadline(start, calendar).due
        back = weeks(2, before=True)
        assert back.deadline(start, calendar).due == days(14, before=True).deadline(start, calendar).due
    assert weeks(8).rolled("none").roll == "none"
    account = weeks(2).deadline(date(2026, 9, 18), calendar).explain()
    assert account.say("zh").startswith("1. 2周，")
    assert account.say("en").startswith("1. 2 weeks;")


@given(
    st.integers(1, 11), st.integers(2, 12), st.sampled_from(["workdays", "days", "weeks", "months", "years", "hours"])
)
def test_a_range_is_read_back_and_ends_with_its_higher_number(least: int, n: int, unit: Unit) -> None:
    """What is written of a range in either language is read back; it is due when the higher number has run, and shows both."""
    assume(least < n)
    span = Span(n, unit, least=least)
    assert Span.parse(str(span)) == Span.parse(span.text.en) == Span.parse(span.text.zh) == span
    assert span.text.en.startswith(f"{least} to {n} ")
    if unit != "hours":
        start = date(2010, 3, 2)
        assert span.deadline(start, CAL).due == Span(n, unit).deadline(start, CAL).due


@pytest.mark.parametrize(("least", "unit"), [(3, "months"), (4, "months"), (1, "month_ends")])
def test_a_range_runs_upwards(least: int, unit: Unit) -> None:
    """The lower number is less than the higher, and of whole units."""
    with pytest.raises(InputError, match="the lower number of a range"):
        Span(3, unit, least=least, roll="none")


@pytest.mark.parametrize("text", ["2-3 months", "2 to 3 months", "2至3个月", "两到三个月"])
def test_ranges_as_people_write_them(text: str) -> None:
    """Laws and guides give ranges in several ways."""
    assert Span.parse(text) == months(3, least=2)
