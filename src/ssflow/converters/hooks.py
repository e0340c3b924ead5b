"""Hooks that read plain values strictly: a value of exactly its type, or a text with exactly one meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from itertools import repeat
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from ssflow.converters.faults import Collected, Hook, misfit
from ssflow.converters.fields import is_union
from ssflow.converters.former import former_of
from ssflow.persons.masking import without_numbers
from ssflow.text import Text

if TYPE_CHECKING:
    from cattrs import Converter

_DAYS = 4096  # kept as they were read: those of records repeat
_EXACT_DIGITS = 15  # a float cannot hold every number with more digits
# The Chinese names of types; in English their own names will do.
SUM = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_WORDS: Mapping[type, str] = {
    str: "文字",
    bool: "true或false",
    int: "整数",
    date: "日期",
    datetime: "带时区的时刻",
    time: "一天中的时刻",
    Decimal: "数额",
    list: "列表",
    dict: "一组字段",
}


def exact(exactly: type, *, shown: bool) -> Hook:
    """Return a hook that takes values of exactly one type. Its fault shows the value only if ``shown``, where it cannot be a person's number."""

    def hook(value: object, _: type) -> object:
        if type(value) is not exactly:
            kind, ours = type(value).__name__, exactly.__name__
            given = Text(f"{value!r}", f"{value!r}") if shown else Text(f"{kind}类型的值", f"a value of type {kind}")
            raise misfit(f"须为{_WORDS[exactly]}；实际为{given.zh}", f"{given.en} is not of type {ours}")
        return value

    return hook


def number(*, shown: bool) -> Hook:
    """Return a hook that takes finite numbers, whole or not, but not True and False."""

    def hook(value: object, _: type) -> float:
        if type(value) not in (int, float) or not isfinite(float(str(value))):
            kind = type(value).__name__
            given = Text(f"{value!r}", f"{value!r}") if shown else Text(f"{kind}类型的值", f"a value of type {kind}")
            raise misfit(f"须为数字；实际为{given.zh}", f"{given.en} is not a number")
        return float(str(value))

    return hook


def from_text(cls: type, parse: Callable[[str], object], form: str) -> Hook:
    """Return a hook that reads a text. Its fault does not repeat the text, which may be a person's number."""

    def hook(value: object, _: type) -> object:
        try:
            read = parse(value) if isinstance(value, str) else None
        except ValueError:
            read = None
        if read is None:
            raise misfit(
                f"须为{_WORDS[cls]}，例如{form}", f"what is given is not a {cls.__name__}; write for example {form}"
            )
        return read

    return hook


def member(name: object, cls: type[Enum]) -> Enum:
    """Return a member of an enumeration by its name."""
    if not isinstance(name, str) or name not in cls.__members__:
        known = list(cls.__members__)
        raise misfit(f"须为{'、'.join(known)}之一", f"the name is none of {', '.join(known)}")
    return cls.__members__[name]


def recorded_member(name: object, cls: type[Enum]) -> Enum:
    """Return a member of an enumeration by its present or an older name, as a record may have it."""
    if isinstance(name, str) and name in cls._member_map_:
        return cls._member_map_[name]
    if isinstance(name, str) and name not in cls.__members__:
        present = former_of(cls).get(name)
        if present is None and name.isidentifier():
            known, said = list(cls.__members__), without_numbers(name)
            raise misfit(
                f'须为{"、".join(known)}之一，记录的是{said}；如系改名，请在{cls.__name__}上方写@was(现名="{said}")',
                f"the name is none of {', '.join(known)}, but {said}; if it was renamed, write "
                f'@was(present="{said}") above {cls.__name__}',
            )
        name = present or name
    return member(name, cls)


def is_enum(cls: object) -> bool:
    """Return whether a type is an enumeration."""
    return isinstance(cls, type) and issubclass(cls, Enum)


def is_literal(cls: object) -> bool:
    """Return whether a field takes one of some words."""
    return get_origin(cls) is Literal


def word(*, shown: bool) -> Hook:
    """Return a hook that takes one of some words."""

    def hook(value: object, cls: type) -> object:
        known = get_args(cls)
        if not any(value == one and type(value) is type(one) for one in known):
            given = f"{value!r}" if shown else "the value"
            raise misfit(f"须为{'、'.join(map(str, known))}之一", f"{given} is none of {', '.join(map(str, known))}")
        return value

    return hook


def is_sequence(cls: object) -> bool:
    """Return whether a type is a tuple or a list."""
    return get_origin(cls) in (tuple, list)


