"""The sheet of a procedure as plain data: its parts, and the figures of a place on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from ssflow.cli.input.fields import fields_of
from ssflow.cli.output.documents import Document, book_of, cited, text_document
from ssflow.process import Activity, Fee, Lapse, Process, State, Term
from ssflow.process.guards import Guard
from ssflow.process.parts import Figure
from ssflow.regions import region_name
from ssflow.rules import Rulebook, Value
from ssflow.text import Text

KINDS: dict[str, Text] = {
    "term": Text("期限", "term"),
    "lapse": Text("失效期", "lapse"),
    "fee": Text("费用", "fee"),
    "rule": Text("规则", "rule"),
}
CONFIDENCES: dict[str, Text] = {
    "statute": Text("法律法规", "statute"),
    "corroborated": Text("多源印证", "corroborated"),
    "single": Text("单一来源", "single source"),
    "guide": Text("办事指南", "guide only"),
    "unverified": Text("未核实", "unverified"),
}


@frozen
class Move:
    """The moves of an activity that lead to one state under one guard, with all the states they leave."""

    sources: tuple[State | None, ...]
    target: State
    when: Guard[Any] | None


@frozen
class Sheet:
    """A procedure as it stands in a place on a day."""

    process: type[Process]
    book: Rulebook
    on: date
    region: str
    strict: bool

    @classmethod
    def of(cls, process: type[Process], on: date, region: str, *, strict: bool) -> Sheet:
        """The sheet of a procedure; a strict one leaves out the figures of unnamed places."""
        book = book_of(process)
        return cls(process, book.strict() if strict else book, on, region, strict)

    def figures(self) -> Iterator[tuple[Figure, tuple[Value, ...]]]:
        """Every figure that the procedure names, with its values in force; those without any included."""
        found = self.book.in_force(self.on, self.region)
        for figure in self.process.figures:
            yield figure, tuple(value for value in found if value.parameter == figure.name)

    def document(self) -> Document:
        """The sheet as plain data."""
        process, laws = self.process, self.book.laws
        return {
            "process": process.name,
            "title": text_document(process.title),
            "version": process.version,
            "on": self.on.isoformat(),
            "region": self.region,
            "region_name": region_name(self.region),
            "strict": self.strict,
            "places": [{"name": p.name, "title": text_document(p.title)} for p in process.places],
            "roles": [
                {"name": r.name, "title": text_document(r.title), "at": r.at.name if r.at else None, "sole": r.sole}
                for r in process.roles
            ],
            "states": [_state(state) for state in process.states],
            "activities": [self._activity(activity) for activity in process.activities],
            "figures": [
                {
                    "name": figure.name,
                    "title": text_document(figure.title),
                    "kind": kind_of(figure),
                    "owed_by": figure.owed_by.name if isinstance(figure, Term) else None,
                    "values": [self._value(value) for value in values],
                }
                for figure, values in self.figures()
            ],
            "doubts": [
                {**text_document(doubt.text), "basis": cited(doubt.cites, laws), "url": list(doubt.url)}
                for doubt in self.book.doubts
            ],
        }

    def _activity(self, activity: Activity[Any]) -> Document:
        return {
            "name": activity.name,
            "title": text_document(activity.title),
            "by": activity.by.name if activity.by else None,
            "after": activity.after.name if activity.after else None,
            "moves": [
                {
                    "from": [source.name if source else None for source in move.sources],
                    "to": move.target.name,
                    "conditions": [
                        {"name": c.name, "reason": text_document(c.reason), "basis": cited(c.cites, self.book.laws)}
                        for c in (move.when.conditions if move.when else ())
                    ],
                }
                for move in moves_of(activity)
            ],
            "data": [
                {"path": field.path, "takes": field.takes.en, "required": field.required}
                for field in (fields_of(activity.data) if activity.data else ())
            ],
            "extends": activity.extends.term.name if activity.extends else None,
            "renews": activity.renews.name if activity.renews else None,
            "also": repr(activity.also) if activity.also else None,
            "basis": cited(activity.cites, self.book.laws),
        }

    def _value(self, value: Value) -> Document:
        return {
            "value": text_document(value.amount_text),
            "when": value.when_text,
            "since": value.since.isoformat(),
            "until": value.until.isoformat() if value.until else None,
            "starts": value.starts,
            "owed_by": value.owed_by,
            "region": value.region,
            "region_name": region_name(value.region),
            "fallback": value.is_fallback,
            "confidence": value.confidence,
            "basis": cited(value.cites, self.book.laws),
            "text": value.text,
            "note": value.note,
        }


def kind_of(figure: Figure) -> str:
    """What a figure measures: a term, a lapse, a fee or a rule."""
    return "term" if isinstance(figure, Term) else "lapse" if isinstance(figure, Lapse) else _sum_or_rule(figure)


def _sum_or_rule(figure: Figure) -> str:
    return "fee" if isinstance(figure, Fee) else "rule"


def moves_of(activity: Activity[Any]) -> tuple[Move, ...]:
    """The moves of an activity, those with the same end and the same guard as one."""
    found: dict[tuple[int, int], Move] = {}
    for row in activity.transitions:
        key = (id(row.target), id(row.when))
        before = found[key].sources if key in found else ()
        found[key] = Move((*before, row.source), row.target, row.when)
    return tuple(found.values())


def _state(state: State) -> Document:
    return {
        "name": state.name,
        "title": text_document(state.title),
        "clocks": [clock.name for clock in state.clocks],
        "early": [clock.name for clock in state.early],
        "stops": [clock.name for clock in state.stops],
        "final": state.final,
    }
