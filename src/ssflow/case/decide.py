"""What an act brings about, and why it may not be done. Pure: time, law and related cases are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar, overload

from ssflow.case.case import Case
from ssflow.case.events import Event
from ssflow.case.grounds import Ground
from ssflow.case.judge import Attempt, judge
from ssflow.case.legislation import Legislation
from ssflow.converters import misfits
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity, Role

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
    around: Sequence[Case] = (),
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
    around: Sequence[Case] = (),
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
    around: Sequence[Case] = (),
    party: str = "",
) -> tuple[Event, ...]:
    """The events of an act, in order: what lapsed or fell overdue before it, the act itself, what it does in ``links``.

    ``on`` is the day of the act, or its instant. The case is not changed; `evolve` takes the events in. ``around`` are the cases that
    the ``links`` are related to; what time has done in them may matter, so their events come first.

    Raises:
        RefusedError: the act may not be done; every ground is listed.
        TypeError: the data is not of the activity's type, or the activity is not one of this procedure's.
        ValueError: ``on`` is a naive datetime, or the case is related to itself.

    """
    check_types(case, activity, data, by, party)
    if any(link.id == case.id for link in links):
        msg = f"case {case.id} is not related to itself; leave it out of its links"
        raise ValueError(msg)
    return judge(case, _attempt(activity, data, by, on, law, links, around, party))


def why_not(
    case: Case,
    activity: Activity[Any],
    data: Any = None,
    *,
    by: Role | None,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case] = (),
    around: Sequence[Case] = (),
    party: str = "",
) -> tuple[Ground, ...]:
    """Every ground on which an act would be refused; empty if it may be done.

    Without data, conditions that the data would meet are reported as unmet so far.
    """
    try:
        judge(case, _attempt(activity, data, by, on, law, links, around, party))
    except RefusedError as refused:
        return refused.grounds
    return ()


def _attempt(
    activity: Activity[Any],
    data: Any,
    by: Role | None,
    on: date | datetime,
    law: Legislation,
    links: Sequence[Case],
    around: Sequence[Case],
    party: str,
) -> Attempt:
    return Attempt(
        activity=activity, data=data, by=by, on=on, law=law, links=tuple(links), around=tuple(around), party=party
    )


def check_types(case: Case, activity: Activity[Any], data: Any, by: Role | None, party: str) -> None:
    """Refuse what no definition allows: an activity or role of something else, data of another type; raises TypeError, of a field InputError."""
    _check_owner(case, activity, "activity", [a.name for a in case.process.activities])
    if by is not None:
        _check_owner(case, by, "role", [role.name for role in case.process.roles])
    if not isinstance(party, str):
        msg = f"a party is named by a text, not by {type(party).__name__}"
        raise TypeError(msg)
    wanted = activity.data or type(None)
    if not isinstance(data, wanted):
        msg = f"{activity!r} takes {wanted.__name__}, not {type(data).__name__}"
        raise TypeError(msg)
    faults = misfits(data) if data is not None else []
    if faults:
        raise InputError(*faults)


def _check_owner(case: Case, part: Activity[Any] | Role, what: str, known: list[str]) -> None:
    if part.owner is not case.process:
        msg = f"{part!r} is no {what} of {case.process.__name__}; take one of {known}"
        raise TypeError(msg)
