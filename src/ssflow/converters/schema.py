"""The JSON Schema (2020-12) of a class's data: titles and choices in both languages, formats of days, places and identities.

The schema describes the form that `from_json` takes. Whatever a class judges besides, such as the check digit of an identity number, is
not part of the form: ``x-judged`` marks where it may still refuse. JSON has no whole numbers of its own, so ``1.0`` is one for a schema
and not for `from_json`, which receives what a JSON parser makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from ssflow.converters.fields import chinese_title, is_union
from ssflow.converters.hooks import SUM
from ssflow.errors import DefinitionError, Fault
from ssflow.persons import Identity, is_personal
from ssflow.regions import holds_place
from ssflow.text import Text, title_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_NO_FIELDS: Schema = {"properties": {}, "additionalProperties": False}

_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_END = r"$(?!\n)"  # in Python, $ also matches before a final newline
_PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date", "pattern": _DAY},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {
        "format": "decimal",
        "anyOf": [{"type": "string", "pattern": f"^{SUM}{_END}"}, {"type": "number"}],
        "x-judged": True,  # a number that would lose digits
    },
    type(None): {"type": "null"},
}


def schema_of(data: type[Any] | None, title: Text) -> Schema:
    """Return the schema of the data of a class, with each class in it once under ``$defs``; for None, a schema without fields."""
    if data is None:
        return {"$schema": DIALECT, **_titled(title), "type": ["object", "null"], **_NO_FIELDS}
    classes = _Classes()
    whole = classes.schema(data)
    return {"$schema": DIALECT, **_titled(title), **whole, "$defs": classes.named}


def _titled(title: Text) -> Schema:
    return {"title": title.zh, "x-title": {"zh": title.zh, "en": title.en}}


class _Classes:
    """The classes that were met, each with its name in ``$defs``."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self._names: dict[type[Any], str] = {}

    def schema(self, cls: type[Any]) -> Schema:
        """Return a reference to the schema of a class, which is made at the first use; a class may hold itself."""
        if cls not in self._names:
            same = sum(name.partition("-")[0] == cls.__name__ for name in self._names.values())
            name = self._names[cls] = f"{cls.__name__}-{same + 1}" if same else cls.__name__
            self.named[name] = _of_class(cls, self)
        return {"$ref": f"#/$defs/{self._names[cls]}"}


def _of_class(cls: type[Any], classes: _Classes) -> Schema:
    hints, titled = get_type_hints(cls), get_type_hints(cls, include_extras=True)
    fields = [one for one in attrs.fields(cls) if one.init]
    required = [one.name for one in fields if one.default is attrs.NOTHING]
    return {
        "type": "object",
        "properties": {
            one.name: _field(cls, one, hints[one.name], chinese_title(titled[one.name]), classes) for one in fields
        },
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **({"format": "cn-identity"} if cls is Identity else {}),
        **({"x-judged": True} if hasattr(cls, "__attrs_post_init__") else {}),
    }


def _field(cls: type[Any], one: attrs.Attribute[Any], hint: object, title: str, classes: _Classes) -> Schema:
    try:
        schema = _of_kind(hint, classes)
    except TypeError as error:
        zh, en = f"{error}没有JSON形式", f"{error} has no form in JSON; use a type that has, such as tuple[...]"
        raise DefinitionError(cls.__name__, [Fault(one.name, Text(zh, en))]) from error
    if holds_place(one):
        digits = "[0-9]{6}" if one.default != "" else "([0-9]{6})?"
        schema |= {"format": "cn-region", "pattern": f"^{digits}{_END}"}
    elif one.validator or one.converter:
        schema["x-judged"] = True
    if is_personal(one):
        schema["x-personal"] = True
    return _titled(Text(title or one.name, one.name.replace("_", " "))) | schema


def _of_kind(hint: Any, classes: _Classes) -> Schema:
    """Return the schema of a type; raises TypeError if it has none."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if isinstance(hint, type) and not get_args(hint):
        return _choice(hint) if issubclass(hint, Enum) else classes.schema(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(parts)}
    if is_union(hint):
        return {"anyOf": [_of_kind(kind, classes) for kind in parts]}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of_kind(parts[1], classes)}
    if origin in (list, tuple):
        return _sequence(parts, classes, open_ended=origin is list or parts[-1] is Ellipsis)
    raise TypeError(hint)


def _sequence(parts: tuple[Any, ...], classes: _Classes, *, open_ended: bool) -> Schema:
    if open_ended:
        return {"type": "array", "items": _of_kind(parts[0], classes)}
    each = [_of_kind(part, classes) for part in parts]
    return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}


def _choice(cls: type[Enum]) -> Schema:
    """Return the names of an enumeration, with the titles for people beside them."""
    named = {name: title_of(member)._asdict() for name, member in cls.__members__.items()}
    return {"type": "string", "enum": list(cls.__members__), "x-titles": named}
