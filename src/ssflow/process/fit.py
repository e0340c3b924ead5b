"""Whether a procedure and a rulebook fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Any

from ssflow.calendar import Span
from ssflow.process.activities import Activity
from ssflow.process.figures import Choice, Clock, Expectation, Fee, Figure, Lapse, Rule, Term
from ssflow.process.keys import enumeration_of
from ssflow.rules import Citation, Rulebook, Value

if TYPE_CHECKING:
    from ssflow.process.process import Process


def faults_of_process(process: type[Process], book: Rulebook) -> list[str]:
    """Where a rulebook does not fit a procedure: figures nobody reads, starts and roles that do not exist, laws not entered."""
    figures = {figure.name: figure for figure in process.figures}
    faults = [f"{name}: no term, lapse, fee or rule of this name" for name in book.parameters if name not in figures]
    for value in book.values:
        if value.parameter in figures:
            faults += [
                f"{value.parameter} in {value.region or 'the nation'}: {fault}"
                for fault in _value(process, figures, value)
            ]
    faults += _names(process, book)
    for activity in process.activities:
        faults += [
            f"activity {activity.name} cites {cite}, which laws.toml does not enter"
            for cite in _unknown(activity, book)
        ]
    return faults


def _names(process: type[Process], book: Rulebook) -> Iterator[str]:
    """What the head of the rulebook names: keys and choices that the procedure has, with its members; regimes, pairs of places."""
    for key, names in book.keys.items():
        members = enumeration_of(process, key)
        if members is None:
            yield f"key {key}: the facts have no {key} that is one of several"
        elif unknown := set(names) - set(members.__members__):
            yield f"key {key}: {sorted(unknown)} is not among {sorted(members.__members__)}"
    choices = {figure.name: figure for figure in process.figures if isinstance(figure, Choice)}
    for name, choice in choices.items():
        named, ours = set(book.choices.get(name, ())), set(choice.of.__members__)
        if named != ours:
            yield f"choice {name}: [choices] names {sorted(named)}, the procedure {sorted(ours)}"
    yield from (f"choice {name}: the procedure makes no such choice" for name in book.choices if name not in choices)
    if process.regime and any(value.when for value in book.values if value.parameter == process.regime.name):
        yield "a regime is chosen by day and places; take the keys off its figures"
    if len(process.places) != 2 and any("+" in value.region for value in book.values):
        yield "a figure between two places serves a procedure that names two places"


def _value(process: type[Process], figures: dict[str, Figure], value: Value) -> Iterator[str]:
    figure = figures[value.parameter]
    if isinstance(figure, Clock | Expectation) and not isinstance(value.amount, Span | NoneType):
        yield f"{value.amount_text.en} is not a span of time"
    if isinstance(figure, Fee) and not isinstance(value.amount, Decimal):
        yield f"{value.amount_text.en} is not a sum of money"
    if (
        isinstance(figure, Lapse | Rule | Expectation)
        and isinstance(value.amount, Span)
        and value.amount.roll != "none"
        and not value.rolls
    ):
        yield f"{value.amount} would roll over rest days by default; a {type(figure).__name__.lower()} says roll"
    if value.starts and value.starts not in [activity.name for activity in process.activities]:
        yield f"starts = {value.starts!r} is no activity"
    starting = [a for a in process.activities if a.name == value.starts and isinstance(figure, Clock)]
    if starting and not any(
        row.target.holds(figure) for a in starting for row in a.transitions if isinstance(figure, Clock)
    ):
        yield f"starts = {value.starts!r} leads to no state in which {figure.name} runs, so it would never start"
    if value.owed_by and value.owed_by not in [role.name for role in process.roles]:
        yield f"owed_by = {value.owed_by!r} is no role"
    if value.owed_by and not isinstance(figure, Term):
        yield "owed_by is for terms; nobody owes a lapse, a fee or a rule"


def _unknown(activity: Activity[Any], book: Rulebook) -> list[Citation]:
    guards = [row.when for row in activity.transitions if row.when]
    cites = [*activity.cites, *(cite for g in guards for condition in g.conditions for cite in condition.cites)]
    return [cite for cite in dict.fromkeys(cites) if cite.law not in book.laws]
