"""Refusing, at a door, what is of another kind than is required: by its name, in both languages, before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import Attribute

from ssflow.errors import InputError, unknown_lang
from ssflow.text import speaks

T = TypeVar("T")


def check_kind(name: str, given: object, *wanted: type[Any]) -> None:
    """A value of one of some classes; Python's True is not a number.

    Raises:
        InputError: it is of another.

    """
    if type(given) in wanted:  # the usual case; a subclass needs a closer look
        return
    if not isinstance(given, wanted) or (isinstance(given, bool) and bool not in wanted) or is_no_instant(given):
        raise _unfit(name, given, _named(wanted))


def is_one_of(given: object, words: Iterable[str]) -> bool:
    """Whether it is one of some words; what else is given need not be hashable, nor know whether it equals a text."""
    return isinstance(given, str) and given in tuple(words)


def is_no_instant(given: object) -> bool:
    """Whether it is the missing instant of pandas: a ``datetime`` by its class, whose methods only raise."""
    return isinstance(given, datetime) and given != given  # noqa: PLR0124 - it alone differs from itself


def each_of(name: str, given: object, *wanted: type[T]) -> tuple[T, ...]:
    """Several values of some classes, as a tuple; a text is not a list of its letters.

    Raises:
        InputError: they are none, or one of them is of another class.

    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise _unfit(name, given, f"[{_named(wanted)}, ...]")
    values = tuple(given)
    for number, one in enumerate(values):
        check_kind(f"{name}[{number}]", one, *wanted)
    return values


def check_callable(name: str, given: object) -> None:
    """A function, or whatever can be called.

    Raises:
        InputError: it cannot be called.

    """
    if not callable(given):
        raise _unfit(name, given, "Callable")


def check_day(name: str, given: object) -> None:
    """A day, not an instant.

    Raises:
        InputError: it is something else.

    """
    check_kind(name, given, date)
    if isinstance(given, datetime):
        raise _unfit(name, given, "date")


def check_lang(_: str, given: object) -> None:
    """A language that the library speaks.

    Raises:
        InputError: it is another.

    """
    if not speaks(given):
        raise unknown_lang(given)


def checked(check: Callable[[str, object], None]) -> Callable[[Any, Attribute[Any], Any], None]:
    """The check of an argument as a validator of the field of that name."""
    return lambda _, attribute, value: check(attribute.name, value)


def of_kind(*wanted: type[Any]) -> Callable[[Any, Attribute[Any], Any], None]:
    """`check_kind` as a validator of a field."""
    return lambda _, attribute, value: check_kind(attribute.name, value, *wanted)


def check_subclass(name: str, given: object, wanted: type[Any]) -> None:
    """A class that is made from another, such as a procedure.

    Raises:
        InputError: it is none.

    """
    if not (isinstance(given, type) and issubclass(given, wanted)):
        raise _unfit(name, given, f"class ...({wanted.__name__})")


def _named(wanted: Iterable[type[Any]]) -> str:
    return " | ".join(cls.__name__ for cls in wanted)


def _unfit(name: str, given: object, wanted: str) -> InputError:
    said = given.__name__ if isinstance(given, type) else type(given).__name__
    return InputError.of(name, f"须为{wanted}；给出的是{said}", f"{wanted} is required, not {said}")
