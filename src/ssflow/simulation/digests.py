"""The digests of the definition, the rulebook and the calendar on which a simulation rests."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ssflow.case import Legislation
from ssflow.process import Process


def digests_of(process: type[Process], law: Legislation) -> Mapping[str, str]:
    """Return the digests of the definition, the rulebook and the calendar."""
    moves = [
        (
            a.name,
            [role.name for role in a.roles],
            [(r.source and r.source.name, r.target.name, r.when and r.when.conditions) for r in a.transitions],
        )
        for a in process.activities
    ]
    return {"definition": digest(moves), "rulebook": law.of(process).digest, "calendar": law.calendar.digest}


def digest(value: object) -> str:
    """Return twelve hexadecimal digits that identify a value by its ``repr``."""
    return sha256(repr(value).encode()).hexdigest()[:12]
