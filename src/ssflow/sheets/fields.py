"""What an activity asks for: the fields of its data, as people fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args

import attrs
from attrs import frozen

from ssflow.converters import field_types
from ssflow.process.identity import is_personal
from ssflow.text import Text

_WORDS: dict[object, Text] = {
    str: Text("文字", "text"),
    bool: Text("true 或 false", "true or false"),
    int: Text("整数", "a whole number"),
    date: Text("日期，如 2026-09-21", "a day such as 2026-09-21"),
    datetime: Text("带时区的时刻", "an instant with a time zone"),
    Decimal: Text("数额，如 25.00", "a sum such as 25.00"),
}


@frozen
class Field:
    """One field: the path by which it is named, its type without ``| None``, whether it has to be given and is personal."""

    path: str
    kind: object
    required: bool
    personal: bool = False

    @property
    def members(self) -> tuple[Enum, ...]:
        """Of a field that takes one of several names, these."""
        return tuple(self.kind) if isinstance(self.kind, type) and issubclass(self.kind, Enum) else ()

    @property
    def takes(self) -> Text:
        """What is to be written."""
        if self.members:
            names = " | ".join(member.name for member in self.members)
            return Text(names, names)
        return _WORDS.get(self.kind, Text(f"JSON（{self.kind}）", f"JSON ({self.kind})"))


def fields_of(data: type[Any]) -> tuple[Field, ...]:
    """Every field of a data class, nested ones by their paths; those that have to be given come first."""
    return tuple(sorted(_fields(data, "", required=True), key=lambda field: not field.required))


def _fields(data: type[Any], before: str, *, required: bool) -> Iterator[Field]:
    types = field_types(data)
    for attribute in attrs.fields(data):
        needed = required and attribute.default is attrs.NOTHING
        inner = nested(types[attribute.name])
        path = before + attribute.name
        if inner is None:
            yield Field(path, bare(types[attribute.name]), needed, is_personal(attribute))
        else:
            yield from _fields(inner, f"{path}.", required=needed)


def nested(cls: object) -> type[Any] | None:
    """The attrs class of a field, or None if it takes a plain value."""
    inner = bare(cls)
    return inner if isinstance(inner, type) and attrs.has(inner) else None


def bare(cls: object) -> object:
    """The type of a field without its ``| None``."""
    kinds = [kind for kind in get_args(cls) if kind is not type(None)]
    return kinds[0] if type(None) in get_args(cls) and len(kinds) == 1 else cls
