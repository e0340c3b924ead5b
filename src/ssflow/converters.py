"""Plain data to typed values and back, strictly. The one door to cattrs and tomllib.

Nothing is guessed: ``"1"`` is not the number 1, an unknown key is an error, and every fault names its place.
cattrs is imported on first use, so that ``import ssflow`` stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

import attrs

from ssflow.errors import DataError, Fault, InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from cattrs import Converter

T = TypeVar("T")


def read_toml(path: Path | Traversable) -> dict[str, Any]:
    """The content of a TOML file.

    Raises:
        DataError: the file cannot be read or is not TOML; nothing was loaded.

    """
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError.of(
            str(path),
            f"不能作为TOML读取（{error}）；请改正或者移走该文件",
            f"cannot be read as TOML: {error}; correct the file or take it away",
        ) from error


def structure(raw: object, cls: type[T], file: Path | Traversable | str, where: str = "") -> T:
    """A typed value from the plain data of a file.

    Raises:
        DataError: a key is missing or unknown, or a value has the wrong type; each fault says where.

    """
    try:
        return toml_converter().structure(raw, cls)
    except Exception as error:
        raise DataError(str(file), *(fault.within(where) for fault in faults_of(error))) from error


class _UnfitError(ValueError):
    """A value is not what is wanted; ``text`` says why, and what is."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


def faults_of(error: Exception) -> tuple[Fault, ...]:
    """What cattrs found wrong, each fault with its place."""
    from cattrs import transform_error

    found: list[tuple[Fault, ...]] = []  # in the order in which cattrs tells their places

    def told(fault: BaseException, _: type | None) -> str:
        found.append(tuple(_faults(fault)))
        return ""

    places = [text.partition("@ $")[2].removeprefix(".") for text in transform_error(error, format_exception=told)]
    return tuple(fault.within(place) for place, faults in zip(places, found, strict=True) for fault in faults)


def _faults(error: BaseException) -> Iterator[Fault]:
    from cattrs.errors import ForbiddenExtraKeysError

    match error:
        case InputError():
            yield from error.faults
        case _UnfitError():
            yield Fault("", error.text)
        case KeyError(args=(name,)):
            yield Fault("", Text(f"缺少{name}", f"misses {name!r}"))
        case ForbiddenExtraKeysError():
            for name in sorted(map(str, error.extra_fields)):
                yield Fault("", Text(f"没有名为{name}的字段", f"there is no field {name!r}"))
        case _:
            yield Fault("", Text(f"此值不能用（{error}）", str(error)))


@cache
def toml_converter() -> Converter:
    """Strict, for TOML: dates and instants are such already, texts are pairs of strings."""
    converter = _strict(shown=True)
    _exact(converter, date, shown=True)
    _exact(converter, datetime, shown=True)
    _exact(converter, time, shown=True)
    converter.register_structure_hook(Text, _text)
    converter.register_structure_hook_func(_is_choice, _chosen)
    return converter


@cache
def json_converter() -> Converter:
    """Strict, for JSON: dates and instants are strings."""
    converter = _strict(shown=False)
    converter.register_structure_hook(date, _from_string(date, _iso_date, "2026-01-31"))
    converter.register_structure_hook(datetime, _from_string(datetime, _iso_instant, "2026-01-31T09:00:00+08:00"))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook_func(_is_enum, lambda member: member.name)
    return converter


def _strict(*, shown: bool) -> Converter:
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)  # in both, decimals are strings and members of an enum their names
    for cls in (str, bool, int):
        _exact(converter, cls, shown=shown)
    converter.register_structure_hook_factory(attrs.has, _object_hook)
    converter.register_structure_hook(Decimal, _from_string(Decimal, _decimal, "25.00"))
    converter.register_structure_hook_func(_is_enum, _member)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    return converter


def _exact(converter: Converter, exactly: type, *, shown: bool) -> None:
    """Take values of just this type. A fault shows the value only where it cannot be a person's number."""

    def hook(value: object, _: type) -> object:
        if type(value) is not exactly:
            zh, en = _shown(value) if shown else _kind(value)
            raise _UnfitError(f"{zh}不是{_KINDS_ZH[exactly]}", f"{en} is not of type {exactly.__name__}")
        return value

    converter.register_structure_hook(exactly, hook)


_KINDS_ZH: dict[type, str] = {
    str: "文字",
    bool: "真假值",
    int: "整数",
    float: "小数",
    Decimal: "数额",
    date: "日期",
    datetime: "带时区的时刻",
    time: "时间",
    list: "列表",
    dict: "对象",
    type(None): "空值",
}


def _shown(value: object) -> Text:
    return Text(f"{value!r}", f"{value!r}")


def _kind(value: object) -> Text:
    name = type(value).__name__
    return Text(f"给的是{_KINDS_ZH.get(type(value), name)}，", f"a value of type {name}")


