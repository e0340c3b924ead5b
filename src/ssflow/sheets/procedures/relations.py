"""The procedures that belong together, and the citations of a procedure."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow import machines
from ssflow.process import Process
from ssflow.process.guards import Condition
from ssflow.process.reading import related_to
from ssflow.rules import Citation, Rulebook


def conditions_of(process: type[Process]) -> tuple[Condition[object], ...]:
    """Return every condition of a procedure once, in the order in which its moves name them."""
    rows = [row for activity in process.activities for row in activity.transitions if row.when]
    return tuple(dict.fromkeys(condition for row in rows if row.when for condition in row.when.conditions))


def related(process: type[Process]) -> tuple[type[Process], ...]:
    """Return the procedures whose cases this one moves or looks at, and those that move or look at its own, by name."""
    found = {*related_to(process), *(other for other in machines.sound() if process in related_to(other))}
    return tuple(sorted(found, key=lambda other: other.name))


def cited_by_moves(process: type[Process]) -> Iterator[Citation]:
    """Yield the citations of the activities and their conditions."""
    for activity in process.activities:
        yield from activity.cites
    for condition in conditions_of(process):
        yield from condition.cites


def cited_by_rules(book: Rulebook) -> Iterator[Citation]:
    """Yield the citations of the figures and the doubts."""
    for value in book.values:
        yield from value.cites
    for doubt in book.doubts:
        yield from doubt.cites
