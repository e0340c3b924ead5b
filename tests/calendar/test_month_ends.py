"""Periods that end with a month: by the end of the month of the event, or of a later one."""

from datetime import date

import numpy as np
import pytest

from ssflow.calendar import Span, WorkCalendar

CAL = WorkCalendar.china()


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        (1, date(2026, 2, 10), date(2026, 2, 28)),
        (1, date(2026, 5, 31), date(2026, 5, 31)),  # a Sunday, and the last day of its month: it does not roll
        (1, date(2024, 2, 1), date(2024, 2, 29)),
        (2, date(2026, 12, 31), date(2027, 1, 31)),
        (13, date(2026, 2, 10), date(2027, 2, 28)),
    ],
)
def test_to_the_end_of_a_month(n: int, start: date, due: date) -> None:
    """By the month: the first end of a month is that of the month of the event, whatever day it is."""
    span = Span(n, "month_ends")

    assert span.deadline(start, CAL).due == due
    assert Span.parse(str(span)) == Span.parse(span.text.zh) == Span.parse(span.text.en) == span
    assert list(span.deadlines(np.array([start.isoformat()], dtype="datetime64[D]"), CAL).due.astype(str)) == [
        due.isoformat()
    ]


@pytest.mark.parametrize(
    "how",
    [{"roll": "next"}, {"before": True}, {"first_day": "included"}, {"month_end": "sticky"}, {"tolling": "restart"}],
)
def test_the_end_of_a_month_is_counted_in_one_way(how: dict[str, object]) -> None:
    """What has no meaning there is refused when the span is made."""
    with pytest.raises(ValueError, match=next(iter(how))):
        Span(1, "month_ends", **how)


def test_the_account_of_a_month_says_nothing_of_a_first_day() -> None:
    """Days are not counted one by one."""
    account = Span(1, "month_ends").deadline(date(2026, 2, 10), CAL).explain()

    assert account.say("en").startswith("1. from 2026-02-10 (Tue) to the end of the month")
    assert "不计入" not in account.say("zh")
