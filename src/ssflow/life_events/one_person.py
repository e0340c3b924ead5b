"""The check that the applications of one life event name one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ssflow.errors import InputError
from ssflow.persons import Identity, mask
from ssflow.text import Text


def check_one_person(event: Text, applications: Mapping[str, Any]) -> None:
    """Refuse applications that name several persons; the first identity in each says whose it is.

    Raises:
        InputError: they name several; the error says which names whom, with the numbers masked.

    """
    named: dict[Identity, list[str]] = {}
    for part, data in applications.items():
        if (person := _identity(data)) is not None:
            named.setdefault(person, []).append(part)
    if len(named) > 1:
        told = [
            Text.join(
                [Text(", ".join(parts), ", ".join(parts)), Text(f"{kind.zh} {number}", f"{kind.en} {number}")],
                "：",
                ": ",
            )
            for person, parts in named.items()
            for kind, number in [(person.kind.value, mask(person.number))]
        ]
        who = Text.join(told)
        raise InputError.of(
            "",
            f"{event.zh}只涉及一个人，申请却写有几个人（{who.zh}）；请统一为一份证件，或者分别安排",
            f"{event.en} is one person's, but the applications name several ({who.en}); name one document in all, or plan for each",
        )


def _identity(data: Any) -> Identity | None:
    fields = attrs.fields(type(data)) if attrs.has(type(data)) else ()
    return next((value for field in fields if isinstance(value := getattr(data, field.name), Identity)), None)
