"""The law by which cases are judged: a calendar and the rulebooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING
from weakref import ref

from attrs import evolve, field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.doors import check_callable, check_subclass, checked, of_kind
from ssflow.errors import DataError, InputError
from ssflow.process import Process, faults_of_process
from ssflow.regions import NATION
from ssflow.rules import Rulebook, Value, rulebook

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.process import Place, Role
    from ssflow.process.figures import Figure


@frozen
class Legislation:
    """A calendar and, for each procedure, a rulebook.

    A term is measured by the figure in force on the day on which its clock starts; a guard reads the figures of the day of
    the act. Both look here, in the place of whoever is bound, whose offices also say which days are worked. ``analogies`` says whether clocks
    stand still where no rule says that they do, as while an application is returned; read strictly, the regulation of 2023 lets them run.
    """

    calendar: WorkCalendar = field(factory=WorkCalendar.china, validator=of_kind(WorkCalendar))
    rulebook: Callable[[str], Rulebook] = field(default=rulebook, validator=checked(check_callable))
    analogies: bool = field(default=True, validator=of_kind(bool))

    def strict(self) -> Legislation:
        """The same law without forecasts of the calendar and without the fallbacks of unnamed places."""
        books = self.rulebook
        return evolve(self, calendar=self.calendar.strict(), rulebook=cache(lambda name: books(name).strict()))

    def with_rulebook(self, book: Rulebook) -> Legislation:
        """The same law with another rulebook for one procedure: a reform, or an agency's own.

        Raises:
            InputError: it is no rulebook.

        """
        books, book = self.rulebook, _checked("book", book)
        return evolve(self, rulebook=lambda name: book if name == book.name else books(name))

    def of(self, process: type[Process]) -> Rulebook:
        """The rulebook of a procedure.

        Raises:
            DataError: its figures do not fit the procedure: what nobody reads would never be applied.
            InputError: what was given to find rulebooks gives something else.

        """
        check_subclass("process", process, Process)
        book = _checked("rulebook", self.rulebook(process.name))
        fitted = _FITTED.get((process, id(book)))
        if fitted is None or fitted() is not book:
            if faults := faults_of_process(process, book):
                raise DataError(f"{book.name}.toml", *faults)
            key = process, id(book)
            _FITTED[key] = ref(book, lambda _: _FITTED.pop(key, None))
        return book

    def calendar_of(self, case: Case, role: Role | None = None) -> WorkCalendar:
        """The working days of public bodies in the place of the role that is bound."""
        return self.calendar.in_region(case.place(_place_of(case, role)))

    def find(self, case: Case, figure: Figure, on: date, facts: object, role: Role | None = None) -> Value | None:
        """The figure that binds a case on a day, in the place of the role that is bound; None if there is none."""
        book, regime = self.of(case.process), case.process.regime
        known = {key: case.regime if regime and key == regime.name else getattr(facts, key) for key in book.keys}
        keys = {key: member.name for key, member in known.items() if member is not None}
        place = _place_of(case, role)
        if figure.name not in book.parameters:  # nobody has entered a figure for it
            return None
        return book.find(figure.name, on, case.place(place), keys, _beside(case, place))

    def regime_on(self, case: Case, on: date) -> Enum | None:
        """The regime that a case comes under on a day, whoever acts; None if its procedure has none, or none is known."""
        regime = case.process.regime
        if regime is None:
            return None
        at = regime.at or case.process.places[0]
        book = self.of(case.process)
        if regime.name not in book.parameters:
            return None
        value = book.find(regime.name, on, case.place(at), {}, _beside(case, at))
        return regime.of[str(value.amount)] if value else None


def _checked(path: str, book: Rulebook) -> Rulebook:
    """A rulebook, and nothing else."""
    if not isinstance(book, Rulebook):
        kind = type(book).__name__
        raise InputError.of(path, f"须为规则库（Rulebook），不能是{kind}", f"a Rulebook is wanted, not a {kind}")
    return book


# Which rulebooks have been found to fit which procedures; by identity, because a rulebook may be large.
_FITTED: dict[tuple[type[Process], int], ref[Rulebook]] = {}


def _beside(case: Case, place: Place) -> str:
    """The code of the other place of a case that has two."""
    others = [case.places.get(other.name, NATION) for other in case.process.places if other is not place]
    return others[0] if len(others) == 1 else NATION


def _place_of(case: Case, role: Role | None) -> Place:
    return (role.at if role else None) or case.process.places[0]
