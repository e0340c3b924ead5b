"""A sheet as plain data, as ``ssflow show --json`` prints it. Keys are English, days ISO, texts in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from ssflow.calendar import Span
from ssflow.documents import Document, text_document
from ssflow.process import Activity, State, Term
from ssflow.process.figures import Figure
from ssflow.regions import area_name, region_name
from ssflow.rules import Law, Value
from ssflow.text import Text, title_of
from ssflow.views.citing import cited
from ssflow.views.fields import fields_of
from ssflow.views.kinds import kind_of
from ssflow.views.plain import plain
from ssflow.views.spans import span_view

if TYPE_CHECKING:
    from ssflow.rules import Doubt
    from ssflow.sheets.procedures.sheet import Sheet


def document(sheet: Sheet) -> Document:
    """Return the sheet of a procedure as plain data."""
    found: Document = plain(_document(sheet))
    return found


def _document(sheet: Sheet) -> Document:
    process, laws = sheet.process, sheet.book.laws
    figures = {figure.name: figure for figure in process.figures}
    return {
        "process": process.name,
        "title": text_document(process.title),
        "version": process.version,
        "figures_digest": sheet.book.digest,
        "on": sheet.on.isoformat() if sheet.on else None,
        "places": [_place(sheet, place.name, place.title) for place in process.places],
        "regimes": [_member(regime) for regime in process.regimes() if regime],
        "regime": _member(sheet.regime) if sheet.regime else None,
        "regime_depends_on": [place.name for place in sheet.regime_depends_on],
        "roles": [
            {"name": r.name, "title": text_document(r.title), "at": r.at.name if r.at else None, "sole": r.sole}
            for r in process.roles
        ],
        "absences": [text_document(note) for note in sheet.absences()],
        "overview": sheet.overview(),
        "states": [_state(state) for state in sheet.states()],
        "activities": [_activity(sheet, activity) for activity in sheet.activities()],
        "figures": [_figure(sheet, figure, values) for figure, values in sheet.figures()],
        "withdrawn": [
            {
                **_value(figures[value.parameter], value, laws),
                "name": value.parameter,
                "withdrawn_on": value.withdrawn.on.isoformat(),
                "why": text_document(value.withdrawn.why),
            }
            for value in sheet.withdrawn()
            if value.withdrawn and value.parameter in figures
        ],
        "doubts": [_doubt(doubt, laws) for doubt in sheet.book.doubts],
    }


def _place(sheet: Sheet, name: str, title: Text) -> Document:
    code = sheet.places.get(name)
    return {
        "name": name,
        "title": text_document(title),
        "region": code,
        "region_name": region_name(code) if code else None,
    }


def _member(member: Enum) -> Document:
    return {"name": member.name, "title": text_document(title_of(member))}


def _state(state: State) -> Document:
    return {
        "name": state.name,
        "title": text_document(state.title),
        "clocks": [clock.name for clock in state.clocks],
        "early": [clock.name for clock in state.early],
        "stops": [clock.name for clock in state.stops],
        "by_analogy": state.by_analogy,
        "final": state.final,
    }


def _activity(sheet: Sheet, activity: Activity[Any]) -> Document:
    laws = sheet.book.laws
    return {
        "name": activity.name,
        "title": text_document(activity.title),
        "by": activity.by.name if activity.by else None,
        "or_by": [role.name for role in activity.or_by],
        "after": activity.after.name if activity.after else None,
        "moves": [
            {
                "from": [source.name if source else None for source in move.sources],
                "to": move.target.name,
                "back": move.back,
                "under": [regime.name for regime in move.under],
                "conditions": [
                    {"name": c.name, "reason": text_document(c.reason), "basis": cited(c.cites, laws)}
                    for c in move.conditions
                ],
            }
            for move in sheet.moves(activity)
        ],
        "data": [
            {
                "path": field.path,
                "title": text_document(field.title),
                "takes": field.takes.en,
                "members": [_member(member) for member in field.members],
                "required": field.required,
                "personal": field.personal,
            }
            for field in (fields_of(activity.data) if activity.data else ())
        ],
        "extends": activity.extends.term.name if activity.extends else None,
        "withdraws": activity.withdraws.name if activity.withdraws else None,
        "sets": activity.sets.clock.name if activity.sets else None,
        "renews": activity.renews.name if activity.renews else None,
        "triggers": repr(activity.triggers) if activity.triggers else None,
        "basis": cited(activity.cites, laws),
    }


def _figure(sheet: Sheet, figure: Figure, values: Iterable[Value]) -> Document:
    return {
        "name": figure.name,
        "title": text_document(figure.title),
        "kind": kind_of(figure),
        "owed_by": figure.owed_by.name if isinstance(figure, Term) else None,
        "owed_too": [role.name for role in figure.owed_too] if isinstance(figure, Term) else [],
        "values": [_value(figure, value, sheet.book.laws) for value in values],
    }


def _value(figure: Figure, value: Value, laws: Mapping[str, Law]) -> Document:
    return {
        "value": text_document(figure.text_of(value)),
        "span": span_view(value.amount) if isinstance(value.amount, Span) else None,
        "when": value.when_text,
        "since": value.since.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "evidence": text_document(value.evidence),
        "starts": value.starts,
        "owed_by": value.owed_by,
        "region": value.region,
        "region_name": area_name(value.region),
        "fallback": value.is_fallback,
        "confidence": value.confidence,
        "basis": cited(value.cites, laws),
        "text": value.text,
        "url": list(value.url),
        "note": text_document(value.note),
        "rows": list(value.rows),
        "watched": [watch.id for watch in value.watched],
        "attested_from": value.attested_from.isoformat() if value.attested_from else None,
        "checked": value.checked.isoformat() if value.checked else None,
    }


def _doubt(doubt: Doubt, laws: Mapping[str, Law]) -> Document:
    return {
        **text_document(doubt.text),
        "kind": doubt.kind,
        "region": doubt.region,
        "basis": cited(doubt.cites, laws),
        "chosen": [str(cite) for cite in doubt.chosen],
        "url": list(doubt.url),
        "rows": list(doubt.rows),
    }
