"""The judgement of an attempt in a case in its present state: the event that it makes, or all grounds against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from ssflow.calendar import WorkCalendar
from ssflow.calendar.clock import instant_of, recorded
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.clocks import obligations_after
from ssflow.case.events import Event, EventKind, LinkRef
from ssflow.case.grounds import Ground, GroundKind, grounds_of_regime, wrong_state
from ssflow.case.legislation import CaseLaw
from ssflow.case.openable import grounds_of_opening
from ssflow.case.sight import act_of
from ssflow.errors import GuardError, RefusedError
from ssflow.process import Act, Activity, Transition
from ssflow.process.engine import step
from ssflow.process.guards import Condition
from ssflow.process.table import Move, table_of
from ssflow.slots import changed
from ssflow.text import Text


def judge_alone(case: Case, attempt: Attempt) -> Event:
    """Return the event of an attempt, without its effects in related cases; effects of time up to its day must be in the case.

    Raises:
        RefusedError: the attempt is not allowed; every ground is listed.
        GuardError: a condition could not be judged.

    """
    then, activity = case.regime, attempt.activity
    case, law = _under_its_regime(case, attempt, activity)
    day, facts = law.calendar.civil_day(attempt.on), case.process.fold(case.facts, attempt.deed.data)
    grounds = [*_grounds(case, attempt, activity, day, law)]

    def see() -> Act[Any]:
        return _act(case, attempt, facts, law)

    if case.process.regime is not None:
        grounds += grounds_of_regime(case, then, activity)
    try:
        row = step(case.process, case.state, activity, see) if not grounds else None
        unmet = () if row else _unmet(case, attempt, see(), law)
    except GuardError as error:
        raise GuardError(error.guard, error.cause, activity.name, case.id) from error
    if row is None:
        raise RefusedError(activity.title, [*grounds, *unmet])
    move = table_of(case.process, case.regime).move(row)
    return _event(case, attempt, move, day, facts, law)


def conditions_of(case: Case, attempt: Attempt) -> Iterator[tuple[Transition, tuple[tuple[Condition[Any], bool], ...]]]:
    """Yield each move that an attempt could make from the present state, with its conditions and whether each is met."""
    activity = attempt.activity
    case, law = _under_its_regime(case, attempt, activity)
    act = _act(case, attempt, case.process.fold(case.facts, attempt.deed.data), law)
    for move in table_of(case.process, case.regime).leaving(case.state, activity):
        if not move.row.is_met(case.came_from):
            continue
        when = move.row.when
        yield move.row, tuple((condition, condition.holds(act)) for condition in (when.conditions if when else ()))


def rows_tried(case: Case, activity: Activity[Any]) -> Sequence[Transition]:
    """Return the moves by whose conditions an act is judged: those that the case can make.

    If there are none, they are the moves from the present state whatever came before it, and if there are none either, all of the activity.
    """
    moves = table_of(case.process, case.regime).leaving(case.state, activity)
    met = [move.row for move in moves if move.row.is_met(case.came_from)]
    return met or activity.leaving(case.state) or activity.transitions


def _under_its_regime(case: Case, attempt: Attempt, activity: Activity[Any]) -> tuple[Case, CaseLaw]:
    """Return the case and its law, under the regime of the day if the act opens the case or renews its regime."""
    regime, law = case.process.regime, attempt.law.in_case(case)
    if regime is None or not (case.state is None or activity.renews is regime):
        return case, law
    if attempt.regime:  # an act of the past is judged again, and the case keeps the recorded regime
        case = changed(case, regime=regime.of.__members__.get(attempt.regime))
    else:
        case = changed(case, regime=law.regime_on(law.calendar.civil_day(attempt.on)))
    return case, changed(law, case=case)


def _act(case: Case, attempt: Attempt, facts: object, law: CaseLaw) -> Act[Any]:
    return act_of(
        case,
        attempt.activity,
        attempt.on,
        law,
        facts=facts,
        links=attempt.links,
        role=attempt.by,
        party=attempt.party,
        actor=attempt.actor,
    )


def _grounds(case: Case, attempt: Attempt, activity: Activity[Any], day: date, law: CaseLaw) -> Iterator[Ground]:
    """Yield the grounds that need no guard: state, role, party and order of time."""
    by, laws = attempt.by, law.book.laws
    if not activity.leaving(case.state):
        yield Ground(GroundKind.state, activity.name, wrong_state(case.state, activity), activity.cites, laws)
    if activity.by is None:
        reason = Text(
            "由期限届满自动发生，任何人不得办理", "it happens by itself when its period has run out; nobody does it"
        )
        yield Ground(GroundKind.role, activity.name, reason, activity.cites, laws)
    elif activity.triggered and not attempt.triggered:
        reason = Text("只随关联办件的办理发生，不能单独办理", "it is done only together with an act of a related case")
        yield Ground(GroundKind.role, activity.name, reason, activity.cites, laws)
    elif by is not activity.by and by not in activity.or_by:
        who = activity.who
        reason = Text(f"应由{who.zh}办理，{by.zh}不能办理", f"only the {who.en} may do this, not the {by.en}")
        yield Ground(GroundKind.role, activity.by.name, reason, activity.cites, laws)
    elif by.sole and case.parties.get(by.name, attempt.party) != attempt.party:
        reason = Text(
            f"本办件已记明{by.zh}的当事人，只能由该当事人办理，办理时须写明当事人",
            f"the case records who the {by.en} is; only that party may do this, and has to be named",
        )
        yield Ground(GroundKind.role, by.name, reason)
    if case.version == 0:
        yield from grounds_of_opening(case, day, law.book)
    calendar = law.calendar
    if case.last is not None and is_earlier(attempt.on, case.last, calendar):
        reason = Text(
            f"办理时间{attempt.on}早于上一事件{case.last}；补录须写明理由（reason）",
            f"{attempt.on} comes before the last event, {case.last}; an act is entered late with a reason",
        )
        yield Ground(GroundKind.order, "order", reason)
    for link in attempt.links:
        if not attempt.triggered and link.last is not None and is_earlier(attempt.on, link.last, calendar):
            reason = Text(
                f"办理时间{attempt.on}早于关联办件{link.id}的上一事件{link.last}",
                f"{attempt.on} comes before the last event of the related case {link.id}, {link.last}",
            )
            yield Ground(GroundKind.order, "related", reason)


def _unmet(case: Case, attempt: Attempt, act: Act[Any], law: CaseLaw) -> tuple[Ground, ...]:
    """Return a ground for each unmet condition of the moves that `rows_tried` returns.

    A move is left out if it fails all conditions that another move fails, and more.
    """
    rows = rows_tried(case, attempt.activity)
    unmet = [{c.name: c for c in (row.when.unmet(act) if row.when else ())} for row in rows]
    nearest = [conditions for conditions in unmet if not any(other.keys() < conditions.keys() for other in unmet)]
    return tuple(
        Ground.of_condition(condition, act, law.book.laws)
        for condition in {name: c for conditions in nearest for name, c in conditions.items()}.values()
    )


def _event(case: Case, attempt: Attempt, move: Move, day: date, facts: object, law: CaseLaw) -> Event:
    activity, row, process = move.activity, move.row, case.process
    return Event(
        case=case.id,
        version=case.version + 1,
        process=process.name,
        process_version=process.version,
        kind=EventKind.act,
        activity=activity.name,
        on=day,
        at=recorded(attempt.on, law.calendar.zone) if isinstance(attempt.on, datetime) else None,
        by=attempt.by.name,
        party=attempt.party,
        actor=attempt.actor,
        data=attempt.deed.data,
        source=case.state.name if case.state else "",
        target=row.target.name,
        closed=row.target.final,
        obligations=obligations_after(case, activity, move.clocks, attempt.on, facts, law) if move.clocks else (),
        places=tuple(sorted(case.places.items())) if case.version == 0 else (),
        regime=case.regime.name if case.regime and (case.version == 0 or activity.renews is process.regime) else "",
        links=tuple(LinkRef(case=link.id, process=link.process.name, version=link.version) for link in attempt.links)
        if attempt.links
        else (),
        cites=move.cites,
        rulebook=law.book.digest,
        calendar=law.calendar.digest,
        reason=attempt.reason,
    )


def is_earlier(on: date | datetime, last: date | datetime, calendar: WorkCalendar) -> bool:
    """Return whether an act comes before the last event; days of the calendar are compared if only the day of one is known."""
    if type(on) is date and type(last) is date:
        return on < last
    if isinstance(on, datetime) and isinstance(last, datetime):
        return instant_of(on, calendar.zone) < last
    return calendar.civil_day(on) < calendar.civil_day(last)
