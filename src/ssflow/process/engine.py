"""Procedures compiled onto transitions, which no other module imports.

There is one flat machine for each procedure, built once and shared. It holds no model, so any number of threads may step at once. A
`LeanEvent` chooses among the transitions of the machine without its callbacks. The original event class drives a throw-away cursor, guards
run through the machine's own conditions, and it is the oracle of a test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from transitions import Event, EventData, Machine
from transitions import Transition as EngineTransition

from ssflow.process.activities import Activity, Transition
from ssflow.process.guards import Act

if TYPE_CHECKING:
    from ssflow.process.process import Process
    from ssflow.process.states import State

# The state of a case that is not opened yet. No Python name begins with a bracket, so no state is called this.
UNOPENED = "(unopened)"


class Cursor:
    """The model that transitions moves: the name of a state, and the row that moved it."""

    __slots__ = ("row", "state")

    def __init__(self, state: str) -> None:
        self.state = state
        self.row: Transition | None = None


class RowTransition(EngineTransition):
    """A transition that knows its row in the definition."""

    def __init__(self, source: str, dest: str, *_callbacks: object, row: Transition) -> None:
        super().__init__(source, dest, conditions=cast("Any", [self.holds]))  # a list, although the stub says otherwise
        self.row = row

    def holds(self, event: EventData) -> bool:
        """Return whether the row's guard holds, and mark the cursor, so that the caller knows the row."""
        cast("Cursor", event.model).row = self.row
        return self.row.holds(event.kwargs["see"])


class LeanEvent(Event):
    """An event that also makes the original's choice of a transition without a model, logging, callbacks and queues."""

    def chosen(self, state: str, see: Callable[[], Act[Any]]) -> Transition | None:
        """Return the row of the first transition from a state whose guard holds."""
        transitions: Any = self.transitions.get(state, ())
        for transition in transitions:
            row: Transition = transition.row
            if row.holds(see):
                return row
        return None


class PlainMachine(Machine):
    """A machine whose transitions know their rows; everything else is the package's own."""

    transition_cls = RowTransition


class LeanMachine(PlainMachine):
    """A plain machine with lean events."""

    event_cls = LeanEvent


_COMPILED: dict[tuple[type[Process], type[Machine]], Machine] = {}


def compiled(process: type[Process], machine: type[Machine] = LeanMachine) -> Machine:
    """Return the machine of a procedure, built on first use."""
    key = process, machine
    found = _COMPILED.get(key)
    if found is None:
        found = _COMPILED[key] = machine(
            model=None,
            states=[UNOPENED, *(state.name for state in process.states)],
            initial=UNOPENED,
            transitions=[
                {
                    "trigger": activity.name,
                    "source": row.source.name if row.source else UNOPENED,
                    "dest": row.target.name,
                    "row": row,
                }
                for activity in process.activities
                for row in activity.transitions
            ],
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
    return found


def step(
    process: type[Process],
    state: State | None,
    activity: Activity[Any],
    see: Callable[[], Act[Any]],
    machine: type[Machine] = LeanMachine,
) -> Transition | None:
    """Return the transition that an activity makes from a state, or None if no guard holds there; ``see`` makes the act as a guard sees it.

    Raises:
        transitions.MachineError: the plain machine, if the activity does not leave this state at all.

    """
    event, here = compiled(process, machine).events[activity.name], state.name if state else UNOPENED
    if isinstance(event, LeanEvent):
        return event.chosen(here, see)
    cursor = Cursor(here)
    return cursor.row if event.trigger(cursor, see=see) else None
