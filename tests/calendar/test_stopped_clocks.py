"""Clocks that stood: how stops are written, what remains, extensions."""

from datetime import UTC, date, datetime

import pytest

from ssflow.calendar import (
    Span,
    WorkCalendar,
    days,
    hours,
    months,
    workdays,
)

CAL = WorkCalendar.china()


def test_stops_however_they_are_written() -> None:
    """Two stops from one day of which one is open, an empty one before a real one, one from the first day of all."""
    d = date(2026, 3, 9)
    ten = workdays(10)

    assert ten.deadline(date(2026, 3, 2), CAL, [(d, None), (d, date(2026, 3, 12))]).due is None
    assert ten.deadline(date(2026, 3, 2), CAL, [(d, d), (date(2026, 3, 10), date(2026, 3, 12))]).due == date(
        2026, 3, 18
    )
    assert ten.deadline(date(2026, 3, 2), CAL, [(date.min, date(2026, 3, 4))]).due == date(2026, 3, 17)


def test_months_whose_first_day_counts_are_their_days() -> None:
    """A month from the 1st, that day counted, is 31 days, stopped on its first day too."""
    stop = [(date(2026, 1, 1), date(2026, 1, 5))]
    month, as_days = months(1, first_day="included", roll="none"), days(31, first_day="included", roll="none")

    assert (
        month.deadline(date(2026, 1, 1), CAL, stop).due
        == as_days.deadline(date(2026, 1, 1), CAL, stop).due
        == date(2026, 2, 4)
    )


def test_rests_while_the_clock_stands_extend_nothing() -> None:
    """National Day of 2025 fell inside the stop: its rest days are left out once, not twice."""
    deadline = days(15, long_rests="added").deadline(date(2025, 9, 25), CAL, [(date(2025, 9, 30), date(2025, 10, 10))])

    assert (deadline.unrolled, deadline.due) == (date(2025, 10, 20), date(2025, 10, 20))


@pytest.mark.parametrize(
    ("span", "tolled", "on", "left"),
    [
        (workdays(5, first_day="included"), [(date(2026, 3, 4), None)], date(2026, 3, 9), 3),
        (workdays(5, first_day="included"), [(date(2026, 3, 4), date(2026, 3, 9))], date(2026, 3, 5), 3),
        (workdays(5, first_day="included"), [], date(2026, 3, 1), 5),
        (workdays(10, tolling="restart"), [(date(2026, 3, 9), date(2026, 3, 23))], date(2026, 3, 15), 10),
        (workdays(10, tolling="restart"), [(date(2026, 3, 9), date(2026, 3, 23))], date(2026, 3, 25), 8),
        (
            workdays(10, tolling="restart"),
            [(date(2026, 3, 9), date(2026, 3, 23)), (date(2026, 3, 26), date(2026, 4, 7))],
            date(2026, 3, 24),
            10,
        ),
    ],
)
def test_what_remains_where_the_count_began(span: Span, tolled, on: date, left: int) -> None:
    """First days that count and clocks that started anew are reckoned from where their count began."""
    assert span.deadline(date(2026, 3, 2), CAL, tolled).remaining(on) == left


def test_an_extension_while_the_clock_stands() -> None:
    """It adds to what remains, and its account neither invents a last day nor tells the stop twice."""
    standing = workdays(20).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)])
    extended = standing.extended(workdays(10))
    account = extended.explain().say("en")

    assert (standing.remaining(date(2026, 3, 20)), extended.remaining(date(2026, 3, 20))) == (16, 26)
    assert "extended by 10 working days, from a last day that is not known yet" in account
    assert account.count("is stopped") == 1


def test_days_after_hours_count_from_their_last_day() -> None:
    """Hours that end at midnight end on the day before; an extension in days counts from that day."""
    begun = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Beijing

    assert hours(24).deadline(begun, CAL).extended(days(1, roll="none")).due == date(2026, 3, 3)


def test_an_open_clock_extended_by_a_month_has_a_month_more() -> None:
    """What an extension by months adds while the clock stands is their days, reckoned from the first day."""
    standing = days(15).deadline(date(2026, 3, 2), CAL, [(date(2026, 3, 9), None)])

    assert standing.remaining(date(2026, 3, 20)) == 9
    assert standing.extended(months(1)).remaining(date(2026, 3, 20)) == 9 + 31
