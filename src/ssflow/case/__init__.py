"""One case: how an act is judged where it stands, and what time does. Pure functions on values; nothing here reads or writes."""

from ssflow.case.advance import advance, redate
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, Done, evolve
from ssflow.case.clocks import deadline_of
from ssflow.case.effects import advance_together
from ssflow.case.events import Event, EventKind, Happening, LinkRef
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.case.obligations import Obligation
from ssflow.case.options import Option, options
from ssflow.case.verdicts import decide, why_not

__all__ = [
    "Attempt",
    "Case",
    "Done",
    "Event",
    "EventKind",
    "Ground",
    "GroundKind",
    "Happening",
    "Legislation",
    "LinkRef",
    "Obligation",
    "Option",
    "advance",
    "advance_together",
    "deadline_of",
    "decide",
    "evolve",
    "options",
    "redate",
    "why_not",
]
