"""What is given to a scenario in the form in which it is held; what cannot be is refused by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from ssflow.doors import check_kind, each_of

T = TypeVar("T")


def as_number(given: Any) -> Any:
    """A whole number as one that need not be; what is none is left for the checks to name."""
    return float(given) if type(given) is int and abs(given) < 1 << 1000 else given


def as_numbers(name: str, given: Any) -> tuple[float, ...]:
    """Several numbers; raises InputError if something else is given."""
    return tuple(map(float, _numbers(name, each_of(name, given, object))))


def as_weights(name: str, given: Any) -> dict[str, float]:
    """Numbers by name; raises InputError if something else is given."""
    by_name = as_mapping(name, given, object)
    return dict(zip(by_name, map(float, _numbers(name, tuple(by_name.values()))), strict=True))


def as_mapping(name: str, given: Any, wanted: type[T]) -> dict[str, T]:
    """Values of a class by name; raises InputError if something else is given."""
    check_kind(name, given, Mapping)
    for key, value in given.items():
        check_kind(name, key, str)
        check_kind(f"{name}.{key}", value, wanted)
    return dict(given)


def _numbers(name: str, given: tuple[Any, ...]) -> tuple[Any, ...]:
    for one in given:
        check_kind(name, as_number(one), float)
    return given
