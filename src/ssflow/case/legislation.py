"""The law by which cases are judged: a calendar and the rulebooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.rules import Rulebook, Value, rulebook

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.process import Process, Role
    from ssflow.process.parts import Figure


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
        return self.calendar.in_region(_place_of(case, role))

    def find(self, case: Case, figure: Figure, on: date, facts: object, role: Role | None = None) -> Value | None:
        """The figure that binds a case on a day, in the place of the role that is bound; None if there is none."""
        book = self.of(case.process)
        keys = {key: member.name for key in book.keys if (member := getattr(facts, key)) is not None}
        return book.find(figure.name, on, _place_of(case, role), keys)


def _place_of(case: Case, role: Role | None) -> str:
    return case.place((role.at if role else None) or case.process.places[0])
