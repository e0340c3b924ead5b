"""What makes a definition sound. Every check yields faults; all faults are reported together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from ssflow.process.activities import Activity, Transition
from ssflow.process.figures import Choice, Lapse, Regime, Term
from ssflow.process.parts import Part, Place, Role, Titled
from ssflow.process.states import State
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process

    Definition = type[Process]


def faults_of(process: Definition) -> list[str]:
    """Everything that is wrong with a definition."""
    faults = list(_form(process))
    if not faults:  # what follows takes well-formed parts for granted
        for check in (_flow, _choices, _clocks, _renewals, _roles, _facts, _links):
            faults += check(process)
    return faults


def _form(process: Definition) -> Iterator[str]:
    bases = [base.__name__ for base in process.__mro__[1:] if base.__name__ not in ("Process", "object")]
    if bases:
        yield f"it extends {', '.join(bases)}; lay a rulebook over a procedure or write another, but do not inherit"
    if not isinstance(process.__dict__.get("title"), Text):
        yield "title is missing; write title = Text('中文', 'English')"
    if not attrs.has(process.__dict__.get("facts", int)):
        yield "facts is missing; name a frozen attrs class"
    yield from _bindings(process)
    enumerations = list(_enumerations(process))
    yield from enumerations or _regimes(process)
    for kind, parts in (("states", process.states), ("activities", process.activities)):
        for title, times in Counter(part.title for part in parts).items():
            if times > 1:
                yield f"{times} {kind} are called {title}"


def _bindings(process: Definition) -> Iterator[str]:
    """Every part stands in the class body once, and nothing else is used."""
    for name, value in vars(process).items():
        if isinstance(value, Part) and (value.owner is not process or value.name != name):
            yield f"{name} is bound already, as {value!r}; make a new part"
    bound = {id(part) for part in vars(process).values() if isinstance(part, Part)}
    for part in (part for part in vars(process).values() if isinstance(part, Part)):
        for used in _parts_of(part):
            if id(used) not in bound:
                yield f"{part.name} uses {used.title.en!r}, which is not bound in the class body"


def _parts_of(part: Part) -> Iterator[Titled]:
    """The parts of its own procedure that a part refers to."""
    match part:
        case State():
            yield from (*part.clocks, *part.early, *part.stops)
        case Activity():
            extends = (part.extends.term, part.extends.figure) if part.extends else ()
            ends = (state for row in part.transitions for state in (row.source, row.target))
            yield from (used for used in (*ends, part.by, part.after, part.renews, *extends) if used)
        case Role(at=Place() as place):
            yield place
        case Regime(at=Place() as place):
            yield place
        case Term():
            yield part.owed_by


def _enumerations(process: Definition) -> Iterator[str]:
    """What a choice is among: members of an enumeration, each with a title of its own."""
    for choice in (part for part in vars(process).values() if isinstance(part, Choice)):
        enumeration: object = choice.of
        if not (isinstance(enumeration, type) and issubclass(enumeration, Enum)):
            yield f"{choice.name} is a choice of {choice.of!r}; name an Enum whose values are Text('中文', 'English')"
        elif not all(isinstance(member.value, Text) for member in choice.of):
            yield f"{choice.name}: the members of {choice.of.__name__} have no titles; give each a Text('中文', 'English')"
        elif len(enumeration.__members__) > len(list(enumeration)):
            yield f"{choice.name}: two members of {choice.of.__name__} have one title and are one; decorate it with enum.unique"


def _regimes(process: Definition) -> Iterator[str]:
    """There is one figure of regimes, and moves are made under its members."""
    bound = [part for part in vars(process).values() if isinstance(part, Regime)]
    named = vars(process).get("regime")
    if bound and bound != [named]:
        yield f"regimes are bound as {[part.name for part in bound]}; bind one, and call it regime"
    if named is not None and not isinstance(named, Regime):
        yield f"regime is a {type(named).__name__}; the name is kept for a Regime"
        return
    for activity in process.activities:
        under: list[object] = [regime for row in activity.transitions for regime in row.under]
        unknown = {repr(other) for other in under if not isinstance(other, Enum) or other not in process.regimes()}
        yield from (
            f"activity {activity.name} moves under {other}, which is no regime of the procedure" for other in unknown
        )


def _flow(process: Definition) -> Iterator[str]:
    """Under each regime by itself a case begins, gets on and ends; each state belongs to some regime."""
    everywhere: set[State] = set()
    for regime in process.regimes():
        reached, faults = _flow_under(process, regime)
        everywhere |= reached
        yield from (f"under {regime.name}: {fault}" if regime else fault for fault in faults)
    for state in process.states:
        if state not in everywhere:
            yield f"state {state.name} is never reached"


def _flow_under(process: Definition, regime: Enum | None) -> tuple[set[State], list[str]]:
    """The states that cases of a regime reach, and what is wrong with their flow."""
    rows = [row for activity in process.activities for row in activity.transitions if row.is_under(regime)]
    moves = [(row.source, row.target) for row in rows]
    reached = reached_under(process, regime)
    ending = _closure(
        {state for state in process.states if state.final},
        [(target, source) for source, target in moves if source is not None],
    )
    faults = [] if reached else ["no case can begin; let an activity be opens(state).by(role, ...)"]
    for state in (state for state in process.states if state in reached):
        leaves = any(source is state and target is not state for source, target in moves)
        if state.final and any(source is state for source, _ in moves):
            faults.append(f"state {state.name} is final, but activities leave it")
        elif not state.final and not leaves:
            faults.append(f"state {state.name} is a dead end; lead out of it or make it final")
        elif state not in ending:
            faults.append(f"no case in state {state.name} can ever end")
        faults += [
            f"lapse {clock.name} has no effect in state {state.name}; add {state.name}.to(...).after({clock.name}, ...)"
            for clock in (*state.clocks, *state.early)
            if isinstance(clock, Lapse)
            and not any(a.after is clock and a.leaving_under(regime, state) for a in process.activities)
        ]
    return reached, faults


def reached_under(process: Definition, regime: Enum | None) -> set[State]:
    """The states that a case of a regime may come to, guards aside."""
    rows = [row for activity in process.activities for row in activity.transitions if row.is_under(regime)]
    begin = {row.target for row in rows if row.source is None}
    return _closure(begin, [(row.source, row.target) for row in rows])


def _closure(begin: set[State], moves: Iterable[tuple[State | None, State]]) -> set[State]:
    reached, fresh = set(begin), set(begin)
    moves = list(moves)
    while fresh:
        fresh = {target for source, target in moves if source in fresh} - reached
        reached |= fresh
    return reached


def _choices(process: Definition) -> Iterator[str]:
    faults: dict[str, None] = {}  # each once, whatever the number of regimes
    for activity in process.activities:
        for source in dict.fromkeys(row.source for row in activity.transitions):
            for regime in process.regimes():
                faults |= dict.fromkeys(_choices_between(activity.leaving_under(regime, source), activity, source))
    yield from faults


def _choices_between(rows: tuple[Transition, ...], activity: Activity[Any], source: State | None) -> Iterator[str]:
    seen: list[Any] = []
    where = f"activity {activity.name} from {source.name if source else 'the opening'}"
    for row in rows:
        if None in seen:
            yield f"{where}: a move after one without a guard is never made"
        elif row.when in seen:
            yield f"{where}: two moves have the same guard and cannot be told apart"
        seen.append(row.when)


def _clocks(process: Definition) -> Iterator[str]:
    for clock in process.clocks:
        states = [state for state in process.states if clock in state.clocks]
        if not states:
            yield f"clock {clock.name} never runs; give it to a state"
        for state in process.states:
            if state.holds(clock) and state.final:
                yield f"state {state.name} is final, so {clock.name} cannot run there"
            if clock in state.stops and clock in state.clocks:
                yield f"state {state.name} both runs and stops {clock.name}"
        if isinstance(clock, Lapse):
            ends = {
                row.source for activity in process.activities if activity.after is clock for row in activity.transitions
            }
            yield from (
                f"lapse {clock.name} ends {s.name if s else 'nothing'}, where it does not run"
                for s in ends
                if s not in states
            )
    for activity in process.activities:
        if not activity.cites:
            yield f"activity {activity.name} has no basis; cite a law or a guide"
        if activity.after and any(row.when for row in activity.transitions):
            yield f"activity {activity.name} is the clock's; it takes no guard"


def _renewals(process: Definition) -> Iterator[str]:
    """Whoever renews the regime can do so: some case comes from another regime to one that has the move and its state."""
    reached = {regime: reached_under(process, regime) for regime in process.regimes()}
    changes = [(old, new) for old in reached for new in reached if old is not new]
    for activity in process.activities:
        if (
            activity.renews is not None
            and activity.renews is process.regime
            and not any(
                row.is_under(new) and row.source in reached[old] & reached[new]
                for row in activity.transitions
                for old, new in changes
            )
        ):
            yield f"activity {activity.name} brings no case under another regime; no state that it leaves belongs to both"


def _roles(process: Definition) -> Iterator[str]:
    acting = {activity.by for activity in process.activities}
    owing = {clock.owed_by for clock in process.clocks if isinstance(clock, Term)}
    for role in process.roles:
        if role not in acting | owing:
            yield f"role {role.name} does nothing"
        if role.at is None and len(process.places) > 1:
            yield f"role {role.name} does not say at which place it is, and there are {len(process.places)}"
    if not process.places:
        yield "no place is named; figures are looked up by place"


def _facts(process: Definition) -> Iterator[str]:
    fields = {field.name: field for field in attrs.fields(process.facts)}
    if not _is_frozen(process.facts):
        yield "facts are not frozen; use attrs.frozen"
    required = [name for name, field in fields.items() if field.default is attrs.NOTHING]
    if required:
        yield f"facts {', '.join(required)} have no default; nothing is known before a case is opened"
    for activity in process.activities:
        if activity.data and not _is_frozen(activity.data):
            yield f"activity {activity.name}: its data {activity.data.__name__} is no frozen attrs class"
    coming = {field.name for activity in process.activities if activity.data for field in attrs.fields(activity.data)}
    for name in fields:
        if name not in coming:
            yield f"fact {name} is set by no activity"


def _links(process: Definition) -> Iterator[str]:
    for activity in process.activities:
        theirs = activity.also
        if theirs is None:
            continue
        if theirs.owner in (None, process):
            yield f"activity {activity.name}: also= names an activity of a related procedure"
        elif not theirs.alongside:
            yield f"activity {activity.name}: also= names {theirs.name}, which somebody does; make it with .alongside(role, ...)"
        elif theirs.by is not None and theirs.by.sole:
            yield f"activity {activity.name}: also= names {theirs.name} of a sole role, whose party is not there"


def _is_frozen(cls: type[Any]) -> bool:
    """Whether it is a frozen attrs class: attrs puts a refusing ``__setattr__`` on those."""
    return attrs.has(cls) and "__setattr__" in vars(cls)
