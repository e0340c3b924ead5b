"""Judging an attempt: the events it makes, or all grounds against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from attrs import evolve as changed

from ssflow.calendar import WorkCalendar
from ssflow.calendar.clock import instant_of, recorded
from ssflow.case.advance import advance
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve
from ssflow.case.clocks import obligations_after
from ssflow.case.events import Event, EventKind, LinkRef
from ssflow.case.grounds import Ground, GroundKind, grounds_of_regime, wrong_state
from ssflow.case.legislation import Legislation
from ssflow.errors import RefusedError
from ssflow.process import Act, Activity, Deed, Transition
from ssflow.process.engine import step
from ssflow.process.guards import Condition
from ssflow.regions import NATION, absence
from ssflow.rules import beginning
from ssflow.text import Text


def judge(case: Case, attempt: Attempt) -> tuple[Event, ...]:
    """The events of an attempt in order: what time did before, the act itself, and what each does in related cases.

    Raises:
        RefusedError: it may not be done; every ground is listed.

    """
    before, case, attempt = _up_to_date(case, attempt)
    return (*before, *with_related(case, [judge_alone(case, attempt)], attempt.law, attempt.links))


def judge_alone(case: Case, attempt: Attempt) -> Event:
    """The event of an attempt in a case that has been brought up to its day, without what it does in related cases."""
    then = case.regime
    case = _under_its_regime(case, attempt)
    act = _act(case, attempt)
    grounds = [*_grounds(case, attempt), *grounds_of_regime(case, then, attempt.activity)]
    row = step(case.process, case.state, attempt.activity, act) if not grounds else None
    if row is None:
        raise RefusedError(attempt.activity.title, [*grounds, *_unmet(case, attempt, act)])
    return _event(case, attempt, row, act)


def verdicts(case: Case, attempt: Attempt) -> Iterator[tuple[Transition, tuple[tuple[Condition[Any], bool], ...]]]:
    """Each move that an attempt could make from where the case is, and how its conditions stand."""
    _, case, attempt = _up_to_date(case, attempt)
    case = _under_its_regime(case, attempt)
    act = _act(case, attempt)
    for row in attempt.activity.leaving_under(case.regime, case.state):
        yield row, tuple((condition, condition.holds(act)) for condition in (row.when.conditions if row.when else ()))


def advance_together(cases: Iterable[Case], through: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """Every lapse and every overdue term of several cases up to an instant, in order, and what each does in the others.

    A lapse in one case may free another one, so cases that are related are brought up to a day together.
    """
    standing = {case.id: case for case in cases}
    coming = {case.id: advance(case, through, law)[:1] for case in standing.values()}
    told: list[Event] = []
    while events := [event for nearest in coming.values() for event in nearest]:
        event = min(events, key=lambda event: instant_of(event.at or event.on, law.calendar.zone))
        case = standing[event.case]
        related = [standing[link.case] for link in case.links if link.case in standing]
        happened = with_related(case, [event], law, related)
        for each in happened:
            standing[each.case] = evolve(standing[each.case], each)
        coming |= {id_: advance(standing[id_], through, law)[:1] for id_ in dict.fromkeys(e.case for e in happened)}
        told += happened
    return tuple(told)


def with_related(case: Case, events: Iterable[Event], law: Legislation, links: Sequence[Case]) -> tuple[Event, ...]:
    """The events of a case and, after each act or lapse, what it does at the same time in related cases."""
    related = {link.id: link for link in links}
    told: list[Event] = []
    for event in events:
        told.append(event)
        case = evolve(case, event)
        if event.kind in (EventKind.act, EventKind.lapse):
            also = case.process.activity(event.activity).also
            for link in tuple(related.values()):
                for theirs in alongside(case, also, event.at or event.on, law, link):
                    told.append(theirs)
                    related[link.id] = evolve(related[link.id], theirs)
    return tuple(told)


def alongside(
    case: Case, also: Activity[Any] | None, on: date | datetime, law: Legislation, link: Case
) -> tuple[Event, ...]:
    """What is done in a related case, if it is possible there and the guards there hold.

    Where the related case has moved on in the meantime, it is done at the moment it has reached.

    Raises:
        RefusedError: it would be done, but cannot be dated: hours run from it, and the instant is not known.

    """
    if also is None or also.by is None or link.process is not also.owner:
        return ()
    if link.last is not None and is_earlier(on, link.last, law.calendar):
        on = instant_of(link.last, law.calendar.zone) if isinstance(on, datetime) else link.last
    theirs = Attempt(deed=Deed(also, None), by=also.by, on=on, law=law, links=(case,), alongside=True)
    try:
        return (judge_alone(link, theirs),)
    except RefusedError as refused:
        if any(ground.kind not in (GroundKind.state, GroundKind.guard) for ground in refused.grounds):
            raise
        return ()


def _up_to_date(case: Case, attempt: Attempt) -> tuple[tuple[Event, ...], Case, Attempt]:
    """What time has done to a case and to those around it by the moment of an attempt, and both as they then stand."""
    standing = {member.id: member for member in (*attempt.around, *attempt.links, case)}
    before = advance_together(standing.values(), attempt.on, attempt.law)
    for event in before:
        standing[event.case] = evolve(standing[event.case], event)
    links = tuple(standing[link.id] for link in attempt.links)
    return before, standing[case.id], changed(attempt, links=links)


def _under_its_regime(case: Case, attempt: Attempt) -> Case:
    """The case under the regime of the day, where the act opens it or renews its regime."""
    regime, activity = case.process.regime, attempt.activity
    if regime is None or not (case.state is None or activity.renews is regime):
        return case
    if attempt.regime:  # a replay: the case keeps the regime that was recorded
        return changed(case, regime=regime.of.__members__.get(attempt.regime))
    return changed(case, regime=attempt.law.regime_on(case, attempt.law.calendar.civil_day(attempt.on)))


def _act(case: Case, attempt: Attempt) -> Act[Any]:
    """What the guards may see: the facts with the data taken in, the law of the day, the related cases."""
    facts, day = case.process.fold(case.facts, attempt.deed.data), attempt.law.calendar.civil_day(attempt.on)
    return Act(
        facts=facts,
        before=case.facts,
        on=day,
        figure=lambda figure: attempt.law.find(case, figure, day, facts, attempt.activity.by),
        calendar=attempt.law.calendar_of(case, attempt.activity.by),
        places=case.places,
        links=tuple(link.linked() for link in attempt.links),
        related=tuple(link.case for link in case.links),
        regime=case.regime,
    )


def _grounds(case: Case, attempt: Attempt) -> Iterator[Ground]:
    """The grounds that need no guard: state, role, party, order of time."""
    activity, by = attempt.activity, attempt.by
    laws = attempt.law.of(case.process).laws
    if not activity.leaving(case.state):
        yield Ground(GroundKind.state, activity.name, wrong_state(case.state, activity), activity.cites, laws)
    if activity.by is None:
        reason = Text(
            "由期限届满自动发生，任何人不得办理", "it happens by itself when its period has run out; nobody does it"
        )
        yield Ground(GroundKind.role, activity.name, reason, activity.cites, laws)
    elif activity.alongside and not attempt.alongside:
        reason = Text("只随关联办件的办理发生，不能单独办理", "it is done only together with an act of a related case")
        yield Ground(GroundKind.role, activity.name, reason, activity.cites, laws)
    elif by is not activity.by:
        reason = Text(
            f"应由{activity.by.zh}办理，{by.zh}不能办理", f"only the {activity.by.en} may do this, not the {by.en}"
        )
        yield Ground(GroundKind.role, activity.by.name, reason, activity.cites, laws)
    elif by.sole and case.parties.get(by.name, attempt.party) != attempt.party:
        reason = Text(
            f"本办件已记明{by.zh}，只有该当事人能办理，办理时须写明当事人",
            f"the case records who the {by.en} is; only that party may do this, and has to be named",
        )
        yield Ground(GroundKind.role, by.name, reason)
    yield from _out_of_order(case, attempt)


def _out_of_order(case: Case, attempt: Attempt) -> Iterator[Ground]:
    yield from _not_yet(case, attempt)
    for place in case.process.places if case.version == 0 else ():
        gone = absence(case.places.get(place.name, NATION), attempt.law.calendar.civil_day(attempt.on))
        if gone:
            yield Ground(GroundKind.order, place.name, Text.join([place.title, gone], "：", ": "))
    if case.last is not None and is_earlier(attempt.on, case.last, attempt.law.calendar):
        reason = Text(
            f"办理时间{attempt.on}早于上一事件{case.last}；补录须用更正事件",
            f"{attempt.on} comes before the last event, {case.last}; a back-dated entry is a correction",
        )
        yield Ground(GroundKind.order, "order", reason)
    for link in attempt.links:
        if not attempt.alongside and link.last is not None and is_earlier(attempt.on, link.last, attempt.law.calendar):
            reason = Text(
                f"办理时间{attempt.on}早于关联办件{link.id}的上一事件{link.last}",
                f"{attempt.on} comes before the last event of the related case {link.id}, {link.last}",
            )
            yield Ground(GroundKind.order, "related", reason)


def _not_yet(case: Case, attempt: Attempt) -> Iterator[Ground]:
    """That a case is opened on a day on which there was no such procedure."""
    laws, day, title = attempt.law.of(case.process).laws, attempt.law.calendar.civil_day(attempt.on), case.process.title
    began = beginning(case.process.name, laws) if case.version == 0 else None
    if began and day < began.since:
        reason = Text(
            f"{day}尚无此项业务：{title.zh}最早始于{began.since}，请核对日期",
            f"there was no such procedure on {day}: {title.en} began on {began.since} at the earliest; check the day",
        )
        yield Ground(GroundKind.order, "beginning", reason, (began.cite,), laws)


def _unmet(case: Case, attempt: Attempt, act: Act[Any]) -> tuple[Ground, ...]:
    """Every unmet condition of the moves that leave this state (of all moves, where none leaves it).

    Of moves to choose between, those are left out that fail on all that another fails on and on more besides.
    """
    activity = attempt.activity
    rows = activity.leaving_under(case.regime, case.state) or activity.leaving(case.state) or activity.transitions
    unmet = [{c.name: c for c in (row.when.unmet(act) if row.when else ())} for row in rows]
    nearest = [conditions for conditions in unmet if not any(other.keys() < conditions.keys() for other in unmet)]
    laws = attempt.law.of(case.process).laws
    return tuple(
        Ground.of_condition(condition, laws)
        for condition in {name: c for conditions in nearest for name, c in conditions.items()}.values()
    )


def _event(case: Case, attempt: Attempt, row: Transition, act: Act[Any]) -> Event:
    activity, law = attempt.activity, attempt.law
    cites = [*activity.cites, *(cite for c in (row.when.conditions if row.when else ()) for cite in c.cites)]
    return Event(
        case=case.id,
        version=case.version + 1,
        process=case.process.name,
        process_version=case.process.version,
        kind=EventKind.act,
        activity=activity.name,
        on=law.calendar.civil_day(attempt.on),
        at=recorded(attempt.on, law.calendar.zone),
        by=activity.by.name if activity.by else "",
        party=attempt.party,
        actor=attempt.actor,
        data=attempt.deed.data,
        source=case.state.name if case.state else "",
        target=row.target.name,
        closed=row.target.final,
        obligations=obligations_after(case, activity, row.target, attempt.on, act.facts, law),
        places=tuple(sorted(case.places.items())) if case.version == 0 else (),
        regime=case.regime.name
        if case.regime and (case.version == 0 or activity.renews is case.process.regime)
        else "",
        links=tuple(LinkRef(case=link.id, process=link.process.name, version=link.version) for link in attempt.links),
        cites=tuple(dict.fromkeys(map(str, cites))),
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
    )


def is_earlier(on: date | datetime, last: date | datetime, calendar: WorkCalendar) -> bool:
    """Whether an act comes before the last event; by days of the calendar where one of the two is known by its day only."""
    if isinstance(on, datetime) and isinstance(last, datetime):
        return instant_of(on, calendar.zone) < last
    return calendar.civil_day(on) < calendar.civil_day(last)
