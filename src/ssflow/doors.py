"""The checks of arguments at the doors of the library: values of the wrong kind are refused by name, in both languages, before any work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import Attribute

from ssflow.errors import InputError, unknown_lang
from ssflow.text import speaks

T = TypeVar("T")


def check_kind(name: str, given: object, *wanted: type[Any]) -> None:
    """Refuse a value that is not of one of some classes; Python's True is not a number.

    Raises:
        InputError: ``given`` is of another class.

    """
    if type(given) in wanted:  # the usual case; subclasses need a closer look
        return
    if not isinstance(given, wanted) or (isinstance(given, bool) and bool not in wanted) or is_no_instant(given):
        raise _unfit(name, given, _named(wanted))


def is_one_of(given: object, words: Iterable[str]) -> bool:
    """Return whether a value is one of some words. The value need not be hashable, nor comparable with a text."""
    return isinstance(given, str) and given in tuple(words)


def is_no_instant(given: object) -> bool:
    """Return whether a value is the missing instant of pandas: a ``datetime`` by its class, whose methods only raise."""
    return isinstance(given, datetime) and given != given  # noqa: PLR0124 - it alone differs from itself


def each_of(name: str, given: object, *wanted: type[T]) -> tuple[T, ...]:
    """Return several values of some classes, as a tuple; a text is not a list of its letters.

    Raises:
        InputError: ``given`` is not a list, or an element is of another class.

    """
    if isinstance(given, str | bytes) or not isinstance(given, (tuple, list, Iterable)):
        raise _unfit(name, given, f"[{_named(wanted)}, ...]")
    values = tuple(given)
    for number, one in enumerate(values):
        if type(one) not in wanted:  # the name is not needed in the usual case
            check_kind(f"{name}[{number}]", one, *wanted)
    return values


def check_callable(name: str, given: object) -> None:
    """Refuse a value that cannot be called.

    Raises:
        InputError: ``given`` cannot be called.

    """
    if not callable(given):
        raise _unfit(name, given, "Callable")


def check_day(name: str, given: object) -> None:
    """Refuse a value that is not a day; an instant is none.

    Raises:
        InputError: ``given`` is something else.

    """
    check_kind(name, given, date)
    if isinstance(given, datetime):
        raise _unfit(name, given, "date")


def check_lang(_: str, given: object) -> None:
    """Refuse a language that the library does not speak.

    Raises:
        InputError: ``given`` is another value.

    """
    if not speaks(given):
        raise unknown_lang(given)


def checked(check: Callable[[str, object], None]) -> Callable[[Any, Attribute[Any], Any], None]:
    """Return the check of an argument as a validator for the field of that name."""
    return lambda _, attribute, value: check(attribute.name, value)


def of_kind(*wanted: type[Any]) -> Callable[[Any, Attribute[Any], Any], None]:
    """Return `check_kind` as a validator for a field."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) not in wanted:  # the usual case costs no further call
            check_kind(attribute.name, value, *wanted)

    return check


def check_subclass(name: str, given: object, wanted: type[Any]) -> None:
    """Refuse a value that is not a subclass of another class, such as a procedure.

    Raises:
        InputError: ``given`` is no such class.

    """
    if not (isinstance(given, type) and issubclass(given, wanted)):
        raise _unfit(name, given, f"class ...({wanted.__name__})")


def _named(wanted: Iterable[type[Any]]) -> str:
    return " | ".join(cls.__name__ for cls in wanted)


def _unfit(name: str, given: object, wanted: str) -> InputError:
    said = given.__name__ if isinstance(given, type) else type(given).__name__
    return InputError.of(name, f"须为{wanted}；实际为{said}", f"{wanted} is required, not {said}")
