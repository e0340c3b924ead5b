"""On what an answer of the kernel depends besides where a case stands: on the figures in force, or on the very day.

A test can come to know the day of the act in one way only, by reading ``on``, because nothing below the stores asks what time it is. So
a move none of whose tests reads it is answered alike as long as the figures stay, and is asked about once in that time. Whether a test may
read it is told by its code; whether it does, as a case stands, by running it and watching. Tests are pure, so one that has not read
the day once would not read it on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import CodeType, FunctionType, MethodType
from typing import Any

from attrs import evolve

from ssflow.case import Case, Legislation
from ssflow.process import Act, Activity, Deed
from ssflow.process.guards import Guard
from ssflow.regions import NATION, absence, widening
from ssflow.rules import beginning

_THE_DAY = "on"


def may_read_the_day(activity: Activity[Any]) -> bool:
    """Whether a test of an activity may look at the day of the act."""
    tests: list[Any] = [c.test for row in activity.transitions if row.when for c in row.when.conditions]
    return any(not isinstance(test, FunctionType) or _THE_DAY in _names_read(test) for test in tests)


def reads_the_day(case: Case, links: Iterable[Case], deed: Deed[Any], on: date, law: Legislation) -> bool:
    """Whether a test of an act looks at its day, as a case stands; also if it cannot be told."""
    activity = deed.activity
    if activity.renews is not None and activity.renews is case.process.regime:
        return may_read_the_day(activity)
    facts, bearing = case.process.fold(case.facts, deed.data), law.in_case(case)
    if case.state is None and case.process.regime is not None:
        case = evolve(case, regime=bearing.regime_on(on))
        bearing = law.in_case(case)
    act: Act[Any] = Act(
        facts=facts,
        before=case.facts,
        on=on,
        figure=lambda figure: bearing.find(figure, on, facts, activity.by),
        calendar=bearing.calendar_of(activity.by),
        places=case.places,
        links=tuple(link.linked() for link in links if link.state is not None),
        related=tuple(link.case for link in case.links),
        regime=case.regime,
    )
    watched: Any = _Watched(act)
    try:
        for row in activity.leaving(case.state) or activity.transitions:
            for condition in row.when.conditions if row.when else ():
                condition.test(watched)
    except Exception:  # noqa: BLE001 - the kernel tells what is wrong with the test when it is asked
        return True
    return bool(watched.seen)


class _Watched:
    """An act that notes whether its day is read."""

    def __init__(self, act: Act[Any]) -> None:
        self.act, self.seen = act, False

    def __getattr__(self, name: str) -> Any:
        if name == _THE_DAY:
            self.seen = True
        part = getattr(Act, name, None)
        return MethodType(part, self) if isinstance(part, FunctionType) else getattr(self.act, name)


def days_of_change(cases: Iterable[Case], law: Legislation, first: date, last: date) -> list[date]:
    """The days after the first, up to the last, on which the law that bears on some cases is another one.

    A figure comes into force or ends, a procedure begins, a place is made or abolished.
    """
    days: set[date] = set()
    for case in cases:
        book = law.of(case.process)
        for value in book.values:
            days |= {value.since} | ({value.until + timedelta(days=1)} if value.until else set())
        if began := beginning(case.process.name, book.laws):
            days.add(began.since)
        for code in case.places.values():
            days |= set(_changes_of_place(code, first, last))
    return sorted(day for day in days if first < day <= last)


def _changes_of_place(code: str, first: date, last: date) -> Iterator[date]:
    """The first days of the years, as of which places are looked up, in which a place is another or lies elsewhere."""
    for year in range(first.year + 1, last.year + 1):
        new_year, eve = date(year, 1, 1), date(year - 1, 12, 31)
        if code != NATION and (_place(code, new_year) != _place(code, eve)):
            yield new_year


def _place(code: str, day: date) -> tuple[object, ...]:
    return widening(code, day), absence(code, day)


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
