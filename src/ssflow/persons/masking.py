"""Masking of personal data.

A field made with `personal` is shown masked in every ``repr``, log and table; only the store holds it whole.
"""

from __future__ import annotations

import re
from typing import Any

import attrs
from attrs import field

from ssflow.doors import check_kind
from ssflow.errors import InputError
from ssflow.persons.erasing import is_erased

_PERSONAL = "personal"
_KEPT = 2
# The number of an identity document, a card or a telephone, wherever people wrote it: in a reference, in the wrong field.
_NUMBER = re.compile(r"[A-Z]?[0-9]{7,}[Xx]?")


def mask(text: str) -> str:
    """Return a text with all but its last two characters hidden; short texts are hidden whole. Raises InputError if it is not text."""
    check_kind("text", text, str)
    return "***" + (text[-_KEPT:] if len(text) > 3 * _KEPT else "")


def without_numbers(text: str) -> str:
    """Return free text, such as a party's reference or a reason, with every number that may be personal masked.

    Raises:
        InputError: ``text`` is not text.

    """
    check_kind("text", text, str)
    return _NUMBER.sub(lambda number: mask(number[0]), text)


def personal(**options: Any) -> Any:
    """Return a field for personal data: an identity number, an address. Takes the options of ``attrs.field``."""
    return field(repr=lambda value: repr(_hidden(value)), metadata={_PERSONAL: True}, **options)


def is_personal(attribute: attrs.Attribute[Any]) -> bool:
    """Return whether a field was made with `personal`. Raises InputError if it is not a field."""
    check_kind("attribute", attribute, attrs.Attribute)
    return _PERSONAL in attribute.metadata


def masked(value: Any) -> dict[str, Any]:
    """Return the fields of an attrs value with personal ones masked, nested values included.

    Raises:
        InputError: ``value`` is not an attrs value.

    """
    if isinstance(value, type) or not attrs.has(type(value)):
        kind = type(value).__name__
        raise InputError.of(
            "value", f"须为attrs类的值；实际为{kind}", f"a value of an attrs class is required, not {kind}"
        )
    return {
        attribute.name: _hidden(item) if is_personal(attribute) else _looked_into(item)
        for attribute in attrs.fields(type(value))
        for item in (getattr(value, attribute.name),)
    }


def _hidden(item: Any) -> Any:
    """Return personal data as it may be shown: texts masked, None unchanged, anything else hidden whole."""
    if item is None or (isinstance(item, str) and is_erased(item)):
        return item
    return mask(item) if isinstance(item, str) else mask("")


def _looked_into(item: Any) -> Any:
    if isinstance(item, tuple):
        return tuple(map(_looked_into, item))
    return masked(item) if attrs.has(type(item)) else item
