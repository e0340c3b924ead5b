"""The line of a case in a list, as its last event leaves it."""

from __future__ import annotations

from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import CaseRow, Event
from ssflow.case.advance import closes


def row_after(event: Event) -> CaseRow:
    """The row of a case whose last event this is."""
    moments = [moment for o in event.obligations if not o.overdue and (moment := closes(o)) is not None]
    return CaseRow(
        id=event.case,
        process=event.process,
        state=event.target,
        version=event.version,
        closed=event.closed,
        closes=recorded(min(moments), ZONE) if moments else None,
    )
