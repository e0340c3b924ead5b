"""One thing tried in a case, by an act or by the passing of time, and what came of it."""

from __future__ import annotations

from attrs import frozen

from ssflow.case import Attempt, Case, Event


@frozen
class Trial:
    """What was tried in a case in its present state: an act, or the passing of time if there is no ``attempt``.

    ``events`` are what it made, in related cases too; an act that was refused made none.
    """

    case: Case
    attempt: Attempt | None
    events: tuple[Event, ...] = ()