def sequence_hook(cls: type, converter: Converter) -> Hook:
    """Return a hook for a list whose elements are read one by one; a text is not a list of its letters."""
    kinds, makes = get_args(cls), get_origin(cls) or tuple
    any_number = makes is list or kinds[-1] is Ellipsis
    only_texts = set(kinds) <= {str, Ellipsis}
    read: list[
        tuple[Hook, Any]
    ] = []  # how elements are read; filled at the first use, because an element's class may hold this one

    def hook(value: object, _: type) -> object:
        if type(value) is not list and not isinstance(value, list | tuple):
            kind = type(value).__name__
            raise misfit(f"须为列表；实际为{kind}类型的值", f"a list is required, not a value of type {kind}")
        if not any_number and len(value) != len(kinds):
            raise misfit(
                f"须为{len(kinds)}项；实际为{len(value)}项", f"{len(kinds)} parts are required, not {len(value)}"
            )
        if only_texts and set(map(type, value)) <= {str}:
            return makes(value)
        if not read:
            read[:] = [(converter.get_structure_hook(kind), kind) for kind in kinds if kind is not Ellipsis]
        each = repeat(read[0]) if any_number else read
        try:
            return makes([hook_of_part(item, kind) for item, (hook_of_part, kind) in zip(value, each)])  # noqa: B905
        except Exception:  # noqa: BLE001 - all faults are found below
            collected = Collected()
        parts = [
            collected.read(index, hook_of_part, item, kind)
            for index, (item, (hook_of_part, kind)) in enumerate(zip(value, each))  # noqa: B905
        ]
        collected.check()
        return makes(parts)

    return hook


def is_mapping(cls: object) -> bool:
    """Return whether a type is a dictionary with texts as keys."""
    return get_origin(cls) is dict


def mapping_hook(cls: type, converter: Converter) -> Hook:
    """Return a hook for values by their keys, which are texts."""
    kind = get_args(cls)[1]

    def hook(value: object, _: type) -> object:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            given = type(value).__name__
            raise misfit(
                f"须为一组字段；实际为{given}类型的值",
                f"fields by name are required, not a value of type {given}",
            )
        part = converter.get_structure_hook(kind)
        try:
            return {key: part(item, kind) for key, item in value.items()}
        except Exception:  # noqa: BLE001 - all faults are found below
            collected = Collected()
        read = {key: collected.read(key, part, item, kind) for key, item in value.items()}
        collected.check()
        return read

    return hook


def both_languages(value: object, _: type) -> Text:
    """Return a text in Chinese and English."""
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise misfit(
            f'须写作["中文", "English"]；实际为{value!r}',
            f'{value!r} is not a pair of strings; write ["中文", "English"]',
        )
    return Text(*value)


_PLAIN = (str, bool, int, date, datetime, list, dict, type(None))


def is_choice(cls: object) -> bool:
    """Return whether a field takes plain values of several types, such as ``str | list[str]``."""
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    return is_union(cls) and len(set(kinds) - {type(None)}) > 1 and set(kinds) <= set(_PLAIN)


def chosen(value: object, cls: object) -> object:
    """Return a plain value of one of several types."""
    kinds = [get_origin(kind) or kind for kind in get_args(cls)]
    if type(value) not in kinds or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        wanted = "或者".join(_WORDS[kind] for kind in kinds if kind in _WORDS)
        raise misfit(
            f"须为{wanted}；实际为{value!r}", f"{value!r} is none of {', '.join(kind.__name__ for kind in kinds)}"
        )
    return value


@lru_cache(_DAYS)
def iso_date(text: str) -> date | None:
    """Return a day, which has only one notation."""
    day = date.fromisoformat(text)
    return day if day.isoformat() == text else None


def iso_instant(text: str) -> datetime | None:
    """Return an instant, which must have a time zone."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else None


def is_moment(cls: object) -> bool:
    """Return whether a field takes a day or an instant."""
    return is_union(cls) and {date, datetime} == set(get_args(cls)) - {type(None)}


def moment(value: object, cls: object) -> date | datetime | None:
    """Return a day or an instant, each in its own notation."""
    if value is None and type(None) in get_args(cls):
        return None
    try:
        read = (iso_instant(value) if "T" in value else iso_date(value)) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None:
        raise misfit(
            "须为日期或带时区的时刻，例如2026-01-31",
            "what is given is neither a day nor an instant with a zone; write for example 2026-01-31",
        )
    return read


def sum_of_money(value: object, _: type) -> Decimal:
    """Return a sum from its text in plain digits, or from a JSON number that loses no digits.

    Python would also read blanks, underscores and the digits of other scripts.
    """
    if isinstance(value, str) and not re.fullmatch(SUM, value):
        value = None
    with suppress(ValueError, InvalidOperation):  # text that is not a number, or a whole number too long to be written
        number = Decimal(str(value) if type(value) in (int, float, str) else "")
        if number.is_finite() and (type(value) is not float or len(number.as_tuple().digits) <= _EXACT_DIGITS):
            return number
    raise misfit("须为数额，例如25.00", "what is given is not a Decimal; write for example 25.00")
