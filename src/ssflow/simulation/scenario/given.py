"""Converters of the arguments of a scenario to the form in which it holds them; a value that does not fit is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, TypeVar

from ssflow.doors import check_day, check_kind, each_of
from ssflow.errors import InputError

T = TypeVar("T")


def as_number(given: Any) -> Any:
    """Return a whole number as a float; any other value is left for the checks."""
    return float(given) if type(given) is int and abs(given) < 1 << 1000 else given


def as_numbers(name: str, given: Any) -> tuple[float, ...]:
    """Return several numbers as a tuple; raises InputError for anything else."""
    return tuple(map(float, _numbers(name, each_of(name, given, object))))


def as_weights(name: str, given: Any) -> dict[str, float]:
    """Return numbers by name; raises InputError for anything else."""
    by_name = as_mapping(name, given, object)
    return dict(zip(by_name, map(float, _numbers(name, tuple(by_name.values()))), strict=True))


def as_mapping(name: str, given: Any, wanted: type[T]) -> dict[str, T]:
    """Return values of a class by name; raises InputError for anything else."""
    check_kind(name, given, Mapping)
    for key, value in given.items():
        check_kind(name, key, str)
        check_kind(f"{name}.{key}", value, wanted)
    return dict(given)


def as_hours(name: str, given: Any) -> tuple[time, time]:
    """Return two times, from and to; raises InputError for anything else."""
    hours = each_of(name, given, time)
    if len(hours) != 2:
        raise InputError.of(
            name,
            "须为上班和下班两个钟点",
            f"two times of day are required, the opening and the closing, not {len(hours)}",
        )
    return hours[0], hours[1]


def as_counts(name: str, given: Any) -> dict[date, int]:
    """Return whole numbers by day; in a file, whose keys are texts, days are texts. Raises InputError for anything else."""
    check_kind(name, given, Mapping)
    counts: dict[date, int] = {}
    for day, number in given.items():
        try:
            there = date.fromisoformat(day) if isinstance(day, str) else day
        except ValueError:
            raise InputError.of(name, f"{day!r}不是日期", f"{day!r} is not a date") from None
        check_day(name, there)
        check_kind(f"{name}.{there}", number, int)
        counts[there] = number
    return counts


def _numbers(name: str, given: tuple[Any, ...]) -> tuple[Any, ...]:
    for one in given:
        check_kind(name, as_number(one), float)
    return given
