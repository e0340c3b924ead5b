"""Putting right what was recorded wrongly: the log is not edited, an event says what counts instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from attrs import evolve as changed

from ssflow.calendar.clock import civil_day, recorded
from ssflow.case.advance import advance
from ssflow.case.case import Case, effective_trace, evolve, fold, root_of
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
    not have happened. A lapse or an overdue that was recorded too early is replaced by the act that came before it. What is not given
    (``by``, ``on``, ``party``) stays as it was.

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
    root = root_of(case.trace, replaces)
    if root == 1 and activity is None:
        msg = "the opening cannot be struck out; withdraw or close the case instead"
        raise ValueError(msg)
    standing = next(
        (e for e in effective_trace(case.trace) if root_of(case.trace, e.version) == root), case.trace[root - 1]
    )
    if activity is not None:
        check_types(case, activity, data, by, party)
    _check_related(case, case.trace[root - 1], activity, links)
    event = _stand_in(case, standing, replaces, activity, data, reason, by, on, party)
    after = _replayed(case, event, law, links)
    return changed(
        event,
        target=after.state.name if after.state else "",
        closed=after.is_closed,
        obligations=after.obligations,
        regime=after.regime.name if after.regime else "",
        cites=tuple(map(str, activity.cites)) if activity else (),
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
    )


def _stand_in(
    case: Case,
    standing: Event,
    replaces: int,
    activity: Activity[Any] | None,
    data: Any,
    reason: str,
    by: Role | None,
    on: date | datetime | None,
    party: str,
) -> Event:
    """The correcting event: what is not given stays as in the event that stands so far."""
    role = by.name if by else standing.by
    if activity is not None and not role:
        msg = f"say by whom {activity.name} was done: event {replaces} was nobody's act"
        raise ValueError(msg)
    return changed(
        standing,
        version=case.version + 1,
        kind=EventKind.correction,
        activity=activity.name if activity else "",
        on=standing.on if on is None else civil_day(on),
        at=standing.at if on is None else recorded(on),
        by=role,
        party=party or standing.party,
        data=data,
        source=case.state.name if case.state else "",
        places=(),
        replaces=replaces,
        reason=reason,
        recorded_at=None,
    )


def _replayed(case: Case, correction: Event, law: Legislation, links: Sequence[Case]) -> Case:
    """The case as the acts that count make it, each judged anew, and as time has left it since."""
    scratch = Case.unopened(case.process, case.id, case.places)
    for event in effective_trace((*case.trace, correction)):
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
    return scratch


def _as_they_were(event: Event, links: Sequence[Case]) -> Iterator[Case]:
    """The related cases that an event was decided with, at the versions that it recorded and not after its day."""
    now = {link.id: link for link in links}
    for ref in event.links:
        if ref.case in now:
            link = now[ref.case]
            trace = [past for past in link.trace[: ref.version] if past.on <= event.on]
            if trace:
                yield fold(link.process, trace)


def _check_related(case: Case, old: Event, activity: Activity[Any] | None, links: Sequence[Case]) -> None:
    """Refuse to pull the ground from under related cases.

    An act that also wrote to them is not undone, and an event on which one of them was decided stays.
    """
    done = case.process.activity(old.activity) if old.kind is EventKind.act else None
    written = done is not None and done.also is not None and done is not activity and bool(case.links)
    decided = [link.id for link in links if any(_rests_on(event, case.id, old.version, link) for event in link.trace)]
    if written or decided:
        related = ", ".join(decided or [link.case for link in case.links])
        reason = Text(
            f"该事件同时写入了关联案件，或关联案件据此办理（{related}），不能撤销或改为其他事项",
            f"the event also wrote to related cases, or they rest on it ({related}): it cannot be undone or exchanged",
        )
        raise RefusedError(done.title if done else case.process.title, [Ground(GroundKind.state, "related", reason)])


def _rests_on(event: Event, case: str, version: int, link: Case) -> bool:
    """Whether an act of a related case was decided with this case as the event of this version had left it, or later."""
    own = event.kind is EventKind.act and not link.process.activity(event.activity).alongside
    return own and any(ref.case == case and ref.version >= version for ref in event.links)
