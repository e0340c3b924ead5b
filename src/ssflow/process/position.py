"""The position of a case as its guards and those of related cases see it: state, parties, activities done and running clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

from ssflow.errors import DefinitionError, Fault
from ssflow.persons import without_numbers
from ssflow.slots import quick
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.figures import Clock
    from ssflow.process.parts import Part, Role
    from ssflow.process.process import Process
    from ssflow.process.states import State


@quick
@frozen
class Done:
    """The record of an activity in a case: how often it was done, when last, and who typed it then, in the host's own reference."""

    times: int
    last: date | datetime
    actor: str = field(default="", repr=lambda actor: repr(without_numbers(actor)))

    def joined(self, other: Done) -> Done:
        """Return both records as one, for activities that are one in another version."""
        last = max(self, other, key=lambda done: _order(done.last))
        return Done(self.times + other.times, last.last, last.actor)


def _order(moment: date | datetime) -> tuple[date, float]:
    """Return a sort key by day; on one day, instants come after bare dates."""
    return (moment.date(), moment.timestamp()) if isinstance(moment, datetime) else (moment, 0.0)


class Running(Protocol):
    """A clock that is alive in a case: its last day in time, if it has one, and whether that has passed."""

    @property
    def clock(self) -> Clock:
        """The term or lapse."""

    @property
    def due(self) -> date | None:
        """The last day in time."""

    @property
    def overdue(self) -> bool:
        """Whether the last day has passed."""


@frozen(kw_only=True)
class Position:
    """The position of a case: its state, parties, activities and clocks, so that the data of an act need not repeat them.

    ``state`` is its present state, None before it is opened; ``came_from`` the one before that, in procedures that have moves back;
    ``parties`` hold its roles, by the names of the roles. The methods take parts of the procedure.
    """

    process: type[Process] | None = None
    state: State | None = None
    came_from: State | None = None
    parties: Mapping[str, str] = field(factory=dict, repr=False)
    happened: Mapping[str, Done] = field(factory=dict, repr=False)
    running: Sequence[Running] = field(default=(), repr=False)

    def done(self, activity: Activity[Any]) -> date | None:
        """Return the day on which an activity was last done, by a person, by time or together with a related case; None if it never was.

        Raises:
            DefinitionError: ``activity`` is part of another procedure.

        """
        found = self._of(activity)
        if found is None:
            return None
        return found.last.date() if isinstance(found.last, datetime) else found.last

    def count(self, activity: Activity[Any]) -> int:
        """Return how often an activity was done, corrections included; raises as `done` does."""
        found = self._of(activity)
        return found.times if found else 0

    def actor_of(self, activity: Activity[Any]) -> str:
        """Return who typed an activity when it was last done; empty if nobody is named or it was never done. Raises as `done` does."""
        found = self._of(activity)
        return found.actor if found else ""

    def party_of(self, role: Role) -> str:
        """Return who holds a role in the case; empty if nobody is named. Raises as `done` does."""
        self._check_own(role)
        return self.parties.get(role.name, "")

    def due(self, clock: Clock) -> date | None:
        """Return the last day in time of a clock that is alive; None if it is not alive, is stopped or is untimed. Raises as `done` does."""
        return next((one.due for one in self._alive(clock)), None)

    def overdue(self, clock: Clock) -> bool:
        """Return whether the last day of a clock that is alive has passed; raises as `done` does."""
        return any(one.overdue for one in self._alive(clock))

    @property
    def late(self) -> tuple[Clock, ...]:
        """All terms whose last day has passed and that are not met yet."""
        return tuple(one.clock for one in self.running if one.overdue)

    def _of(self, activity: Activity[Any]) -> Done | None:
        self._check_own(activity)
        return self.happened.get(activity.name)

    def _alive(self, clock: Clock) -> Iterator[Running]:
        self._check_own(clock)
        return (one for one in self.running if one.clock is clock)

    def _check_own(self, part: Part) -> None:
        if self.process is not None and part.owner is not self.process:
            name = self.process.__name__
            text = Text(
                f"{part!r}不属于{name}；本办件只能查自己的部件，关联办件的部件请从关联办件（linked）查",
                f"{part!r} is none of {name}'s; a case is asked of its own parts, a related case of its own",
            )
            raise DefinitionError(name, [Fault(part.name, text)])
