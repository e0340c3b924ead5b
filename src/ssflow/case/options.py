"""What may be done in a case now, by whom, and why the rest may not."""

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
    """An activity in a role, and its verdict. Conditions that only its data can meet count as unmet until the data is given."""

    activity: Activity[Any]
    by: Role
    grounds: tuple[Ground, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be done now."""
        return not self.grounds


def options(
    case: Case,
    *,
    on: date | datetime,
    law: Legislation,
    by: Role | None = None,
    links: Iterable[Case] = (),
    around: Iterable[Case] = (),
    party: str = "",
    actor: str = "",
) -> tuple[Option, ...]:
    """Every activity of the procedure with its verdict, for one role or, without one, each for every role that may do it.

    Without ``party`` those that the case records are taken to act; ``actor`` is who would type it, as a condition may ask for other eyes.
    """
    check_kind("case", case, Case)
    check_kind("law", law, Legislation)
    links, around = each_of("links", links, Case), each_of("around", around, Case)
    if by is not None:
        check_role("by", by)
    check_party("party", party)
    check_party("actor", actor)
    return tuple(
        Option(activity, role, why_not(case, _blank(case, activity, role, on, law, links, around, party, actor)))
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
    around: tuple[Case, ...],
    party: str,
    actor: str,
) -> Attempt:
    """An attempt without data, by a party or, without one, by that which the case records."""
    return Attempt(
        deed=Deed.blank(activity),
        by=by,
        on=on,
        law=law,
        links=links,
        around=around,
        party=party or case.parties.get(by.name, ""),
        actor=actor,
    )
