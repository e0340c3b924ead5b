"""How an event starts, stops, resumes, lengthens and ends the clocks of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve as changed

from ssflow.calendar import Deadline, Span, WorkCalendar
from ssflow.calendar.clock import ZONE, recorded
from ssflow.case.events import Obligation
from ssflow.case.grounds import Ground
from ssflow.case.legislation import Legislation
from ssflow.doors import check_kind
from ssflow.errors import RefusedError
from ssflow.process import Activity, State, Term

if TYPE_CHECKING:
    from ssflow.case.case import Case
    from ssflow.process.figures import Clock
    from ssflow.rules import Value


def obligations_after(
    case: Case, activity: Activity[Any], target: State, on: date | datetime, facts: object, law: Legislation
) -> tuple[Obligation, ...]:
    """What is owed, and what will lapse, once an activity has moved a case to a state."""
    return tuple(_alive(case, activity, target, on, facts, law))


def deadline_of(case: Case, obligation: Obligation, law: Legislation) -> Deadline | None:
    """The deadline of a running obligation, by the working days of whoever is bound; None while it is untimed or waits.

    Extensions count from the unrolled end of what they extend.
    """
    from ssflow.case.case import Case as Standing  # which is made of obligations

    check_kind("case", case, Standing)
    check_kind("obligation", obligation, Obligation)
    check_kind("law", law, Legislation)
    start: date | datetime | None = obligation.began or obligation.starts
    if start is None or not obligation.spans:
        return None
    spans = [Span.parse(text).rolled(roll) for text, roll in zip(obligation.spans, obligation.rolls, strict=True)]
    bound = case.process.role(obligation.owed_by) if obligation.owed_by else None
    deadline = spans[0].deadline(start, law.calendar_of(case, bound), obligation.tolled)
    for extension in spans[1:]:
        deadline = deadline.extended(extension)
    return deadline


def dated(case: Case, obligation: Obligation, law: Legislation) -> Obligation:
    """The obligation with its due day by the present calendar."""
    deadline = deadline_of(case, obligation, law)
    if deadline is None:
        return obligation
    zone = law.calendar.zone
    # The days of another zone end at an instant that their date alone does not tell whoever reads the record.
    closes = deadline.closes() if deadline.span.unit == "hours" or zone != ZONE else None
    return changed(obligation, due=deadline.due, closes=closes and recorded(closes, zone), status=deadline.status)


def _alive(
    case: Case, activity: Activity[Any], target: State, on: date | datetime, facts: object, law: Legislation
) -> Iterator[Obligation]:
    day = law.calendar.civil_day(on)
    for clock in case.process.clocks:
        if not target.holds(clock):
            continue
        before = None if clock in (activity.renews, activity.after) else case.obligation(clock.name)
        now = before or Obligation(clock=clock.name, owed_by=_owner(clock))
        if now.starts is None:
            value = law.find(case, clock, day, facts, clock.owed_by if isinstance(clock, Term) else None)
            entered = before is None or bool(before.waits_for)
            now = _begun(now, clock, value, activity, target, on, law.calendar, entered=entered)
        if activity.extends and activity.extends.term is clock and now.starts:
            if now.overdue and not activity.extends.belated:
                raise RefusedError(activity.title, [Ground.run_out(activity, clock)])
            value = law.find(case, activity.extends.figure, day, facts, activity.by)
            if value:
                now = _extended(now, value)
        if now.starts:
            now = _tolled(now, day, stops=clock in target.stops)
        yield now if now is before else dated(case, now, law)  # no act moves the days of a clock that it leaves alone


def _begun(
    now: Obligation,
    clock: Clock,
    value: Value | None,
    activity: Activity[Any],
    target: State,
    on: date | datetime,
    calendar: WorkCalendar,
    *,
    entered: bool,
) -> Obligation:
    """The obligation as the figure has it: started by this event, waiting for its start, or untimed.

    A clock that had no figure when its state was ``entered`` stays untimed, unless a figure names this very activity.
    """
    if value is None or not isinstance(value.amount, Span):
        return changed(now, waits_for="")
    later = [a.name for a in (clock.owner.activities if clock.owner else ()) if a.leaving(target)]
    names_this = value.starts == activity.name
    starts_here = entered and clock in target.clocks and (not value.starts or value.starts not in later)
    if not (names_this or starts_here):
        return changed(now, waits_for=value.starts if value.starts in later else "")
    span = value.amount
    if span.unit == "hours" and not isinstance(on, datetime):
        raise RefusedError(activity.title, [Ground.instant_needed(activity, clock, span)])
    return changed(
        now,
        owed_by=value.owed_by or now.owed_by,
        spans=(str(span),),
        rolls=(span.roll,),
        waits_for="",
        starts=calendar.civil_day(on),
        began=recorded(on, calendar.zone) if span.unit == "hours" else None,
        cites=tuple(map(str, value.cites)),
        confidence=value.confidence,
        region=value.region,
    )


def _extended(now: Obligation, value: Value) -> Obligation:
    span = value.amount
    if not isinstance(span, Span):
        return now
    cites = (*now.cites, *map(str, value.cites))
    return changed(now, overdue=False, spans=(*now.spans, str(span)), rolls=(*now.rolls, span.roll), cites=cites)


def _tolled(now: Obligation, day: date, *, stops: bool) -> Obligation:
    """The ledger of stopped days: opened when a state stops the clock, closed when the next one lets it run."""
    standing = bool(now.tolled) and now.tolled[-1][1] is None
    if stops and not standing:
        return changed(now, tolled=(*now.tolled, (day, None)))
    if standing and not stops:
        return changed(now, tolled=(*now.tolled[:-1], (now.tolled[-1][0], day)))
    return now


def _owner(clock: Clock) -> str:
    return clock.owed_by.name if isinstance(clock, Term) else ""
