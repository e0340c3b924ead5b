"""Months that were paid for are added up without counting any twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.machines.reckoning.periods import PaidPeriod, months_in_both, months_paid, months_without

days = st.dates(date(1992, 1, 1), date(2030, 12, 31))
periods = st.lists(
    st.builds(
        lambda a, b, place: PaidPeriod(min(a, b), max(a, b), place), days, days, st.sampled_from(["440100", "510100"])
    ),
    max_size=6,
)


def test_a_month_in_two_places_counts_once() -> None:
    """Guangzhou to June 2020, Chengdu from May 2020: eighteen months in all, two of them twice."""
    here = PaidPeriod(date(2019, 7, 1), date(2020, 6, 30), "440100")
    there = PaidPeriod(date(2020, 5, 15), date(2020, 12, 1), "510100")

    assert (months_paid([here, there]), months_in_both([here], [there])) == (18, 2)
    assert (months_paid([here]), months_paid([there]), months_paid([])) == (12, 8, 0)


@pytest.mark.parametrize(
    ("on", "gap"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), 0), (date(2021, 2, 1), 1), (date(2021, 4, 30), 3)]
)
def test_the_gap_before_a_month(on: date, gap: int) -> None:
    """The months that lie between the last one paid and the present one, neither of them counted."""
    assert months_without([PaidPeriod(date(2020, 1, 1), date(2020, 12, 31))], on) == gap


def test_nothing_paid_has_no_gap() -> None:
    """Where nothing was paid there is nothing to measure from."""
    with pytest.raises(ValueError, match="nothing was paid for up to 2020-01-01"):
        months_without([PaidPeriod(date(2021, 1, 1), date(2021, 2, 1))], date(2020, 1, 1))
    with pytest.raises(ValueError, match="runs backwards"):
        PaidPeriod(date(2021, 2, 1), date(2021, 1, 1))


@given(periods)
def test_each_month_once(drawn: list[PaidPeriod]) -> None:
    """The sum is the number of months that any period has, found by asking each month."""
    asked = [
        (year, month)
        for year in range(1992, 2031)
        for month in range(1, 13)
        if any((p.first.year, p.first.month) <= (year, month) <= (p.last.year, p.last.month) for p in drawn)
    ]

    assert months_paid(drawn) == len(asked)


@given(periods, days)
def test_up_to_a_day(drawn: list[PaidPeriod], by: date) -> None:
    """Up to a day there are the months that any period has until the month of that day."""
    asked = {
        (year, month)
        for year in range(1992, by.year + 1)
        for month in range(1, 13)
        if any((p.first.year, p.first.month) <= (year, month) <= (p.last.year, p.last.month) for p in drawn)
    }

    assert months_paid(drawn, by=by) == len([month for month in asked if month <= (by.year, by.month)])


@given(periods, periods)
def test_joining_records(some: list[PaidPeriod], others: list[PaidPeriod]) -> None:
    """However the records are ordered or joined, nothing is lost and nothing counted twice."""
    together = months_paid([*some, *others])

    assert together == months_paid([*others, *some, *some])
    assert max(months_paid(some), months_paid(others)) <= together <= months_paid(some) + months_paid(others)
    assert together == months_paid(some) + months_paid(others) - months_in_both(some, others)
    assert months_in_both(some, others) == months_in_both(others, some)
