"""The age of retirement by the figures of the rulebook, to the month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.machines.reckoning.retirement_age import (
    Group,
    Schedule,
    in_months,
    months_of_delay,
    retirement_age,
    retirement_day,
    schedule_of,
)
from ssflow.rules import Value, rulebook

births = st.dates(date(1950, 1, 1), date(2010, 12, 31))
groups = st.sampled_from(list(Group))
REFORM = date(2025, 1, 1)


def figure(parameter: str, group: Group, day: date) -> Value | None:
    """A figure of a group on a day."""
    return rulebook("retirement").find(parameter, day, keys={"group": group.name})


def schedule(group: Group, day: date = REFORM) -> Schedule:
    """The schedule of a group by the figures of a day."""
    age = figure("old_age", group, day)
    assert age is not None
    return schedule_of(age, figure("age_limit", group, day), figure("births", group, day))


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
    assert retirement_age(schedule(group), date(*born, 15)) == age


@pytest.mark.parametrize("group", Group)
def test_the_last_to_keep_the_old_age(group: Group) -> None:
    """Whoever reached the old age by the end of 2024 keeps it; the next month of birth waits one month more."""
    made = schedule(group)
    last = date(2024 - made.age // 12, 12, 31)

    assert retirement_day(made, last) == date(2024, 12, 31)
    assert retirement_day(made, date(last.year + 1, 1, 1)) == date(2025, 2, 1)


@given(groups, births)
def test_before_the_reform_there_is_the_old_age_alone(group: Group, born: date) -> None:
    """By the figures of 2024 nobody waits, whenever born."""
    assert retirement_age(schedule(group, date(2024, 12, 31)), born) == (schedule(group).age // 12, 0)


def test_a_month_without_the_day_of_birth() -> None:
    """Born on the 31st, the age is reached on the last day of a shorter month."""
    assert retirement_day(schedule(Group.men), date(1965, 1, 31)) == date(2025, 2, 28)


def test_an_age_in_days_is_refused() -> None:
    """A figure that is neither of years nor of months says so."""
    handling = rulebook("retirement").find("handling", REFORM)
    assert handling is not None

    with pytest.raises(ValueError, match="handling: is 20 working days; an age or a paid time is given in years or"):
        in_months(handling)


@pytest.mark.parametrize(
    ("year", "months"), [(2011, 180), (2029, 180), (2030, 186), (2031, 192), (2038, 234), (2039, 240), (2060, 240)]
)
def test_the_minimum_rises_by_half_a_year(year: int, months: int) -> None:
    """Fifteen years until 2029, then six months more each year, up to twenty."""
    value = rulebook("retirement").find("minimum", date(year, 12, 31))

    assert value is not None
    assert in_months(value) == months


@given(groups, births, births)
def test_the_later_born_never_retire_earlier(group: Group, one: date, other: date) -> None:
    """Age and day of retirement rise with the day of birth, within the old age and the limit."""
    made = schedule(group)
    early, late = sorted((one, other))

    assert months_of_delay(made, early) <= months_of_delay(made, late)
    assert retirement_day(made, early) <= retirement_day(made, late)
    assert made.age <= made.age + months_of_delay(made, late) <= made.limit


@given(groups)
def test_one_month_for_every_few_births(group: Group) -> None:
    """Between the first month of birth that waits and the limit each month of delay is shared by as many months of birth."""
    made = schedule(group)
    months = [date(year, month, 1) for year in range(1960, 1990) for month in range(1, 13)]
    shared: dict[int, int] = {}
    for born in months:
        delay = months_of_delay(made, born)
        shared[delay] = shared.get(delay, 0) + 1

    assert {shared[delay] for delay in range(1, made.limit - made.age)} == {made.births}
