"""The fields of an activity's data, as people fill them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from ssflow.converters import chinese_title, field_types
from ssflow.persons import is_personal
from ssflow.process import Process, WayIn
from ssflow.regions import holds_place
from ssflow.text import Text

_WORDS: dict[object, Text] = {
    str: Text("文字", "text"),
    bool: Text("true或false", "true or false"),
    int: Text("整数", "a whole number"),
    date: Text("日期，如2026-09-21", "a day such as 2026-09-21"),
    datetime: Text("带时区的时刻", "an instant with a time zone"),
    Decimal: Text("数额，如25.00", "a sum such as 25.00"),
}
_FORMS: dict[object, str] = {
    str: "text",
    bool: "yes_no",
    int: "whole_number",
    date: "day",
    datetime: "instant",
    Decimal: "sum",
}
_PLACE = Text("地方的六位代码，如440100", "the six digits of a place such as 440100")


@frozen
class Field:
    """One field: the path that names it, its type without ``| None``, whether it is required, is personal, is a place.

    ``titles`` has one title for each part of the path.
    """

    path: str
    titles: tuple[Text, ...]
    kind: object
    required: bool
    personal: bool = False
    place: bool = False

    @property
    def title(self) -> Text:
        """The title of the field, after the titles of the values that hold it."""
        return Text.join(self.titles, "·", ", ")

    @property
    def members(self) -> tuple[Enum, ...]:
        """The members of the enumeration from which the field takes its value; empty for other fields."""
        return tuple(self.kind) if isinstance(self.kind, type) and issubclass(self.kind, Enum) else ()

    @property
    def is_way_in(self) -> bool:
        """Whether the field says by which way people come in."""
        return isinstance(self.kind, type) and issubclass(self.kind, WayIn)

    @property
    def form(self) -> str:
        """The kind of value to be written, in a word."""
        if self.members:
            return "choice"
        if self.place:
            return "place"
        return "list" if listed(self.kind) else _FORMS.get(self.kind, "json")

    @property
    def takes(self) -> Text:
        """What is to be written."""
        if self.members:
            names = " | ".join(member.name for member in self.members)
            return Text(names, names)
        if self.place:
            return _PLACE
        if item := listed(self.kind):
            parts = titles_of(item).items()
            zh = "、".join(title.zh if title.zh == name else f"{title.zh} {name}" for name, title in parts)
            return Text(f"JSON列表，每项：{zh}", f"a JSON list, each with {', '.join(name for name, _ in parts)}")
        return _WORDS.get(self.kind, Text(f"JSON（{self.kind}）", f"JSON ({self.kind})"))


def fields_of(data: type[Any]) -> tuple[Field, ...]:
    """Return every field of a data class, nested ones by their paths; required fields come first."""
    return tuple(sorted(_fields(data, "", (), required=True), key=lambda field: not field.required))


def titles_of(data: type[Any]) -> Mapping[str, Text]:
    """Return the titles of the fields of a class by their names.

    The Chinese title is the text in ``Annotated``, or else the name; the English title is the name in words.
    """
    hints = get_type_hints(data, include_extras=True)
    return {
        attribute.name: Text(chinese_title(hints[attribute.name]) or attribute.name, attribute.name.replace("_", " "))
        for attribute in attrs.fields(data)
    }


def titles_of_facts(process: type[Process]) -> Mapping[str, Text]:
    """Return the titles of the facts of a case by their paths: each from the data that sets it, or from the property that computes it."""
    coming = [activity.data for activity in process.activities if activity.data]
    set_by = {field.path: field.title for data in coming for field in fields_of(data)}
    properties = {name: part.fget for name, part in vars(process.facts).items() if isinstance(part, property)}
    worked_out = {
        name: Text(title, name.replace("_", " "))
        for name, made in properties.items()
        if (title := chinese_title(get_type_hints(made, include_extras=True).get("return")))
    }
    return set_by | worked_out


def _fields(data: type[Any], before: str, above: tuple[Text, ...], *, required: bool) -> Iterator[Field]:
    types, titles = field_types(data), titles_of(data)
    for attribute in attrs.fields(data):
        needed = required and attribute.default is attrs.NOTHING
        inner = nested(types[attribute.name])
        path, along = before + attribute.name, (*above, titles[attribute.name])
        if inner is None:
            yield Field(
                path, along, bare(types[attribute.name]), needed, is_personal(attribute), holds_place(attribute)
            )
        else:
            yield from _fields(inner, f"{path}.", along, required=needed)


def listed(kind: object) -> type[Any] | None:
    """Return the attrs class of which a field takes a list, or None."""
    return nested(get_args(kind)[0]) if get_origin(kind) is tuple else None


def nested(cls: object) -> type[Any] | None:
    """Return the attrs class of a field, or None if it takes a plain value."""
    inner = bare(cls)
    return inner if isinstance(inner, type) and attrs.has(inner) else None


def bare(cls: object) -> object:
    """Return the type of a field without its ``| None``."""
    kinds = [kind for kind in get_args(cls) if kind is not type(None)]
    return kinds[0] if type(None) in get_args(cls) and len(kinds) == 1 else cls
