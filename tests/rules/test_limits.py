"""The limits of general administrative law: each has its length in the unit that its statute means, and can be counted."""

from datetime import date

import pytest

from ssflow.calendar import LICENSING, WorkCalendar
from ssflow.rules import statutory_limits

CAL = WorkCalendar.china()
LIMITS = {limit.rows[0]: limit for limit in statutory_limits()}


def test_each_is_accounted_for() -> None:
    """A limit has an article, a page and one row of the research; what has no length says how it is counted instead."""
    assert len(LIMITS) == len(statutory_limits())
    for limit in statutory_limits():
        assert limit.article and limit.url and len(limit.rows) == 1
        assert (limit.span is None) == (limit.starts is None)
        assert limit.span or "No length" in limit.note.en
        assert limit.span is None or limit.statute.zh in limit.span.basis.zh


def test_a_first_day_from_memory_is_not_given_as_read() -> None:
    """A limit whose note says that its first day is from memory is not graded as the text of a statute."""
    from_memory = [limit.rows for limit in statutory_limits() if "from memory" in limit.note.en]

    assert from_memory == [("LT-TAX-3DAY",)]
    assert {limit.confidence for limit in statutory_limits() if limit.rows in from_memory} == {"unverified"}
    assert LIMITS["LT-LIC-20WD"].confidence == "statute"


def test_the_licensing_law_binds_the_authority_by_working_days() -> None:
    """Its limits on the authority are in the days that article 82 makes them; one on the holder is in calendar days."""
    for limit in statutory_limits():
        if limit.statute.zh == LICENSING.title.zh and limit.span and limit.bound == "authority":
            assert limit.span.unit == LICENSING.days(limit.span.n, limit.since).unit
    assert LIMITS["LT-LIC-RENEW-30"].span.unit == "days"


@pytest.mark.parametrize(
    ("row", "start", "due"),
    [
        ("LT-LIC-20WD", date(2025, 9, 15), date(2025, 10, 17)),  # 28 September and 11 October are worked
        ("LT-LIC-CORR-5WD", date(2026, 2, 12), date(2026, 2, 26)),  # 13, 14 (a worked Saturday), 24, 25, 26 February
        (
            "LT-LIC-HEARNOTE-7WD",
            date(2026, 10, 12),
            date(2026, 9, 24),
        ),  # back: 10, 9, 8 October, 30, 29, 28, 24 September
        ("LT-LIC-RENEW-30", date(2026, 3, 31), date(2026, 3, 1)),  # a Sunday: counted back, it does not move
        ("LT-GII-CORR-7WD", date(2024, 4, 1), date(2024, 4, 11)),  # 2, 3, 7 (a worked Sunday), 8, 9, 10, 11 April
    ],
)
def test_counted_by_hand(row: str, start: date, due: date) -> None:
    """Forwards and, where it ends before an event, backwards."""
    assert LIMITS[row].span.deadline(start, CAL).due == due
