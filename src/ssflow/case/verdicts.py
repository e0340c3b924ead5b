"""What an act brings about, and why it may not be done. Pure: time, law and related cases are part of the attempt."""

from __future__ import annotations

from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.events import Event
from ssflow.case.grounds import Ground
from ssflow.case.judge import judge
from ssflow.errors import InputError, RefusedError


def decide(case: Case, attempt: Attempt) -> tuple[Event, ...]:
    """The events of an act, in order: what lapsed or fell overdue before it, the act itself, what it does in related cases.

    The case is not changed; `evolve` takes the events in. What time has done in the related cases and around them comes first.

    Raises:
        RefusedError: the act may not be done; every ground is listed.
        InputError: the data is missing, the activity or the role is not one of this procedure's, or the case is related to itself.

    """
    if attempt.deed.is_blank:
        raise InputError.of("data", *attempt.deed.wanted)
    attempt.check_against(case.process, case.id)
    return judge(case, attempt)


def why_not(case: Case, attempt: Attempt) -> tuple[Ground, ...]:
    """Every ground on which an act would be refused; empty if it may be done.

    Without data (`Deed.blank`), conditions that the data would meet are reported as unmet so far.

    Raises:
        InputError: as `decide`, but for missing data.

    """
    attempt.check_against(case.process, case.id)
    try:
        judge(case, attempt)
    except RefusedError as refused:
        return refused.grounds
    return ()
