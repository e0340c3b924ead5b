"""The age of retirement by the schedule of 2025, to the month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.machines.facts.retirement_age import Group, months_of_delay, retirement_age, retirement_month

births = st.dates(date(1950, 1, 1), date(2010, 12, 31))
groups = st.sampled_from(list(Group))


@pytest.mark.parametrize(
    ("group", "born", "age"),
    [
        (Group.men, (1964, 12), (60, 0)),
        (Group.men, (1965, 1), (60, 1)),
        (Group.men, (1965, 4), (60, 1)),
        (Group.men, (1965, 5), (60, 2)),
        (Group.men, (1976, 8), (62, 11)),
        (Group.men, (1976, 9), (63, 0)),
        (Group.men, (1990, 1), (63, 0)),
        (Group.women_55, (1969, 12), (55, 0)),
        (Group.women_55, (1970, 1), (55, 1)),
        (Group.women_55, (1970, 4), (55, 1)),
        (Group.women_55, (1981, 8), (57, 11)),
        (Group.women_55, (1981, 9), (58, 0)),
        (Group.women_50, (1974, 12), (50, 0)),
        (Group.women_50, (1975, 1), (50, 1)),
        (Group.women_50, (1975, 2), (50, 1)),
        (Group.women_50, (1975, 3), (50, 2)),
        (Group.women_50, (1984, 10), (54, 11)),
        (Group.women_50, (1984, 11), (55, 0)),
    ],
)
def test_known_points(group: Group, born: tuple[int, int], age: tuple[int, int]) -> None:
    """The first and last months of the published tables, and their neighbours."""
    assert retirement_age(group, date(*born, 15)) == age


@given(groups, births, births)
def test_the_later_born_never_retire_earlier(group: Group, one: date, other: date) -> None:
    """Age and month of retirement rise with the month of birth, within the old age and the limit."""
    early, late = sorted((one, other))

    assert months_of_delay(group, early) <= months_of_delay(group, late)
    assert retirement_month(group, early) <= retirement_month(group, late)
    assert group.value.age * 12 <= group.value.age * 12 + months_of_delay(group, late) <= group.value.limit * 12


@given(groups)
def test_one_month_for_every_few_births(group: Group) -> None:
    """Between the first month of birth that waits and the limit each month of delay is shared by as many months of birth."""
    months = [date(year, month, 1) for year in range(1960, 1990) for month in range(1, 13)]
    shared: dict[int, int] = {}
    for born in months:
        delay = months_of_delay(group, born)
        shared[delay] = shared.get(delay, 0) + 1
    longest = (group.value.limit - group.value.age) * 12

    assert {shared[delay] for delay in range(1, longest)} == {group.value.births}
