"""Faults of a command line that come with something to look at, and with which code a command ends."""

from __future__ import annotations

from collections.abc import Sequence

from ssflow.errors import Fault, InputError
from ssflow.text import Text

REFUSED, WRONG = 1, 2  # not done, and asked wrongly


class TaughtError(InputError):
    """What was given is wrong; ``more`` is what helps to put it right: the fields that there are, the command that tells."""

    def __init__(self, faults: Sequence[Fault], more: Text) -> None:
        super().__init__(*faults)
        self.more = more


class UsageError(TaughtError):
    """A command line that no command can read."""


class UnknownValueError(InputError):
    """An option names what nobody knows, such as a place."""
