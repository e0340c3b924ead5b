"""The things of the library as plain data: what ``--json`` prints. Keys are English, days and instants ISO."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from ssflow import machines
from ssflow.case import Case, Event, Ground, Happening, Obligation, Option
from ssflow.case.caveats import watched_in
from ssflow.cli.output.privacy import Privacy
from ssflow.documents import Document, text_document
from ssflow.process import Process
from ssflow.regions import region_name
from ssflow.rules import Rulebook
from ssflow.sheets import book_of
from ssflow.sheets.citing import cited
from ssflow.text import Text


def plain(value: Any, privacy: Privacy) -> Any:
    """A value of a case as plain data; personal fields as ``privacy`` has them."""
    if attrs.has(type(value)):
        return plain(privacy.fields(value), privacy)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date | Decimal):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item, privacy) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, privacy) for item in value]
    return value


def ground_document(ground: Ground) -> Document:
    """One ground of a refusal."""
    return {
        "kind": ground.kind.name,
        "name": ground.name,
        "reason": text_document(ground.reason),
        "basis": cited(ground.cites, ground.laws),
        "caveats": [text_document(caveat) for caveat in ground.caveats],
    }


def option_document(option: Option) -> Document:
    """An activity and its verdict."""
    activity = option.activity
    return {
        "activity": activity.name,
        "title": text_document(activity.title),
        "by": option.by.name,
        "open": option.is_open,
        "needs": activity.data.__name__ if activity.data else None,
        "grounds": [ground_document(ground) for ground in option.grounds],
    }


def obligation_document(obligation: Obligation, book: Rulebook) -> Document:
    """A term or lapse that is alive, as its event dated it."""
    return {
        "clock": obligation.clock.name,
        "title": text_document(obligation.clock.title),
        "owed_by": obligation.owed_by.name if obligation.owed_by else "",
        "owed_too": [role.name for role in obligation.owers[1:]],
        "timed": obligation.is_timed,
        "spans": list(map(str, obligation.spans)),
        "waits_for": obligation.waits_for.name if obligation.waits_for else "",
        "starts": plain(obligation.began or obligation.starts, Privacy()),
        "tolled": [[plain(stopped, Privacy()), plain(resumed, Privacy())] for stopped, resumed in obligation.tolled],
        "due": plain(obligation.due, Privacy()),
        "closes": plain(obligation.closes, Privacy()),
        "status": obligation.status.name if obligation.status else None,
        "overdue": obligation.overdue,
        "basis": cited(obligation.cites, book.laws),
        "confidence": obligation.confidence,
        "region": obligation.region,
    }


def event_document(event: Event, privacy: Privacy) -> Document:
    """One event with its data and the obligations that it leaves."""
    process = machines.get(event.process)
    book = book_of(process)
    return {
        "case": event.case,
        "version": event.version,
        "on": event.on.isoformat(),
        "at": plain(event.at, privacy),
        "kind": event.kind.name,
        "activity": event.activity,
        "title": text_document(event_title(event)),
        "by": event.by,
        "party": privacy.text(event.party),
        "source": event.source,
        "target": event.target,
        "data": plain(event.data, privacy),
        "basis": cited(event.cites, book.laws),
        "obligations": [obligation_document(o, book) for o in event.obligations],
        "replaces": event.replaces,
        "reason": privacy.text(event.reason),
        "recorded_at": plain(event.recorded_at, privacy),
    }


def case_document(
    case: Case, trace: Iterable[Event], options: Iterable[Option], pending: Iterable[Event], privacy: Privacy
) -> Document:
    """A case with its events, what is owed in it, what it has missed so far and who may act next."""
    book = book_of(case.process)
    return {
        "case": case.id,
        "process": case.process.name,
        "title": text_document(case.process.title),
        "version": case.version,
        "state": case.state.name if case.state else None,
        "state_title": text_document(case.state.title) if case.state else None,
        "closed": case.is_closed,
        "places": {name: {"code": code, "name": region_name(code)} for name, code in case.places.items()},
        "parties": {role: privacy.text(party) for role, party in case.parties.items()},
        "links": [{"case": link.case, "process": link.process} for link in case.links],
        "facts": plain(case.facts, privacy),
        "obligations": [
            {**obligation_document(o, book), "watched": [watch.id for watch in watched_in(case, o, book)]}
            for o in case.obligations
        ],
        "events": [event_document(event, privacy) for event in trace],
        "pending": [event_document(event, privacy) for event in pending],
        "next": [option_document(option) for option in options if option.is_open],
    }


def event_title(event: Event) -> Text:
    """What happened: the activity, or the clock that ran out, or the kind of the event alone."""
    return happening_title(machines.get(event.process), event)


def happening_title(process: type[Process], happened: Event | Happening) -> Text:
    """The same of what is told without its case."""
    for part in (*process.activities, *process.clocks):
        if part.name == happened.activity:
            return part.title
    return happened.kind.value
