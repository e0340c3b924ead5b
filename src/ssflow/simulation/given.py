"""What is given to a scenario in the form in which it is held; what is of another kind is left for the checks to name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssflow.errors import InputError


def as_number(given: Any) -> Any:
    """A whole number as one that need not be."""
    return float(given) if type(given) is int else given


def as_numbers(given: Any) -> Any:
    """Weights by name.

    Raises:
        InputError: one of them is no number.

    """
    if not isinstance(given, Mapping):
        return given
    for name, weight in given.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            kind = type(weight).__name__
            raise InputError.of(str(name), f"须为数字，不能是{kind}", f"a number is wanted, not a {kind}")
    return {name: float(weight) for name, weight in given.items()}


def as_tuple(given: Any) -> Any:
    """A list as a tuple."""
    return tuple(map(as_number, given)) if isinstance(given, list | tuple) else given
