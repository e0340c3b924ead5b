"""The fields of an activity's data as people write them: titles for names, titles of choices for members, days in any form.

A text that cannot be read is left as it was written, with its fault; missing fields and wrong types are found when the data is made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

import attrs
from attrs import field, frozen

from ssflow.cli.input import names
from ssflow.cli.input.places import read_region
from ssflow.cli.input.reading import read_day, read_when
from ssflow.converters import field_types, why_of
from ssflow.errors import Fault, InputError, UnknownError
from ssflow.naming import Name, named, plain
from ssflow.regions import a_place
from ssflow.text import Text
from ssflow.views.fields import bare, listed, nested, titles_of

T = TypeVar("T")

_STEP = re.compile("[.·]")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_SUM = re.compile(r"(?:¥ ?|)(-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?:元|yuan)?")
_YES_OR_NO = {True: ("true", Text("是", "yes")), False: ("false", Text("否", "no"))}


@frozen
class Reading:
    """The fields read so far, and those that could not be read."""

    raw: dict[str, Any] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    _put: set[str] = field(factory=set, init=False)  # the paths of the fields that were given one by one

    def take(self, cls: type[Any], given: Mapping[str, Any]) -> None:
        """Read a whole object, as JSON has it."""
        self.raw.update(self._object(cls, given, ""))

    def put(self, cls: type[Any] | None, path: str, written: str) -> None:
        """Read one field by its path: ``holder.number``, 持卡人.证件号码."""
        *parents, last = _STEP.split(path)
        at, held, inner = "", self.raw, cls
        for step in parents:
            name = self._name(inner, step, at)
            at, held = at + name, held.setdefault(name, {})
            inner = nested(field_types(inner).get(name)) if inner else None
            if not isinstance(held, dict):
                self.faults.append(Fault(at, Text("已有值，不能再分字段", "has a value already, and no fields")))
                return
            at += "."
        name = self._name(inner, last, at)
        if at + name in self._put:
            self.faults.append(Fault(at + name, Text("写了两次", "is given twice")))
        self._put.add(at + name)
        held[name] = self._value(inner, name, written, at + name)

    def _object(self, cls: type[Any], given: Mapping[str, Any], at: str) -> dict[str, Any]:
        read = dict[str, Any]()
        for written, value in given.items():
            name = self._name(cls, str(written), at)
            if name in read:
                self.faults.append(Fault(at + name, Text("写了两次", "is given twice")))
            read[name] = self._value(cls, name, value, at + name)
        return read

    def _name(self, cls: type[Any] | None, written: str, at: str) -> str:
        """Return the name of a field; an unknown one unchanged."""
        if cls is None:
            return written
        known = titles_of(cls)
        return self._or_fault(
            written,
            at + written,
            lambda: named("field", written, [Name(name, name, title) for name, title in known.items()]),
        )

    def _value(self, cls: type[Any] | None, name: str, value: Any, at: str) -> Any:
        hint = field_types(cls).get(name) if cls else None
        kind, inner = a_place if cls and _is_place(cls, name) else bare(hint), nested(hint)
        if inner and isinstance(value, Mapping):
            return self._object(inner, value, f"{at}.")
        item = listed(kind)
        if item and isinstance(value, str):
            value = self._or_fault(value, at, lambda: _list(value))
        if item and isinstance(value, list):
            return [
                self._object(item, one, f"{at}[{i}].") if isinstance(one, Mapping) else one
                for i, one in enumerate(value)
            ]
        return self._or_fault(value, at, lambda: _read(kind, value)) if isinstance(value, str) else value

    def _or_fault(self, written: T, at: str, read: Callable[[], T]) -> T:
        try:
            return read()
        except InputError as error:
            self.faults.extend(fault.within(at) for fault in error.faults)
        except UnknownError as error:
            self.faults.append(Fault(at, error.text))
        return written


def _read(kind: object, written: str) -> Any:
    """Return a text as the value that a field asks for, in the form that JSON has."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return names.member(kind, written).name
    read = _READERS.get(kind)
    return read(written) if read else written


def _is_place(cls: type[Any], name: str) -> bool:
    """Return whether a field takes only places."""
    return any(field.name == name and field.validator is a_place for field in attrs.fields(cls))


def _yes_or_no(written: str) -> bool:
    return named("choice", written, [Name(yes, code, title) for yes, (code, title) in _YES_OR_NO.items()])


def _whole(written: str) -> int | str:
    return int(plain(written)) if _INTEGER.fullmatch(plain(written)) else written


def _sum(written: str) -> str:
    match = _SUM.fullmatch(plain(written))
    return match[1].replace(",", "") if match else written


_READERS: dict[object, Callable[[str], Any]] = {
    bool: _yes_or_no,
    int: _whole,
    Decimal: _sum,
    a_place: read_region,
    date: lambda written: read_day(written).isoformat(),
    datetime: lambda written: read_when(written).isoformat(),
}


def _list(written: str) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        why = why_of(error)
        raise InputError.of("", f"须为JSON列表：{why.zh}", f"a JSON list is required: {why.en}") from error
