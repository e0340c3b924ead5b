"""The verdict on an act: its events, or the grounds against it. Pure functions: time, law and related cases are part of the attempt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssflow.case.advance import advanced
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve
from ssflow.case.effects import advance_together, with_effects
from ssflow.case.events import Event
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import conditions_of, judge_alone
from ssflow.doors import check_kind
from ssflow.errors import GuardError, RefusedError
from ssflow.process import Transition
from ssflow.process.guards import Condition
from ssflow.slots import changed


def decide(case: Case, attempt: Attempt) -> tuple[Event, ...]:
    """Return the events of an act, in order: lapses and overdue terms before it, the act itself, its effects in related cases.

    The case is not changed; `evolve` takes the events in. The effects of time in the related cases, and in those connected with them, come first.

    Raises:
        RefusedError: the act may not be done; every ground is listed.
        InputError: the data is missing, the activity or the role is not one of this procedure's, or the case is related to itself.

    """
    _check(case, attempt)
    attempt.check_complete()
    attempt.check_against(case.process, case.id)
    return _judge(case, attempt)


def why_not(case: Case, attempt: Attempt) -> tuple[Ground, ...]:
    """Return every ground on which an act would be refused; none if it may be done.

    Without data (`Deed.blank`), conditions that the data would meet are reported as unmet so far.

    Raises:
        InputError: as `decide`, but for missing data.

    """
    _check(case, attempt)
    attempt.check_against(case.process, case.id)
    try:
        _judge(case, attempt)
    except RefusedError as refused:
        return refused.grounds
    except GuardError as error:  # one faulty condition takes one option away, not the list
        return (Ground(GroundKind.guard, error.guard, error.text),)
    return ()


def verdicts(case: Case, attempt: Attempt) -> Iterator[tuple[Transition, tuple[tuple[Condition[Any], bool], ...]]]:
    """Yield each move that an attempt could make, with its conditions and whether each is met."""
    _, case, attempt = _up_to_date(case, attempt)
    return conditions_of(case, attempt)


def _check(case: object, attempt: object) -> None:
    if type(case) is not Case or type(attempt) is not Attempt:  # the usual case costs no further calls
        check_kind("case", case, Case)
        check_kind("attempt", attempt, Attempt)


def _judge(case: Case, attempt: Attempt) -> tuple[Event, ...]:
    before, case, attempt = _up_to_date(case, attempt)
    return (*before, *with_effects(case, judge_alone(case, attempt), attempt.links, attempt.law))


def _up_to_date(case: Case, attempt: Attempt) -> tuple[tuple[Event, ...], Case, Attempt]:
    """Return the events of time in connected cases up to the moment of an attempt, then its case and the attempt brought up to it."""
    if not (attempt.connected or attempt.links):
        before = advanced(case, attempt.on, attempt.law)
        for event in before:
            case = evolve(case, event)
        return before, case, attempt
    group = {member.id: member for member in (*attempt.connected, *attempt.links, case)}
    before = advance_together(group.values(), attempt.on, attempt.law)
    for event in before:
        group[event.case] = evolve(group[event.case], event)
    links = tuple(group[link.id] for link in attempt.links)
    return before, group[case.id], changed(attempt, links=links)
