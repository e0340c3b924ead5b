"""Putting right what was recorded wrongly: the log is not edited, an event says what counts instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from attrs import evolve as changed

from ssflow.calendar.clock import civil_day, recorded
from ssflow.case.advance import advance
from ssflow.case.case import Case, effective_trace, evolve, fold
from ssflow.case.decide import check_types
from ssflow.case.events import Event, EventKind
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import Attempt, judge_alone
from ssflow.case.legislation import Legislation
from ssflow.errors import RefusedError, UnknownError
from ssflow.process import Activity, Role
from ssflow.text import Text


def correct(
    case: Case,
    replaces: int,
    activity: Activity[Any] | None,
    data: Any = None,
    *,
    reason: str,
    by: Role | None = None,
    on: date | datetime | None = None,
    law: Legislation,
    links: Sequence[Case] = (),
    party: str = "",
) -> Event:
    """The event that puts another act in the place of event number ``replaces``, or strikes it out (``activity=None``).

    The acts are judged anew with it, each with its related cases as they then were, so a correction cannot make a history that could
    not have happened. A lapse or an
    overdue that was recorded too early is replaced by the act that came before it.

    Raises:
        RefusedError: the act, or one after it, would not have been allowed; all grounds are listed.
        UnknownError: the case has no such event.
        ValueError: the reason is missing, or the opening would be struck out.

    """
    if not reason.strip():
        msg = "a correction says why it is made; give reason='...'"
        raise ValueError(msg)
    if not 1 <= replaces <= case.version:
        raise UnknownError("event", str(replaces), [str(event.version) for event in case.trace])
    if replaces == 1 and activity is None:
        msg = "the opening cannot be struck out; withdraw or close the case instead"
        raise ValueError(msg)
    if activity is not None:
        check_types(case, activity, data, by)
    _check_related(case, replaces, activity)
    scratch = Case.unopened(case.process, case.id, case.places)
    for event in _replayed(case, replaces, activity, data, by, on, party):
        attempt = Attempt(
            activity=case.process.activity(event.activity),
            data=event.data,
            by=case.process.role(event.by),
            on=event.at or event.on,
            law=law,
            links=tuple(_as_they_were(event, links)),
            party=event.party,
            alongside=event.kind is EventKind.act,  # what a related case did stands; nobody does it by a correction
        )
        for step in judge_alone(scratch, attempt):
            scratch = evolve(scratch, step)
    for step in advance(scratch, case.last or date.min, law):
        scratch = evolve(scratch, step)
    when = on if on is not None else case.trace[replaces - 1].on
    return Event(
        case=case.id,
        version=case.version + 1,
        process=case.process.name,
        process_version=case.process.version,
        kind=EventKind.correction,
        activity=activity.name if activity else "",
        on=civil_day(when),
        at=recorded(when),
        by=by.name if by else "",
        party=party,
        data=data,
        source=case.state.name if case.state else "",
        target=scratch.state.name if scratch.state else "",
        closed=scratch.is_closed,
        obligations=scratch.obligations,
        cites=tuple(map(str, activity.cites)) if activity else (),
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
        replaces=replaces,
        reason=reason,
    )


def _as_they_were(event: Event, links: Sequence[Case]) -> Iterator[Case]:
    """The related cases that an event was decided with, at the versions that it recorded."""
    now = {link.id: link for link in links}
    for ref in event.links:
        if ref.case in now:
            link = now[ref.case]
            yield fold(link.process, link.trace[: ref.version])


def _check_related(case: Case, replaces: int, activity: Activity[Any] | None) -> None:
    """Refuse to undo an act that also wrote to related cases: those events would be left without their cause."""
    old = case.trace[replaces - 1]
    done = case.process.activity(old.activity) if old.kind is EventKind.act else None
    if done is not None and done.also is not None and done is not activity and case.links:
        related = ", ".join(link.case for link in case.links)
        reason = Text(
            f"该事件同时写入了关联案件（{related}），只能更正其内容或日期，不能撤销或改为其他事项",
            f"the event also wrote to related cases ({related}); its data or day can be corrected, but not what was done",
        )
        raise RefusedError(done.title, [Ground(GroundKind.state, done.name, reason)])


def _replayed(
    case: Case,
    replaces: int,
    activity: Activity[Any] | None,
    data: Any,
    by: Role | None,
    on: date | datetime | None,
    party: str,
) -> tuple[Event, ...]:
    """The acts that count once the correction is made, in order."""
    old = case.trace[replaces - 1]
    day: date | datetime = on if on is not None else (old.at or old.on)
    stand_in = changed(
        old,
        version=case.version + 1,
        kind=EventKind.correction,
        activity=activity.name if activity else "",
        data=data,
        by=by.name if by else old.by,
        party=party or old.party,
        on=civil_day(day),
        at=recorded(day),
        replaces=replaces,
    )
    return effective_trace((*case.trace, stand_in))
