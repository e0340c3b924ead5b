"""The soundness checks of a definition. Each yields faults with the name of their part, and all are reported together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from ssflow.errors import Fault
from ssflow.process.activities import Activity, Transition
from ssflow.process.figures import Choice, Lapse, Regime, Term
from ssflow.process.flow import flow, renewals
from ssflow.process.guards import READS
from ssflow.process.idle import idle
from ssflow.process.intake import intake
from ssflow.process.kinds import is_attrs, kinds
from ssflow.process.names import former_names
from ssflow.process.parts import Part, Place, Role, Titled
from ssflow.process.reading import names_read
from ssflow.process.states import State
from ssflow.process.table import table_of
from ssflow.process.versions import version_faults
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process

    Definition = type[Process]


def faults_of(process: Definition) -> list[Fault]:
    """Return everything that is wrong with a definition."""
    faults = list(kinds(process)) or list(_form(process))
    if not faults:  # the remaining checks take well-formed parts for granted
        for check in (
            flow,
            _choices,
            _clocks,
            _lapses,
            renewals,
            idle,
            former_names,
            version_faults,
            _roles,
            _facts,
            intake,
            _guards,
            _links,
        ):
            faults += check(process)
    return faults


def _form(process: Definition) -> Iterator[Fault]:
    bases = [base.__name__ for base in process.__mro__[1:] if base.__name__ not in ("Process", "object")]
    if bases:
        yield _fault(
            "",
            f"继承了{'、'.join(bases)}；程序不可继承，请另加规则库，或另写一个程序",
            f"it extends {', '.join(bases)}; lay a rulebook over a procedure or write another, but do not inherit",
        )
    if not isinstance(process.__dict__.get("title"), Text):
        yield _fault(
            "title", "缺少；请写title = Text('中文', 'English')", "is missing; write title = Text('中文', 'English')"
        )
    if not is_attrs(process.__dict__.get("facts")):
        yield _fault("facts", "缺少；请指明一个冻结的attrs类", "is missing; name a frozen attrs class")
    yield from _bindings(process)
    enumerations = list(_enumerations(process))
    yield from enumerations or _regimes(process)
    for zh, en, parts in (("状态", "states", process.states), ("环节", "activities", process.activities)):
        for title, times in Counter(part.title for part in parts).items():
            if times > 1:
                names = [part.name for part in parts if part.title == title]
                yield _fault(names[-1], f"有{times}个{zh}都叫“{title.zh}”", f"{times} {en} are called {title.en!r}")


def _bindings(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each part that is bound more than once, and for each that is used without being bound here."""
    for name, value in vars(process).items():
        if isinstance(value, Part) and (value.owner is not process or value.name != name):
            yield _fault(name, f"已绑定为{value!r}；请另建部件", f"is bound already, as {value!r}; make a new part")
    bound = {id(part) for part in vars(process).values() if isinstance(part, Part)}
    for part in (part for part in vars(process).values() if isinstance(part, Part)):
        yield from (_unbound(part.name, used) for used in _parts_of(part) if id(used) not in bound)
    yield from (_unbound("corrects", role) for role in process.corrects if id(role) not in bound)


def _unbound(path: str, used: Titled) -> Fault:
    return _fault(path, f"用到的“{used.zh}”没有写在类体中", f"uses {used.en!r}, which is not bound in the class body")


def _parts_of(part: Part) -> Iterator[Titled]:
    """Yield the parts of its own procedure that a part refers to."""
    match part:
        case State():
            yield from (*part.clocks, *part.early, *part.stops)
        case Activity():
            extends = (part.extends.term, part.extends.figure) if part.extends else ()
            sets = (part.sets.clock, *part.sets.bounds) if part.sets else ()
            ends = (state for row in part.transitions for state in (row.source, row.target))
            used = (*ends, *part.roles, part.after, part.renews, part.withdraws, *extends, *sets)
            yield from (one for one in used if one)
        case Role(at=Place() as place):
            yield place
        case Regime(at=Place() as place):
            yield place
        case Term():
            yield from part.owers


