"""One case from its events: pure functions, and `Cases` over a store."""

from ssflow.case.advance import advance, redate
from ssflow.case.attempts import Attempt
from ssflow.case.authority import Asked, Authorise
from ssflow.case.case import Case, evolve, fold
from ssflow.case.cases import Cases
from ssflow.case.clocks import deadline_of
from ssflow.case.contract import CaseRow, Store
from ssflow.case.effects import advance_together
from ssflow.case.entries import Correction, Late
from ssflow.case.events import Event, EventKind, Happening, LinkRef, Obligation
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.case.opening import Opening, decide_together
from ssflow.case.options import Option, options
from ssflow.case.sweeps import CasesLeftOut, Overdue
from ssflow.case.verdicts import decide, why_not

__all__ = [
    "Asked",
    "Attempt",
    "Authorise",
    "Case",
    "CaseRow",
    "Cases",
    "CasesLeftOut",
    "Correction",
    "Event",
    "EventKind",
    "Ground",
    "GroundKind",
    "Happening",
    "Late",
    "Legislation",
    "LinkRef",
    "Obligation",
    "Opening",
    "Option",
    "Overdue",
    "Store",
    "advance",
    "advance_together",
    "deadline_of",
    "decide",
    "decide_together",
    "evolve",
    "fold",
    "options",
    "redate",
    "why_not",
]
