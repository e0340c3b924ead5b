"""The law by which cases are judged, a calendar and rulebooks, and the law of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import ref

from attrs import evolve, field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.doors import check_callable, check_subclass, checked, each_of, of_kind
from ssflow.errors import DataError, DefinitionError, Fault, InputError
from ssflow.process import Process, faults_of_process
from ssflow.regions import NATION
from ssflow.rules import Rulebook, Value, rulebook
from ssflow.slots import quick
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.case.events import Event
    from ssflow.process import Place, Role
    from ssflow.process.figures import Figure


def _laws(given: Iterable[Legislation]) -> tuple[Legislation, ...]:
    return each_of("earlier", given, Legislation)


@frozen
class Legislation:
    """A law: a calendar and, for each procedure, a rulebook.

    A term is measured by the figure in force on the day on which its clock starts; a guard reads the figures of the day of the act. Figures and
    working days are those in the place of the role that is bound. ``analogies`` says whether clocks stop by analogy, without a rule that says so,
    for example while an application is returned; read strictly, the regulation of 2023 lets them run.

    ``earlier`` are laws by which cases were decided before. When the past of a case is judged again, what is on record under one of them is
    dated by it, and not by the present law.

    Raises:
        InputError: a part is of another kind.

    """

    calendar: WorkCalendar = field(factory=WorkCalendar.china, validator=of_kind(WorkCalendar))
    rulebook: Callable[[str], Rulebook] = field(default=rulebook, validator=checked(check_callable))
    analogies: bool = field(default=True, validator=of_kind(bool))
    earlier: tuple[Legislation, ...] = field(default=(), kw_only=True, converter=_laws)
    # The rulebooks that were found: each is asked for once, so that all acts are judged by the same.
    _books: dict[type[Process], Rulebook] = field(factory=dict, init=False, eq=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy the law without the rulebooks that were found."""
        return _made, (self.calendar, self.rulebook, self.analogies, self.earlier)

    def strict(self) -> Legislation:
        """Return the same law without forecasts of the calendar and without the fallbacks of unnamed places."""
        books = self.rulebook
        return evolve(self, calendar=self.calendar.strict(), rulebook=cache(lambda name: books(name).strict()))

    def with_rulebook(self, book: Rulebook) -> Legislation:
        """Return the same law with another rulebook for one procedure, such as a reform or an agency's own rules.

        Raises:
            InputError: the argument is not a rulebook.

        """
        books, book = self.rulebook, _checked("book", book)
        return evolve(self, rulebook=lambda name: book if name == book.name else books(name))

    def of(self, process: type[Process]) -> Rulebook:
        """Return the rulebook of a procedure; it is found once and kept.

        Raises:
            DataError: the figures do not fit the procedure; a figure that the procedure does not read would never be applied.
            InputError: ``process`` is not a procedure, or ``rulebook`` returned something else than a rulebook.

        """
        try:
            return self._books[process]
        except (KeyError, TypeError):  # not found before, or not a procedure
            pass
        check_subclass("process", process, Process)
        book = _checked("rulebook", self.rulebook(process.name))
        fitted = _FITTED.get((process, id(book)))
        if fitted is None or fitted() is not book:
            if faults := faults_of_process(process, book):
                raise DataError(f"{book.name}.toml", *faults)
            key = process, id(book)
            _FITTED[key] = ref(book, lambda _: _FITTED.pop(key, None))
        self._books[process] = book
        return book

    def of_record(self, event: Event, process: type[Process]) -> Legislation:
        """Return the law by which an event was decided, if this law knows it; else this law itself."""
        for law in (self, *self.earlier) if self.earlier else ():
            if law.calendar.digest == event.calendar and law.of(process).digest == event.rulebook:
                return law
        return self

    def in_case(self, case: Case) -> CaseLaw:
        """Return the law of a case; raises as `of` does."""
        return CaseLaw(case, self.calendar, self.of(case.process), self.analogies)


def _made(
    calendar: WorkCalendar, books: Callable[[str], Rulebook], analogies: bool, earlier: tuple[Legislation, ...]
) -> Legislation:
    return Legislation(calendar, books, analogies, earlier=earlier)


@quick
@frozen
class CaseLaw:
    """The law of one case: a calendar, the rulebook of its procedure, and the places whose figures bind it."""

    case: Case
    calendar: WorkCalendar
    book: Rulebook
    analogies: bool = True

    def calendar_of(self, role: Role | None = None) -> WorkCalendar:
        """Return the calendar of public bodies in the place of the role that is bound."""
        place = (role and role.at) or self.case.process.places[0]
        return self.calendar.in_region(self.case.places.get(place.name) or self.case.place(place))

    def find(self, figure: Figure, on: date, facts: object, role: Role | None = None) -> Value | None:
        """Return the value of a figure for the case on a day, in the place of the role that is bound; None if there is none.

        Raises:
            DefinitionError: the figure belongs to another procedure.

        """
        case, book = self.case, self.book
        if figure.owner is not case.process:
            text = Text(
                f"{figure!r}是另一程序的数值，不能用于{case.process.__name__}；请用本程序的数值",
                f"{figure!r} is a figure of another procedure; in {case.process.__name__} use one of its own",
            )
            raise DefinitionError(case.process.__name__, [Fault(figure.name, text)])
        read = book.keys_read.get(figure.name)
        if read is None:  # the rulebook has no value for it
            return None
        keys = {}
        for key in read:
            member = case.regime if key == "regime" and case.process.regime else getattr(facts, key, None)
            if member is not None:
                keys[key] = member._name_  # ``name`` is a property, which costs more than the look-up
        places = case.process.places
        place = (role and role.at) or places[0]
        code = case.places.get(place.name) or case.place(place)
        return book.find(figure.name, on, code, keys, self._beside(place) if len(places) > 1 else NATION)

    def regime_on(self, on: date) -> Enum | None:
        """Return the regime of the case on a day, for every role; None if its procedure has no regimes, or no value is known."""
        regime = self.case.process.regime
        if regime is None or not self.book.has(regime.name):
            return None
        at = regime.at or self.case.process.places[0]
        value = self.book.find(regime.name, on, self.case.place(at), {}, self._beside(at))
        return regime.of[str(value.amount)] if value else None

    def _beside(self, place: Place) -> str:
        """Return the region code of the other place of a case with two places, or else of the nation."""
        places = self.case.process.places
        if len(places) != 2:
            return NATION
        return self.case.places.get(places[places[0] is place].name, NATION)


def _checked(path: str, book: Rulebook) -> Rulebook:
    """Return a rulebook; raises InputError for anything else."""
    if not isinstance(book, Rulebook):
        kind = type(book).__name__
        raise InputError.of(path, f"须为规则库（Rulebook）；实际为{kind}", f"a Rulebook is required, not a {kind}")
    return book


# The rulebooks that fit a procedure, by identity, because a rulebook may be large.
_FITTED: dict[tuple[type[Process], int], ref[Rulebook]] = {}
