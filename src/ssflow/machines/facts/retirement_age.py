"""The age of retirement, to the month, for every month of birth (the schedule in force since 2025).

From January 2025 on the age rises by one month for every few months of birth, up to a limit. Who had reached the old age
before keeps it. Source: the decision of the Standing Committee of 13 September 2024 that approves the Measures of the State Council
on gradually delaying the statutory retirement age, in force 2025-01-01; corroborated by two pages. No procedure uses it yet.
"""

from __future__ import annotations

from datetime import date
from enum import Enum, unique

from attrs import frozen

from ssflow.text import Text

FIRST_YEAR = 2025  # whoever reached the old age before this year retires at it


@frozen
class Schedule:
    """The old age and the limit in years, and how many months of birth share one month of delay."""

    title: Text
    age: int
    limit: int
    births: int


@unique
class Group(Enum):
    """Who retires at which age: the three groups of the decision of 13 September 2024."""

    men = Schedule(Text("男职工", "men"), 60, 63, 4)
    women_55 = Schedule(Text("原法定退休年龄55周岁的女职工", "women of the 55 group"), 55, 58, 4)
    women_50 = Schedule(Text("原法定退休年龄50周岁的女职工", "women of the 50 group"), 50, 55, 2)


def months_of_delay(group: Group, born: date) -> int:
    """By how many months the age of somebody born in that month is above the old one.

    >>> months_of_delay(Group.men, date(1965, 1, 31)), months_of_delay(Group.men, date(1964, 12, 1))
    (1, 0)

    """
    schedule = group.value
    later = (born.year + schedule.age - FIRST_YEAR) * 12 + born.month - 1
    return min(max(0, later // schedule.births + 1), (schedule.limit - schedule.age) * 12)


def retirement_age(group: Group, born: date) -> tuple[int, int]:
    """The statutory age in years and months.

    >>> retirement_age(Group.women_50, date(1975, 2, 28))
    (50, 1)

    """
    return divmod(group.value.age * 12 + months_of_delay(group, born), 12)


def retirement_month(group: Group, born: date) -> date:
    """The first day of the month in which the statutory age is reached.

    >>> retirement_month(Group.men, date(1965, 1, 31))
    datetime.date(2025, 2, 1)

    """
    years, months = retirement_age(group, born)
    year, month = divmod((born.year + years) * 12 + born.month - 1 + months, 12)
    return date(year, month + 1, 1)
