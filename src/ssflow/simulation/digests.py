"""What identifies that by which a simulation judges: the definition of its procedure, its rulebook and its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ssflow.case import Legislation
from ssflow.process import Process


def digests_of(process: type[Process], law: Legislation) -> Mapping[str, str]:
    """The digest of each."""
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
    """Twelve hex digits that identify a value by how it is written."""
    return sha256(repr(value).encode()).hexdigest()[:12]
