"""The effects of acts and lapses in related cases, and of time in several cases at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from ssflow.calendar.clock import instant_of
from ssflow.case.advance import check_ends, following
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve
from ssflow.case.doors import check_moment
from ssflow.case.events import Event, EventKind
from ssflow.case.grounds import GroundKind
from ssflow.case.judge import judge_alone
from ssflow.case.legislation import Legislation
from ssflow.case.moments import moment_of
from ssflow.doors import check_kind, each_of
from ssflow.errors import RefusedError
from ssflow.process import Activity, Deed
from ssflow.process.versions import counterpart


def effects_of(case: Case, event: Event, links: Iterable[Case], law: Legislation) -> tuple[Event, ...]:
    """Return what an act or lapse that has brought a case to its present state does in each related case where that is possible.

    Raises:
        RefusedError: the effect is possible and cannot be dated: hours run from it, and the instant is not known.

    """
    triggered = _triggered(case, event)
    if triggered is None:
        return ()
    effects: list[Event] = []
    for link in links:
        theirs = _in_version_of(link, triggered)
        if theirs is not None and theirs.by is not None and link.state is not None:
            on = moment_of(event)
            attempt = Attempt(deed=Deed(theirs, None), by=theirs.by, on=on, law=law, links=(case,), triggered=True)
            try:
                effects.append(judge_alone(link, attempt))
            except RefusedError as refused:
                if not any(ground.kind in (GroundKind.state, GroundKind.guard) for ground in refused.grounds):
                    raise
    return tuple(effects)


def with_effects(case: Case, event: Event, links: Sequence[Case], law: Legislation) -> tuple[Event, ...]:
    """Return an event of a case, followed by its effects in related cases at the same time."""
    if not links or _triggered(case, event) is None:
        return (event,)
    return event, *effects_of(evolve(case, event), event, links, law)


def _in_version_of(link: Case, triggered: Activity[Any]) -> Activity[Any] | None:
    """Return the activity of a related case in the version of that case; None if the case is of another procedure, or its version lacks it."""
    if triggered.owner is None or not link.process.is_version_of(triggered.owner):
        return None
    return counterpart(triggered, link.process)


def _triggered(case: Case, event: Event) -> Activity[Any] | None:
    """Return the activity that an event triggers in related cases, or None."""
    if event.kind not in (EventKind.act, EventKind.lapse):
        return None
    return case.process.activity(event.activity).triggers


def advance_together(cases: Iterable[Case], through: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """Return every lapse and every overdue term of several cases up to an instant, in order, with the effects of each in the others.

    A lapse in one case may free another case, so related cases are brought up to a day together.

    Raises:
        DefinitionError: a lapse sets itself off again and again.

    """
    check_moment("through", through)
    check_kind("law", law, Legislation)
    group = {case.id: case for case in each_of("cases", cases, Case)}
    coming = {case.id: following(case, through, law) for case in group.values()}
    told: list[Event] = []
    done = Counter[str]()
    while events := [event for event in coming.values() if event]:
        event = min(events, key=lambda event: instant_of(moment_of(event), law.calendar.zone))
        case = group[event.case]
        check_ends(case, done[case.id])
        done[case.id] += 1
        related = [group[link.case] for link in case.links if link.case in group]
        for each in with_effects(case, event, related, law):
            group[each.case] = evolve(group[each.case], each)
            coming[each.case] = following(group[each.case], through, law)
            told.append(each)
    return tuple(told)
