"""Days of retirement and months paid for whole columns, computed with NumPy; the public functions are in `columns`.

The scalar rule gives the delay of each month of birth once, and the columns look it up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, is_column
from ssflow.calendar.arrays.refusals import BEYOND
from ssflow.calendar.arrays.rows import Rows
from ssflow.calendar.clock import ZONE
from ssflow.calendar.foreign import is_missing
from ssflow.doors import check_kind
from ssflow.errors import InputError
from ssflow.machines.reckoning.retirement_age import Group, Schedule, months_of_delay
from ssflow.text import Text

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Errors

    Numbers = npt.NDArray[np.int64]

_DEPTH = 3  # calls between the question of a caller and the warning
_EPOCH = 1970 * 12  # the month of 1 January 1970, numbered since the year 0
_LAST = 9999 * 12 + 11  # the last month of the last year
_FIRST_DAY, _LAST_DAY = (day.toordinal() - EPOCH for day in (date.min, date.max))
_GROUPS = list(Group)
_NAMES = {
    name: number for number, group in enumerate(_GROUPS) for name in (group, group.name, group.value.zh, group.value.en)
}
_NO_GROUP = Text(
    f"退休类别须为{'、'.join(f'{group.name}（{group.value.zh}）' for group in Group)}之一",
    f"a group is one of {', '.join(f'{group.name} ({group.value.en})' for group in Group)}",
)
_NO_SCHEDULE = Text("schedules中没有该类别", "schedules has none for this group")
_BACKWARDS = Text("缴费期间首尾颠倒", "a period ends after it begins; this one runs backwards")
_OTHER_PERIOD = Text("同一人的另一段期间有误", "another period of the same person is wrong")


def retirement_days(schedules: Mapping[Group, Schedule], born: Any, group: Any, errors: Errors) -> Any:
    """Return the retirement days of a column; see `columns.retirement_days`."""
    if not isinstance(schedules, Mapping):
        raise InputError.of(
            "schedules",
            f"须为各类别的退休年龄表：schedules(rulebook('retirement'), day)，不是{type(schedules).__name__}",
            f"the schedules of the groups are required, schedules(rulebook('retirement'), day), not {type(schedules).__name__}",
        )
    for key, held in schedules.items():
        check_kind("schedules", key, Group)
        check_kind(f"schedules.{key.name}", held, Schedule)
    rows = Rows(ZONE, errors)
    births = _days(rows, "born", born)
    groups = _groups(rows, group)
    births = rows.present(births)
    reached = np.full(len(births), MISSING)
    for number in np.unique(groups[groups >= 0]).tolist():
        here = np.flatnonzero((groups == number) & (births != MISSING))
        schedule = schedules.get(_GROUPS[number])
        if schedule is None:
            rows.lack("group", here, _NO_SCHEDULE)
        else:
            reached[here] = _of_each_day(partial(_reached, schedule), births[here])
            rows.lack("born", here[reached[here] == MISSING], BEYOND)
    rows.tell(_DEPTH)
    return rows.give(reached.view("datetime64[D]"), None)


def paid_months(person: Any, first: Any, last: Any, by: date | None, errors: Errors) -> Any:
    """Return the paid months of a column; see `columns.paid_months`."""
    rows = Rows(ZONE, errors)
    begun, ended = _days(rows, "first", first), _days(rows, "last", last)
    persons = _numbered(rows.values("person", person))
    there = (begun != MISSING) & (ended != MISSING)
    rows.lack("last", np.flatnonzero(there & (ended < begun)), _BACKWARDS)
    known = there & (rows.present(begun) != MISSING) & (persons >= 0)
    low, high = _of_each_day(_months, begun[known]), _of_each_day(_months, ended[known])
    if by is not None:
        day = rows.one_day("by", by)
        high = np.minimum(high, day.year * 12 + day.month - 1)
    sums = _joined(persons[known], low, high, int(persons.max(initial=0)) + 1)
    unknown = np.zeros(len(sums), dtype=np.bool_)
    unknown[persons[~known & (persons >= 0)]] = True
    missing = (persons < 0) | unknown[persons]
    if len(rows.left):
        wrong = np.isin(persons, persons[rows.left]) & (persons >= 0)
        wrong[rows.left] = False
        rows.lack("last", np.flatnonzero(wrong), _OTHER_PERIOD)
    rows.tell(_DEPTH)
    return rows.give(np.where(missing, 0, sums[persons]), missing if missing.any() else None)


def _days(rows: Rows, name: str, column: Any) -> Days:
    """Return the days of a column. NumPy and Arrow may hold days that no calendar has."""
    days = rows.days(name, column)
    rows.lack(name, np.flatnonzero((days != MISSING) & ((days < _FIRST_DAY) | (days > _LAST_DAY))), BEYOND)
    return days


def _groups(rows: Rows, group: Any) -> Numbers:
    """Return the numbers of the groups, below 0 where there is none."""
    if not is_column(group):
        if _name(group) < 0:
            raise InputError.of("group", _NO_GROUP.zh, _NO_GROUP.en)
        return np.full(rows.length, _name(group))
    given = rows.values("group", group).tolist()
    try:
        numbers = np.array([_NAMES.get(name, -1) for name in given], dtype=np.int64)
    except TypeError:  # a list, a dict
        numbers = np.array([_name(name) for name in given], dtype=np.int64)
    wrong = [row for row in np.flatnonzero(numbers < 0).tolist() if not is_missing(given[row])]
    rows.lack("group", np.array(wrong, dtype=np.intp), _NO_GROUP)
    return numbers


def _name(group: Any) -> int:
    return _NAMES.get(group, -1) if isinstance(group, str | Group) else -1


def _of_each_day(rule: Callable[[Days], Numbers], days: Days) -> Numbers:
    """Return a rule's result for some days, computed once for each day between the first and the last where that is fewer."""
    if not len(days) or (first := days.min()) + len(days) <= (last := days.max()):
        return rule(days)
    found: Numbers = np.take(rule(np.arange(first, last + 1)), days - first)
    return found


