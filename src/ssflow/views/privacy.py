"""Privacy of views: personal data is masked unless somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from ssflow.converters import field_types
from ssflow.persons import ERASED, is_erased, is_personal, mask, masked, without_numbers


@frozen
class Privacy:
    """The extent to which a view shows personal data."""

    shown: bool = False

    def fields(self, value: Any) -> dict[str, Any]:
        """Return the fields of an attrs value."""
        return attrs.asdict(value, recurse=False) if self.shown else _without_numbers_at_all(masked(value))

    def text(self, text: str) -> str:
        """Return free text, such as a party's reference or a reason, without numbers that are personal data."""
        if is_erased(text):
            return f"{ERASED.zh}/{ERASED.en}"
        return text if self.shown else without_numbers(text)


MASKED, REVEALED = Privacy(), Privacy(shown=True)


def privacy_of(*, reveal: bool) -> Privacy:
    """Return the privacy of a view: everything is shown only with ``reveal``."""
    return REVEALED if reveal else MASKED


def without_personal(message: str, data: type[Any], raw: Any) -> str:
    """Return a message about given data with every personal value in it masked."""
    for value in sorted(_personal_values(data, raw), key=len, reverse=True):
        message = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", mask(value), message)
    return without_numbers(message)


def _without_numbers_at_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_numbers_at_all(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_without_numbers_at_all, value))
    return without_numbers(value) if isinstance(value, str) else value


def _personal_values(data: type[Any], raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict):
        return
    from ssflow.views.fields import nested  # imported late, because it knows of procedures

    hidden = {field.name for field in attrs.fields(data) if is_personal(field)}
    for name, cls in field_types(data).items():
        value = raw.get(name)
        if name in hidden and value is not None and str(value):
            yield str(value)
        elif (inner := nested(cls)) is not None:
            yield from _personal_values(inner, value)
