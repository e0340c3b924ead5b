"""One case: the judgement of an act in its present state, and the effects of time. Pure functions on values; nothing here reads or writes.

An act gets from the door to the log in six steps:

1. The door (`records.Cases.do`) asks the host whether the actor may do it, refuses what lies in the future, and reads the case and
   those near it in their present states: values without histories.
2. `verdicts.decide` first takes in what time has done by the moment of the act (`advance`), in related cases too: an act after a
   lapse finds the lapsed case.
3. `judge.judge_alone` collects every ground against it. State, role, party and order of time come first; then the conditions of the
   moves that the table of the procedure (`process.table`) has for the state and the regime, run by transitions (`process.engine`).
   A condition sees one thing, an `Act`, with the law of the day in the place of the role that acts (`legislation.CaseLaw`).
4. `clocks.obligations_after` applies to each clock the effect that the table has for the move, and dates the clocks that the move starts,
   stops, resumes or lengthens: by the figure of the day, in the place and by the working days of the role that is bound.
5. `effects` judges in the same way what the act does in each related case.
6. The ledger (`records.ledger`) writes the events as text, and beside them the new state of each case, if nobody has written since
   step 1; otherwise nothing is written.

Entries about the past take another way: `records.play` judges whole histories of connected cases in the order of law by steps 3 to 5, and
`records.rejudge` compares what follows with what was seen. Steps 2 to 5 are only a short cut for an act that comes last.
"""

from ssflow.case.advance import advance, redate
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve
from ssflow.case.clocks import deadline_of
from ssflow.case.effects import advance_together
from ssflow.case.events import Event, EventKind, Happening, LinkRef
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.case.obligations import Obligation
from ssflow.case.options import Option, options
from ssflow.case.verdicts import decide, why_not
from ssflow.process import Done

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
