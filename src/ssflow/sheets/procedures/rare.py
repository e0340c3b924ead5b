"""Rare activities of a procedure, by the shares that its simulated scenario assumes.

No law says how often something is done. A scenario that comes with the library gives weights to what a role does next, and says that they
are assumptions. By these the diagram tells usual activities from rare ones, and says so too. Without a scenario it does not.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ssflow.converters import read_toml
from ssflow.process import Process

_RARE = 0.1  # share of what a role does next


def rare_activities(process: type[Process]) -> frozenset[str] | None:
    """Return the activities to which a scenario gives at most a tenth of what their role does next; None if there is no scenario.

    An activity that is usual in one state is not rare.
    """
    path = files("ssflow") / "simulation" / "scenarios" / f"{process.name}.toml"
    if not path.is_file():
        return None
    shares: dict[str, float] = {}
    for practice in read_toml(path).get("practice", ()):
        for name, share in _shares(practice).items():
            shares[name] = max(share, shares.get(name, 0))
    return frozenset(name for name, share in shares.items() if share <= _RARE)


def _shares(practice: dict[str, Any]) -> dict[str, float]:
    acts = practice.get("acts", {})
    whole = sum(acts.values()) + practice.get("others", 0) + practice.get("idle", 0)
    return {name: weight / whole for name, weight in acts.items()} if whole else {}
