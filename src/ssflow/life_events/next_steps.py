"""The next steps of a case: what each role may do in its present state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case import Case, Legislation
from ssflow.process import Activity, Role
from ssflow.process.table import table_of
from ssflow.text import Text


@frozen
class NextStep:
    """A next step: what a role may do in a case in its present state. The state allows it; conditions such as a fee are not checked."""

    case: Case
    role: Role
    activities: tuple[Activity[Any], ...]

    @property
    def title(self) -> Text:
        """The titles of the activities."""
        return Text.join([activity.title for activity in self.activities], "、", "; ")


def next_steps_of(case: Case, on: date | datetime, law: Legislation) -> Iterator[NextStep]:
    """Yield who may do what next on a day; nothing if the case is closed."""
    for role in case.process.roles if not case.is_at_rest else ():
        own = [activity for activity in case.process.activities if role in activity.roles and not activity.triggered]
        if may := tuple(activity for activity in own if _leads_on(case, activity, on, law)):
            yield NextStep(case, role, may)


def _leads_on(case: Case, activity: Activity[Any], on: date | datetime, law: Legislation) -> bool:
    """Return whether the activity has a move; an act that renews the regime must also lead to another regime."""
    under = case.regime
    if under is not None and activity.renews is case.process.regime:
        under = law.in_case(case).regime_on(law.calendar.civil_day(on))
        if under in (None, case.regime):
            return False
    return bool(table_of(case.process, under).leaving(case.state, activity))
