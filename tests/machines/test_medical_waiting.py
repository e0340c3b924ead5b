"""From when medical benefits run after a move."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.machines.medical_transfer.waiting import (
    Backpay,
    Break,
    Enrolment,
    Figures,
    continues,
    months_unbroken,
    resident_wait,
    waits,
)
from ssflow.machines.reckoning.months import month_of
from ssflow.machines.reckoning.periods import PaidPeriod, months_paid

NATION = Figures(short_gap=3, steady_cover=24, longest_wait=6, fixed_wait=3, yearly_wait=1, many_years=48, least_wait=6)
BEFORE_2025 = Figures(short_gap=3, steady_cover=24, longest_wait=6)
OWN = evolve(NATION, local_wait=3)

days = st.dates(date(1992, 1, 1), date(2030, 12, 31))
periods = st.lists(st.builds(lambda a, b: PaidPeriod(min(a, b), max(a, b)), days, days), max_size=5)
gaps = st.builds(
    Break,
    months=st.none() | st.integers(0, 60),
    unbroken=st.integers(0, 60),
    across=st.booleans(),
    resident=st.booleans(),
    backpay=st.sampled_from(Backpay),
    enrolment=st.sampled_from(Enrolment),
    missed=st.integers(5, 9),
    bought=st.integers(0, 5),
)


@pytest.mark.parametrize(
    ("gap", "first", "last"),
    [
        (Break(months=0, unbroken=12), 0, 0),
        (Break(months=3, unbroken=12), 0, 0),
        (Break(months=3, unbroken=12, backpay=Backpay.paid), -3, -3),
        (Break(months=4, unbroken=12), 0, 6),
        (Break(months=4, unbroken=12, backpay=Backpay.paid), 0, 6),
        (Break(months=None, unbroken=0), 0, 6),
        (Break(months=3, unbroken=24, across=True), 0, 0),
        (Break(months=3, unbroken=23, across=True), 0, 6),
        (Break(months=3, unbroken=24, across=True, resident=True), 0, 0),
        (Break(months=3, unbroken=23, across=True, resident=True), 3, 3),
        (Break(months=0, unbroken=12, resident=True, enrolment=Enrolment.late), 3, 3),
        (Break(months=12, unbroken=12, resident=True, enrolment=Enrolment.exempt), 0, 0),
        (Break(months=12, unbroken=12, resident=True, missed=1), 4, 4),
    ],
)
def test_waits(gap: Break, first: int, last: int) -> None:
    """What the nation's figures make of a gap: covered in retrospect, no wait, a fixed one, or up to the most a place may set."""
    assert waits(gap, NATION) == range(first, last + 1)


def test_a_place_sets_its_own_after_a_long_gap_of_employees() -> None:
    """Its figure is for employees with more than a short gap, and for nobody else."""
    assert waits(Break(months=4, unbroken=12), OWN) == range(3, 4)
    assert waits(Break(months=3, unbroken=1, across=True), OWN) == range(7)
    assert waits(Break(months=9, unbroken=9, resident=True), evolve(BEFORE_2025, local_wait=3)) == range(7)


@pytest.mark.parametrize(
    ("missed", "bought", "wait"), [(0, 0, 3), (3, 3, 3), (3, 0, 6), (4, 4, 6), (4, 0, 7), (9, 8, 6)]
)
def test_missed_years_of_residents(missed: int, bought: int, wait: int) -> None:
    """Three months, one more for each year not bought back, and six at least after four missed years."""
    assert resident_wait(Break(months=0, unbroken=0, missed=missed, bought=bought), NATION) == wait


@given(gaps)
def test_without_figures_nothing_is_known(gap: Break) -> None:
    """Where the rules say nothing, no month is called right or wrong."""
    assert waits(gap, Figures()) is None


@given(gaps, st.sampled_from([NATION, BEFORE_2025, OWN]))
def test_only_a_gap_paid_for_is_covered_in_retrospect(gap: Break, figures: Figures) -> None:
    """Nobody is covered from before the new cover but by back-payment of a short gap; whoever stays covered never waits."""
    lawful = waits(gap, figures)

    assert lawful
    assert min(lawful) >= 0 or (gap.backpay is Backpay.paid and -min(lawful) == gap.months <= 3)
    assert max(lawful) <= 0 or not continues(gap, figures)


@given(gaps)
def test_buying_back_never_lengthens_a_wait(gap: Break) -> None:
    """One more year bought back shortens the wait of a resident by a month, or leaves it at its least."""
    more = evolve(gap, bought=gap.bought + 1)

    assert resident_wait(more, NATION) in (resident_wait(gap, NATION) - 1, 6)


@given(periods, days)
def test_months_in_a_row(drawn: list[PaidPeriod], on: date) -> None:
    """Going back from the last paid month, one comes to the first one that was not paid."""
    paid = {month for period in drawn for month in period.months if month <= month_of(on)}
    row = months_unbroken(drawn, on)

    assert row <= months_paid(drawn, by=on)
    assert (row == 0) == (not paid)
    assert all(max(paid) - back in paid for back in range(row))
    assert not paid or max(paid) - row not in paid
