"""The errors at the doors of the calendar for arguments that are not what is required."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import index
from typing import Any

from ssflow.errors import InputError

_LONGEST = 60  # characters of the value, so that an error stays on one line


def unfit(path: str, given: object, zh: str, en: str) -> InputError:
    """Return the error of an argument: what is required, in both languages, and what was given."""
    said = short(repr(given))
    return InputError.of(path, f"须为{zh}；实际为{said}", f"{en} is required, not {said}")


def short(said: str) -> str:
    """Return a value's text, shortened if it is long."""
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def one_of(path: str, given: object, known: Collection[str]) -> None:
    """Refuse a word that is none of the known ones.

    Raises:
        InputError: ``given`` is none of them.

    """
    if not (isinstance(given, str) and given in known):
        said = short(repr(given))
        raise InputError.of(
            path, f"须为{'、'.join(known)}之一；实际为{said}", f"one of {', '.join(known)} is required, not {said}"
        )


def positive(path: str, given: Any, zh: str, en: str) -> int:
    """Return a whole number of at least 1, of any package, as a Python ``int``. ``zh`` and ``en`` say what it is.

    Raises:
        InputError: ``given`` is no such number.

    """
    try:
        n = 0 if isinstance(given, bool) else index(given)
    except TypeError:  # raised also for an array of numbers, which looks like a number
        n = 0
    if n < 1:
        said = short(repr(given))
        raise InputError.of(
            path, f"{zh}须为不小于1的整数；实际为{said}", f"{en} is a whole number of at least 1, not {said}"
        )
    return n


def several(path: str, given: Any) -> tuple[str, ...]:
    """Return one name or several as a tuple; an empty one if nothing is given.

    Raises:
        InputError: ``given`` holds something other than names.

    """
    if given is None:
        return ()
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names):
        raise unfit(path, given, "一个或几个名称", "a name, or several")
    return names
