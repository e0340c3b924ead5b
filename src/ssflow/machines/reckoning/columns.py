"""Days of retirement and months paid for whole columns: NumPy, pandas, polars, Arrow or lists, as the calendar answers them.

Each row gets the result of `retirement_day` for a birth, or of `months_paid` for a person's periods. A row holds a day or nothing, as
everywhere in `ssflow.calendar.arrays`; Series are paired by their labels. NumPy is imported on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ssflow.calendar.arrays.columns import Errors, require_numpy
from ssflow.doors import check_day, check_kind
from ssflow.errors import InputError
from ssflow.machines.reckoning.retirement_age import Group, Schedule, schedule_of
from ssflow.rules import Rulebook


def schedules(book: Rulebook, on: date) -> dict[Group, Schedule]:
    """Return the schedules of all groups by the figures of a day, for `retirement_days`.

    >>> from ssflow.rules import rulebook
    >>> schedules(rulebook("retirement"), date(2026, 1, 1))[Group.men]
    Schedule(age=720, limit=756, births=4, since=datetime.date(2025, 1, 1))

    Raises:
        InputError: there is no age for a group on that day, or an argument is not a day or not a rulebook.
        UnknownError: the rulebook is not that of retirement.

    """
    check_kind("book", book, Rulebook)
    check_day("on", on)
    found = {}
    for group in Group:
        age, limit, births = (
            book.find(name, on, keys={"group": group.name}) for name in ("old_age", "age_limit", "births")
        )
        if age is None:
            raise InputError.of(
                "on",
                f"{on}没有{group.value.zh}的退休年龄数据；请给较晚的日期",
                f"there is no age of {group.value.en} on {on}; give a later day",
            )
        found[group] = schedule_of(age, limit, births)
    return found


def retirement_days(schedules: Mapping[Group, Schedule], born: Any, group: Any, *, errors: Errors = "raise") -> Any:
    """Return the day on which each row's statutory age is reached, as a column of the kind of ``born``.

    ``group`` is one group for all rows or a column of groups: members of `Group`, their names or their titles. A row without
    a birth or a group stays missing. ``errors="missing"`` leaves rows missing that have no answer, and warns of them.

    >>> import numpy as np
    >>> from ssflow.rules import rulebook
    >>> born = np.array(["1965-01-31", "NaT", "1976-09-01"], dtype="datetime64[D]")
    >>> retirement_days(schedules(rulebook("retirement"), date(2026, 1, 1)), born, Group.men)
    array(['2025-02-28',        'NaT', '2039-09-01'], dtype='datetime64[D]')

    Raises:
        InputError: rows hold no day or no group, ``schedules`` holds something else, or the columns do not belong together.

    """
    require_numpy("retirement_days")
    from ssflow.machines.reckoning import arrays

    return arrays.retirement_days(schedules, born, group, errors)


def paid_months(person: Any, first: Any, last: Any, *, by: date | None = None, errors: Errors = "raise") -> Any:
    """Return for each period of many persons the months that its person paid for in all, each counted once.

    One row is one period, from the month of ``first`` to that of ``last``, of the person in ``person``, a column of any comparable values.
    The answer, as long as the columns and of the kind of ``first``, has the same number in all rows of a person; up to the month of a day
    ``by``, if one is given. Where a day of one of the periods is missing, that number is not known, and missing in all of them.

    >>> paid_months(["a", "b", "a"], [date(2019, 7, 1), date(2020, 1, 1), date(2020, 5, 15)],
    ...     [date(2020, 6, 30), date(2020, 1, 1), date(2020, 12, 1)])
    array([18,  1, 18])

    Raises:
        InputError: rows hold no days, a period runs backwards, or the columns do not belong together.

    """
    require_numpy("paid_months")
    from ssflow.machines.reckoning import arrays

    return arrays.paid_months(person, first, last, by, errors)
