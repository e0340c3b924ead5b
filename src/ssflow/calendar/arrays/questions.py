"""Questions about columns of days: which are worked, which day comes n working days later, how many lie between two.

Each question is answered from the calendar's own tables, a chunk of rows at a time. Rows that the tables do not cover are asked
one by one, so that a column is refused exactly where a single day would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, day_of, is_column
from ssflow.calendar.arrays.rows import Rows
from ssflow.calendar.arrays.tables import DayArrays, arrays_of
from ssflow.errors import SsflowError

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Errors, Missing
    from ssflow.calendar.workcalendar import WorkCalendar

    Numbers = npt.NDArray[np.int64]

_DEPTH = 3  # calls between the question of a caller and the warning
CHUNK = 1 << 17  # rows at a time, so that intermediate results stay in the cache


def is_workday(calendar: WorkCalendar, days: Any, errors: Errors) -> Any:
    """Return for each day whether it is worked."""
    rows = Rows(calendar.zone, errors)
    asked = rows.days("day", days)
    answers = np.empty(len(asked), dtype=np.bool_)
    missing = _answered(calendar, rows, answers, (asked,), (), _is_workday, calendar.is_workday)
    if missing is not None:
        answers[missing] = False
    rows.tell(_DEPTH)
    return rows.give(answers, missing)


def add(calendar: WorkCalendar, days: Any, n: Any, errors: Errors) -> Any:
    """Return for each day the n-th working day after it; ``n`` is one number or a column of numbers."""
    rows = Rows(calendar.zone, errors)
    if not is_column(n):
        from ssflow.calendar.arrays.deadlines import ends_of
        from ssflow.calendar.spans import workdays

        found = ends_of(rows, workdays(n), "day", days, calendar)
        rows.tell(_DEPTH)
        return found.due
    asked, numbers = rows.days("day", days), rows.numbers("n", n)
    answers = np.empty(len(asked), dtype=np.int64)
    missing = _answered(calendar, rows, answers, (asked,), (numbers,), _add, calendar.add)
    if missing is not None:
        answers[missing] = MISSING
    rows.tell(_DEPTH)
    return rows.give(answers.view("datetime64[D]"), None)


def count(calendar: WorkCalendar, after: Any, through: Any, errors: Errors) -> Any:
    """Return for each pair of days the number of working days after the first, up to and including the second; either may be a single day."""
    rows = Rows(calendar.zone, errors)
    given = {"after": after, "through": through}
    columns = {name: rows.days(name, side) for name, side in given.items() if is_column(side)}
    sides = [
        columns[name] if name in columns else _alike(rows.one_day(name, side), rows.length)
        for name, side in given.items()
    ]
    answers = np.empty(rows.length, dtype=np.int64)
    missing = _answered(calendar, rows, answers, tuple(sides), (), _count, lambda a, b: calendar.count(a, day_of(b)))
    rows.tell(_DEPTH)
    return rows.give(answers, missing)


def chunks(n: int) -> Iterator[slice]:
    """Yield the rows of a column in slices."""
    return (slice(start, min(start + CHUNK, n)) for start in range(0, n, CHUNK))


def _answered(
    calendar: WorkCalendar,
    asked: Rows,
    answers: npt.NDArray[Any],
    days: tuple[Days, ...],
    numbers: tuple[Numbers, ...],
    ask: Callable[..., bool],
    ask_one: Callable[..., Any],
) -> Missing:
    """Fill in the answers, and return which rows are missing (None if none are).

    ``ask`` receives a table, the days, the numbers and the place for the answers; it returns whether the table holds the answers too.
    """
    days = (asked.present(days[0]), *days[1:])
    missing = np.zeros(0, dtype=np.bool_)
    for part in chunks(len(answers)):
        rows, more = [day[part] for day in days], [number[part] for number in numbers]
        low = min(int(row.min()) for row in (*rows, *more))
        if low == MISSING:
            if not missing.size:
                missing = np.zeros(len(answers), dtype=np.bool_)
            missing[part] = np.logical_or.reduce([row == MISSING for row in (*rows, *more)])
            low = calendar.first_day.toordinal() - EPOCH
            rows = [np.where(missing[part], low, row) for row in rows]
            more = [np.where(missing[part], 1, number) for number in more]
        low = min(int(row.min()) for row in rows)
        high = max(int(row.max()) for row in rows)
        reach = (arrays for arrays in arrays_of(calendar) if 0 <= arrays.first <= low and high <= arrays.last)
        if any(ask(arrays, *rows, *more, answers[part]) for arrays in reach):
            continue
        for row in range(part.start, part.stop):
            if not missing.size or not missing[row]:
                here = row - part.start
                try:
                    answers[row] = _one(ask_one, *(int(each[here]) for each in (*rows, *more)))
                except (SsflowError, ValueError) as error:
                    asked.refuse(row, error)
                    missing = missing if missing.size else np.zeros(len(answers), dtype=np.bool_)
                    missing[row] = True
    return missing if missing.size else None


def _is_workday(arrays: DayArrays, days: Days, worked: npt.NDArray[np.bool_]) -> bool:
    np.take(arrays.works, days, out=worked, mode="clip")
    return True


def _add(arrays: DayArrays, days: Days, n: Numbers, due: Days) -> bool:
    k = arrays.before[days + 1] + n - 1
    np.take(arrays.workdays, k, out=due, mode="clip")
    return bool(k.max() < len(arrays.workdays))


def _count(arrays: DayArrays, after: Days, through: Days, counted: Numbers) -> bool:
    through_day = arrays.before[1:]
    np.take(through_day, through, out=counted, mode="clip")
    counted -= np.take(through_day, after)
    return True


def _one(ask: Callable[..., Any], day: int, *others: int) -> Any:
    answer = ask(day_of(day), *others)
    return answer.toordinal() - EPOCH if isinstance(answer, date) else answer


def _alike(day: date, n: int) -> Days:
    return np.full(n, day.toordinal() - EPOCH, dtype=np.int64)
