"""The language in which procedures are defined."""

from ssflow.converters import was
from ssflow.process.activities import Activity, Extension, Moves, Transition, Until, opens
from ssflow.process.compatibility import faults_of_process
from ssflow.process.deeds import Deed
from ssflow.process.figures import Choice, Clock, Expectation, Fee, Lapse, Regime, Rule, Term
from ssflow.process.guards import Act, Guard, Linked, guard
from ssflow.process.intake import ON_RECORD, WayIn
from ssflow.process.parts import Place, Role, Roles
from ssflow.process.position import Done, Position
from ssflow.process.process import Process
from ssflow.process.registry import registry
from ssflow.process.states import State

__all__ = [
    "ON_RECORD",
    "Act",
    "Activity",
    "Choice",
    "Clock",
    "Deed",
    "Done",
    "Expectation",
    "Extension",
    "Fee",
    "Guard",
    "Lapse",
    "Linked",
    "Moves",
    "Place",
    "Position",
    "Process",
    "Regime",
    "Role",
    "Roles",
    "Rule",
    "State",
    "Term",
    "Transition",
    "Until",
    "WayIn",
    "faults_of_process",
    "guard",
    "opens",
    "registry",
    "was",
]
