"""The figures of a procedure, whose values are in its rulebook: fees, rules, choices, and the clocks that run by them."""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

from attrs import field, frozen

from ssflow.calendar import Span
from ssflow.converters import Former
from ssflow.process.parts import Place, Role, Roles, Titled, roles_of
from ssflow.rules.values import Value
from ssflow.text import Text

E = TypeVar("E", bound=Enum)


@frozen(eq=False, repr=False)
class Figure(Titled):
    """A part whose values are in the rulebook, under the same name."""

    def text_of(self, value: Value) -> Text:
        """Return one of its values in words."""
        return value.amount_text


@frozen(eq=False, repr=False)
class Fee(Figure):
    """A sum of money that is charged, in yuan."""


@frozen(eq=False, repr=False)
class Rule(Figure):
    """A figure that guards read: a window, an age, a yes or no of the place. An ``age`` is in completed years: 60周岁."""

    age: bool = field(default=False, kw_only=True)

    def text_of(self, value: Value) -> Text:
        """Return one of its values in words, an age as laws write it."""
        if self.age and isinstance(value.amount, Span) and value.amount.unit == "years":
            return Text(f"{value.amount.n}周岁", f"{value.amount.n} years of age")
        return super().text_of(value)


@frozen(eq=False, repr=False)
class Expectation(Figure):
    """The time that a service is said to take. It binds nobody: it is shown, and no clock runs by it."""


@frozen(eq=False, repr=False)
class Choice(Figure, Generic[E]):
    """A figure that names one of several ways: a member of the enumeration ``of``, whose values are titles."""

    of: type[E] = field(kw_only=True)

    def text_of(self, value: Value) -> Text:
        """Return the title of the member that a value names."""
        title: Text = self.of[str(value.amount)].value
        return title


@frozen(eq=False, repr=False)
class Regime(Choice[E]):
    """The choice of one of several ways of handling, by the day and the places. It is bound under the name ``regime``.

    A case keeps the regime of the day on which it was opened. Moves are made ``under`` some regimes or under all; figures are keyed by it
    as by a fact. An activity that ``renews`` it brings a running case under the regime of the day. It is looked up ``at`` one place, the
    first of the procedure if none is named, no matter which role acts.
    """

    at: Place | None = field(default=None, kw_only=True)


@frozen(eq=False, repr=False)
class Clock(Figure):
    """A figure that runs while a case is in certain states."""


@frozen(eq=False, repr=False, init=False)
class Term(Clock):
    """A duty with a limit. When it passes, its owner is late and that is recorded; the case does not move.

    ``owed_by`` is the role that owes it, unless the rulebook binds another in a place. Where several owe it together (``owed_by=controller
    | processor``), ``owed_by`` is the first of them and ``owed_too`` are the others; work lists have it under the first.
    """

    owed_by: Role
    owed_too: tuple[Role, ...]

    def __init__(self, zh: str, en: str, *, owed_by: Role | Roles, was: Former = ()) -> None:
        first, *others = roles_of(owed_by)
        self.__attrs_init__(zh, en, first, tuple(others), was=was)

    @property
    def owers(self) -> tuple[Role, ...]:
        """All roles that owe the term where no figure binds another."""
        return (self.owed_by, *self.owed_too)

    @property
    def who(self) -> Text:
        """The roles that owe the term where no figure binds another, in words."""
        return Text.join([role.title for role in self.owers], "、", " and ")


@frozen(eq=False, repr=False)
class Lapse(Clock):
    """A period at whose end the clock itself acts: a temporary report ends, an unclaimed card is purged."""
