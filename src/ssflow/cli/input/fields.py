"""The fields of an activity's data, as people fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args

import attrs
from attrs import frozen

from ssflow.converters import field_types
from ssflow.text import Text


@frozen
class Field:
    """One field: the path by which ``--set`` names it, what it takes, and whether it has to be given."""

    path: str
    takes: Text
    required: bool


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
            yield Field(path, _takes(types[attribute.name]), needed)
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


def _takes(cls: object) -> Text:
    kind = bare(cls)
    if isinstance(kind, type) and issubclass(kind, Enum):
        names = " | ".join(kind.__members__)
        return Text(names, names)
    words: dict[object, Text] = {
        str: Text("文字", "text"),
        bool: Text("true 或 false", "true or false"),
        int: Text("整数", "a whole number"),
        date: Text("日期，如 2026-09-21", "a day such as 2026-09-21"),
        datetime: Text("带时区的时刻", "an instant with a time zone"),
        Decimal: Text("数额，如 25.00", "a sum such as 25.00"),
    }
    return words.get(kind, Text(f"JSON（{kind}）", f"JSON ({kind})"))
