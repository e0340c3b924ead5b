"""Going through many cases: one that cannot be read or judged does not hold up the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ssflow.case.events import Event
from ssflow.errors import SweepError


def case_by_case(ids: Iterable[str], do: Callable[[str], Sequence[Event]]) -> tuple[Event, ...]:
    """What is recorded of each case.

    Raises:
        SweepError: some cases failed; it says which and why. All others were done.

    """
    recorded: list[Event] = []
    failures: dict[str, Exception] = {}
    for id_ in ids:
        try:
            recorded += do(id_)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one case is told at the end
            failures[id_] = error
    if failures:
        raise SweepError(failures, len(recorded))
    return tuple(recorded)
