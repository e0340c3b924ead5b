"""What may be done in a case now, by whom, and why the rest may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case.case import Case
from ssflow.case.decide import why_not
from ssflow.case.grounds import Ground
from ssflow.case.legislation import Legislation
from ssflow.process import Activity, Role


@frozen
class Option:
    """An activity and its verdict. Conditions that only its data can meet count as unmet until the data is given."""

    activity: Activity[Any]
    grounds: tuple[Ground, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be done as things stand."""
        return not self.grounds


def options(
    case: Case,
    *,
    on: date | datetime,
    law: Legislation,
    by: Role | None = None,
    links: Sequence[Case] = (),
    around: Sequence[Case] = (),
) -> tuple[Option, ...]:
    """Every activity of the procedure with its verdict, for one role or, without one, each for its own role.

    The parties that the case records are taken to act.
    """
    return tuple(
        Option(
            activity,
            why_not(
                case,
                activity,
                by=(role := by or activity.by),
                on=on,
                law=law,
                links=links,
                around=around,
                party=case.parties.get(role.name, ""),
            ),
        )
        for activity in case.process.activities
        if activity.by is not None
    )
