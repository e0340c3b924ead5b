"""The law by which cases are judged: a calendar and the rulebooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.regions import NATION
from ssflow.rules import Rulebook, Value, rulebook

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.process import Place, Process, Role
    from ssflow.process.figures import Figure


@frozen
class Legislation:
    """A calendar and, for each procedure, a rulebook.

    A term is measured by the figure in force on the day on which its clock starts; a guard reads the figures of the day of
    the act. Both look here, in the place of whoever is bound, whose offices also say which days are worked.
    """

    calendar: WorkCalendar = field(factory=WorkCalendar.china)
    rulebook: Callable[[str], Rulebook] = rulebook

    def strict(self) -> Legislation:
        """The same law without forecasts of the calendar and without the fallbacks of unnamed places."""
        books = self.rulebook
        return evolve(self, calendar=self.calendar.strict(), rulebook=lambda name: books(name).strict())

    def with_rulebook(self, book: Rulebook) -> Legislation:
        """The same law with another rulebook for one procedure: a reform, or an agency's own."""
        books = self.rulebook
        return evolve(self, rulebook=lambda name: book if name == book.name else books(name))

    def of(self, process: type[Process]) -> Rulebook:
        """The rulebook of a procedure."""
        return self.rulebook(process.name)

    def calendar_of(self, case: Case, role: Role | None = None) -> WorkCalendar:
        """The working days of public bodies in the place of the role that is bound."""
        return self.calendar.in_region(case.place(_place_of(case, role)))

    def find(self, case: Case, figure: Figure, on: date, facts: object, role: Role | None = None) -> Value | None:
        """The figure that binds a case on a day, in the place of the role that is bound; None if there is none."""
        book, regime = self.of(case.process), case.process.regime
        known = {key: case.regime if regime and key == regime.name else getattr(facts, key) for key in book.keys}
        keys = {key: member.name for key, member in known.items() if member is not None}
        place = _place_of(case, role)
        others = [case.place(other) for other in case.process.places if other is not place]
        beside = others[0] if len(others) == 1 else NATION
        return book.find(figure.name, on, case.place(place), keys, beside)

    def regime_on(self, case: Case, on: date, facts: object, role: Role | None = None) -> Enum | None:
        """The regime that a case comes under on a day; None if its procedure has none, or none is known for day and places."""
        regime = case.process.regime
        value = self.find(case, regime, on, facts, role) if regime else None
        return regime.of[str(value.amount)] if regime and value else None


def _place_of(case: Case, role: Role | None) -> Place:
    return (role.at if role else None) or case.process.places[0]