def _object_hook(cls: type, converter: Converter) -> Callable[[object, type], object]:
    """What has fields is given as an object of JSON or a table of TOML, and as nothing else."""
    made: Callable[[Any, type], object] = converter.gen_structure_attrs_fromdict(cls)

    def hook(value: object, kind: type) -> object:
        if not isinstance(value, Mapping):
            zh, en = _kind(value)
            raise _UnfitError(
                f"{zh}须为对象，含字段{'、'.join(field_types(cls))}", f"{en} stands where an object is needed"
            )
        return made(value, kind)

    return hook


def _is_tuple(cls: object) -> bool:
    return get_origin(cls) is tuple


def _tuple_hook(cls: type, converter: Converter) -> Callable[[object, type], object]:
    """Lists become tuples; a text is no list of its letters."""
    kinds = get_args(cls)

    def hook(value: object, _: type) -> object:
        if not isinstance(value, list | tuple):
            zh, en = _kind(value)
            raise _UnfitError(f"{zh}须为列表", f"{en} stands where a list is needed")
        each = kinds[:1] * len(value) if kinds[-1] is Ellipsis else kinds
        return tuple(converter.structure(item, kind) for item, kind in zip(value, each, strict=True))

    return hook


def _text(value: object, _: type) -> Text:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise _UnfitError(f"{value!r}须为两段文字[中文, 英文]", f"{value!r} is not a pair of strings [zh, en]")
    return Text(*value)


_PLAIN = (str, bool, int, date, datetime, list, dict, type(None))


def _is_choice(cls: object) -> bool:
    """Whether a field takes plain values of several types, as ``str | list[str]`` does."""
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    return get_origin(cls) is UnionType and len(set(kinds) - {type(None)}) > 1 and set(kinds) <= set(_PLAIN)


def _chosen(value: object, cls: object) -> object:
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    if type(value) not in kinds or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        zh = "、".join(_KINDS_ZH[kind] for kind in kinds)
        raise _UnfitError(
            f"{value!r}须为{zh}之一", f"{value!r} is none of {', '.join(kind.__name__ for kind in kinds)}"
        )
    return value


def _from_string(cls: type, parse: Callable[[str], object], form: str) -> Callable[[object, type], object]:
    """A hook that reads a text. Its fault does not repeat the text: it may be a person's number."""

    def hook(value: object, _: type) -> object:
        read = None
        if isinstance(value, str):
            with suppress(ValueError, InvalidOperation):
                read = parse(value)
        if read is None:
            raise _UnfitError(
                f"不是{_KINDS_ZH[cls]}；例如{form}", f"what is given is not a {cls.__name__}; write for example {form}"
            )
        return read

    return hook


def _iso_date(text: str) -> date | None:
    day = date.fromisoformat(text)
    return day if day.isoformat() == text else None


def _iso_instant(text: str) -> datetime | None:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else None


def _decimal(text: str) -> Decimal | None:
    number = Decimal(text)
    return number if number.is_finite() else None


def _is_enum(cls: object) -> bool:
    return isinstance(cls, type) and issubclass(cls, Enum)


def _member(name: object, cls: type[Enum]) -> Enum:
    if not isinstance(name, str) or name not in cls.__members__:
        raise _UnfitError(f"须为{'、'.join(cls.__members__)}之一", f"the name is none of {', '.join(cls.__members__)}")
    return cls.__members__[name]


def field_types(cls: type) -> Mapping[str, object]:
    """The fields of an attrs class and their resolved types."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in attrs.fields(cls)}


def misfits(value: Any) -> list[str]:
    """The fields of an attrs value, at any depth, that hold something else than their types say."""
    faults = []
    for name, kind in _kinds(type(value)).items():
        held = getattr(value, name)
        if not _fits(held, kind):
            wanted = " or ".join(cls.__name__ for cls in kind)
            faults.append(f"{type(value).__name__}.{name} is of type {type(held).__name__}, not {wanted}")
        elif attrs.has(type(held)):
            faults += misfits(held)
    return faults


def _fits(held: Any, kind: tuple[type, ...]) -> bool:
    """Whether a value is of one of the classes; a bool is no number and an instant is no day, whatever Python says."""
    for narrow in (bool, datetime):
        if isinstance(held, narrow):
            return narrow in kind
    return isinstance(held, kind)


_KINDS: dict[type, dict[str, tuple[type, ...]]] = {}


def _kinds(cls: type) -> dict[str, tuple[type, ...]]:
    """For each field of an attrs class the classes that its value may have; fields of other types are left out."""
    if cls not in _KINDS:
        kinds = {}
        for name, hint in field_types(cls).items():
            options = get_args(hint) if get_origin(hint) is UnionType else (hint,)
            classes = tuple(get_origin(option) or option for option in options)
            if all(isinstance(option, type) for option in classes):
                kinds[name] = classes
        _KINDS[cls] = kinds
    return _KINDS[cls]
