"""The sheet of a procedure: its definition, and its figures in some places on a day, or in all places at all times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ssflow import machines
from ssflow.doors import check_day, check_kind, check_lang, check_subclass, checked
from ssflow.errors import UnknownError
from ssflow.process import Activity, Place, Process, Regime, State, Term
from ssflow.process.figures import Clock, Figure
from ssflow.regions import NATION, absence, pairs_of, region_name, widening
from ssflow.rules import Rulebook, Value
from ssflow.sheets.procedures.moves import MoveGroup, moves_of
from ssflow.sheets.procedures.regimes import left_out, regimes_met
from ssflow.sheets.scope import in_scope_of, pairs_with
from ssflow.text import Lang, Text
from ssflow.views.books import book_of

if TYPE_CHECKING:
    from ssflow.sheets.procedures.overview import Overview

Places = Mapping[str, str] | str


@frozen
class Sheet:
    """The sheet of a procedure with its figures.

    ``places`` maps the names of the procedure's places to region codes; a place that is left out may be anywhere. Without ``on`` the
    sheet tells the whole history, in all places if none is named. ``lang`` is the language of its picture in a notebook, which
    shows values such as this one, but no classes.
    """

    process: type[Process]
    book: Rulebook = field(repr=False)
    places: Mapping[str, str] = field(factory=dict)
    on: date | None = None
    lang: Lang = field(default="zh", validator=checked(check_lang))

    @property
    def regime(self) -> Enum | None:
        """The regime that holds on this day; None if there are no regimes, or if day and places do not determine one."""
        return self._regimes[0] if len(self._regimes) == 1 else None

    @property
    def regime_depends_on(self) -> tuple[Place, ...]:
        """The places that are left out and determine which regime holds on this day."""
        return left_out(self.process, self.places) if len(self._regimes) > 1 else ()

    def moves(self, activity: Activity[Any]) -> tuple[MoveGroup, ...]:
        """Return the moves of an activity; if the regime is known, only those that a case can come to make under it."""
        met = [
            evolve(move, sources=tuple(source for source in move.sources if source in self._reached))
            for move in moves_of(activity, self.regime)
        ]
        return tuple(move for move in met if move.sources)

    def activities(self) -> tuple[Activity[Any], ...]:
        """Return the activities that have a move here."""
        return tuple(activity for activity in self.process.activities if self.moves(activity))

    def absences(self) -> tuple[Text, ...]:
        """Return what became of those of its places that did not exist on its day, and which places are used instead."""
        return tuple(dict.fromkeys(note for code in self.places.values() if (note := absence(code, self.on))))

    def states(self) -> tuple[State, ...]:
        """Return the states that a case can reach here."""
        return tuple(state for state in self.process.states if state in self._reached)

    def ends_at_once(self) -> tuple[State, ...]:
        """Return the states in which a case ends as it opens, because this regime leaves nothing to be done; empty otherwise."""
        opened = [m.target for a in self.process.activities for m in self.moves(a) if None in m.sources]
        return tuple(dict.fromkeys(opened)) if opened and all(state.final for state in opened) else ()

    def figures(self) -> Iterator[tuple[Figure, tuple[Value, ...]]]:
        """Yield every figure of the procedure that has a part here, with its values, if any."""
        for figure in self.process.figures:
            if not isinstance(figure, Clock) or any(state.holds(figure) for state in self.states()):
                yield figure, tuple(value for value in self._values(figure) if self._applies(value))

    def withdrawn(self) -> tuple[Value, ...]:
        """Return the figures that were released for these places and were wrong."""
        here = {
            code for place in self.process.places for code in widening(self.places.get(place.name, NATION), self.on)
        }
        return tuple(value for value in self.book.withdrawn if not self.places or value.region in here)

    @cached_property
    def _regimes(self) -> tuple[Enum | None, ...]:
        return regimes_met(self.process, self.book, self.places, self.on)

    @cached_property
    def _reached(self) -> set[State | None]:
        """The states that a case can reach under the regime that holds, and None for its opening."""
        moves = [move for activity in self.process.activities for move in moves_of(activity, self.regime)]
        reached: set[State | None] = {None}
        while more := {move.target for move in moves if reached & set(move.sources)} - reached:
            reached |= more
        return reached

    def _values(self, figure: Figure) -> list[Value]:
        """Return the values of a figure in its places; if one of two places is left out, also the figures between the other and any place."""
        areas = [self._areas(place) for place in self._bound(figure)]
        known = tuple(self.places.values()) if len(self.process.places) == 2 and len(self.places) == 1 else ()
        if self.on is not None:
            found = [value for code in known for value in in_scope_of(self.book, self.on, code) if "+" in value.region]
            found += [value for area in areas for value in self.book.in_force(self.on, *area)]
            return list({v.identity: v for v in found if v.parameter == figure.name}.values())
        bearing = {code for place, beside in areas for code in (*pairs_of(place, beside), *widening(place))}
        bearing |= {pair for code in known for pair in pairs_with(self.book, code)}
        values = [
            v for v in self.book.values if v.parameter == figure.name and (not self.places or v.region in bearing)
        ]
        values = [self.book.told(value) for value in values]
        return sorted(values, key=lambda v: (v.is_fallback, v.region, v.when, v.since))

    def _bound(self, figure: Figure) -> tuple[Place, ...]:
        """Return the places in which a figure is looked up: its owner's for a term, the first for a lapse, any for figures that guards read."""
        places = self.process.places
        if isinstance(figure, Term):
            return (figure.owed_by.at or places[0],)
        if isinstance(figure, Regime):
            return (figure.at or places[0],)
        return places[:1] if isinstance(figure, Clock) else places

    def _areas(self, place: Place) -> tuple[str, str]:
        """Return the code of a place, and that of the one beside it where the procedure names two."""
        others = [self.places.get(other.name, NATION) for other in self.process.places if other is not place]
        return self.places.get(place.name, NATION), others[0] if len(others) == 1 else NATION

    def _applies(self, value: Value) -> bool:
        """Return whether a figure applies under the regime that holds."""
        regime = self.process.regime
        named = dict(value.when).get(regime.name) if regime and self.regime else None
        return named is None or (self.regime is not None and self.regime.name in named)

    def overview(self) -> Overview:
        """Return the overview: how long, what to bring, what it costs, where to go, who acts."""
        from ssflow.sheets.procedures.overview import overview

        return overview(self)

    def document(self) -> dict[str, Any]:
        """Return the sheet as plain data, fit for JSON: texts in both languages, days in ISO form."""
        from ssflow.sheets.procedures.document import document

        return document(self)

    def to_markdown(self, lang: Lang = "zh") -> str:
        """Return the sheet as a page of Markdown with a Mermaid diagram; the same definition always gives the same page."""
        from ssflow.sheets.procedures.page import page

        return page(self, lang)

    def _repr_html_(self) -> str:
        from ssflow.sheets.procedures.html import html

        return html(self, self.lang)


