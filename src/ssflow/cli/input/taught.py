"""Faults of a command line with further help, and the exit codes of commands."""

from __future__ import annotations

from collections.abc import Sequence

from ssflow.errors import Fault, InputError
from ssflow.text import Text

REFUSED, WRONG = 1, 2  # refused by law or the state of a case, and wrong usage


class TaughtError(InputError):
    """A fault of a command line; ``more`` helps to correct it: the existing fields, the command that explains."""

    def __init__(self, faults: Sequence[Fault], more: Text) -> None:
        super().__init__(*faults)
        self.more = more


class UsageError(TaughtError):
    """A command line that no command can read."""


class UnknownValueError(InputError):
    """An option names something unknown, such as a place."""
