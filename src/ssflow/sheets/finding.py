"""How what is not known is found: in the figures, in what has none, in the doubts, in the laws."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow import machines
from ssflow.calendar import Span
from ssflow.process import Process, Term
from ssflow.process.figures import Clock, Figure
from ssflow.regions import widening
from ssflow.rules import Doubt, Law, Rulebook, Value
from ssflow.sheets.doubtful import DOUBTFUL_KINDS, Doubtful, Item
from ssflow.sheets.laws import law_index
from ssflow.sheets.procedure import book_of
from ssflow.sources import DOUBTFUL
from ssflow.text import Text


def find_doubtful(procedure: str = "", region: str | None = None) -> Doubtful:
    """What is not known of all procedures or of one, everywhere or in what holds in one place.

    Raises:
        UnknownError: no procedure has this name, or no place this code.

    """
    names = (procedure,) if procedure else machines.names()
    index = law_index(names)
    found = [item for name in names for item in _of(machines.get(name))]
    cited = {cite.law for cite in index}
    for law in (law for law in index.laws.values() if law.id in cited and law.read != "text"):
        used = ", ".join(index.within(law.id).procedures)
        found.append(_unread(law, procedure or used))
    here = None if region is None else set(widening(region))
    kept = [item for item in found if here is None or here & {item.region, *item.region.split("+")}]
    order = list(DOUBTFUL_KINDS)
    return Doubtful(tuple(sorted(kept, key=lambda item: order.index(item.kind))), dict(index.laws))


def _of(process: type[Process]) -> Iterator[Item]:
    book = book_of(process)
    figures = {figure.name: figure for figure in process.figures}
    for value in book.values:
        if value.confidence in DOUBTFUL and value.parameter in figures:
            yield _weak(process, figures[value.parameter], value)
    for figure in process.figures:
        yield from _without_figure(process, figure, [v for v in book.values if v.parameter == figure.name])
    yield from _without_statute(process, book)
    for doubt in book.doubts:
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
        note=" ".join(filter(None, (value.note, value.evidence and f"First day: {value.evidence}."))),
    )


def _without_figure(process: type[Process], figure: Figure, values: list[Value]) -> Iterator[Item]:
    """A clock runs nowhere without a span; of other figures any value will do."""
    is_clock = isinstance(figure, Clock)
    if values and not (is_clock and not any(isinstance(value.amount, Span) for value in values)):
        return
    yield Item(
        kind="untimed" if is_clock else "missing",
        procedure=process.name,
        what=figure.title,
        name=figure.name,
        said=Text("来源不设数额", "the sources set no number") if values else Text("没有数值", "no figure"),
        cites=tuple(dict.fromkeys(cite for value in values for cite in value.cites)),
    )


def _without_statute(process: type[Process], book: Rulebook) -> Iterator[Item]:
    terms = {clock.name for clock in process.clocks if isinstance(clock, Term)}
    figures = [value for value in book.values if value.parameter in terms and isinstance(value.amount, Span)]
    if any(value.confidence == "statute" for value in figures):
        return
    if not terms:
        said = Text("没有期限", "it has no term")
    elif not figures:
        said = Text("期限均不计时", "its terms are all untimed")
    else:
        said = Text("期限都不出自法律法规", "its terms rest on no statute")
    yield Item(kind="no_statute", procedure=process.name, what=said)


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


def _unread(law: Law, procedure: str) -> Item:
    said = Text("仅见转述", "known from what others repeat") if law.read == "quoted" else Text("未读", "not read")
    url = (law.url,) if law.url else ()
    return Item(kind="unread", procedure=procedure, what=law.title, name=law.id, said=said, url=url, note=law.note)
