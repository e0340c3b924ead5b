"""The parts a procedure is made of: places, roles, clocks, figures and states.

A part gets its name from the class body in which it stands, and belongs to that procedure alone. Parts are compared by
identity and referred to as objects, so that a misspelt name is a ``NameError`` when the procedure is imported.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import field, frozen

from ssflow.rules.values import Value
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Moves
    from ssflow.process.guards import Guard
    from ssflow.process.process import Process

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
Under = Enum | tuple[Enum, ...]


@frozen(eq=False, repr=False)
class Part:
    """What all parts have: a name, and the procedure they belong to."""

    name: str = field(init=False, default="")
    owner: type[Process] | None = field(init=False, default=None)

    def __set_name__(self, owner: type[Process], name: str) -> None:
        # A second binding leaves the first name; the soundness check reports it, because an error here would be wrapped.
        if not self.name:
            object.__setattr__(self, "name", name)
            object.__setattr__(self, "owner", owner)

    def __repr__(self) -> str:
        return f"{self.owner.__name__ if self.owner else '?'}.{self.name or '?'}"


@frozen(eq=False, repr=False)
class Titled(Part):
    """A part with a title in both languages."""

    zh: str
    en: str

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(self.zh, self.en)


@frozen(eq=False, repr=False)
class Place(Titled):
    """A place that a case names, such as the issuing place. Figures and calendars are those of a place."""


@frozen(eq=False, repr=False)
class Role(Titled):
    """Who acts in the procedure: the holder, the card office.

    ``at`` is the place whose figures bind this role; it may be left out where the procedure has one place. A ``sole`` role
    is held by one party throughout a case, and any other party is refused; an office may send whom it likes.
    """

    at: Place | None = field(default=None, kw_only=True)
    sole: bool = field(default=False, kw_only=True)


@frozen(eq=False, repr=False)
class Figure(Titled):
    """A part that the rulebook measures, under the same name."""

    def text_of(self, value: Value) -> Text:
        """One of its values in words."""
        return value.amount_text


@frozen(eq=False, repr=False)
class Fee(Figure):
    """A sum of money that is charged, in yuan."""


@frozen(eq=False, repr=False)
class Rule(Figure):
    """A figure that guards read: a window, an age, a yes or no of the place."""


@frozen(eq=False, repr=False)
class Expectation(Figure):
    """How long something is said to take. It binds nobody: it is shown, and no clock runs by it."""


@frozen(eq=False, repr=False)
class Choice(Figure, Generic[E]):
    """A figure that names one of several ways: a member of the enumeration ``of``, whose values are titles."""

    of: type[E] = field(kw_only=True)

    def text_of(self, value: Value) -> Text:
        """The title of the member that a value names."""
        title: Text = self.of[str(value.amount)].value
        return title


@frozen(eq=False, repr=False)
class Regime(Choice[E]):
    """Which of several ways of handling holds, by the day and the places. It is bound under the name ``regime``.

    A case keeps the regime of the day on which it was opened. Moves are made ``under`` some regimes or under all; figures are keyed by
    it like by a fact. An activity that ``renews`` it brings a running case under the regime of the day.
    """


@frozen(eq=False, repr=False)
class Clock(Figure):
    """A figure that runs while a case is in certain states."""


@frozen(eq=False, repr=False)
class Term(Clock):
    """A duty with a limit. When it passes, its owner is late and the fact is recorded; the case does not move.

    The rulebook may bind another role in a place; ``owed_by`` is the role otherwise.
    """

    owed_by: Role = field(kw_only=True)


@frozen(eq=False, repr=False)
class Lapse(Clock):
    """A period at whose end the clock itself acts: a temporary report ends, an unclaimed card is purged."""


@frozen(eq=False, repr=False, init=False)
class State(Titled):
    """Where a case stands.

    ``clocks`` start when a case enters the state, if they do not run already. ``early`` names clocks that figures of some
    places start here, at an activity that the figure names. ``stops`` names clocks that stand still meanwhile and go on
    afterwards. A ``final`` state ends the case.
    """

    clocks: tuple[Clock, ...]
    early: tuple[Clock, ...]
    stops: tuple[Clock, ...]
    final: bool

    def __init__(
        self,
        zh: str,
        en: str,
        *clocks: Clock,
        early: Clock | tuple[Clock, ...] = (),
        stops: Clock | tuple[Clock, ...] = (),
        final: bool = False,
    ) -> None:
        self.__attrs_init__(zh, en, clocks, _tuple(early), _tuple(stops), final)

    def holds(self, clock: Clock) -> bool:
        """Whether a clock stays alive in this state, running or stopped."""
        return clock in self.clocks or clock in self.early or clock in self.stops

    def to(self, target: State, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """The move to another state, if the guard holds; ``under`` some regimes only, if any are named."""
        return States((self,)).to(target, when=when, under=under)

    def stays(self, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """The move that changes nothing but the facts: a milestone."""
        return self.to(self, when=when, under=under)

    def __or__(self, other: State | States) -> States:
        return States((self,)) | other


@frozen
class States:
    """Several states from which the same move leaves: ``(checking | returned).to(withdrawn)``."""

    states: tuple[State, ...]

    def __or__(self, other: State | States) -> States:
        return States(self.states + (other.states if isinstance(other, States) else (other,)))

    def to(self, target: State, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """The move from each of them."""
        from ssflow.process.activities import Moves, Transition

        return Moves(tuple(Transition(source, target, when, _tuple(under)) for source in self.states))

    def stay(self, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
        """The move of each to itself."""
        from ssflow.process.activities import Moves

        rows = [row for state in self.states for row in state.stays(when=when, under=under).transitions]
        return Moves(tuple(rows))


def _tuple(one_or_many: T | tuple[T, ...]) -> tuple[T, ...]:
    return one_or_many if isinstance(one_or_many, tuple) else (one_or_many,)
