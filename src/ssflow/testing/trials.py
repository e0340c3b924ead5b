"""One trial in a case, by an act or by the passing of time, with its result."""

from __future__ import annotations

from attrs import frozen

from ssflow.case import Attempt, Case, Event


@frozen
class Trial:
    """A trial in a case in its present state: an act, or the passing of time if there is no ``attempt``.

    ``events`` are its result, in related cases too; a refused act has none.
    """

    case: Case
    attempt: Attempt | None
    events: tuple[Event, ...] = ()
