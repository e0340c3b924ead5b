"""What the tests of guards may read, as their code tells: the names in it and in the functions that it calls.

It may name too much, never too little of what is written out; whoever relies on it looks besides whether more is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from ssflow.process.guards import Guard

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.process import Process

COUNTS = frozenset({"count", "actor_of"})


def tests_of(activity: Activity[Any]) -> list[Any]:
    """The tests of all its moves."""
    return [c.test for row in activity.transitions if row.when for c in row.when.conditions]


def counted_in(processes: Iterable[type[Process]]) -> frozenset[Activity[Any]]:
    """The activities of some procedures that a test of theirs may ask to have counted, or who did them: a standing has to tell them."""
    found: set[Activity[Any]] = set()
    known = set(processes)
    for activity in (activity for process in known for activity in process.activities):
        for test in tests_of(activity):
            names = names_read(test) if isinstance(test, FunctionType) else set[str]()
            if COUNTS & names:
                found |= {other for process in known for other in process.activities if other.name in names}
                found |= {activity} if "activity" in names else set()
    return frozenset(found)


def names_read(test: FunctionType) -> set[str]:
    """The names in the code of a test and of the functions that it calls."""
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
