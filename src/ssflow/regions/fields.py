"""Fields of data that hold the code of a place."""

from __future__ import annotations

from typing import Any

import attrs

from ssflow.errors import InputError
from ssflow.regions.known import NATION, what_to_give
from ssflow.regions.region import region
from ssflow.text import Text


def a_place(_: object, attribute: attrs.Attribute[Any], given: object) -> None:
    """Validate a field that takes the code of a place, present or past, or the empty text by default.

    Raises:
        InputError: no place ever had this code. The value is not repeated, because it may be an address.

    >>> @attrs.frozen
    ... class Moved:
    ...     register: str = attrs.field(validator=a_place)
    >>> Moved("广州")
    Traceback (most recent call last):
    ssflow.errors.InputError: register: the code of a place is required; give its six digits: 440100 广州市

    """
    if isinstance(given, str) and (region(given) or given == attribute.default == NATION):
        return
    why = Text.join([Text("须为地方的代码", "the code of a place is required"), what_to_give(given)])
    raise InputError.of(attribute.name, why.zh, why.en)


def holds_place(attribute: attrs.Attribute[Any]) -> bool:
    """Return whether a field takes only the code of a place."""
    return attribute.validator is a_place