def _enumerations(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each choice that is not among members of an enumeration, each with a title of its own."""
    for choice in (part for part in vars(process).values() if isinstance(part, Choice)):
        enumeration: object = choice.of
        if not (isinstance(enumeration, type) and issubclass(enumeration, Enum)):
            yield _fault(
                choice.name,
                f"不能从{choice.of!r}中选择；请指明一个枚举（Enum），其值为Text('中文', 'English')",
                f"is a choice of {choice.of!r}; name an Enum whose values are Text('中文', 'English')",
            )
        elif not all(isinstance(member.value, Text) for member in choice.of):
            yield _fault(
                choice.name,
                f"{choice.of.__name__}的成员没有名称；请各写Text('中文', 'English')",
                f"the members of {choice.of.__name__} have no titles; give each a Text('中文', 'English')",
            )
        elif len(enumeration.__members__) > len(list(enumeration)):
            yield _fault(
                choice.name,
                f"{choice.of.__name__}有两个成员的值相同，实为一个；请用enum.unique装饰",
                f"two members of {choice.of.__name__} have one title and are one; decorate it with enum.unique",
            )


def _regimes(process: Definition) -> Iterator[Fault]:
    """Yield a fault unless there is at most one figure of regimes, under whose members moves are made."""
    bound = [part for part in vars(process).values() if isinstance(part, Regime)]
    named = vars(process).get("regime")
    if bound and bound != [named]:
        names = [part.name for part in bound]
        yield _fault(
            names[-1],
            f"办法写作{'、'.join(names)}；只能有一个，名称为regime",
            f"regimes are bound as {names}; bind one, and call it regime",
        )
    if named is not None and not isinstance(named, Regime):
        kind = type(named).__name__
        yield _fault("regime", f"是{kind}；这一名称只用于Regime", f"is a {kind}; the name is kept for a Regime")
        return
    for activity in process.activities:
        under: list[object] = [regime for row in activity.transitions for regime in row.under]
        unknown = {repr(other) for other in under if not isinstance(other, Enum) or other not in process.regimes()}
        yield from (
            _fault(
                activity.name,
                f"所按的{other}不是本程序的办法",
                f"the activity moves under {other}, which is not a regime of the procedure",
            )
            for other in sorted(unknown)
        )


def _choices(process: Definition) -> Iterator[Fault]:
    faults: dict[Fault, None] = {}  # each once, whatever the number of regimes
    for activity in process.activities:
        for source in dict.fromkeys(row.source for row in activity.transitions):
            for regime in process.regimes():
                faults |= dict.fromkeys(
                    _choices_between(
                        [move.row for move in table_of(process, regime).leaving(source, activity)], activity, source
                    )
                )
    yield from faults


def _choices_between(rows: list[Transition], activity: Activity[Any], source: State | None) -> Iterator[Fault]:
    seen: list[tuple[Any, State | None]] = []
    zh, en = (source.name, source.name) if source else ("登记", "the opening")
    for row in rows:
        back = row.target if row.back else None
        if (None, None) in seen or (None, back) in seen:
            yield _fault(
                activity.name,
                f"从{zh}：排在无条件的流转之后的流转永远不会发生",
                f"from {en}: a move after one without a guard is never made",
            )
        elif (row.when, back) in seen:
            yield _fault(
                activity.name,
                f"从{zh}：两步流转条件相同，无从区分",
                f"from {en}: two moves have the same guard and cannot be told apart",
            )
        seen.append((row.when, back))


def _clocks(process: Definition) -> Iterator[Fault]:
    for clock in process.clocks:
        states = [state for state in process.states if clock in state.clocks]
        if not states:
            yield _fault(clock.name, "从不计时；请写入一个状态", "the clock never runs; give it to a state")
        for state in process.states:
            if state.holds(clock) and state.final:
                yield _fault(
                    state.name,
                    f"是办结状态，{clock.name}不能在此计时",
                    f"the state is final, so {clock.name} cannot run there",
                )
            if clock in state.stops and clock in state.clocks:
                yield _fault(
                    state.name, f"既让{clock.name}计时又令其停止", f"the state both runs and stops {clock.name}"
                )
        if isinstance(clock, Lapse):
            ends = {
                row.source for activity in process.activities if activity.after is clock for row in activity.transitions
            }
            yield from (
                _fault(
                    clock.name,
                    f"届满时所离开的{s.name if s else '登记'}中并不计时",
                    f"the lapse ends {s.name if s else 'nothing'}, where it does not run",
                )
                for s in ends
                if s not in states
            )
    for activity in process.activities:
        if not activity.cites:
            yield _fault(
                activity.name, "没有依据；请引用法规或指南", "the activity has no basis; cite a law or a guide"
            )


def _lapses(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each lapse that might do nothing: the last of the moves among which it chooses must have no guard."""
    found: dict[Fault, None] = {}  # each once, whatever the number of regimes and of the ways in
    for regime in process.regimes():
        for (state, clock), moves in table_of(process, regime).lapses.items():
            ways_in: tuple[State | None, ...] = tuple({move.row.target for move in moves if move.row.back})
            for came_from in ways_in or (None,):
                possible = [move.row for move in moves if move.row.is_met(came_from)]
                if all(row.when for row in possible):
                    zh = f"在状态{state.name}中届满而条件均不具备时，没有流转；请写一步无条件的流转"
                    en = f"it may run out in state {state.name} without effect; let the last of its moves have no guard"
                    found[_fault(clock.name, zh, en)] = None
                elif any(row.when is None for row in possible[:-1]):
                    zh = f"从{state.name}：排在无条件的流转之后的流转永远不会发生"
                    en = f"from {state.name}: a move after one without a guard is never made"
                    found[_fault(clock.name, zh, en)] = None
    yield from found


def _roles(process: Definition) -> Iterator[Fault]:
    acting = {role for activity in process.activities for role in activity.roles}
    owing = {role for clock in process.clocks if isinstance(clock, Term) for role in clock.owers}
    for role in process.roles:
        if role not in acting | owing:
            yield _fault(role.name, "无事可做，也不负义务", "the role does nothing")
        if role.at is None and len(process.places) > 1:
            count = len(process.places)
            yield _fault(
                role.name,
                f"没有写明在哪个地点，而地点有{count}个",
                f"the role does not say at which place it is, and there are {count}",
            )
    together = {activity: activity.roles for activity in process.activities}
    for part, roles in (*together.items(), *((c, c.owers) for c in process.clocks if isinstance(c, Term))):
        if len({role.at for role in roles}) > 1:
            yield _fault(
                part.name,
                "几个主体不在同一地点，数值和工作日无从确定；请分开写",
                "its roles are at several places, so it is unclear whose figures and working days count; write a part for each",
            )
        if len(set(roles)) < len(roles):
            yield _fault(part.name, "同一主体写了两次", "it names a role twice")
    if not process.places:
        yield _fault("", "没有地点；数值按地点查找", "no place is named; figures are looked up by place")


def _facts(process: Definition) -> Iterator[Fault]:
    fields = {field.name: field for field in attrs.fields(process.facts)}
    if not _is_frozen(process.facts):
        yield _fault("facts", "没有冻结；请用attrs.frozen", "are not frozen; use attrs.frozen")
    for name, field in fields.items():
        if field.default is attrs.NOTHING:
            yield _fault(
                f"facts.{name}",
                "没有默认值；登记以前事实都不明",
                "has no default; nothing is known before a case is opened",
            )
    for activity in process.activities:
        if activity.data and not _is_frozen(activity.data):
            kind = activity.data.__name__
            yield _fault(
                activity.name, f"其材料{kind}不是冻结的attrs类", f"its data {kind} is not a frozen attrs class"
            )
    coming = {field.name for activity in process.activities if activity.data for field in attrs.fields(activity.data)}
    for name in fields:
        if name not in coming:
            yield _fault(f"facts.{name}", "没有环节提供这一事实", "the fact is set by no activity")


def _guards(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each condition without a basis: it must cite articles, or its test must read figures."""
    for activity in process.activities:
        for condition in (c for row in activity.transitions if row.when for c in row.when.conditions):
            if not condition.cites and not READS & names_read(condition.test, near=True):
                yield _fault(
                    activity.name,
                    f"条件{condition.name}既未引用依据，也不读数值；请写cites=",
                    f"the condition {condition.name} cites nothing and reads no figure; give it cites=",
                )


def _links(process: Definition) -> Iterator[Fault]:
    for activity in process.activities:
        theirs = activity.triggers
        if theirs is None:
            continue
        if theirs.owner in (None, process):
            yield _fault(
                activity.name,
                "triggers=须为相关程序的环节",
                "triggers= names an activity of a related procedure",
            )
        elif not theirs.triggered:
            yield _fault(
                activity.name,
                f"triggers=所指的{theirs.name}由人办理；请用.triggered(role, ...)写成",
                f"triggers= names {theirs.name}, which somebody does; make it with .triggered(role, ...)",
            )
        elif theirs.by is not None and theirs.by.sole:
            yield _fault(
                activity.name,
                f"triggers=所指的{theirs.name}属于sole主体，而该主体的当事人不在此办理",
                f"triggers= names {theirs.name} of a sole role, whose party is not there",
            )


def _is_frozen(cls: type[Any]) -> bool:
    """Return whether an attrs class is frozen."""
    return attrs.inspect(cls).is_frozen


def _fault(path: str, zh: str, en: str) -> Fault:
    return Fault(path, Text(zh, en))
