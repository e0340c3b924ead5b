"""The faults of plain data, each with the path of its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ssflow.errors import Fault, InputError
from ssflow.persons import without_numbers
from ssflow.text import Text

T = TypeVar("T")
Hook = Callable[[object, type], Any]  # reads a value of a type


def faults_of(error: Exception) -> tuple[Fault, ...]:
    """Return what is wrong with data that could not be read; for a value refused by a third-party class, that class's own words."""
    if isinstance(error, InputError):
        return error.faults
    said = without_numbers(str(error))  # it may repeat the value
    return (Fault("", Text(f"此值无法使用（原文：“{said}”）", f"the value cannot be used: {said}")),)


def misfit(zh: str, en: str) -> InputError:
    """Return the error that a value, wherever it is, is not what is required."""
    return InputError.of("", zh, en)


class Collected:
    """The faults of several values, collected so that all are reported and not only the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, key: str | int, hook: Callable[[object, type], T], value: object, cls: type) -> T | None:
        """Return what a hook makes of the value under a name, or in a place of a list; None if it finds faults."""
        try:
            return hook(value, cls)
        except Exception as error:  # noqa: BLE001 - a class that is not ours may raise anything
            path = f"[{key}]" if isinstance(key, int) else key
            self.faults += [fault.within(path) for fault in faults_of(error)]
            return None

    def check(self) -> None:
        """Raise the faults found, if there are any."""
        if self.faults:
            raise InputError(*self.faults)
