"""Checks of the arguments of a rulebook: a misspelt name is not a missing figure.

Each check yields its faults, so that a caller learns of all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from ssflow.errors import Fault, InputError, UnknownError
from ssflow.regions import area_name, region_name
from ssflow.text import NO_TEXT, Text


def refuse(*faults: Iterable[Fault]) -> None:
    """Raise all faults together, if there are any."""
    found = [fault for some in faults for fault in some]
    if found:
        raise InputError(*found)


def unknown_parameter(given: object, known: tuple[str, ...]) -> InputError | UnknownError:
    """Return the error for a parameter that a rulebook does not have."""
    if isinstance(given, str):
        return UnknownError("parameter", given, known)
    return InputError(wrong_type("parameter", given, "项目的名称", "the name of a parameter"))


def day(path: str, given: object) -> Iterator[Fault]:
    """Yield a fault if the argument is not a day. An instant is none: it falls on a day only in a time zone."""
    if isinstance(given, datetime):
        yield Fault(
            path,
            Text(
                "须为日期，不能是时刻；可先用ssflow.calendar.clock.civil_day求出所在之日",
                "a day is required, not an instant; ssflow.calendar.clock.civil_day tells the day on which it falls",
            ),
        )
    elif not isinstance(given, date):
        yield wrong_type(path, given, "日期（datetime.date）", "a datetime.date")


def place(path: str, given: object) -> Iterator[Fault]:
    """Yield a fault if the argument is not the code of a place; raise UnknownError if no place has the code."""
    if isinstance(given, str):
        region_name(given)
    else:
        yield wrong_type(path, given, "六位行政区划代码，例如“440100”", 'a code of six digits, for example "440100"')


def area(path: str, given: object) -> Iterator[Fault]:
    """Yield a fault if the argument is neither a place nor two places joined by a plus sign."""
    if isinstance(given, str):
        area_name(given)
    else:
        yield wrong_type(path, given, "六位行政区划代码，例如“440100”", 'a code of six digits, for example "440100"')


def keys(path: str, given: object, known: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    """Yield a fault for each key, or name of a key, that the rulebook does not have; ``given`` may hold several names for one key."""
    if not isinstance(given, Mapping):
        yield wrong_type(
            path,
            given,
            "适用条件的字典，例如{'channel': 'online'}",
            "a mapping of keys, for example {'channel': 'online'}",
        )
        return
    for key, names in given.items():
        if key in known:
            for name in names if isinstance(names, list | tuple) else [names]:
                if name not in known[key]:
                    yield Fault(f"{path}.{key}", _unknown(name, known[key], "取值", "name"))
        else:
            yield Fault(_path(path, key), _unknown(key, tuple(known), "适用条件", "key"))


def name(path: str, given: object, zh: str, en: str) -> Iterator[Fault]:
    """Yield a fault if the argument is given and is not a name."""
    if given is not None and not isinstance(given, str):
        yield wrong_type(path, given, f"{zh}的名称", f"the name of {en}")


def wrong_type(path: str, given: object, zh: str, en: str) -> Fault:
    """Return the fault of an argument of the wrong type."""
    kind = type(given).__name__
    return Fault(path, Text(f"须为{zh}；实际为{kind}", f"{en} is required, not a value of type {kind}"))


def _unknown(given: object, known: tuple[str, ...], zh: str, en: str) -> Text:
    """Return the text for a name that is not known. A value that does not look like a name is not repeated, because it may be personal."""
    listed = Text("、".join(known) or "无", ", ".join(known) or "none")
    if not (isinstance(given, str) and given.isidentifier()):
        kind = type(given).__name__
        return Text(
            f"须为{zh}的名称；实际为{kind}；可用：{listed.zh}",
            f"the name of a {en} is required; what is given, of type {kind}, is none of {listed.en}"
            if isinstance(given, str)
            else f"the name of a {en} is required, not a value of type {kind}; known: {listed.en}",
        )
    near = get_close_matches(given, known, n=1)
    hint = Text(f"；是否指{near[0]}？", f"; did you mean {near[0]}?") if near else NO_TEXT
    return Text(
        f"没有名为“{given}”的{zh}；可用：{listed.zh}{hint.zh}", f"unknown {en} {given!r}; known: {listed.en}{hint.en}"
    )


def _path(path: str, key: object) -> str:
    return f"{path}.{key}" if isinstance(key, str) and key.isidentifier() else path
