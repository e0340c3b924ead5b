"""The acts of random walks, to be entered in a store in any order, and how the cases stand in the end."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from ssflow import Cases, machines
from ssflow.case import EventKind
from ssflow.errors import RefusedError
from ssflow.process import Deed, Role
from ssflow.records.history import is_effect
from ssflow.testing import Walker
from tests.case.test_walks import EXAMPLES, LAW

CST = timezone(timedelta(hours=8))
THE_END = date(2029, 1, 1)
PLACES = ("440100", "110000", "140100", "450100", "330600")  # Guangxi has rest days of its own


@frozen
class Entry:
    """One act of a walk: where, what, by whom, when; ``places`` and ``links`` open a case."""

    case: str
    deed: Deed[Any]
    by: Role
    at: datetime
    places: dict[str, str] | None = None
    links: tuple[str, ...] = ()


def entries_of(walker: Walker) -> list[Entry]:
    """The acts of a walk and of the cases beside it, a minute apart, so that no two happened at one moment."""
    found: list[Entry] = []
    for case in (*walker.links.values(), walker.case):
        for event in walker.traces.get(case.id, ()):
            if event.kind is EventKind.act and not is_effect(case.process, event):
                at = datetime.combine(event.on, time(9), CST) + timedelta(minutes=len(found))
                deed = Deed(case.process.activity(event.activity), event.data)
                links = tuple(link.case for link in event.links)
                places = dict(case.places) if event.version == 1 else None
                found.append(Entry(case.id, deed, case.process.role(event.by), at, places, links))
    return sorted(found, key=lambda entry: entry.at)


def enter(cases: Cases, entry: Entry, reason: str = "") -> bool:
    """Record an act; whether it was taken."""
    try:
        if entry.places:
            cases.open(entry.deed, by=entry.by, on=entry.at, places=entry.places, links=entry.links, case=entry.case)
        else:
            cases.do(entry.case, entry.deed, by=entry.by, on=entry.at, links=entry.links, reason=reason)
    except RefusedError:
        return False
    return True


def stands(cases: Cases, ids: Sequence[str]) -> list[tuple[object, ...]]:
    """How cases stand at the end of the time of these tests: all but how their logs came to be."""
    cases.advance(THE_END)
    found = [cases.get(id_) for id_ in ids]
    return [
        (c.id, c.state, c.regime, c.facts, dict(c.parties), c.places, c.obligations, {link.case for link in c.links})
        for c in found
    ]


def walked(name: str, data: st.DataObject) -> list[Entry]:
    """The acts of a walk through a procedure, and of the cases beside it."""
    process = machines.get(name)
    walker = Walker.of(
        process,
        data.draw,
        law=LAW,
        place={place.name: data.draw(st.sampled_from(PLACES)) for place in process.places},
        start=data.draw(st.dates(date(2013, 1, 1), date(2025, 12, 1))),
        examples=EXAMPLES,
    )
    for _ in range(6):
        walker.step()
    return entries_of(walker)
