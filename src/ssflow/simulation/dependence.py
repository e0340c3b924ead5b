"""On what an answer of the kernel depends besides where a case stands: on the figures in force, or on the very day.

A test can come to know the day of the act in one way only, by reading ``on``, because nothing below the stores asks what time it is. So
a move none of whose tests reads it is answered alike as long as the figures stay, and is asked about once in that time. Which names a
test reads is kept with its code; the functions and guards that it uses are followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import CodeType, FunctionType
from typing import Any

from ssflow.case import Case, Legislation
from ssflow.process import Activity
from ssflow.process.guards import Guard
from ssflow.regions import widening

_THE_DAY = "on"


def turns_on_the_day(activity: Activity[Any]) -> bool:
    """Whether the answer may be another one on the next day although no figure changes: an opening, or a test that reads the day."""
    if activity.is_opening:  # whether there is such a procedure and such a place
        return True
    rows = [row for a in (activity, activity.also) if a is not None for row in a.transitions]
    tests: list[Any] = [condition.test for row in rows if row.when for condition in row.when.conditions]
    return any(not isinstance(test, FunctionType) or _THE_DAY in _names_read(test) for test in tests)


def days_of_change(cases: Iterable[Case], law: Legislation, first: date, last: date) -> list[date]:
    """The days after the first, up to the last, on which a figure that may bear on some cases comes into force or ends."""
    days: set[date] = set()
    for case in cases:
        for value in law.of(case.process).values:
            days |= {value.since} | ({value.until + timedelta(days=1)} if value.until else set())
        for year in range(first.year + 1, last.year + 1):  # places are looked up as of a year
            new_year = date(year, 1, 1)
            if any(widening(code, new_year) != widening(code, date(year - 1, 12, 31)) for code in case.places.values()):
                days.add(new_year)
    return sorted(day for day in days if first < day <= last)


def _names_read(test: FunctionType) -> set[str]:
    names: set[str] = set()
    waiting, seen = [test], list[FunctionType]()
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.append(function)
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
        names |= set(_names(function.__code__))
        used = [function.__globals__.get(name) for name in _names(function.__code__)]
        waiting += [inner for value in (*used, *cells) for inner in _functions(value)]
    return names


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _functions(value: object) -> list[FunctionType]:
    """The functions that stand behind a name."""
    if isinstance(value, Guard):
        return [test for condition in value.conditions for test in _functions(condition.test)]
    return [value] if isinstance(value, FunctionType) else []
