"""The search for what is not known: in weak figures, missing figures, doubts and unread laws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ssflow import machines
from ssflow.calendar import Span
from ssflow.doors import check_kind
from ssflow.process import Process, Term
from ssflow.process.figures import Clock, Figure
from ssflow.regions import NATION, widening
from ssflow.rules import Doubt, Law, Rulebook, Value
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS, Doubtful, Item
from ssflow.sheets.laws.page import READ
from ssflow.sheets.procedures.relations import cited_by_moves
from ssflow.sheets.scope import in_scope
from ssflow.sheets.usable import check, readable_laws, rulebooks
from ssflow.sources import DOUBTFUL
from ssflow.text import NO_TEXT, Text


@frozen
class _Part:
    """The part of one procedure that is searched: the figures and doubts of a place, or of all places if it is None."""

    process: type[Process]
    values: Sequence[Value]
    doubts: Sequence[Doubt]
    place: str | None

    @property
    def laws(self) -> set[str]:
        """The laws on which this part rests."""
        by_values = [cite for value in self.values for cite in value.cites]
        by_doubts = [cite for doubt in self.doubts for cite in doubt.cites]
        return {cite.law for cite in (*by_values, *by_doubts, *cited_by_moves(self.process))}


def find_doubtful(
    procedure: str = "", region: str | None = None, on: date | None = None, *, partial: bool = False
) -> Doubtful:
    """Return what is not known of all procedures or of one, everywhere or in one place, at all times or on a day.

    For a place, the list has what is weak there, what has no figure there, and what is in doubt there or in the whole country. Doubts
    and laws have no day: they are the same on every day. A ``partial`` list leaves out what cannot be read, and says so in ``failing``.

    Raises:
        UnknownError: no procedure has this name, or no place this code.
        InputError: an argument is not a name, a code or a day.
        DataError, DefinitionError: a procedure or a file is broken, and ``partial`` is not set.

    """
    check_kind("procedure", procedure, str)
    check_kind("partial", partial, bool)
    books, failing = rulebooks((machines.get(procedure),) if procedure else ())
    laws = readable_laws(failing)
    check(failing, partial=partial)
    parts = [_part(process, book, region, on) for process, book in books.items()]
    found = [*(item for part in parts for item in _of(part)), *_unread(parts, laws)]
    order = list(DOUBTFUL_KINDS)
    return Doubtful(tuple(sorted(found, key=lambda item: order.index(item.kind))), dict(laws), failing)


def _part(process: type[Process], book: Rulebook, place: str | None, on: date | None) -> _Part:
    here = None if place is None else set(widening(place, on))
    doubts = [doubt for doubt in book.doubts if here is None or here & {doubt.region, *doubt.region.split("+")}]
    return _Part(process, in_scope(book, place, on), doubts, place)


def _of(part: _Part) -> Iterator[Item]:
    process = part.process
    figures = {figure.name: figure for figure in process.figures}
    for value in part.values:
        if value.confidence in DOUBTFUL and value.parameter in figures:
            yield _weak(process, figures[value.parameter], value)
    for figure in process.figures:
        yield from _without_figure(part, figure, [v for v in part.values if v.parameter == figure.name])
    yield from _without_statute(part)
    for doubt in part.doubts:
        yield _doubt(process, doubt)


def _weak(process: type[Process], figure: Figure, value: Value) -> Item:
    return Item(
        kind="weak",
        procedure=process.name,
        what=figure.title,
        name=figure.name,
        said=figure.text_of(value),
        region=value.region,
        when=value.when_text,
        since=value.since,
        until=value.until,
        confidence=value.confidence,
        cites=value.cites,
        url=value.url,
        note=_note(value),
    )


def _note(value: Value) -> Text:
    """Return what else is to be said of a figure, and how its first day is known."""
    first = Text(f"首日：{value.evidence.zh}。", f"First day: {value.evidence.en}.") if value.evidence else NO_TEXT
    return Text.join([text for text in (value.note, first) if text], "", " ")


def _without_figure(part: _Part, figure: Figure, values: list[Value]) -> Iterator[Item]:
    """Yield an item if a figure has no value.

    A clock needs a span; any other figure needs any amount. A figure between two places counts for neither place alone.
    """
    is_clock = isinstance(figure, Clock)
    measured = [value for value in values if not is_clock or isinstance(value.amount, Span)]
    if part.process.setters(figure) or any(part.place is None or "+" not in value.region for value in measured):
        return
    if measured:
        said = Text("只有与某地之间的数值", "a figure only between this place and certain others")
    else:
        said = Text("来源不设数额", "the sources set no number") if values else Text("没有数值", "no figure")
    yield Item(
        kind="untimed" if is_clock else "missing",
        procedure=part.process.name,
        what=figure.title,
        name=figure.name,
        said=said,
        region=part.place or NATION,
        cites=tuple(dict.fromkeys(cite for value in values for cite in value.cites)),
    )


def _without_statute(part: _Part) -> Iterator[Item]:
    terms = {clock.name for clock in part.process.clocks if isinstance(clock, Term)}
    figures = [value for value in part.values if value.parameter in terms and isinstance(value.amount, Span)]
    if any(value.confidence == "statute" for value in figures):
        return
    if not terms:
        said = Text("没有期限", "it has no term")
    elif not figures:
        said = Text("期限均未规定", "no time limit is known for any of its terms")
    else:
        said = Text("期限都不出自法律法规", "its terms rest on no statute")
    yield Item(kind="no_statute", procedure=part.process.name, what=said)


def _doubt(process: type[Process], doubt: Doubt) -> Item:
    return Item(
        kind=doubt.kind,
        procedure=process.name,
        what=doubt.text,
        region=doubt.region,
        cites=doubt.cites,
        chosen=doubt.chosen,
        url=doubt.url,
    )


def _unread(parts: Sequence[_Part], laws: Mapping[str, Law]) -> Iterator[Item]:
    """Yield the laws that were not read, each with the procedures of which a part rests on it."""
    for law in laws.values():
        used = sorted(part.process.name for part in parts if law.id in part.laws)
        if used and law.read != "text":
            yield _law(law, ", ".join(used))


def _law(law: Law, procedure: str) -> Item:
    url = (law.url,) if law.url else ()
    return Item(
        kind="unread", procedure=procedure, what=law.title, name=law.id, said=READ[law.read], url=url, note=law.note
    )
