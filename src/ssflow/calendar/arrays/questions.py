"""Is it worked, what comes n working days later, how many lie between: for columns of days.

Each question is answered from the calendar's own tables, some rows at a time. Rows that these do not cover are asked one by
one, so that a column is refused just where a day would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, day_of, is_column, read
from ssflow.calendar.arrays.tables import DayArrays, arrays_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing
    from ssflow.calendar.workcalendar import WorkCalendar

    Numbers = npt.NDArray[np.int64]

_MOST = 10_000_000  # working days
CHUNK = 1 << 17  # rows at a time, so that what is computed on the way stays in the cache


def is_workday(calendar: WorkCalendar, days: Any) -> Any:
    """For each day whether it is worked."""
    column = read(days, calendar.zone)
    answers = np.empty(len(column.days), dtype=np.bool_)
    missing = _answered(calendar, answers, (column.days,), (), _is_workday, calendar.is_workday)
    if missing is not None:
        answers[missing] = False
    return column.give(answers, missing)


def add(calendar: WorkCalendar, days: Any, n: Any) -> Any:
    """For each day the n-th working day after it; ``n`` is one number, or a column of them."""
    if not is_column(n):
        from ssflow.calendar.spans import workdays

        return workdays(n).deadlines(days, calendar).due
    column, numbers = read(days, calendar.zone), np.asarray(n).reshape(-1)
    if numbers.size and (numbers.dtype.kind not in "iu" or numbers.min() < 1):
        msg = f"numbers of working days are whole numbers of at least 1, not {numbers.dtype} from {numbers.min()} on"
        raise ValueError(msg)
    numbers = np.minimum(numbers, _MOST)  # more lead beyond every calendar, where the day is refused
    answers = np.empty(len(column.days), dtype=np.int64)
    missing = _answered(calendar, answers, (column.days,), (numbers.astype(np.int64),), _add, calendar.add)
    if missing is not None:
        answers[missing] = MISSING
    return column.give(answers.view("datetime64[D]"), None)


def count(calendar: WorkCalendar, after: Any, through: Any) -> Any:
    """For each pair of days the working days after the first, up to and including the second; one may be a single day."""
    columns = [read(side, calendar.zone) for side in (after, through) if is_column(side)]
    sides = [
        read(side, calendar.zone).days if is_column(side) else _alike(calendar.civil_day(side), len(columns[0].days))
        for side in (after, through)
    ]
    answers = np.empty(len(sides[0]), dtype=np.int64)
    missing = _answered(calendar, answers, tuple(sides), (), _count, lambda a, b: calendar.count(a, day_of(b)))
    return columns[0].give(answers, missing)


def chunks(n: int) -> Iterator[slice]:
    """The rows of a column, some at a time."""
    return (slice(start, min(start + CHUNK, n)) for start in range(0, n, CHUNK))


def same_length(*columns: npt.NDArray[Any]) -> int:
    """The length of some columns.

    Raises:
        ValueError: they differ.

    """
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        msg = f"columns of {' and '.join(map(str, sorted(lengths)))} rows do not belong together; give one row for each day"
        raise ValueError(msg)
    return lengths.pop()


def _answered(
    calendar: WorkCalendar,
    answers: npt.NDArray[Any],
    days: tuple[Days, ...],
    numbers: tuple[Numbers, ...],
    ask: Callable[..., bool],
    ask_one: Callable[..., Any],
) -> Missing:
    """Fill in the answers; return which rows are missing, None if none are.

    ``ask`` is handed a table that holds the days, the days, the numbers and where to put the answers; it says whether they
    were in the table too.
    """
    same_length(*days, *numbers)
    missing = np.zeros(0, dtype=np.bool_)
    for part in chunks(len(answers)):
        rows, more = [day[part] for day in days], [number[part] for number in numbers]
        low = min(int(row.min()) for row in rows)
        if low == MISSING:
            if not missing.size:
                missing = np.zeros(len(answers), dtype=np.bool_)
            missing[part] = np.logical_or.reduce([row == MISSING for row in rows])
            low = calendar.first_day.toordinal() - EPOCH
            rows = [np.where(missing[part], low, row) for row in rows]
            more = [np.where(missing[part], 1, number) for number in more]
            low = min(int(row.min()) for row in rows)
        high = max(int(row.max()) for row in rows)
        reach = (arrays for arrays in arrays_of(calendar) if 0 <= arrays.first <= low and high <= arrays.last)
        if not any(ask(arrays, *rows, *more, answers[part]) for arrays in reach):
            here = ~missing[part] if missing.size else slice(None)
            answers[part][here] = _one_by_one(ask_one, *(row[here] for row in (*rows, *more)))
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


def _one_by_one(ask: Callable[..., Any], days: Days, *others: Numbers) -> list[Any]:
    answers = [
        ask(day_of(day), *rest) for day, *rest in zip(days.tolist(), *(other.tolist() for other in others), strict=True)
    ]
    return [answer.toordinal() - EPOCH if isinstance(answer, date) else answer for answer in answers]


def _alike(day: date, n: int) -> Days:
    return np.full(n, day.toordinal() - EPOCH, dtype=np.int64)
