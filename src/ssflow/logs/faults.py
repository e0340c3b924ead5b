"""Limits on the faults of a log, which may be as many as it has lines."""

from __future__ import annotations

from collections.abc import Sequence

from ssflow.errors import Fault, InputError
from ssflow.text import Text

MOST_FAULTS = 20


def refuse(faults: Sequence[Fault]) -> None:
    """Raise InputError with the first faults, noting that there may be more; do nothing if there are none."""
    if not faults:
        return
    told = list(faults[:MOST_FAULTS])
    if len(faults) >= MOST_FAULTS:
        told.append(Fault("", Text(f"只列出前{MOST_FAULTS}处", f"these are the first {MOST_FAULTS}")))
    raise InputError(*told)
