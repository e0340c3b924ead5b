"""The uses of an article: figures, activities, guards and doubts of the procedures that rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from attrs import frozen

from ssflow.documents import Document, text_document
from ssflow.process import Process
from ssflow.process.guards import Condition
from ssflow.regions import NATION
from ssflow.rules import Citation, Rulebook
from ssflow.rules.doubts import DOUBT_KINDS
from ssflow.sources import Grade
from ssflow.text import Text

UseKind = Literal["figure", "activity", "guard", "doubt", "watch", "beginning"]

USE_KINDS: dict[UseKind, Text] = {
    "figure": Text("数值", "figure"),
    "activity": Text("环节", "activity"),
    "guard": Text("条件", "guard"),
    "doubt": Text("存疑", "doubt"),
    "watch": Text("关注", "watched"),
    "beginning": Text("开始", "beginning"),
}
_BEGINS = Text("最早始于", "begins at the earliest on")


@frozen(kw_only=True)
class Use:
    """One thing that rests on an article.

    ``name`` is that of the figure, the activity or the guard; doubts, watched laws and beginnings have none. ``said`` is the amount of a
    figure, who does an activity, where a guard is asked, the kind of a doubt, or the day of a beginning.
    """

    procedure: str
    kind: UseKind
    name: str
    title: Text
    said: Text
    region: str = NATION
    since: date | None = None
    until: date | None = None
    confidence: Grade | None = None

    def document(self) -> Document:
        """Return the use as plain data."""
        return {
            "kind": self.kind,
            "procedure": self.procedure,
            "name": self.name,
            "title": text_document(self.title),
            "said": text_document(self.said),
            "region": self.region,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "confidence": self.confidence,
        }


def uses_of(process: type[Process], book: Rulebook) -> Iterator[tuple[tuple[Citation, ...], Use]]:
    """Yield everything in a procedure and its rulebook that has a basis, each with its citations."""
    name = process.name
    figures = {figure.name: figure for figure in process.figures}
    for value in book.values:
        figure = figures.get(value.parameter)
        yield (
            value.cites,
            Use(
                procedure=name,
                kind="figure",
                name=value.parameter,
                title=figure.title if figure else Text(value.parameter, value.parameter),
                said=figure.text_of(value) if figure else value.amount_text,
                region=value.region,
                since=value.since,
                until=value.until,
                confidence=value.confidence,
            ),
        )
    yield from _moves(process)
    began = book.beginning
    if began:
        day = Text(*[began.since.isoformat()] * 2)
        yield (began.cite,), Use(procedure=name, kind="beginning", name="", title=_BEGINS, said=day, since=began.since)
    for doubt in book.doubts:
        said = DOUBT_KINDS[doubt.kind]
        yield doubt.cites, Use(procedure=name, kind="doubt", name="", title=doubt.text, said=said, region=doubt.region)
    for watch in book.watches:
        cites = (Citation(watch.law),) if watch.law else ()
        yield cites, Use(procedure=name, kind="watch", name="", title=watch.text, said=watch.title, since=watch.since)


def _moves(process: type[Process]) -> Iterator[tuple[tuple[Citation, ...], Use]]:
    """Yield the activities, and each condition once with all activities that ask it."""
    asked: dict[Condition[Any], list[Text]] = {}
    for activity in process.activities:
        said = activity.after.title if activity.after else activity.who
        title, name = activity.title, activity.name
        yield activity.cites, Use(procedure=process.name, kind="activity", name=name, title=title, said=said)
        guards = dict.fromkeys(row.when for row in activity.transitions if row.when)
        for condition in dict.fromkeys(condition for guard in guards for condition in guard.conditions):
            asked.setdefault(condition, []).append(title)
    for condition, titles in asked.items():
        where, name = Text.join(titles, "、", ", "), condition.name
        yield condition.cites, Use(procedure=process.name, kind="guard", name=name, title=condition.reason, said=where)
