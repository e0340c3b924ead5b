"""Plain data to typed values and back, strictly. The one door to cattrs and tomllib.

Nothing is guessed: ``"1"`` is not the number 1, an unknown key is an error, and every fault names its place.
cattrs is imported on first use, so that ``import ssflow`` stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

import attrs

from ssflow.errors import DataError, Fault
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
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # tomllib.TOMLDecodeError is a ValueError
        raise DataError.of(
            str(path),
            f"不能按TOML读取：{error}；请改正文件，或者拿走",
            f"cannot be read as TOML: {error}; correct the file or take it away",
        ) from error


def structure(raw: object, cls: type[T], file: Path | Traversable | str, where: str = "") -> T:
    """A typed value from the plain data of a file.

    Raises:
        DataError: a key is missing or unknown, or a value has the wrong type; ``fault`` says where.

    """
    try:
        return toml_converter().structure(raw, cls)
    except Exception as error:
        raise DataError(str(file), f"{where + ': ' if where else ''}{faults_of(error)}") from error


class MisfitError(ValueError):
    """A plain value is not what its field takes, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def faults_of(error: Exception) -> str:
    """What cattrs found wrong, each fault with its place, as one line in English."""
    return "; ".join(f"{text.en} at {_dotted(path)}" if path else text.en for path, text in faults_in(error))


def faults_in(error: Exception) -> tuple[Fault, ...]:
    """What cattrs found wrong, each fault with its place, in both languages."""
    from cattrs import transform_error

    # cattrs joins what is said and its place to one string, so both languages go through it side by side.
    told = [fault.rpartition(" @ $") for fault in transform_error(error, format_exception=_side_by_side)]
    return tuple(Fault(path.removeprefix("."), Text(*said.split("\0"))) for said, _, path in told)


def _dotted(path: str) -> str:
    return path if path.startswith("[") else f".{path}"


def _side_by_side(fault: BaseException, _: type | None) -> str:
    from cattrs.errors import ForbiddenExtraKeysError

    match fault:
        case MisfitError():
            text = fault.text
        case KeyError():
            text = Text(f"缺少{fault}", f"misses {fault}")
        case ForbiddenExtraKeysError():
            names = sorted(fault.extra_fields)
            text = Text(f"没有名为{'、'.join(names)}的键", f"there is no key {', '.join(names)}")
        case _:
            text = Text(str(fault), str(fault))
    return "\0".join(part.replace("\0", "") for part in (text.zh, text.en))


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
    converter.register_structure_hook(Decimal, _from_string(Decimal, _decimal, "25.00"))
    converter.register_structure_hook_func(_is_enum, _member)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    return converter


def _exact(converter: Converter, exactly: type, *, shown: bool) -> None:
    """Take values of just this type. A fault shows the value only where it cannot be a person's number."""

    def hook(value: object, _: type) -> object:
        if type(value) is not exactly:
            kind, wanted = type(value).__name__, exactly.__name__
            zh, en = (repr(value), repr(value)) if shown else (f"类型为{kind}的值", f"a value of type {kind}")
            raise MisfitError(f"{zh}不是{wanted}类型", f"{en} is not of type {wanted}")
        return value

    converter.register_structure_hook(exactly, hook)


def _is_tuple(cls: object) -> bool:
    return get_origin(cls) is tuple


def _tuple_hook(cls: type, converter: Converter) -> Callable[[object, type], object]:
    """Lists become tuples; a text is no list of its letters."""
    kinds = get_args(cls)

    def hook(value: object, _: type) -> object:
        from cattrs.errors import IterableValidationError, IterableValidationNote

        if not isinstance(value, list | tuple):
            kind = type(value).__name__
            raise MisfitError(
                f"此处须为列表，给出的是类型为{kind}的值", f"a value of type {kind} stands where a list is needed"
            )
        each = kinds[:1] * len(value) if kinds[-1] is Ellipsis else kinds
        structured, faults = [], []
        for index, (item, kind) in enumerate(zip(value, each, strict=True)):
            try:
                structured.append(converter.structure(item, kind))
            except Exception as error:  # noqa: BLE001 - whatever a hook raises, with its place
                error.add_note(IterableValidationNote("", index, kind))
                faults.append(error)
        if faults:
            raise IterableValidationError("", faults, cls)
        return tuple(structured)

    return hook


def _text(value: object, _: type) -> Text:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise MisfitError(f"{value!r}不是一对字符串[中文, 英文]", f"{value!r} is not a pair of strings [zh, en]")
    return Text(*value)


_PLAIN = (str, bool, int, date, datetime, list, dict, type(None))


def _is_choice(cls: object) -> bool:
    """Whether a field takes plain values of several types, as ``str | list[str]`` does."""
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    return get_origin(cls) is UnionType and len(set(kinds) - {type(None)}) > 1 and set(kinds) <= set(_PLAIN)


def _chosen(value: object, cls: object) -> object:
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    if type(value) not in kinds or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        names = [kind.__name__ for kind in kinds]
        raise MisfitError(f"{value!r}不是{'、'.join(names)}中的任何一种", f"{value!r} is none of {', '.join(names)}")
    return value


def _from_string(cls: type, parse: Callable[[str], object], form: str) -> Callable[[object, type], object]:
    """A hook that reads a text. Its fault does not repeat the text: it may be a person's number."""

    def hook(value: object, _: type) -> object:
        read = None
        if isinstance(value, str):
            with suppress(ValueError, InvalidOperation):
                read = parse(value)
        if read is None:
            name = cls.__name__
            raise MisfitError(
                f"给出的不是{name}；例如写{form}", f"what is given is not a {name}; write for example {form}"
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
        names = [*cls.__members__]
        raise MisfitError(f"名称不在{'、'.join(names)}之中", f"the name is none of {', '.join(names)}")
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
