"""The language in which procedures are written."""

from ssflow.process.activities import Activity, Extension, Moves, Transition, opens
from ssflow.process.fit import faults_of_process
from ssflow.process.guards import Act, Guard, Linked, guard
from ssflow.process.parts import Choice, Expectation, Fee, Lapse, Place, Regime, Role, Rule, State, Term
from ssflow.process.process import Process

__all__ = [
    "Act",
    "Activity",
    "Choice",
    "Expectation",
    "Extension",
    "Fee",
    "Guard",
    "Lapse",
    "Linked",
    "Moves",
    "Place",
    "Process",
    "Regime",
    "Role",
    "Rule",
    "State",
    "Term",
    "Transition",
    "faults_of_process",
    "guard",
    "opens",
]
