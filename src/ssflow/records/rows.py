"""The rows that go into a store with the events of a case: its line in a list, its obligations, and its present state as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import Case, Event
from ssflow.case.advance import closes
from ssflow.doors import check_kind, each_of
from ssflow.errors import InputError
from ssflow.records.codec import Codec
from ssflow.records.contract import CaseRow, Change, ObligationRow


def row_of(case: Case) -> CaseRow:
    """Return the line of a case in a list."""
    moments = [moment for o in case.obligations if not o.overdue and (moment := closes(o)) is not None]
    return CaseRow(
        id=case.id,
        process=case.process.name,
        state=case.state.name if case.state else "",
        version=case.version,
        closed=case.is_closed,
        closes=recorded(min(moments), ZONE) if moments else None,
        late=any(o.overdue for o in case.obligations),
        last=case.last.date() if isinstance(case.last, datetime) else case.last,
    )


def obligations_of(case: Case) -> tuple[ObligationRow, ...]:
    """Return the terms that are owed in a case, each in the place of the role that is bound."""
    return tuple(
        ObligationRow(
            case=case.id,
            process=case.process.name,
            clock=o.clock.name,
            role=o.owed_by.name,
            place=case.places.get((o.owed_by.at or case.process.places[0]).name),
            due=o.due,
            late=o.overdue,
        )
        for o in case.obligations
        if o.owed_by is not None
    )


def change_of(case: Case, events: Sequence[Event], codec: Codec) -> Change:
    """Return what the store adds for events that have brought a case to its present state.

    Raises:
        CodecError: an event could not be read back as it is.
        InputError: the events do not lead to the present state of the case.

    """
    check_kind("case", case, Case)
    check_kind("codec", codec, Codec)
    events = each_of("events", events, Event)
    first = case.version - len(events) + 1
    if not events or [event.version for event in events] != list(range(first, case.version + 1)):
        raise InputError.of(
            "events",
            f"须为办件{case.id}到第{case.version}版为止的新事件",
            f"the new events of case {case.id} up to version {case.version} are required",
        )
    return Change(
        row=row_of(case),
        events=tuple(map(codec.encode, events)),
        snapshot=codec.encode_case(case),
        named=tuple(dict.fromkeys(link.case for event in events for link in event.links)),
        obligations=obligations_of(case),
    )
