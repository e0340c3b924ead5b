"""What every procedure is held to, beyond what its definition already checks when it is imported."""

from __future__ import annotations

from typing import Any

import attrs

from ssflow.process import Activity, Process, rulebook_faults
from ssflow.rules import Citation, Rulebook


def faults_of_process(process: type[Process], book: Rulebook) -> list[str]:
    """Where a procedure and its rulebook do not fit, or cite what is not entered; empty if all is well."""
    faults = rulebook_faults(process, book)
    for activity in process.activities:
        faults += [
            f"activity {activity.name} cites {cite}, which laws.toml does not enter"
            for cite in _unknown(activity, book)
        ]
        faults += [f"activity {activity.name}: {fault}" for fault in _data_faults(activity)]
    return faults


def _unknown(activity: Activity[Any], book: Rulebook) -> list[Citation]:
    guards = [row.when for row in activity.transitions if row.when]
    cites = [*activity.cites, *(cite for g in guards for condition in g.conditions for cite in condition.cites)]
    return [cite for cite in dict.fromkeys(cites) if cite.law not in book.laws]


def _data_faults(activity: Activity[Any]) -> list[str]:
    if activity.data is None:
        return []
    if not attrs.has(activity.data) or "__setattr__" not in vars(activity.data):
        return [f"its data {activity.data.__name__} is no frozen attrs class"]
    return []
