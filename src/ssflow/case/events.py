"""The events of a case: they are past, dated and never edited."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, unique
from typing import Any

from attrs import field, frozen

from ssflow.case.obligations import Obligation
from ssflow.persons import without_numbers
from ssflow.process import Process
from ssflow.slots import quick
from ssflow.text import Text


@unique
class EventKind(Enum):
    """The kinds of events."""

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
    """A consequence: a lapse, a term that ran out or the effect of a related case's act. It follows from the history; nobody enters it."""

    kind: EventKind
    activity: str
    on: date
    at: datetime | None = None

    @classmethod
    def of(cls, event: Event | Happening) -> Happening:
        """Return the happening that an event of a lapse, of a term that ran out or of a related case's act records."""
        return cls(kind=event.kind, activity=event.activity, on=event.on, at=event.at)


def _shown(text: str) -> str:
    """Return free text of a host as a ``repr`` shows it: without numbers, because a party may be named by a personal number."""
    return repr(without_numbers(text))


@quick
@frozen(kw_only=True)
class Event:
    """One event of one case.

    ``version`` counts the events of the case from 1. ``on`` is the day on which the event happened in law, by the zone of the calendar, and
    ``at`` the instant if it is known; ``recorded_at`` is when the store wrote it. ``by`` is the role that acted, ``party`` the person or
    body in that role, ``actor`` the person who typed it, by the host's own reference. ``activity`` names the activity, or the clock of an
    overdue or re-dated event. ``closed`` says that the target is final. ``obligations`` are all those alive after the event: a later notice
    or figure changes them only by an event of its own. ``regime`` is given by the opening and by an act that brings the case under another
    regime. ``rulebook`` and ``calendar`` are digests of the law by which the event was decided. A correction names in ``replaces`` the
    version of the event that it replaces and in ``corrector`` the role that corrects, if another role acted; a correction and a late entry
    give a ``reason``, and a correction of the opening may have other ``places``. ``before`` or ``after`` names the event of the same day beside
    which an act happened. ``links`` are all related cases as the event saw them, ``named`` those that a late entry or a correction names itself.
    If an event changes what had been seen to follow, ``sets_aside`` lists what no longer follows, ``brings`` what now does and ``unlinks`` the
    cases that are no longer related; ``came_from`` is then the state before the target, if the procedure asks for it, and ``target`` and
    ``obligations`` are those of the case after these changes. ``process_version`` is the version by which the event was decided and whose parts
    it names. An upgrade has in ``maps`` what the host said of states and clocks of the version before, by their names. ``cause`` is the host's
    id of what led to the event: a message, or an event elsewhere.
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
    named: tuple[str, ...] = ()
    unlinks: tuple[str, ...] = ()
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
    """Return the title of an event: that of its activity, of the clock that ran out or was re-dated, or of its kind alone."""
    for part in (*process.activities, *process.clocks):
        if part.name == happened.activity:
            return part.title
    return happened.kind.value
