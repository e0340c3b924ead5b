"""Rounds through all cases in which something is to be done, by any number of workers that know nothing of each other.

Nobody claims a case: the worker that is second finds, under the lock of its row, that it has gone on, and looks again. So nothing has to be given back
by a worker that was killed, and no clock decides who may go on. Each worker takes the cases in an order of its own; so they seldom meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from random import shuffle
from typing import Generic, TypeVar

from attrs import frozen

from ssflow.errors import SsflowError
from ssflow.persons import without_numbers
from ssflow.records.contract import Failure, Store
from ssflow.records.sweeps import one_by_one
from ssflow.text import Text

T = TypeVar("T")
Stop = Callable[[], bool]

STUCK = 5  # tries in a row after which somebody has to look
_PAUSE, _LONGEST = timedelta(minutes=1), timedelta(hours=1)  # before the second try, and between any two


def never() -> bool:
    """Go on to the end."""
    return False


@frozen
class Round(Generic[T]):
    """What came of a round: what was ``done``, the cases that ``failed`` in it and why, and those that are ``stuck``.

    What failed is tried again by itself, after a pause that doubles from a minute to an hour. A case is stuck when it has failed five times in
    a row; it is tried on, once an hour, and every round tells of it until it succeeds or somebody acts in it.
    """

    done: tuple[T, ...]
    failed: Mapping[str, Exception]
    stuck: tuple[Failure, ...]


@frozen
class Work:
    """Something that is done in many cases; what fails is kept in the ``store`` under its ``name``."""

    name: str
    store: Store

    def round(
        self,
        waiting: Mapping[str, int],
        do: Callable[[str], Iterable[T]],
        now: datetime,
        stop: Stop = never,
        *,
        pausing: bool = True,
    ) -> Round[T]:
        """Do it in each of the cases that wait for it, which are at these versions, until it is time to ``stop``.

        What failed before is passed over while its pause lasts, unless it is not ``pausing``: somebody asked for this very round.

        Raises:
            StoreError: what failed could not be kept: the database is gone, and what is left is for the next round.

        """
        kept = {one.case: one for one in self.store.failures(self.name) if waiting.get(one.case) == one.version}
        order = [case for case in waiting if not (pausing and case in kept) or _may_be_tried(kept[case], now)]
        is_joined = getattr(self.store, "is_joined", False)
        if not is_joined:  # there each lock is held to the end, so all take them in one order
            shuffle(order)

        def done(case: str) -> Iterable[T]:
            made = list(do(case))
            if kept.pop(case, None):
                self.store.recover(self.name, case)
            return made

        def note(case: str, error: Exception) -> None:
            tries = kept[case].tries + 1 if case in kept else 1
            kept[case] = Failure(
                work=self.name, case=case, version=waiting[case], tries=tries, tried=now, fault=_said(error)
            )
            self.store.fail(kept[case])

        made, failed = one_by_one(_until(stop, order), done, note)
        return Round(tuple(made), failed, tuple(one for _, one in sorted(kept.items()) if one.tries >= STUCK))


def _until(stop: Stop, cases: Iterable[str]) -> Iterator[str]:
    for case in cases:
        if stop():
            return
        yield case


def _may_be_tried(failure: Failure, now: datetime) -> bool:
    """Whether its pause is over. If the clock was put back behind the last try, nobody knows, and it is tried."""
    pause = min(_PAUSE * 2 ** min(failure.tries - 1, STUCK * 2), _LONGEST)
    return now < failure.tried or failure.tried + pause <= now


def _said(error: Exception) -> Text:
    """Why it failed, in both languages if it is an error of ours. It is kept and logged, so no person is named in it."""
    if isinstance(error, SsflowError):
        return Text(without_numbers(error.say("zh")), without_numbers(error.say("en")))
    said = without_numbers(f"{type(error).__name__}: {error}")
    return Text(said, said)