def _reached(schedule: Schedule, births: Days) -> Days:
    """Return the days on which people born on some days reach the statutory age, `MISSING` beyond the last year."""
    months = _months(births)
    before = births - _first_of(months)
    first = int(months.min(initial=_LAST))
    born_in = (date(month // 12, month % 12 + 1, 1) for month in range(first, int(months.max(initial=0)) + 1))
    ages = np.array([schedule.age + months_of_delay(schedule, born) for born in born_in], dtype=np.int64)
    months += np.take(ages, months - first)
    on_or_last = np.minimum(_first_of(months) + before, _first_of(months + 1) - 1)  # as `months_after` has it
    return np.where(months > _LAST, MISSING, on_or_last)


def _months(days: Days) -> Numbers:
    """Return the months of some days, numbered since the year 0."""
    return days.view("datetime64[D]").astype("datetime64[M]").astype(np.int64) + _EPOCH


def _first_of(months: Numbers) -> Days:
    """Return the first days of some months."""
    return (months - _EPOCH).view("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _numbered(persons: npt.NDArray[Any]) -> Numbers:
    """Return a number for each different person, -1 where there is none."""
    if persons.dtype.kind in "iuSU":
        codes: Numbers = np.unique(persons, return_inverse=True)[1].astype(np.int64)
        return codes
    found: dict[Any, int] = {}
    try:
        return np.array(
            [-1 if is_missing(each) else found.setdefault(each, len(found)) for each in persons.tolist()],
            dtype=np.int64,
        )
    except TypeError as error:  # a list, a dict
        raise InputError.of(
            "person",
            "须为能区分各人的值，例如文字或整数",
            "values are required by which persons are told apart, such as text or numbers",
        ) from error


def _joined(persons: Numbers, low: Numbers, high: Numbers, n: int) -> Numbers:
    """Return how many months each person has from ``low`` to ``high``, each counted once.

    The periods of all persons are put one after another on one long line; in the order of their beginnings, each adds the part
    beyond all that ended before it.
    """
    line = persons * (_LAST + 2)
    low, high = low + line, high + line
    order = np.argsort(low, kind="stable")
    low, high = low[order], high[order]
    reached = np.maximum.accumulate(np.concatenate(([-1], high)))[:-1]
    added = np.maximum(high - np.maximum(low - 1, reached), 0)
    sums: Numbers = np.bincount(persons[order], added, n).astype(np.int64)
    return sums
