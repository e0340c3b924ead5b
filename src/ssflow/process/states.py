"""The states of a case, and the moves that lead from them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from ssflow.converters import Former
from ssflow.process.figures import Clock
from ssflow.process.parts import Titled

if TYPE_CHECKING:
    from ssflow.process.activities import Moves
    from ssflow.process.guards import Guard

T = TypeVar("T")
Under = Enum | tuple[Enum, ...]


@frozen(eq=False, repr=False, init=False)
class State(Titled):
    """A state in which a case may be.

    ``clocks`` start when a case enters the state, if they do not run already. ``early`` names clocks that figures of some places start
    here, at an activity that the figure names. ``stops`` names clocks that are stopped meanwhile and go on afterwards; the stop is
    ``by_analogy`` where no rule says so, and then legislation without analogies lets them run. A ``final`` state ends the case; later acts
    that are only recorded there leave the case in it (`stays`).
    """

    clocks: tuple[Clock, ...]
    early: tuple[Clock, ...]
    stops: tuple[Clock, ...]
    final: bool
    by_analogy: bool

    def __init__(
        self,
        zh: str,
        en: str,
        *clocks: Clock,
        early: Clock | tuple[Clock, ...] = (),
        stops: Clock | tuple[Clock, ...] = (),
        final: bool = False,
        by_analogy: bool = False,
        was: Former = (),
    ) -> None:
        self.__attrs_init__(zh, en, clocks, _tuple(early), _tuple(stops), final, by_analogy, was=was)

    def holds(self, clock: Clock) -> bool:
        """Return whether a clock stays alive in this state, running or stopped."""
        return clock in self.clocks or clock in self.early or clock in self.stops

    def to(self, target: State, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """Return the move to another state, if the guard holds; ``under`` limits it to some regimes."""
        return States((self,)).to(target, when=when, under=under)

    def stays(self, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """Return the move that changes nothing but the facts: a milestone."""
        return self.to(self, when=when, under=under)

    def back(self, to: State | States, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """Return the move back to the one of these states in which the case was before this one, if the guard holds."""
        from ssflow.process.activities import Moves, Transition

        targets = to.states if isinstance(to, States) else (to,)
        return Moves(tuple(Transition(self, target, when, _tuple(under), back=True) for target in targets))

    def __or__(self, other: State | States) -> States:
        return States((self,)) | other


@frozen
class States:
    """Several states from which the same move leaves: ``(checking | returned).to(withdrawn)``."""

    states: tuple[State, ...]

    def __or__(self, other: State | States) -> States:
        return States(self.states + (other.states if isinstance(other, States) else (other,)))

    def to(self, target: State, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """Return the move from each of these states."""
        from ssflow.process.activities import Moves, Transition

        return Moves(tuple(Transition(source, target, when, _tuple(under)) for source in self.states))

    def stay(self, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """Return the move of each of these states to itself."""
        from ssflow.process.activities import Moves

        rows = [row for state in self.states for row in state.stays(when=when, under=under).transitions]
        return Moves(tuple(rows))


def _tuple(one_or_many: T | tuple[T, ...]) -> tuple[T, ...]:
    return one_or_many if isinstance(one_or_many, tuple) else (one_or_many,)
