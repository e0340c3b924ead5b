"""What a store of events does; any object with these methods will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from ssflow.case.events import Event


@frozen
class CaseRow:
    """One line of a list of cases. ``closes`` is the next instant at which something lapses or falls overdue."""

    id: str
    process: str
    state: str
    version: int
    closed: bool
    closes: datetime | None


class Store(Protocol):
    """Where events rest. Any object with these methods will do; ``ssflow.testing.StoreContract`` checks one."""

    def append(self, events: Sequence[Event], *, unchanged: Mapping[str, int] | None = None) -> tuple[Event, ...]:
        """Write events of one or several cases, all or none, and return them with ``recorded_at`` set.

        Raises ConflictError if a case already has an event of one of these versions, or lacks the one before it, or if a case of
        ``unchanged``, on which the events were decided, is no longer at the version named there.
        """

    def trace(self, case: str) -> tuple[Event, ...]:
        """All events of a case in order; raises UnknownError if it has none."""

    def linking(self, case: str) -> tuple[str, ...]:
        """The ids of the cases that name a case as related, sorted; none if nobody does."""

    def rows(self, *, closing_by: datetime | None = None) -> tuple[CaseRow, ...]:
        """All cases, or the open ones whose next moment has come by an instant, in the order of their opening."""
