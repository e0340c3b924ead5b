"""The options in a case: what may be done now and by which role, and why the rest may not be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.doors import check_role
from ssflow.case.grounds import Ground
from ssflow.case.legislation import Legislation
from ssflow.case.verdicts import why_not
from ssflow.doors import check_kind, each_of
from ssflow.persons import check_party
from ssflow.process import Activity, Deed, Role


@frozen
class Option:
    """An activity for one role, with its verdict. Conditions that only the data can meet count as unmet until the data is given."""

    activity: Activity[Any]
    by: Role
    grounds: tuple[Ground, ...]

    @property
    def is_open(self) -> bool:
        """Whether the activity may be done now."""
        return not self.grounds


def options(
    case: Case,
    *,
    on: date | datetime,
    law: Legislation,
    by: Role | None = None,
    links: Iterable[Case] = (),
    connected: Iterable[Case] = (),
    party: str = "",
    actor: str = "",
) -> tuple[Option, ...]:
    """Return every activity of the procedure with its verdict, for one role or, if none is given, for every role that may do it.

    If ``party`` is left out, the parties that the case records are taken to act. ``actor`` is the person who would type the act: a
    condition may require a second person.
    """
    check_kind("case", case, Case)
    check_kind("law", law, Legislation)
    links, connected = each_of("links", links, Case), each_of("connected", connected, Case)
    if by is not None:
        check_role("by", by)
    check_party("party", party)
    check_party("actor", actor)
    return tuple(
        Option(activity, role, why_not(case, _blank(case, activity, role, on, law, links, connected, party, actor)))
        for activity in case.process.activities
        for role in ((by,) if by and activity.roles else activity.roles)
    )


def _blank(
    case: Case,
    activity: Activity[Any],
    by: Role,
    on: date | datetime,
    law: Legislation,
    links: tuple[Case, ...],
    connected: tuple[Case, ...],
    party: str,
    actor: str,
) -> Attempt:
    """Return an attempt without data, by a party or, if none is given, by the party that the case records."""
    return Attempt(
        deed=Deed.blank(activity),
        by=by,
        on=on,
        law=law,
        links=links,
        connected=connected,
        party=party or case.parties.get(by.name, ""),
        actor=actor,
    )
