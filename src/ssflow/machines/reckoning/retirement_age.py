"""The age of retirement, to the month, for every month of birth.

From a first month on the age rises by one month for every few months of birth, up to a limit; a person who had reached the old age before
keeps it. The numbers are figures of the rulebook of retirement; before the reform there is the old age alone, which nothing delays.
"""

from __future__ import annotations

from datetime import date
from enum import Enum, unique

from attrs import field, frozen

from ssflow.calendar import Span
from ssflow.calendar.clock import months_after
from ssflow.doors import check_day, check_kind, checked
from ssflow.errors import InputError
from ssflow.machines.reckoning.months import month_of
from ssflow.process import Act, Rule
from ssflow.rules import Value
from ssflow.text import Text

_OLDEST = 200 * 12  # months; beyond any life


@unique
class Group(Enum):
    """The groups of persons by retirement age, as in the decision of 13 September 2024."""

    men = Text("男职工", "men")
    women_55 = Text("原法定退休年龄55周岁的女职工", "women of the 55 group")
    women_50 = Text("原法定退休年龄50周岁的女职工", "women of the 50 group")


def _some_months(name: str, given: object) -> None:
    check_kind(name, given, int)
    if not isinstance(given, int) or not 1 <= given <= _OLDEST:
        raise InputError.of(name, f"须为1至{_OLDEST}个月", f"1 to {_OLDEST} months are required")


@frozen
class Schedule:
    """The old age and the limit in months, how many months of birth share one month of delay, and since when.

    Raises:
        InputError: a number is not one of months in a life, the limit is below the old age, or ``since`` is not a day.

    >>> men = Schedule(age=60 * 12, limit=63 * 12, births=4, since=date(2025, 1, 1))

    """

    age: int = field(validator=checked(_some_months))
    limit: int = field(validator=checked(_some_months))
    births: int = field(validator=checked(_some_months))
    since: date = field(validator=checked(check_day))

    def __attrs_post_init__(self) -> None:
        if self.limit < self.age:
            raise InputError.of(
                "limit",
                f"延迟后的年龄不能低于原退休年龄（{self.limit}个月，{self.age}个月）",
                f"no delay leads below the old age: {self.limit} months are less than {self.age}",
            )


def schedule_of(age: Value, limit: Value | None, births: Value | None) -> Schedule:
    """Return the schedule from the figures of a day; without a limit or a pace there is only the old age."""
    old = in_months(age)
    if limit is None or births is None:
        return Schedule(old, limit=old, births=1, since=age.since)
    return Schedule(old, in_months(limit), in_months(births), births.since)


def in_months(value: Value) -> int:
    """Return the months of a figure of years or months.

    Raises:
        InputError: the figure is not one of years or months.

    """
    check_kind("value", value, Value)
    match value.amount:
        case Span(n=n, unit="years"):
            return n * 12
        case Span(n=n, unit="months"):
            return n
    raise InputError.of(
        value.parameter,
        f"是{value.amount_text.zh}；年龄和缴费年限以年或月计",
        f"is {value.amount_text.en}; an age or a paid time is given in years or months",
    )


def months_of_delay(schedule: Schedule, born: date) -> int:
    """Return by how many months the age of a person born in that month is above the old one.

    >>> months_of_delay(Schedule(720, 756, 4, date(2025, 1, 1)), date(1965, 1, 31))
    1

    """
    check_kind("schedule", schedule, Schedule)
    check_day("born", born)
    later = month_of(born) + schedule.age - month_of(schedule.since)
    return min(max(0, later // schedule.births + 1), schedule.limit - schedule.age)


def retirement_age(schedule: Schedule, born: date) -> tuple[int, int]:
    """Return the statutory age in years and months.

    >>> retirement_age(Schedule(600, 660, 2, date(2025, 1, 1)), date(1975, 2, 28))
    (50, 1)

    """
    delay = months_of_delay(schedule, born)
    return divmod(schedule.age + delay, 12)


def retirement_day(schedule: Schedule, born: date) -> date:
    """Return the day on which the statutory age is reached, or the last of its month if the month has no such day.

    >>> retirement_day(Schedule(720, 756, 4, date(2025, 1, 1)), date(1965, 1, 31))
    datetime.date(2025, 2, 28)

    """
    delay = months_of_delay(schedule, born)
    try:
        return months_after(born, schedule.age + delay)
    except OverflowError as error:
        raise InputError.of(
            "born", f"{born}在历法终点之前不满法定年龄", f"a person born on {born} retires after the year 9999"
        ) from error


def ahead_of(day: date | None, figure: Rule, act: Act[object]) -> date | None:
    """Return the day that lies a figure's span before another; None if the day or the figure is not known."""
    return act.end_of(figure, day, before=True) if day else None


def between(first: date | None, day: date | None, last: date | None) -> bool:
    """Return whether a day lies between two others, both included; false if one of the three is not known."""
    return first is not None and day is not None and last is not None and first <= day <= last
