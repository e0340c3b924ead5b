"""Which facts a condition looks at, read off its compiled test.

A test names the facts that it reads as attributes, and Python keeps these names with the code. Properties of the facts and the
functions and guards that a test uses are followed. A name that a test reads of something else counts too: a sheet
rather names a condition too many than one too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from ssflow.process.guards import Condition, Guard


def facts_read(condition: Condition[Any], facts: type[Any]) -> frozenset[str]:
    """The names that the test of a condition reads, those that properties of the facts read included."""
    return frozenset(_read([condition.test], facts))


def facts_behind(name: str, facts: type[Any]) -> frozenset[str]:
    """A fact and, if it is worked out, what it is worked out from."""
    return frozenset({name, *_read(_functions(getattr(facts, name, None)), facts)})


def _read(waiting: list[Any], facts: type[Any]) -> set[str]:
    names: set[str] = set()
    seen: list[Any] = []
    while waiting:
        function = waiting.pop()
        if function in seen:
            continue
        seen.append(function)
        for name in _names(function.__code__):
            names.add(name)
            used = function.__globals__.get(name)
            near = _package(used) in (_package(function), "ssflow")
            waiting += [*(_functions(used) if near else ()), *_functions(getattr(facts, name, None))]
    return names


def _package(value: object) -> str:
    """The package in which something was defined: only ours and the author's own are followed."""
    return str(getattr(value, "__module__", "")).partition(".")[0]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _functions(value: object) -> list[Any]:
    """The functions that stand behind a name."""
    if isinstance(value, Guard):
        return [condition.test for condition in value.conditions]
    found = value.fget if isinstance(value, property) else value
    return [found] if isinstance(found, FunctionType) else []
