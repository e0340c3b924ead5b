"""Readers of sound records: for each class a function, compiled once, that takes all its fields in one go.

Such a function knows no faults. Anything unusual in a record (a missing or older name, another type) makes it raise, and the record is then
read again field by field by `objects`, which finds every fault or reads it after all. So a reader may only refuse more than `objects`, never less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import attrs

from ssflow.converters.hooks import iso_date
from ssflow.slots import made_of, opened

if TYPE_CHECKING:
    from ssflow.converters.objects import Part


def reader(cls: type, parts: Iterable[Part], *, judged: bool) -> Callable[[Any], Any] | None:
    """Return a function that makes a value of an attrs class from a sound record, and raises at any other.

    ``judged`` says that the class has validators or converters, which are not run again. The result is None for a class with fields that do not
    come in under their names, or with a default that is made from other fields.
    """
    fields = attrs.fields(cls)
    if not takes_all(cls) or any(getattr(field.default, "takes_self", False) for field in fields):
        return None
    required = sum(field.default is attrs.NOTHING for field in fields)
    known: dict[str, Any] = {"cls": cls, "new": object.__new__, "put": object.__setattr__, "none": type(None)}
    lines = ["def read(raw):", " if type(raw) is not dict: raise TypeError", f" found = {required}"]
    defaults = {field.name: field.default for field in fields}
    for part in parts:
        lines += _reading(part, defaults[part.name], known)
    names = list(defaults)
    lines.append(" if found != len(raw): raise KeyError")
    if twin := opened(cls):
        known["opened"] = twin
        lines.append(" value = new(opened)")
        lines += [f" value.{name} = _{name}" for name in names]
        lines += [" value.__class__ = cls", " return value"]
    elif judged:
        lines.append(" value = new(cls)")
        lines += [f" put(value, {name!r}, _{name})" for name in names]
        lines.append(" return value")
    else:
        lines.append(f" return cls({', '.join(f'{name}=_{name}' for name in names)})")
    return made_of(lines, "read", known)


def takes_all(cls: type) -> bool:
    """Return whether an attrs class takes all its fields, each under its own name."""
    return all(field.init and field.alias == field.name for field in attrs.fields(cls))


def _reading(part: Part, default: Any, known: dict[str, Any]) -> list[str]:
    """Return the lines that read one field; what they use goes to ``known``."""
    name, here = part.name, f"_{part.name}"
    unlike = _unlike(part, here)
    read = f"{f'if {unlike}: ' if unlike else ''}{here} = {_read(part, here, known)}"
    if default is attrs.NOTHING:
        return [f" {here} = raw[{name!r}]", f" {read}"]
    factory = getattr(default, "factory", None)
    known[f"else{here}"] = factory or default
    return [
        f" if {name!r} in raw:",
        f"  {here} = raw[{name!r}]; found += 1",
        f"  {read}",
        f" else: {here} = else{here}{'()' if factory else ''}",
    ]


def _unlike(part: Part, here: str) -> str:
    """Return the condition that a value is of none of the classes that are taken as they are; empty if there are none."""
    classes = {type(None): "none", str: "str", int: "int", bool: "bool"}
    return " and ".join(f"type({here}) is not {classes[plain]}" for plain in part.plain)


def _read(part: Part, here: str, known: dict[str, Any]) -> str:
    """Return the expression that reads a value of one kind. Days, names, and lists and mappings of texts, of which records are full, need no hook."""
    kind, hook = part.kind, f"hook{here}({here}, kind{here})"
    known |= {f"hook{here}": part.hook, f"kind{here}": kind, "day": iso_date, "texts": {str}}
    if kind is date:
        return f"day({here}) or {hook}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        known[f"members{here}"] = kind._member_map_
        return f"members{here}[{here}]"
    if kind in (dict[str, str], dict[str, Any]):
        values = f", *map(type, {here}.values())" if kind == dict[str, str] else ""
        return f"dict({here}) if type({here}) is dict and {{*map(type, {here}){values}}} <= texts else {hook}"
    return _read_several(part, here, known, hook) if get_origin(kind) is tuple else hook


def _read_several(part: Part, here: str, known: dict[str, Any], hook: str) -> str:
    """Return the expression that reads a list: of texts at once, of anything else one by one."""
    each, kinds, is_list = part.each, get_args(part.kind), f"type({here}) is list"
    are_texts = f"{{*map(type, {here})}} == texts"
    if each is None:
        values = f"tuple({here}) if {is_list} and len({here}) == {len(kinds)} and {are_texts}"
        return f"{values} else {hook}" if {*kinds} == {str} else hook
    if each.kind is str:
        values = f"tuple({here}) if {is_list} and {are_texts}"
    elif get_origin(each.kind) is Literal:
        known[f"words{here}"] = {*get_args(each.kind)}
        values = f"tuple({here}) if {is_list} and {are_texts} and {{*{here}}} <= words{here}"
    else:
        one = f"each{here}"
        unlike, read = _unlike(each, one), _read(each, one, known)
        values = f"tuple([{f'{read} if {unlike} else {one}' if unlike else read} for {one} in {here}]) if {is_list}"
    return f"() if {here} == [] else {values} else {hook}"
