"""The fields of attrs classes: their types, their titles, and values that do not fit them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs

from ssflow.errors import Fault
from ssflow.text import Text


def field_types(cls: type) -> Mapping[str, object]:
    """Return the fields of an attrs class with their resolved types."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in attrs.fields(cls)}


def is_union(hint: object) -> bool:
    """Return whether a type is a union, in either notation: ``X | None``, ``Optional[X]``."""
    return get_origin(hint) in (Union, UnionType)


def is_open_ended(hint: object) -> bool:
    """Return whether a type is a tuple of any number of values, ``tuple[X, ...]``."""
    return get_origin(hint) is tuple and get_args(hint)[-1:] == (Ellipsis,)


def kinds_of(hint: object) -> tuple[Any, ...]:
    """Return the types that a value of a field may have, without titles."""
    if get_origin(hint) is Annotated:
        return kinds_of(get_args(hint)[0])
    return tuple(kind for part in get_args(hint) for kind in kinds_of(part)) if is_union(hint) else (hint,)


def chinese_title(hint: object) -> str:
    """Return the Chinese title of a field: the text in its ``Annotated``, or an empty one."""
    notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((note for note in notes if isinstance(note, str)), "")


def misfits(value: Any) -> tuple[Fault, ...]:
    """Return a fault for each field of an attrs value, at any depth, that holds something other than its type says."""
    faults: list[Fault] = []
    for name, kind in _kinds(type(value)).items():
        held = getattr(value, name)
        if not _fits(held, kind):
            wanted = [cls.__name__ for cls in kind]
            faults.append(
                Fault(
                    name,
                    Text(
                        f"类型是{type(held).__name__}，须为{'或'.join(wanted)}",
                        f"is of type {type(held).__name__}, not {' or '.join(wanted)}",
                    ),
                )
            )
        elif _has_fields(type(held)):
            faults += [fault.within(name) for fault in misfits(held)]
        elif isinstance(held, tuple):
            parts = [(index, part) for index, part in enumerate(held) if _has_fields(type(part))]
            faults += [fault.within(f"{name}[{index}]") for index, part in parts for fault in misfits(part)]
    return tuple(faults)


def _fits(held: Any, kind: tuple[type, ...]) -> bool:
    """Return whether a value is of one of the classes. Unlike in Python, a bool is not a number and an instant is not a day."""
    for narrow in (bool, datetime):
        if isinstance(held, narrow):
            return narrow in kind
    return isinstance(held, kind)


_WITH_FIELDS: dict[type, bool] = {}


def _has_fields(cls: type) -> bool:
    """Return whether it is an attrs class; asked once of each class, because every deed and every notice is looked through."""
    if cls not in _WITH_FIELDS:
        _WITH_FIELDS[cls] = attrs.has(cls)
    return _WITH_FIELDS[cls]


_KINDS: dict[type, dict[str, tuple[type, ...]]] = {}


def _kinds(cls: type) -> Mapping[str, tuple[type, ...]]:
    """Return for each field of an attrs class the classes that its value may have; fields of other types are left out."""
    if cls in _KINDS:
        return _KINDS[cls]
    kinds = _KINDS[cls] = {}
    for name, hint in field_types(cls).items():
        classes = tuple(get_origin(option) or option for option in kinds_of(hint))
        if all(isinstance(option, type) for option in classes):
            kinds[name] = classes
    return kinds
