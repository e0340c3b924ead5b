"""Whether the applications of one event in a life are all of one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ssflow.persons import Identity, mask


def check_one_person(event: str, applications: Mapping[str, Any]) -> None:
    """Refuse applications that name several persons; each says by its first identity whose it is.

    Raises:
        ValueError: they name several; it tells which names whom, the numbers masked.

    """
    named: dict[Identity, list[str]] = {}
    for part, data in applications.items():
        if (person := _identity(data)) is not None:
            named.setdefault(person, []).append(part)
    if len(named) > 1:
        who = "; ".join(
            f"{', '.join(parts)}: {person.kind.value.en} {mask(person.number)}" for person, parts in named.items()
        )
        msg = f"{event} is one person's, but the applications name several ({who}); name one document in all, or plan for each"
        raise ValueError(msg)


def _identity(data: Any) -> Identity | None:
    fields = attrs.fields(type(data)) if attrs.has(type(data)) else ()
    return next((value for field in fields if isinstance(value := getattr(data, field.name), Identity)), None)
