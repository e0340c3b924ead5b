"""The clocks of a case: events start, stop, resume, extend and end them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from ssflow.calendar import Deadline, Span
from ssflow.calendar.clock import ZONE, recorded
from ssflow.case.grounds import Ground
from ssflow.case.legislation import CaseLaw, Legislation
from ssflow.case.obligations import Granted, Obligation
from ssflow.doors import check_kind
from ssflow.errors import RefusedError
from ssflow.process import Activity, Clock, Role, Term, Until
from ssflow.process.table import ClockMove, clocks_of
from ssflow.slots import changed
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.rules import Value


def obligations_after(
    case: Case, activity: Activity[Any], clocks: Iterable[ClockMove], on: date | datetime, facts: object, law: CaseLaw
) -> tuple[Obligation, ...]:
    """Return the obligations of a case, lapses included, after an activity has made these moves of its clocks."""
    day = law.calendar.civil_day(on)
    known = {obligation.clock: obligation for obligation in case.obligations}
    return tuple([_alive(known.get(move.clock), move, activity, on, day, facts, law) for move in clocks])


def owed_by_itself(
    case: Case, title: Text, known: Mapping[Clock, Obligation], on: date | datetime, law: CaseLaw
) -> tuple[Obligation, ...]:
    """Return the obligations of a case that reached its state without an activity: those ``known`` continue, the others start."""
    moves = clocks_of(case.process, case.state) if case.state else ()
    return tuple(_going_on(known.get(move.clock), move, title, on, case.facts, law) for move in moves)


def _going_on(
    known: Obligation | None, move: ClockMove, title: Text, on: date | datetime, facts: object, law: CaseLaw
) -> Obligation:
    day = law.calendar.civil_day(on)
    now = settled = known
    if now is None:
        value = law.find(move.clock, day, facts, owner_of(move.clock))
        now = settled = _begun(None, move, value, title, on, day, law, entered=True)
    if now.starts:
        now = _tolled(now, day, stops=move.stopped and (law.analogies or not move.by_analogy))
    return now if now is settled else dated(now, law)


def deadline_of(case: Case, obligation: Obligation, law: Legislation) -> Deadline | None:
    """Return the deadline of a running obligation, by the working days of the role that is bound; None while it is untimed or waits.

    An extension counts from the end of the period before that end is rolled over rest days.
    """
    from ssflow.case.case import Case as Known  # a case is made of obligations

    check_kind("case", case, Known)
    check_kind("obligation", obligation, Obligation)
    check_kind("law", law, Legislation)
    return _deadline(obligation, law.in_case(case))


def _deadline(obligation: Obligation, law: CaseLaw) -> Deadline | None:
    start: date | datetime | None = obligation.began or obligation.starts
    if start is None or not obligation.spans:
        return None
    span, *extensions = obligation.spans
    deadline = span.deadline(start, law.calendar_of(obligation.owed_by), obligation.tolled)
    for extension in extensions:
        deadline = deadline.extended(extension)
    return deadline


def dated(obligation: Obligation, law: CaseLaw) -> Obligation:
    """Return the obligation with its due day by the present calendar."""
    deadline = _deadline(obligation, law)
    if deadline is None:
        return obligation
    return changed(obligation, due=deadline.due, closes=_closes(deadline, law), status=deadline.status)


def _closes(deadline: Deadline, law: CaseLaw) -> datetime | None:
    """Return the exact end of hours, and of days of another zone, because their date alone does not tell at which instant they end."""
    zone = law.calendar.zone
    if zone == ZONE and deadline.span.unit != "hours":
        return None
    closes = deadline.closes()
    return closes and recorded(closes, zone)


def _alive(
    known: Obligation | None,
    move: ClockMove,
    activity: Activity[Any],
    on: date | datetime,
    day: date,
    facts: object,
    law: CaseLaw,
) -> Obligation:
    """Return the obligation under a clock after a move."""
    clock = move.clock
    before = settled = None if move.is_anew else known
    if move.until is not None:
        now = _set(before or _idle(clock), move.until, activity, day, facts, law)
    elif before is None or before.starts is None:
        value = law.find(clock, day, facts, owner_of(clock))
        entered = before is None or before.waits_for is not None or move.was_early
        now = settled = _begun(before, move, value, activity.title, on, day, law, activity.name, entered=entered)
    else:
        now = before
    if move.extension and now.starts:
        if now.overdue and not move.extension.belated:
            raise RefusedError(activity.title, [Ground.run_out(activity, clock)])
        value = law.find(move.extension.figure, day, facts, activity.by)
        if value is None or not isinstance(value.amount, Span):
            raise RefusedError(activity.title, [Ground.no_extension(activity, move.extension.figure)])
        now = _extended(now, value.amount, value, activity if move.can_be_withdrawn else None)
    if move.withdrawn:
        shorter = now.without(move.withdrawn)
        if shorter is None:
            raise RefusedError(activity.title, [Ground.nothing_granted(activity, move.withdrawn, clock)])
        now = shorter
    if now.starts:
        now = _tolled(now, day, stops=move.stopped and (law.analogies or not move.by_analogy))
    return now if now is settled else dated(now, law)  # an act does not re-date a clock that it leaves unchanged


def _begun(
    before: Obligation | None,
    move: ClockMove,
    value: Value | None,
    title: Text,
    on: date | datetime,
    day: date,
    law: CaseLaw,
    activity: str = "",
    *,
    entered: bool,
) -> Obligation:
    """Return the obligation by its figure: started by this event and dated, waiting for its start, or untimed.

    A clock that had no figure when its state was ``entered`` stays untimed, unless a figure names this ``activity`` as its start.
    """
    clock = move.clock
    if value is None or not isinstance(value.amount, Span):
        return _idle(clock)
    names_this = bool(activity) and value.starts == activity
    starts_here = entered and move.at_once and (not value.starts or value.starts not in move.later)
    if not (names_this or starts_here):
        return _waiting(before or _idle(clock), move.later.get(value.starts))
    span = value.amount
    if span.unit == "hours" and not isinstance(on, datetime):
        raise RefusedError(title, [Ground.instant_needed(title, clock, span)])
    owed_by = before.owed_by if before else owner_of(clock)
    if clock.owner and value.owed_by:
        owed_by = clock.owner.role(value.owed_by)
    began = recorded(on, law.calendar.zone) if span.unit == "hours" else None
    deadline = span.deadline(began or day, law.calendar_of(owed_by))
    return Obligation(
        clock=clock,
        owed_by=owed_by,
        spans=(span,),
        starts=day,
        began=began,
        due=deadline.due,
        closes=_closes(deadline, law),
        status=deadline.status,
        cites=value.cited,
        confidence=value.confidence,
        region=value.region,
    )


@cache
def _idle(clock: Clock) -> Obligation:
    """Return the obligation of a clock that does not run; there is one for each clock."""
    return Obligation(clock=clock, owed_by=owner_of(clock))


def _waiting(now: Obligation, activity: Activity[Any] | None) -> Obligation:
    return now if now.waits_for is activity else changed(now, waits_for=activity)


def _set(now: Obligation, until: Until, activity: Activity[Any], day: date, facts: object, law: CaseLaw) -> Obligation:
    """Return the obligation with the last day that the act itself sets, within the bounds of the rules; untimed if the act sets none.

    Raises:
        RefusedError: the day is not in the future, or not within the bounds.

    """
    last: date | None = getattr(facts, until.day)
    if last is None:
        return now
    cites = list(activity.cites)
    if last <= day:
        raise RefusedError(activity.title, [Ground.day_set(activity, until.clock, until.clock, None)])
    for rule in until.bounds:
        value = law.find(rule, day, facts, activity.by)
        if value is not None and isinstance(value.amount, Span):
            bound = value.amount.deadline(day, law.calendar_of(activity.by)).due
            if bound is not None and (last < bound if rule is until.least else last > bound):
                raise RefusedError(activity.title, [Ground.day_set(activity, until.clock, rule, bound, value.cites)])
            cites += value.cites
    span = Span((last - day).days, "days").rolled("none")
    basis = tuple(dict.fromkeys(map(str, cites)))
    return changed(now, spans=(span,), waits_for=None, starts=day, began=None, cites=basis)


def _extended(now: Obligation, span: Span, value: Value, by: Activity[Any] | None) -> Obligation:
    """Return the obligation extended by a span; the activity ``by`` that grants the extension is kept if it may be taken back."""
    granted = (*now.granted, Granted(by, value.cited)) if by else now.granted
    return changed(now, overdue=False, spans=(*now.spans, span), cites=(*now.cites, *value.cited), granted=granted)


def _tolled(now: Obligation, day: date, *, stops: bool) -> Obligation:
    """Return the obligation with its stop opened if a state stops the clock, or closed if the state lets it run."""
    stopped = bool(now.tolled) and now.tolled[-1][1] is None
    if stops and not stopped:
        return changed(now, tolled=(*now.tolled, (day, None)))
    if stopped and not stops:
        return changed(now, tolled=(*now.tolled[:-1], (now.tolled[-1][0], day)))
    return now


def owner_of(clock: Clock) -> Role | None:
    """Return the role that owes a term unless a figure binds another; None for a lapse."""
    return clock.owed_by if isinstance(clock, Term) else None
