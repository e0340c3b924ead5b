"""The names that the tests of guards may read, and the procedures among them, taken from their code and from the functions that it calls.

The result may hold too many names, but never too few of those written out; code that relies on it also checks whether more is read.
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
HELD = frozenset({"happened", "running"})  # whole tables of days
DAYS = HELD | {"done", "due"}


def tests_of(activity: Activity[Any]) -> list[Any]:
    """Return the tests of all moves of an activity."""
    return [c.test for row in activity.transitions if row.when for c in row.when.conditions]


_COUNTED: dict[frozenset[type[Process]], tuple[Activity[Any], ...]] = {}


def counted_in(processes: Iterable[type[Process]]) -> tuple[Activity[Any], ...]:
    """Return the activities whose count or actor a test of some procedures may ask for; a standing has to tell them apart."""
    known = frozenset(processes)
    if known not in _COUNTED:
        _COUNTED[known] = tuple(sorted(_counted_in(known), key=repr))
    return _COUNTED[known]


def _counted_in(known: frozenset[type[Process]]) -> set[Activity[Any]]:
    found: set[Activity[Any]] = set()
    for activity in (activity for process in known for activity in process.activities):
        for test in tests_of(activity):
            names = names_read(test)
            if COUNTS & names:
                found |= {other for process in known for other in process.activities if other.name in names}
                found |= {activity} if "activity" in names else set()
    return found


_DATED: dict[type[Process], bool] = {}


def asks_for_days(process: type[Process]) -> bool:
    """Return whether a test of a procedure may ask on which day something was done or ends."""
    if process not in _DATED:
        tests = (test for activity in process.activities for test in tests_of(activity))
        _DATED[process] = any(DAYS & names_read(test) for test in tests)
    return _DATED[process]


def names_read(test: object, facts: type[Any] | None = None, *, near: bool = False) -> frozenset[str]:
    """Return the names in the code of a test or a property, of the functions and guards that it uses, and of properties of ``facts`` among them.

    With ``near``, only functions of this package and of the author's own package are followed.
    """
    return frozenset(name for name, _ in _read(test, facts, near=near))


_RELATED: dict[type[Process], frozenset[type[Process]]] = {}


def related_to(process: type[Process]) -> frozenset[type[Process]]:
    """Return the procedures whose cases a procedure moves or looks at, without itself."""
    if process not in _RELATED:
        _RELATED[process] = frozenset(_related_to(process))
    return _RELATED[process]


def _related_to(process: type[Process]) -> Iterator[type[Process]]:
    from ssflow.process.process import Process as Definition

    moved = {activity.triggers.owner for activity in process.activities if activity.triggers is not None}
    used = (value for a in process.activities for test in tests_of(a) for _, value in _read(test, None, near=True))
    seen = {value for value in used if isinstance(value, type) and issubclass(value, Definition)}
    yield from (other for other in (*moved, *seen) if other not in (None, process, Definition))


def _read(test: object, facts: type[Any] | None, *, near: bool) -> Iterator[tuple[str, object]]:
    """Yield the names that a test may read, each with what it refers to in the module of the function that reads it."""
    waiting, seen = _functions(test), list[FunctionType]()
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.append(function)
        used = [cell.cell_contents for cell in function.__closure__ or ()]
        for name in _names(function.__code__):
            value = function.__globals__.get(name)
            yield name, value
            used += [value, getattr(facts, name, None)]
        known = ("ssflow", _package(function))
        waiting += [inner for value in used if not near or _package(value) in known for inner in _functions(value)]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _package(value: object) -> str:
    """Return the package in which an object was defined."""
    return str(getattr(getattr(value, "fget", value), "__module__", "")).partition(".")[0]


def _functions(value: object) -> list[FunctionType]:
    """Return the functions that a name refers to."""
    if isinstance(value, Guard):
        return [test for condition in value.conditions for test in _functions(condition.test)]
    found = value.fget if isinstance(value, property) else value
    return [found] if isinstance(found, FunctionType) else []
