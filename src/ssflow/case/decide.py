"""Judging an act: events if it may be done, all grounds if it may not. Pure; time, law and related cases are arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, overload

from ssflow.calendar.clock import civil_day, instant_of, recorded
from ssflow.case.advance import advance
from ssflow.case.case import Case, evolve
from ssflow.case.clocks import obligations_after
from ssflow.case.events import Event, EventKind, LinkRef
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.errors import RefusedError
from ssflow.process import Act, Activity, Role, Transition
from ssflow.process.engine import step
from ssflow.text import Text

D = TypeVar("D")


@overload
def decide(
    case: Case,
    activity: Activity[None],
    *,
    by: Role,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case] = (),
    party: str = "",
) -> tuple[Event, ...]: ...


@overload
def decide(
    case: Case,
    activity: Activity[D],
    data: D,
    *,
    by: Role,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case] = (),
    party: str = "",
) -> tuple[Event, ...]: ...


def decide(
    case: Case,
    activity: Activity[Any],
    data: Any = None,
    *,
    by: Role,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case] = (),
    party: str = "",
) -> tuple[Event, ...]:
    """The events of an act, in order: what lapsed or fell overdue before it, the act itself, what it does in ``links``.

    ``on`` is the day of the act, or its instant. The case is not changed; `evolve` takes the events in.

    Raises:
        RefusedError: the act may not be done; every ground is listed.
        TypeError: the data is not of the activity's type, or the activity is not one of this procedure's.
        ValueError: ``on`` is a naive datetime.

    """
    _check_types(case, activity, data, by)
    before = advance(case, on, law)
    for event in before:
        case = evolve(case, event)
    act = _act(case, activity, data, on, law, links)
    grounds = list(_grounds(case, activity, by, on, party, law))
    row = step(case.process, case.state, activity, act) if not grounds else None
    if row is None:
        grounds += _unmet(case, activity, act, law)
        raise RefusedError(activity.title, grounds)
    event = _event(case, activity, data, row, act, on, law, party, links)
    return (*before, event, *also_events(evolve(case, event), activity, on, law, links))


def why_not(
    case: Case,
    activity: Activity[Any],
    data: Any = None,
    *,
    by: Role,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case] = (),
    party: str = "",
) -> tuple[Ground, ...]:
    """Every ground on which an act would be refused; empty if it may be done.

    Without data, conditions that the data would meet are reported as unmet so far.
    """
    case = _advanced(case, on, law)
    act = _act(case, activity, data, on, law, links)
    grounds = list(_grounds(case, activity, by, on, party, law))
    rows = activity.leaving(case.state)
    if not any(row.holds(act) for row in rows):
        grounds += _unmet(case, activity, act, law)
    return tuple(grounds)


def _advanced(case: Case, on: date | datetime, law: Legislation) -> Case:
    for event in advance(case, on, law):
        case = evolve(case, event)
    return case


def _check_types(case: Case, activity: Activity[Any], data: Any, by: Role) -> None:
    process = case.process
    if activity.owner is not process:
        msg = f"{activity!r} is no activity of {process.__name__}; take one of {[a.name for a in process.activities]}"
        raise TypeError(msg)
    if by.owner is not process:
        msg = f"{by!r} is no role of {process.__name__}; take one of {[role.name for role in process.roles]}"
        raise TypeError(msg)
    wanted = activity.data or type(None)
    if not isinstance(data, wanted):
        msg = f"{activity!r} takes {wanted.__name__}, not {type(data).__name__}"
        raise TypeError(msg)


def _act(
    case: Case, activity: Activity[Any], data: Any, on: date | datetime, law: Legislation, links: Sequence[Case]
) -> Act[Any]:
    """What the guards may see: the facts with the data taken in, the law of the day, the related cases."""
    facts, day = case.process.fold(case.facts, data), civil_day(on)
    return Act(
        facts=facts,
        on=day,
        figure=lambda figure: law.find(case, figure, day, facts, activity.by),
        calendar=law.calendar,
        links=tuple(link.linked() for link in links),
    )


def _grounds(
    case: Case, activity: Activity[Any], by: Role | None, on: date | datetime, party: str, law: Legislation
) -> Iterator[Ground]:
    """The grounds that need no guard: state, role, party, order of time."""
    laws = law.of(case.process).laws
    if not activity.leaving(case.state):
        yield Ground(GroundKind.state, activity.name, _wrong_state(case, activity), activity.cites, laws)
    if activity.by is None:
        reason = Text(
            "由期限届满自动发生，任何人不得办理", "it happens by itself when its period has run out; nobody does it"
        )
        yield Ground(GroundKind.role, activity.name, reason, activity.cites, laws)
    elif by is not activity.by:
        who = by.title if by else Text("未指明的主体", "nobody in particular")
        reason = Text(
            f"应由{activity.by.zh}办理，{who.zh}不能办理", f"only the {activity.by.en} may do this, not the {who.en}"
        )
        yield Ground(GroundKind.role, activity.by.name, reason, activity.cites, laws)
    elif by.sole and party and case.parties.get(by.name, party) != party:
        reason = Text(
            f"本案的{by.zh}是另一方当事人，只有该当事人能办理",
            f"another party is the {by.en} of this case, and only that party may do this",
        )
        yield Ground(GroundKind.role, by.name, reason)
    if case.last is not None and _earlier(on, case.last):
        reason = Text(
            f"办理时间{on}早于上一事件{case.last}；补录须用更正事件",
            f"{on} comes before the last event, {case.last}; a back-dated entry is a correction",
        )
        yield Ground(GroundKind.order, "order", reason)


def _wrong_state(case: Case, activity: Activity[Any]) -> Text:
    sources = [row.source for row in activity.transitions if row.source]
    if case.state is None:
        where = Text("案件尚未开始", "the case is not opened yet")
    else:
        where = Text(f"案件处于“{case.state.zh}”", f'the case stands at "{case.state.en}"')
    if not sources:
        need = Text("只能用于开始新案件", "this only opens a new case")
    else:
        states = Text.join([Text(f"“{s.zh}”", f'"{s.en}"') for s in dict.fromkeys(sources)], "、", " or ")
        need = Text(f"须处于{states.zh}", f"it has to stand at {states.en}")
    return Text(f"{where.zh}，{need.zh}", f"{where.en}; {need.en}")


def _unmet(case: Case, activity: Activity[Any], act: Act[Any], law: Legislation) -> list[Ground]:
    """Every unmet condition of the moves that leave this state (of all moves, where none leaves it)."""
    rows = activity.leaving(case.state) or activity.transitions
    laws = law.of(case.process).laws
    conditions = {c.name: c for row in rows if row.when for c in row.when.unmet(act)}
    return [Ground.of_condition(condition, laws) for condition in conditions.values()]


def _event(
    case: Case,
    activity: Activity[Any],
    data: Any,
    row: Transition,
    act: Act[Any],
    on: date | datetime,
    law: Legislation,
    party: str,
    links: Sequence[Case],
) -> Event:
    cites = [*activity.cites, *(cite for c in (row.when.conditions if row.when else ()) for cite in c.cites)]
    return Event(
        case=case.id,
        version=case.version + 1,
        process=case.process.name,
        process_version=case.process.version,
        kind=EventKind.act,
        activity=activity.name,
        on=civil_day(on),
        at=recorded(on),
        by=activity.by.name if activity.by else "",
        party=party,
        data=data,
        source=case.state.name if case.state else "",
        target=row.target.name,
        obligations=obligations_after(case, activity, row.target, on, act.facts, law),
        places=tuple(sorted(case.places.items())) if case.version == 0 else (),
        links=tuple(LinkRef(case=link.id, process=link.process.name, version=link.version) for link in links),
        cites=tuple(dict.fromkeys(map(str, cites))),
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
    )


def also_events(
    case: Case, activity: Activity[Any], on: date | datetime, law: Legislation, links: Sequence[Case]
) -> tuple[Event, ...]:
    """What an act (or a lapse) of a case does at the same time in related cases, wherever that is possible there."""
    also = activity.also
    if also is None or also.by is None:
        return ()
    events: list[Event] = []
    for link in links:
        if link.process is also.owner and also.leaving(_advanced(link, on, law).state):
            events += decide(link, also, by=also.by, on=on, law=law, links=[case] if case.state else [])
    return tuple(events)


def _earlier(on: date | datetime, last: date | datetime) -> bool:
    """Whether an act comes before the last event; by days where one of the two is known by its day only."""
    if isinstance(on, datetime) and isinstance(last, datetime):
        return instant_of(on) < instant_of(last)
    return civil_day(on) < civil_day(last)
