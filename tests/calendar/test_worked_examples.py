"""The worked examples of the research, read from a file that a lawyer can check."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from ssflow.calendar import DayKind, Span, WorkCalendar, days, workdays

EXAMPLES = tomllib.loads((Path(__file__).parent / "worked_examples.toml").read_text(encoding="utf-8"))["example"]
RESEARCHED = {1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37, 38, 40, 41}
CAL = WorkCalendar.china()


def test_no_example_is_left_out() -> None:
    """Every number of the research has its examples."""
    assert {example["n"] for example in EXAMPLES} == RESEARCHED


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['n']}-{e['start']}-{e.get('region', 'nation')}")
def test_worked_example(example: dict) -> None:
    """The library finds the day that was counted by hand."""
    calendar = CAL.in_region(example.get("region", ""))
    calendar = calendar.as_of(example["as_of"]) if "as_of" in example else calendar
    span = Span.parse(example["span"])
    span = span.rolled(example.get("roll", span.roll))

    deadline = span.deadline(example["start"], calendar, example.get("tolled", ()))
    if "extended" in example:
        deadline = deadline.extended(Span.parse(example["extended"]))

    assert deadline.due == example["due"]
    assert deadline.unrolled == example.get("raw", example["due"])


def test_the_review_of_example_34_takes_twelve_working_days() -> None:
    """The days that were chosen for it are twelve working days, as the example says."""
    review = next(example["tolled"][0] for example in EXAMPLES if "tolled" in example)

    assert sum(CAL.is_workday(day.date) for day in CAL.days(*review)) - CAL.is_workday(review[1]) == 12


@pytest.mark.parametrize(
    ("start", "n", "known", "due"),
    [
        (date(2020, 1, 20), 10, date(2020, 1, 26), date(2020, 2, 7)),
        (date(2020, 1, 20), 10, date(2020, 1, 27), date(2020, 2, 11)),
        (date(2019, 4, 22), 7, date(2019, 3, 21), date(2019, 5, 2)),
        (date(2019, 4, 22), 7, date(2019, 3, 22), date(2019, 4, 30)),
        (date(2015, 8, 28), 5, date(2015, 5, 12), date(2015, 9, 4)),
        (date(2015, 8, 28), 5, date(2015, 5, 13), date(2015, 9, 7)),
        (date(2018, 12, 24), 5, date(2018, 12, 5), date(2018, 12, 31)),
        (date(2018, 12, 24), 5, date(2018, 12, 6), date(2018, 12, 29)),
        (date(2026, 12, 4), 20, date(2026, 11, 22), date(2027, 1, 4)),
    ],
)
def test_what_was_known_decides(start: date, n: int, known: date, due: date) -> None:
    """The same question has another answer the day on which a notice or an amendment is published."""
    assert workdays(n).deadline(start, CAL.as_of(known)).due == due


@pytest.mark.parametrize(
    ("code", "start", "n", "due"),
    [
        ("450000", date(2021, 4, 13), 1, date(2021, 4, 18)),
        ("450000", date(2021, 4, 13), 3, date(2021, 4, 20)),
        ("450000", date(2018, 4, 13), 5, date(2018, 4, 24)),
        ("450102", date(2021, 4, 13), 1, date(2021, 4, 18)),  # a district of Nanning has the days of Guangxi
        ("110000", date(2014, 11, 6), 1, date(2014, 11, 13)),
        ("110000", date(2014, 10, 31), 7, date(2014, 11, 14)),
        ("310000", date(2010, 4, 29), 1, date(2010, 5, 5)),
        ("", date(2021, 4, 13), 1, date(2021, 4, 14)),
        ("", date(2014, 11, 6), 1, date(2014, 11, 7)),
    ],
)
def test_places_have_days_of_their_own(code: str, start: date, n: int, due: date) -> None:
    """The calendar of the place decides, for the places within it too."""
    assert CAL.in_region(code).add(start, n) == due


def test_an_organs_holiday_is_none_of_an_enterprises() -> None:
    """During the APEC meeting of 2014 the organs of Beijing rested, enterprises were free to choose."""
    beijing = CAL.in_region("110000"), CAL.in_region("110000", body="enterprise")

    assert [cal.is_workday(date(2014, 11, 7)) for cal in beijing] == [False, True]
    assert beijing[0].day(date(2014, 11, 7)).kind is DayKind.EXTRA


def test_a_groups_holiday_never_closes_an_office() -> None:
    """At Corban 2005 those rested in Xinjiang who celebrate it; offices stayed open."""
    assert CAL.in_region("650000").is_workday(date(2005, 1, 24))


@pytest.mark.parametrize(
    ("span", "start", "due"),
    [
        (days(15), date(2026, 1, 30), date(2026, 2, 14)),
        (days(15), date(2026, 9, 22), date(2026, 10, 8)),
        (days(15), date(2026, 2, 3), date(2026, 2, 24)),
        (days(15, roll="none"), date(2026, 2, 3), date(2026, 2, 18)),
        (days(30, before=True, roll="previous"), date(2026, 3, 31), date(2026, 2, 28)),
        (days(60, before=True), date(2026, 5, 10), date(2026, 3, 11)),
        (workdays(30, before=True), date(2026, 3, 31), date(2026, 2, 11)),
        (workdays(3, before=True), date(2026, 10, 9), date(2026, 9, 29)),
        (Span.parse("1 month"), date(2026, 9, 7), date(2026, 10, 8)),
        (Span.parse("1 month"), date(2026, 3, 4), date(2026, 4, 7)),
        (Span.parse("1 year"), date(2024, 2, 29), date(2025, 2, 28)),
    ],
    ids=str,
)
def test_examples_of_the_peers(span: Span, start: date, due: date) -> None:
    """Further answers that were worked out when other libraries were compared."""
    assert span.deadline(start, CAL).due == due
