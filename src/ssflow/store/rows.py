"""The line of a case in a list, as its last event leaves it; and what is said where there is no such case."""

from __future__ import annotations

from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import CaseRow, Event
from ssflow.case.advance import closes
from ssflow.text import Text

# The ids that there are belong to other people, and may be many: they are not told.
NO_SUCH_CASE = Text(
    "编号在登记时给定，请核对；rows()列出全部", "ids are given when cases are opened: check it; rows() lists all"
)


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
