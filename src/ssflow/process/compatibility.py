"""The checks that a procedure and a rulebook are compatible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING, Any

from ssflow.calendar import Span
from ssflow.doors import check_kind, check_subclass
from ssflow.errors import Fault
from ssflow.process.activities import Activity
from ssflow.process.figures import Choice, Clock, Expectation, Fee, Figure, Lapse, Rule, Term
from ssflow.process.keys import enumeration_of
from ssflow.process.versions import family
from ssflow.rules import Citation, Rulebook, Value
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process


def faults_of_process(process: type[Process], book: Rulebook) -> list[Fault]:
    """Return the faults of a rulebook for a procedure: figures that are never read, unknown starts and roles, laws not entered.

    All versions of a procedure share its rulebook, so a figure that another version reads is no fault; what this one reads must fit it.
    """
    from ssflow.process.process import Process as Definition

    check_subclass("process", process, Definition)
    check_kind("book", book, Rulebook)
    figures = {figure.name: figure for figure in process.figures}
    versions = family(process)
    read = {figure.name for version in versions for figure in version.figures}
    faults = [
        Fault(name, Text("程序没有这一名称的期限、费用、规则或选择", "no term, lapse, fee or rule of this name"))
        for name in book.parameters
        if name not in read
    ]
    for value in book.values:
        if value.parameter in figures:
            where = f"{value.parameter}.{value.region}" if value.region else value.parameter
            faults += [Fault(where, text) for text in _value(process, figures, value)]
    faults += _names(process, versions, book)
    for activity in process.activities:
        faults += [
            Fault(
                activity.name,
                Text(f"引用了laws.toml没有登记的{cite}", f"the activity cites {cite}, which laws.toml does not enter"),
            )
            for cite in _unknown(activity, book)
        ]
    return faults


def _names(process: type[Process], versions: Iterable[type[Process]], book: Rulebook) -> Iterator[Fault]:
    """Yield a fault for each name in the head of the rulebook that the procedure does not have: keys, choices, regimes, pairs of places.

    The head must name all members of a key: a case with another member could not be looked up.
    """
    for key, names in book.keys.items():
        if not (members := [one for version in versions if (one := enumeration_of(version, key))]):
            text = Text(f"事实中没有可枚举的{key}", f"the facts have no {key} that is one of several")
            yield Fault(f"keys.{key}", text)
        elif not _are_named(names, mine := enumeration_of(process, key), members):
            yield Fault(f"keys.{key}", _differ("keys", names, mine or members[0]))
    yield from _choices(process, versions, book)
    if process.regime and any(value.when for value in book.values if value.parameter == process.regime.name):
        zh = "办法按日期和地点确定；请去掉其数值的适用条件"
        yield Fault(
            process.regime.name, Text(zh, "a regime is chosen by day and places; take the keys off its figures")
        )
    if len(process.places) != 2 and any("+" in value.region for value in book.values):
        zh = "两地之间的数值只用于涉及两个地点的程序"
        yield Fault("region", Text(zh, "a figure between two places serves a procedure that names two places"))


def _choices(process: type[Process], versions: Iterable[type[Process]], book: Rulebook) -> Iterator[Fault]:
    """Yield a fault for each choice whose names in the head of the rulebook do not agree with its members, or that the procedure lacks."""
    choices: dict[str, list[type[Enum]]] = {}
    for choice in (figure for version in versions for figure in version.figures if isinstance(figure, Choice)):
        choices.setdefault(choice.name, []).append(choice.of)
    mine = {figure.name: figure.of for figure in process.figures if isinstance(figure, Choice)}
    for name, members in choices.items():
        if not _are_named(book.choices.get(name, ()), mine.get(name), members):
            yield Fault(f"choices.{name}", _differ("choices", book.choices.get(name, ()), mine.get(name) or members[0]))
    for name in book.choices:
        if name not in choices:
            yield Fault(f"choices.{name}", Text("程序没有这一选择", "the procedure makes no such choice"))


def _are_named(names: Iterable[str], mine: type[Enum] | None, all_versions: Iterable[type[Enum]]) -> bool:
    """Return whether all members that the procedure has are named, and every name is a member in some version."""
    known = {name for members in all_versions for name in members.__members__}
    return set(mine.__members__ if mine else ()) <= set(names) <= known


def _differ(head: str, names: Iterable[str], members: type[Enum]) -> Text:
    """Return the fault that the names in the head of the files differ from the members in the procedure."""
    named, ours = sorted(names), sorted(members.__members__)
    return Text(f"[{head}]列有{named}，程序为{ours}", f"[{head}] names {named}, the procedure {ours}")


def _value(process: type[Process], figures: dict[str, Figure], value: Value) -> Iterator[Text]:
    figure, amount = figures[value.parameter], value.amount_text
    if isinstance(figure, Clock | Expectation) and not isinstance(value.amount, Span | NoneType):
        yield Text(f"{amount.zh}不是期间", f"{amount.en} is not a span of time")
    if isinstance(figure, Fee) and not isinstance(value.amount, Decimal):
        yield Text(f"{amount.zh}不是金额", f"{amount.en} is not a sum of money")
    if (
        isinstance(figure, Lapse | Rule | Expectation)
        and isinstance(value.amount, Span)
        and value.amount.roll != "none"
        and not value.rolls
    ):
        kind = type(figure).__name__.lower()
        yield Text(
            f"{amount.zh}的最后一日默认遇休息日顺延；此类数值须写明roll",
            f"{value.amount} would roll over rest days by default; a {kind} says roll",
        )
    if value.starts and value.starts not in [activity.name for activity in process.activities]:
        yield Text(f"starts = {value.starts!r}不是环节", f"starts = {value.starts!r} is not an activity")
    starting = [a for a in process.activities if a.name == value.starts and isinstance(figure, Clock)]
    if starting and not any(
        row.target.holds(figure) for a in starting for row in a.transitions if isinstance(figure, Clock)
    ):
        yield Text(
            f"starts = {value.starts!r}不通向{figure.name}计时的状态，因而永不起算",
            f"starts = {value.starts!r} leads to no state in which {figure.name} runs, so it would never start",
        )
    if value.owed_by and value.owed_by not in [role.name for role in process.roles]:
        yield Text(f"owed_by = {value.owed_by!r}不是主体", f"owed_by = {value.owed_by!r} is not a role")
    if value.owed_by and not isinstance(figure, Term):
        yield Text(
            "owed_by只用于期限；失效期、费用和规则没有义务人",
            "owed_by is for terms; nobody owes a lapse, a fee or a rule",
        )


def _unknown(activity: Activity[Any], book: Rulebook) -> list[Citation]:
    guards = [row.when for row in activity.transitions if row.when]
    cites = [*activity.cites, *(cite for g in guards for condition in g.conditions for cite in condition.cites)]
    return [cite for cite in dict.fromkeys(cites) if cite.law not in book.laws]
