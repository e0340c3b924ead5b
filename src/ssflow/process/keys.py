"""The keys of a rulebook in a procedure: the regime, or a fact that is a member of an enumeration."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, get_args, get_type_hints

if TYPE_CHECKING:
    from ssflow.process.process import Process


def enumeration_of(process: type[Process], key: str) -> type[Enum] | None:
    """Return the enumeration by whose members a key tells cases apart; None if the facts have none of this name.

    The fact may also be a property of the facts.
    """
    if process.regime is not None and key == process.regime.name:
        regimes: type[Enum] = process.regime.of
        return regimes
    worked_out = getattr(process.facts, key, None)
    if isinstance(worked_out, property):
        kind = get_type_hints(worked_out.fget).get("return")
    else:
        kind = get_type_hints(process.facts).get(key)
    enums = [one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, Enum)]
    return enums[0] if enums else None
