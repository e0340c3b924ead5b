"""Passes through many cases: a case that cannot be read or judged does not hold up the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from ssflow.case.events import Event
from ssflow.errors import ConflictError, SweepError, TransactionConflictError, reasons
from ssflow.text import Lang, Text

T = TypeVar("T")
PORTION = 50  # cases that are written together: a commit costs as much as several cases
_TRIES = 20  # tries of a case to which others write in the meantime


class CasesLeftOut(UserWarning):
    """A warning that some cases could not be examined; the answer has the others. ``failures`` has the reason for each."""

    def __init__(self, failures: Mapping[str, Exception]) -> None:
        self.failures = dict(failures)
        super().__init__(self.failures)

    def say(self, lang: Lang) -> str:
        """Return which cases were left out, and why."""
        head = Text("有的办件无法查看，未列入结果：", "some cases could not be looked at and are left out:")
        return head.say(lang) + reasons(self.failures, lang)

    def __str__(self) -> str:
        return self.say("en")


def all_that_can_be(
    ids: Iterable[str], do: Callable[[Sequence[str]], Iterable[Event]], *, most: int, joined: bool = False
) -> tuple[Event, ...]:
    """Do the work in all cases that allow it, at ``most`` so many at once, and return the recorded events.

    ``joined`` says that they are recorded in a transaction of the host.

    Raises:
        SweepError: some cases failed; the error says which and why. All others were done.

    """
    recorded, failures = in_portions(ids, do, most=most)
    if failures:
        raise SweepError(failures, len(recorded), joined=joined)
    return tuple(recorded)


def one_by_one(ids: Iterable[str], do: Callable[[str], Iterable[T]]) -> tuple[list[T], dict[str, Exception]]:
    """Do something with each of some cases, one at a time; return the results, and the errors of cases that failed."""
    return in_portions(ids, lambda some: do(some[0]), most=1)


def in_portions(
    ids: Iterable[str],
    do: Callable[[Sequence[str]], Iterable[T]],
    note: Callable[[str, Exception], object] | None = None,
    *,
    most: int,
) -> tuple[list[T], dict[str, Exception]]:
    """Do something with cases, at ``most`` so many at once; return the results, and the errors of cases that failed, each noted at once.

    If several cases fail together, each half of them is tried, until the failing case is found.

    Raises:
        TransactionConflictError: the host has to repeat its transaction.

    """
    done: list[T] = []
    failures: dict[str, Exception] = {}

    def try_with(some: Sequence[str]) -> None:
        try:
            done.extend(_in_peace(some, do) if len(some) == 1 else list(do(some)))
        except Exception as error:
            if isinstance(error, TransactionConflictError) and error.joined:
                raise
            if half := len(some) // 2:
                try_with(some[:half])
                try_with(some[half:])
                return
            failures[some[0]] = error
            if note:
                note(some[0], error)

    left = iter(ids)
    while some := list(islice(left, most)):
        try_with(some)
    return done, failures


def _in_peace(one: Sequence[str], do: Callable[[Sequence[str]], Iterable[T]]) -> list[T]:
    """Do something with a case and return the results; if another sweep or an act was quicker, try again."""
    for _ in range(_TRIES - 1):
        try:
            return list(do(one))
        except TransactionConflictError:  # it has been repeated, or the host has to repeat it
            raise
        except ConflictError:
            pass
    return list(do(one))
