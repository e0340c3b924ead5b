"""Writers of JSON texts with sorted keys: for each class a function, compiled once, that writes all fields of a sound value in one go.

A writer holds each value against the type of its field. It makes the text that the converter for records and `json` would make, and raises at
anything unusual: a value of another type, or a type that is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any, Literal, NoReturn, get_args, get_origin

import attrs
from attrs import field, frozen

from ssflow.converters.compiled import takes_all
from ssflow.converters.fields import field_types, is_open_ended, kinds_of
from ssflow.slots import made_of

Write = Callable[..., str]
_KEPT = 4096  # days and lists of texts, as they were written: those of records repeat
_OF_TEXTS = (tuple[str, ...], tuple[tuple[str, str], ...])


@frozen
class Form:
    """The form of a class in records, where it differs from the fields.

    ``omitted`` are fields that are left out where they are empty, as they are by default. ``given`` are keys whose texts the caller gives, in
    place of a field or beside the fields; an empty text leaves the key out.
    """

    omitted: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


@frozen
class Writers:
    """The writers of records, by class. ``through`` are functions that write a class in a way of their own."""

    forms: Mapping[type, Form] = field(factory=dict)
    through: Mapping[type, Write] = field(factory=dict)
    _made: dict[type, Write] = field(factory=dict, init=False, eq=False, repr=False)

    def of(self, cls: type) -> Write:
        """Return the writer of an attrs class, which takes a value and then the texts that are given; raises TypeError if its types are not known."""
        if cls not in self._made:
            self._made[cls] = self._compiled(cls)
        return self._made[cls]

    def _compiled(self, cls: type) -> Write:
        if not (takes_all(cls) and attrs.inspect(cls).added_eq):  # equal fields have to make equal values
            raise TypeError(cls)
        form, kinds = self.forms.get(cls, Form()), field_types(cls)
        known: dict[str, Any] = {
            "cls": cls,
            "quoted": quoted,
            "refuse": _refuse,
            "whole": int,
            "yes": "true",
            "no": "false",
            "null": "null",
            "no_list": "[]",
            "nothing": "",
        }
        texts = []
        for name in sorted({*kinds, *form.given}):
            if name in form.given:
                known[f"key_{name}"] = f',"{name}":'
                texts.append(f"{{key_{name} + {name} if {name} else nothing}}")
                continue
            text, value = self._text(name, kinds[name], known), f"value.{name}"
            if name in form.omitted:
                known |= {f"key_{name}": f',"{name}":', f"else_{name}": getattr(attrs.fields(cls), name).default}
                given = f"key_{name} + ({text}) if {value} else refuse({value})"
                texts.append(f"{{nothing if {value} is else_{name} else {given}}}")
            else:
                texts.append(f',"{name}":{{{text}}}')
        lines = (
            f"def write({', '.join(('value', *form.given))}):",
            " if type(value) is not cls: refuse(value)",
            f" return '{{' + f'{''.join(texts)}'[1:] + '}}'",
        )
        return made_of(lines, "write", known)

    def _text(self, name: str, kind: Any, known: dict[str, Any]) -> str:
        """Return the expression for the text of a field; what it uses goes to ``known``."""
        value, kinds = f"value.{name}", kinds_of(kind)
        others = tuple(one for one in kinds if one is not type(None))
        if others == (str,):
            text = f"quoted({value})"
        elif others == (int,):
            text = f"repr({value}) if type({value}) is whole else refuse({value})"
        elif others == (bool,):
            text = f"yes if {value} is True else no if {value} is False else refuse({value})"
        else:
            known[f"write_{name}"] = self._writer(others)
            text = f"write_{name}({value})"
        if is_open_ended(kind):
            text = f"no_list if {value} == () else {text}"
        return f"null if {value} is None else {text}" if len(others) < len(kinds) else text

    def _writer(self, kinds: tuple[Any, ...]) -> Write:
        """Return the function that writes a value of a type; of two types only for moments."""
        if set(kinds) == {date, datetime}:
            return _moment
        kind, *others = kinds
        if others:
            raise TypeError(kinds)
        return self.through.get(kind) or _PLAIN.get(kind) or self._class_writer(kind) or self._several_writer(kind)

    def _class_writer(self, kind: Any) -> Write | None:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _member(kind)
        if isinstance(kind, type) and attrs.has(kind):
            return lambda value: self.of(kind)(value)  # noqa: PLW0108 - not made at once, because a class may hold itself
        return None

    def _several_writer(self, kind: Any) -> Write:
        parts = get_args(kind)
        if get_origin(kind) is Literal:
            return {word: quoted(word) for word in parts}.__getitem__
        if get_origin(kind) in (dict, Mapping):
            return _mapping(self._maybe(parts[1]))
        if kind in _OF_TEXTS:
            return lru_cache(_KEPT)(listed(self._maybe(parts[0])))
        if is_open_ended(kind):
            return listed(self._maybe(parts[0]))
        if get_origin(kind) is tuple:
            return _row(tuple(map(self._maybe, parts)))
        raise TypeError(kind)

    def _maybe(self, kind: Any) -> Write:
        """Return the function that writes a value of a type, or its absence where that is allowed."""
        kinds = kinds_of(kind)
        others = tuple(one for one in kinds if one is not type(None))
        write = self._writer(others)
        return write if others == kinds else lambda value: "null" if value is None else write(value)


def _refuse(value: object) -> NoReturn:
    raise TypeError(type(value))


def listed(write: Write) -> Write:
    """Return the function that writes a tuple of values, each by the same function."""
    return lambda values: f"[{','.join([write(one) for one in values])}]" if type(values) is tuple else _refuse(values)


def _row(writes: tuple[Write, ...]) -> Write:
    def written(values: Any) -> str:
        if type(values) is not tuple:
            _refuse(values)
        return f"[{','.join([write(one) for write, one in zip(writes, values, strict=True)])}]"

    return written


def _mapping(write: Write) -> Write:
    def written(values: Any) -> str:
        if type(values) is not dict:
            _refuse(values)
        return f"{{{','.join([f'{quoted(key)}:{write(one)}' for key, one in sorted(values.items())])}}}"

    return written


def _member(cls: type[Enum]) -> Write:
    names = {name: quoted(name) for name in cls.__members__}  # a combination of flags has no name here
    return lambda value: names[value._name_] if type(value) is cls else _refuse(value)


def _whole(value: object) -> str:
    return repr(value) if type(value) is int else _refuse(value)


def _yes_or_no(value: object) -> str:
    return "true" if value is True else "false" if value is False else _refuse(value)


@lru_cache(_KEPT)
def _day(value: object) -> str:
    return f'"{value.isoformat()}"' if type(value) is date else _refuse(value)


def _instant(value: object) -> str:
    if (
        type(value) is not datetime
        or value.tzinfo is None
        or datetime.fromisoformat(text := value.isoformat()) != value
    ):
        _refuse(value)
    return f'"{text}"'


def _moment(value: object) -> str:
    return _day(value) if type(value) is date else _instant(value)


def _sum(value: object) -> str:
    return quoted(str(value)) if type(value) is Decimal and value.is_finite() else _refuse(value)


_PLAIN: Mapping[Any, Write] = {
    str: quoted,
    int: _whole,
    bool: _yes_or_no,
    date: _day,
    datetime: _instant,
    Decimal: _sum,
}
