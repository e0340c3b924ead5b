"""Objects with named fields from plain mappings: all faults of all fields at once, each at its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints, is_typeddict

import attrs

from ssflow.converters.faults import Hook, faults_of, misfit
from ssflow.converters.fields import chinese_title, is_open_ended, is_union
from ssflow.errors import Fault, InputError
from ssflow.persons import without_numbers
from ssflow.text import Text

if TYPE_CHECKING:
    from cattrs import Converter


class Part(NamedTuple):
    """A field as it is read: a value of one of the ``plain`` classes is taken as it is, any other by the ``hook`` for its kind."""

    name: str
    kind: Any
    hook: Hook
    plain: tuple[type, ...]
    required: bool
    title: str
    each: Part | None = None  # value of a tuple of any number of them


def has_fields(cls: object) -> bool:
    """Return whether a class is read from a mapping: an attrs class or a typed dictionary."""
    return is_typeddict(cls) or (isinstance(cls, type) and attrs.has(cls))


Maker = Callable[[dict[str, Any]], Any]
_PLAIN = (str, bool, int)


def object_hook(
    converter: Converter, maker: Callable[[type], Maker], former: Callable[[type], Mapping[str, str]] | None
) -> Callable[[type], Hook]:
    """Return a factory of a converter's hooks for such classes.

    ``maker`` returns for a class the function that makes it from the values of its fields; where records are read, ``former`` returns the
    present names of its renamed fields.
    """

    def hook_of(cls: type) -> Hook:
        if former is None:
            return _careful(cls, converter, maker(cls))
        return _quick(cls, converter, _careful(cls, converter, maker(cls), former(cls), cls.__name__))

    return hook_of


def _careful(
    cls: type, converter: Converter, make: Maker, renamed: Mapping[str, str] | None = None, recorded: str = ""
) -> Hook:
    """Return a hook that reads field by field and finds all faults."""
    parts: list[Part] = []

    def hook(raw: object, _: type) -> Any:
        if type(raw) is not dict and not isinstance(raw, Mapping):
            kind = type(raw).__name__
            raise misfit(
                f"须为一组字段；实际为{kind}类型的值",
                f"fields by name are required, not a value of type {kind}",
            )
        if not parts:  # not earlier, because a class may have itself among its fields
            parts[:] = _parts_of(cls, converter)  # in one step, for the sake of other threads
        current = _in_present_names(raw, renamed) if renamed else raw
        return make(_values(current, parts, recorded))

    return hook


def _quick(cls: type, converter: Converter, careful: Hook) -> Hook:
    """Return a hook that reads sound records by a compiled reader; all others are left to the careful hook."""
    if is_typeddict(cls):
        return careful
    from ssflow.converters.compiled import reader  # only where records are read

    read: list[Callable[[Any], Any]] = []

    def hook(raw: object, kind: type) -> Any:
        if not read:
            read[:] = [reader(cls, _parts_of(cls, converter), judged=_judges(cls)) or (lambda raw: careful(raw, kind))]
        try:
            return read[0](raw)
        except Exception:  # noqa: BLE001 - the careful hook finds out what it is
            return careful(raw, kind)

    return hook


def _in_present_names(raw: Mapping[Any, Any], renamed: Mapping[str, str]) -> Mapping[Any, Any]:
    """Return a mapping by the present names of the fields; raises if one is given under two names."""
    current = {renamed.get(name, name): value for name, value in raw.items()}
    if len(current) < len(raw):
        twice = [Fault(name, _TWICE) for old, name in renamed.items() if old in raw and name in current]
        raise InputError(*twice)
    return current


def _values(raw: Mapping[Any, Any], parts: list[Part], recorded: str) -> dict[str, Any]:
    """Return the values of the fields; raises all faults, each at its field. For a record, ``recorded`` names the class."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, kind, hook, plain, required, title, _ in parts:
        if name in raw:
            value = raw[name]
            if type(value) in plain:
                values[name] = value
                continue
            try:
                values[name] = hook(value, kind)
            except Exception as error:  # noqa: BLE001 - a class that is not ours may raise anything
                values[name] = None
                faults += [fault.within(name) for fault in faults_of(error)]
        elif required:
            faults.append(Fault(name, _missing(title)))
    if len(values) < len(raw):
        faults += [Fault(_named(name), _not_known(parts, recorded)) for name in raw if name not in values]
    if faults:
        raise InputError(*faults)
    return values


def made(cls: type) -> Maker:
    """Return a function that makes a value and has its class judge it, as for all values from outside."""
    return lambda values: cls(**values)


def rebuilt(cls: type) -> Maker:
    """Return a function that makes a value which its class accepted once, without running its validators and converters again.

    A field that is younger than the value gets its default.
    """
    if is_typeddict(cls) or not _judges(cls):
        return made(cls)
    fields = attrs.fields(cls)

    def make(values: dict[str, Any]) -> Any:
        value: Any = object.__new__(cls)
        for field in fields:
            held = values[field.name] if field.name in values else _default(field, value)
            object.__setattr__(value, field.name, held)
        return value

    return make


def _judges(cls: type) -> bool:
    fields = attrs.fields(cls)
    return hasattr(cls, "__attrs_post_init__") or any(field.validator or field.converter for field in fields)


def _default(field: attrs.Attribute[Any], value: Any) -> Any:
    default: Any = field.default
    factory = getattr(default, "factory", None)
    if factory is None:
        return default
    return factory(value) if default.takes_self else factory()


def _parts_of(cls: type, converter: Converter) -> list[Part]:
    kinds, titled = get_type_hints(cls), get_type_hints(cls, include_extras=True)
    if is_typeddict(cls):
        needed = {name: name in vars(cls)["__required_keys__"] for name in kinds}
    else:
        needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(cls) if field.init}
    return [
        _part(name, kinds[name], converter, required=required, title=chinese_title(titled[name]))
        for name, required in needed.items()
    ]


def _part(name: str, kind: Any, converter: Converter, *, required: bool, title: str) -> Part:
    """Return a field; one that may be empty is read like one that may not, but for None."""
    plain: tuple[type, ...] = ()
    if is_union(kind):
        others = [option for option in get_args(kind) if option is not type(None)]
        if len(others) == 1:
            kind, plain = others[0], (type(None),)
    if kind in _PLAIN:
        plain = (*plain, kind)
    each = _part(name, get_args(kind)[0], converter, required=True, title="") if is_open_ended(kind) else None
    return Part(name, kind, converter.get_structure_hook(kind), plain, required, title, each)


_TWICE = Text("以现名和旧名重复给出", "is given twice, under its present name and an older one")


def _missing(title: str) -> Text:
    return Text(f"必填，未给出{f'（{title}）' if title else ''}", "is missing; it has to be given")


def _not_known(parts: list[Part], recorded: str) -> Text:
    known = [part.name for part in parts]
    hint = Text("", "")
    if recorded:
        hint = Text(
            f'；如系改名，请在{recorded}上方写@was(现名="旧名")',
            f'; if it was renamed, write @was(present="older") above {recorded}',
        )
    return Text(
        f"没有这个字段；可用：{'、'.join(known)}{hint.zh}",
        f"there is no such field; known: {', '.join(known)}{hint.en}",
    )


def _named(name: object) -> str:
    """Return the path of an unknown key, shortened if it is long, with numbers that may be personal masked."""
    text = without_numbers(str(name))
    return text if len(text) <= 40 else f"{text[:40]}…"
