"""Objects with named fields, from plain mappings: all faults of all fields at once, each at its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, get_type_hints, is_typeddict

import attrs
from attrs import frozen

from ssflow.converters.faults import Collected, unfit
from ssflow.converters.fields import title_of
from ssflow.errors import Fault
from ssflow.text import Text

if TYPE_CHECKING:
    from cattrs import Converter

Hook = Callable[[object, type], Any]


@frozen
class _Part:
    name: str
    kind: Any
    hook: Hook
    required: bool
    title: str


def has_fields(cls: object) -> bool:
    """Whether a class is read from a mapping: an attrs class, or a typed dictionary."""
    return is_typeddict(cls) or (isinstance(cls, type) and attrs.has(cls))


def object_hook(converter: Converter, make: Callable[[type, dict[str, Any]], Any]) -> Callable[[type], Hook]:
    """What makes the hooks of a converter for such classes; ``make`` gets a class and the values of its fields."""

    def hook_of(cls: type) -> Hook:
        parts: list[_Part] = []

        def hook(raw: object, _: type) -> Any:
            if not isinstance(raw, Mapping):
                raise unfit(
                    f"须为一组字段，给的是类型为{type(raw).__name__}的值",
                    f"a value of type {type(raw).__name__} stands where fields by their names are needed",
                )
            if not parts:  # not before: a class may have itself among its fields
                parts.extend(_parts_of(cls, converter))
            collected, values = Collected(), dict[str, Any]()
            for part in parts:
                if part.name in raw:
                    values[part.name] = collected.read(part.name, part.hook, raw[part.name], part.kind)
                elif part.required:
                    collected.faults.append(Fault(part.name, _missing(part)))
            if len(values) < len(raw):
                known = [part.name for part in parts]
                unknown = (name for name in raw if name not in values)
                collected.faults += [Fault(_named(name), _not_known(known)) for name in unknown]
            collected.check()
            return make(cls, values)

        return hook

    return hook_of


def made(cls: type, values: dict[str, Any]) -> Any:
    """A value that is judged by its class, as every value that comes in from outside."""
    return cls(**values)


def rebuilt(cls: type, values: dict[str, Any]) -> Any:
    """A value that its class took once, and that is not judged again: neither validators nor converters of its class run.

    What it has no value for, because the field is younger, gets its default.
    """
    if is_typeddict(cls) or not _judges(cls):
        return cls(**values)
    value: Any = object.__new__(cls)
    for field in attrs.fields(cls):
        held = values[field.name] if field.name in values else _default(field, value)
        object.__setattr__(value, field.name, held)
    return value


def _judges(cls: type) -> bool:
    fields = attrs.fields(cls)
    return hasattr(cls, "__attrs_post_init__") or any(field.validator or field.converter for field in fields)


def _default(field: attrs.Attribute[Any], value: Any) -> Any:
    default: Any = field.default
    factory = getattr(default, "factory", None)
    if factory is None:
        return default
    return factory(value) if default.takes_self else factory()


def _parts_of(cls: type, converter: Converter) -> list[_Part]:
    kinds, titled = get_type_hints(cls), get_type_hints(cls, include_extras=True)
    if is_typeddict(cls):
        needed = {name: name in cls.__required_keys__ for name in kinds}  # type: ignore[attr-defined]
    else:
        needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(cls) if field.init}
    return [
        _Part(name, kinds[name], converter.get_structure_hook(kinds[name]), required, title_of(titled[name]))
        for name, required in needed.items()
    ]


def _missing(part: _Part) -> Text:
    return Text(f"必填，未给出{f'（{part.title}）' if part.title else ''}", "is missing; it has to be given")


def _not_known(known: list[str]) -> Text:
    return Text(f"没有这个字段；可用：{'、'.join(known)}", f"there is no such field; known: {', '.join(known)}")


def _named(name: object) -> str:
    """The path of a key that nobody knows: whatever it is, it is not repeated at length."""
    text = str(name)
    return text if len(text) <= 40 else f"{text[:40]}…"
