"""What is wrong with plain data: each fault with the path of its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ssflow.errors import Fault, InputError
from ssflow.text import Text

T = TypeVar("T")
Hook = Callable[[object, type], Any]  # how a value of a type is read


def faults_of(error: Exception) -> tuple[Fault, ...]:
    """What is wrong with data that could not be read. Of a class that is not ours and refuses a value, its own words."""
    if isinstance(error, InputError):
        return error.faults
    return (Fault("", Text(f"此值不能用（原文：「{error}」）", f"the value cannot be used: {error}")),)


def misfit(zh: str, en: str) -> InputError:
    """That a value, wherever it is, is not what is required."""
    return InputError.of("", zh, en)


class Collected:
    """The faults of several values, so that all are told and not only the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, path: str, hook: Callable[[object, type], T], value: object, cls: type) -> T | None:
        """What a hook makes of the value at a path; None if it finds faults."""
        try:
            return hook(value, cls)
        except Exception as error:  # noqa: BLE001 - a class that is not ours may raise anything
            self.faults += [fault.within(path) for fault in faults_of(error)]
            return None

    def check(self) -> None:
        """Raise what was found, if anything was."""
        if self.faults:
            raise InputError(*self.faults)
