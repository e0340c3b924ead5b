"""What guards see when an act, or a lapse, is judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ssflow.case.legislation import CaseLaw
from ssflow.process import Act, Activity, Role

if TYPE_CHECKING:
    from ssflow.case.case import Case


def act_of(
    case: Case,
    activity: Activity[Any],
    on: date | datetime,
    law: CaseLaw,
    *,
    data: object = None,
    links: Iterable[Case] = (),
    role: Role | None = None,
    party: str = "",
    actor: str = "",
) -> Act[Any]:
    """The facts with the data taken in, where the case stands, the law of the day, the related cases."""
    facts, day, bound = case.process.fold(case.facts, data), law.calendar.civil_day(on), role or activity.by
    return Act(
        facts=facts,
        before=case.facts,
        on=day,
        figure=lambda figure: law.find(figure, day, facts, bound),
        calendar=law.calendar_of(bound),
        places=case.places,
        links=tuple(link.linked() for link in links),
        related=tuple(link.case for link in case.links),
        regime=case.regime,
        activity=activity,
        role=role,
        party=party,
        actor=actor,
        process=case.process,
        state=case.state,
        parties=case.parties,
        happened=case.done,
        running=case.obligations,
    )