def sheet(
    process: type[Process] | str,
    place: Places = NATION,
    on: date | None = None,
    *,
    strict: bool = False,
    lang: Lang = "zh",
) -> Sheet:
    """Return the sheet of a procedure, in a place or in places by their names, on a day.

    One code is used for all the places of a procedure. A strict sheet leaves out the figures of unnamed places.

    Raises:
        UnknownError: there is no such procedure or region, or the procedure names no such place.

    >>> from datetime import date
    >>> shown = sheet("loss_report", place="440100", on=date(2026, 9, 21))
    >>> [state.title.en for state in shown.states()][:2]
    ['temporarily reported', 'formally reported']

    """
    found = machines.get(process) if isinstance(process, str) else process
    check_subclass("process", found, Process)
    check_kind("place", place, str, Mapping)
    if on is not None:
        check_day("on", on)
    check_kind("strict", strict, bool)
    names = [one.name for one in found.places]
    places = dict.fromkeys(names, place) if isinstance(place, str) else dict(place)
    for name, code in places.items():
        check_kind("place", name, str)
        check_kind(f"place.{name}", code, str)
        if name not in names:
            raise UnknownError(f"place of {found.name}", name, names)
        region_name(code)
    book = book_of(found)
    named = {name: code for name, code in places.items() if code != NATION}
    return Sheet(found, book.strict() if strict else book, named, on, lang)
