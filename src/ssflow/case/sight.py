"""The view that guards have of a case when an act or a lapse is judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from ssflow.case.legislation import CaseLaw
from ssflow.errors import DefinitionError, Fault
from ssflow.process import Act, Activity, Linked, Role
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.case.case import Case


def _refuse(*_: object) -> NoReturn:
    text = Text(
        "届满自动发生，其条件看不到关联办件", "a lapse comes by itself: its conditions do not see related cases"
    )
    raise DefinitionError("", [Fault("", text)])


class _NotKnown(tuple[Linked, ...]):
    """The related cases of a lapse, which are not known: a condition that uses them is refused.

    An empty tuple would not do, because a condition could take its length or its truth for an answer.
    """

    __slots__ = ()

    __iter__ = __reversed__ = __bool__ = __len__ = __contains__ = __getitem__ = _refuse
    __add__ = __radd__ = __mul__ = __rmul__ = count = index = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse

    def __repr__(self) -> str:
        return "<not known to a lapse>"


def act_of(
    case: Case,
    activity: Activity[Any],
    on: date | datetime,
    law: CaseLaw,
    *,
    facts: object,
    links: Iterable[Case] | None = (),
    role: Role | None = None,
    party: str = "",
    actor: str = "",
) -> Act[Any]:
    """Return the act as guards see it: position, law of the day, related cases; ``facts`` are those with its data, ``links`` None if not known."""
    day, bound = law.calendar.civil_day(on), activity.by
    linked = _NotKnown() if links is None else tuple([link.linked() for link in links]) if links else ()
    return Act(
        facts=facts,
        before=case.facts,
        on=day,
        figure=lambda figure: law.find(figure, day, facts, bound),
        calendar=law.calendar_of(bound),
        places=case.places,
        links=linked,
        related=tuple([link.case for link in case.links]) if case.links else (),
        regime=case.regime,
        activity=activity,
        role=role,
        party=party,
        actor=actor,
        process=case.process,
        state=case.state,
        came_from=case.came_from,
        parties=case.parties,
        happened=case.done,
        running=case.obligations,
    )
