"""What happened in a case: past, dated, never edited."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, unique
from typing import Any

from attrs import field, frozen

from ssflow.case.obligations import Obligation
from ssflow.persons import without_numbers
from ssflow.process import Process
from ssflow.text import Text


@unique
class EventKind(Enum):
    """What kind of thing happened."""

    act = Text("办理", "act")
    late = Text("补录", "late entry")
    lapse = Text("期满失效", "lapse")
    overdue = Text("逾期", "overdue")
    redated = Text("期限重算", "re-dated")
    correction = Text("更正", "correction")
    rejudged = Text("重新判定", "judged again")
    retraction = Text("撤回", "retraction")
    upgraded = Text("升版", "upgraded")


@frozen(kw_only=True)
class LinkRef:
    """A related case as it was when the event was decided."""

    case: str
    process: str
    version: int


@frozen(kw_only=True)
class Happening:
    """What time did, or an act of a related case: it follows from the history and is nobody's entry."""

    kind: EventKind
    activity: str
    on: date
    at: datetime | None = None

    @classmethod
    def of(cls, event: Event | Happening) -> Happening:
        """What an event of a lapse, of a term that ran out or of a related case's act says."""
        return cls(kind=event.kind, activity=event.activity, on=event.on, at=event.at)


def _shown(text: str) -> str:
    """What a host wrote freely, as a ``repr`` shows it: a party may be named by a personal number."""
    return repr(without_numbers(text))


@frozen(kw_only=True)
class Event:
    """One event of one case.

    ``version`` counts the events of the case from 1. ``on`` is the day on which it happened in law, by the zone of the calendar, ``at`` the
    instant where that is known; ``recorded_at`` is when the store wrote it. ``by`` is the role that acted, ``party`` whose case it is in
    that role, ``actor`` who typed it, by the host's own reference. ``activity`` names the activity, or the clock of an overdue or re-dated
    event. ``closed`` tells that the target is final. ``obligations`` are all those alive after the event: a later notice or figure does not
    change them unless an event of its own says so. ``regime`` is given by the opening and by an act that brings the case under another one.
    ``rulebook`` and ``calendar`` are digests of the law it was decided by. A correction names in ``replaces`` the version of the event that
    it takes the place of, in ``corrector`` the role that corrects if it is not the one that acted, and in ``reason`` why, as a late entry
    does. ``before`` or ``after`` name the event of the same day beside which an act happened. Where an event changes what had been seen to
    follow, ``sets_aside`` lists what does not follow any more and ``brings`` what now does; ``came_from`` is then the state before the
    target, where the procedure asks for it; ``target`` and ``obligations`` are then those of the case after all of that. ``process_version``
    is the version by which the event was decided, and whose parts it names; one that upgrades its case has in ``maps`` what the host said
    of states and clocks of the version before, by their names. ``cause`` is the host's id of what brought
    it about: a message, an event elsewhere.
    """

    case: str
    version: int
    process: str
    process_version: int
    kind: EventKind
    activity: str
    on: date
    at: datetime | None = None
    by: str = ""
    party: str = field(default="", repr=_shown)
    actor: str = field(default="", repr=_shown)
    data: Any = None
    source: str = ""
    came_from: str = ""
    target: str
    closed: bool = False
    obligations: tuple[Obligation, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    regime: str = ""
    links: tuple[LinkRef, ...] = ()
    cites: tuple[str, ...] = ()
    rulebook: str = ""
    calendar: str = ""
    replaces: int | None = None
    corrector: str = ""
    before: int | None = None
    after: int | None = None
    sets_aside: tuple[Happening, ...] = ()
    brings: tuple[Happening, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()
    reason: str = field(default="", repr=_shown)
    cause: str = ""
    recorded_at: datetime | None = field(default=None, eq=False)


def happening_title(process: type[Process], happened: Event | Happening) -> Text:
    """What happened: the activity, or the clock that ran out or was re-dated, or the kind of the event alone."""
    for part in (*process.activities, *process.clocks):
        if part.name == happened.activity:
            return part.title
    return happened.kind.value
