"""Rounds through all cases in which something is to be done, by any number of workers that know nothing of each other.

Nobody claims a case: a second worker finds, under the lock of its row, that the case has changed, and looks again. So a killed worker leaves
nothing to give back, and no clock decides who may go on. Each worker begins at a random case and looks now and then at what is left, so that
workers seldom meet. Several cases are written together; if that fails, each half is tried, until the failing case is found and the others are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import randrange
from typing import Generic, TypeVar

from attrs import frozen

from ssflow.errors import SsflowError
from ssflow.persons import without_numbers
from ssflow.records.contract import Failure, Store
from ssflow.records.sweeps import in_portions
from ssflow.text import Text

T = TypeVar("T")
Stop = Callable[[], bool]

_LEG = 200  # the least number of cases after which a worker looks again at what is left
STUCK = 5  # tries in a row after which somebody has to look
_PAUSE, _LONGEST = timedelta(minutes=1), timedelta(hours=1)  # before the second try, and between any two


def never() -> bool:
    """Return False, so that a round goes on to the end."""
    return False


@frozen
class Round(Generic[T]):
    """The result of a round: what was ``done``, the cases that ``failed`` in it and why, and those that are ``stuck``.

    A failed case is tried again automatically, after a pause that doubles from a minute to an hour. A case is stuck when it has failed five
    times in a row; it is still tried once an hour, and every round lists it until it succeeds or somebody acts in it.
    """

    done: tuple[T, ...]
    failed: Mapping[str, Exception]
    stuck: tuple[Failure, ...]


@frozen
class Work:
    """A piece of work that is done in many cases; its failures are kept in the ``store`` under its ``name``."""

    name: str
    store: Store

    def round(
        self,
        look: Callable[[], Mapping[str, int]],
        do: Callable[[Sequence[str]], Iterable[T]],
        now: datetime,
        stop: Stop = never,
        *,
        most: int = 1,
        pausing: bool = True,
    ) -> Round[T]:
        """Do the work in each waiting case, until it is time to ``stop``.

        ``look`` finds the waiting cases and their versions; ``most`` is the greatest number of cases done at once. Cases that failed before
        are passed over during their pause, unless ``pausing`` is False because somebody asked for this very round.

        Raises:
            StoreError: a failure could not be kept: the database is gone, and the remaining cases are left to the next round.

        """
        kept: dict[str, Failure] = {}
        waiting: dict[str, int] = {}
        is_joined = getattr(self.store, "is_joined", False)

        def cases() -> Iterator[str]:
            met: set[str] = set()
            while found := {case: version for case, version in look().items() if case not in met}:
                waiting.update(found)
                kept.update(self._kept(found))
                order = [case for case in found if not (pausing and case in kept) or _may_be_tried(kept[case], now)]
                for case in (
                    order if is_joined else _leg(order)
                ):  # a joined store holds each lock to the end, so all workers take them in one order
                    if stop():
                        return
                    met.add(case)
                    yield case
                met.update(found.keys() - order)

        def done(some: Sequence[str]) -> Iterable[T]:
            made = list(do(some))
            for case in some:
                if kept.pop(case, None):
                    self.store.recover(self.name, case)
            return made

        def note(case: str, error: Exception) -> None:
            tries = kept[case].tries + 1 if case in kept else 1
            kept[case] = Failure(
                work=self.name, case=case, version=waiting[case], tries=tries, tried=now, fault=said(error)
            )
            self.store.fail(kept[case])

        made, failed = in_portions(cases(), done, note, most=1 if is_joined else most)
        return Round(tuple(made), failed, tuple(one for _, one in sorted(kept.items()) if one.tries >= STUCK))

    def _kept(self, waiting: Mapping[str, int]) -> dict[str, Failure]:
        """Return the kept failures of cases that are still at the version at which they failed."""
        return {one.case: one for one in self.store.failures(self.name) if waiting.get(one.case) == one.version}


def _leg(cases: Sequence[str]) -> Sequence[str]:
    """Return some of the cases from a random one on, so that workers seldom meet; then the worker looks again, as others may have got there."""
    begin = randrange(len(cases)) if cases else 0  # noqa: S311 - nobody has to guess it
    return [*cases[begin:], *cases[:begin]][: max(_LEG, len(cases) // 10)]


def _may_be_tried(failure: Failure, now: datetime) -> bool:
    """Return whether the pause of a failure is over, or cannot be known because the clock was set back behind the last try."""
    pause = min(_PAUSE * 2 ** min(failure.tries - 1, STUCK * 2), _LONGEST)
    return now < failure.tried or failure.tried + pause <= now


def said(error: Exception) -> Text:
    """Return why a case failed, in both languages if the error is one of the library. It is kept and logged, so it names no person."""
    if isinstance(error, SsflowError):
        return Text(without_numbers(error.say("zh")), without_numbers(error.say("en")))
    said = without_numbers(f"{type(error).__name__}: {error}")
    return Text(said, said)
