"""The moves of an activity; those with the same end and the same conditions are shown as one."""

from __future__ import annotations

from enum import Enum
from typing import Any

from attrs import frozen

from ssflow.process import Activity, State
from ssflow.process.guards import Condition, Guard


@frozen
class MoveGroup:
    """The moves of an activity to one state under one guard and the same regimes, with all states that they leave.

    ``under`` is empty if every regime has the move.
    """

    sources: tuple[State | None, ...]
    target: State
    when: Guard[Any] | None
    under: tuple[Enum, ...]
    back: bool = False

    @property
    def conditions(self) -> tuple[Condition[Any], ...]:
        """The conditions of the move."""
        return self.when.conditions if self.when else ()

    @property
    def stays(self) -> bool:
        """Whether the move leads from a state to itself."""
        return self.sources == (self.target,)


def moves_of(activity: Activity[Any], regime: Enum | None = None) -> tuple[MoveGroup, ...]:
    """Return the moves of an activity, or those that one regime has."""
    found: dict[tuple[object, ...], MoveGroup] = {}
    for row in activity.transitions:
        if regime is not None and not row.is_under(regime):
            continue
        key = (id(row.target), id(row.when), row.under, row.back)
        before = found[key].sources if key in found else ()
        found[key] = MoveGroup((*before, row.source), row.target, row.when, row.under, row.back)
    return tuple(found.values())
