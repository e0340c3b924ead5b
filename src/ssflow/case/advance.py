"""The effects of time alone on a case: lapses and overdue terms, recorded at their legal moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ssflow.calendar.clock import ZONE, instant_of, recorded, recorded_end_of
from ssflow.case.case import Case, stepped
from ssflow.case.clocks import dated, obligations_after
from ssflow.case.doors import check_moment
from ssflow.case.events import Event, EventKind
from ssflow.case.legislation import CaseLaw, Legislation
from ssflow.case.obligations import Obligation
from ssflow.case.sight import act_of
from ssflow.doors import check_kind
from ssflow.errors import DefinitionError, Fault, GuardError, InputError
from ssflow.process import Lapse
from ssflow.process.table import Move, table_of
from ssflow.slots import changed
from ssflow.text import Text

_ENDLESS = 10_000  # a lapse renewed every day for 27 years


def closes(obligation: Obligation) -> datetime | None:
    """Return the first instant that is too late by the recorded due day; None while there is no due day."""
    if obligation.closes is not None:
        return obligation.closes
    return recorded_end_of(obligation.due, ZONE) if obligation.due else None


def advance(case: Case, through: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """Return an event for every lapse and every overdue term up to an instant, in order; a bare date means the beginning of its day.

    A term that is due on the 23rd is overdue from the 24th at 00:00, and its event has that date; an act on the 23rd is in time.

    Raises:
        DefinitionError: a lapse sets itself off again and again.

    """
    check_kind("case", case, Case)
    check_moment("through", through)
    check_kind("law", law, Legislation)
    return advanced(case, through, law)


def advanced(case: Case, through: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """Return the events of `advance`, of arguments that were checked before."""
    events: list[Event] = []
    while event := following(case, through, law):
        check_ends(case, len(events))
        events.append(event)
        case = stepped(case, event, ())
    return tuple(events)


def check_ends(case: Case, events: int) -> None:
    """Refuse to go on where time alone does more in a case than any law intends; raises DefinitionError."""
    if events >= _ENDLESS:
        text = Text(
            f"办件{case.id}中仅因时间经过已发生{events}件事：有失效期不断自行重新起算",
            f"time alone has done {events} things in case {case.id}: a lapse sets itself off again and again",
        )
        raise DefinitionError(case.process.__name__, [Fault("", text)])


def redate(
    case: Case, on: date | datetime, law: Legislation, measured: Mapping[str, Obligation] | None = None
) -> tuple[Event, ...]:
    """Return the event that moves open due days to a new calendar, or nothing if no day moves.

    ``measured`` are clocks, by name, as a changed rulebook measures them. A notice published while a case runs changes its due days only
    by this recorded event.

    Raises:
        InputError: ``on`` comes before the last event of the case.

    """
    check_kind("case", case, Case)
    check_kind("law", law, Legislation)
    check_moment("on", on)
    civil_day = law.calendar.civil_day
    if case.last is not None and civil_day(on) < civil_day(case.last):
        raise InputError.of(
            "on",
            f"办件{case.id}已到{case.last}；只能在该日或以后重新计算期限，不能是{on}",
            f"case {case.id} has reached {case.last}; it is re-dated on that day or later, not on {on}",
        )
    bearing = law.in_case(case)
    now = [o if measured is None else measured.get(o.clock.name, o) for o in case.obligations]
    anew = tuple(o if o.overdue else dated(o, bearing) for o in now)
    if anew == case.obligations or case.state is None:
        return ()
    return (_event(case, EventKind.redated, "", on, case.state.name, anew, bearing),)


def following(case: Case, through: date | datetime, law: Legislation) -> Event | None:
    """Return the event of the next lapse or overdue term up to an instant; None if there is none."""
    if case.state is None or not case.obligations:
        return None
    day = law.calendar.civil_day(through)
    found: tuple[datetime, Obligation] | None = None
    for o in case.obligations:
        if o.overdue or _lies_ahead(o, day) or (moment := closes(o)) is None:
            continue
        if (found is None or moment < found[0]) and not _is_without_effect(case, o):
            found = moment, o
    if found is None or found[0] > instant_of(through, law.calendar.zone):
        return None
    moment, obligation = found
    bearing = law.in_case(case)
    move = _lapsing(case, obligation, moment, bearing)
    if move is None:
        late = tuple(changed(o, overdue=True) if o is obligation else o for o in case.obligations)
        name, cites = obligation.clock.name, obligation.cites
        return _event(case, EventKind.overdue, name, moment, case.state.name, late, bearing, cites)
    activity = move.activity
    alive = obligations_after(case, activity, move.clocks, moment, case.facts, bearing)
    cites = (*map(str, activity.cites), *obligation.cites)
    return _event(case, EventKind.lapse, activity.name, moment, move.row.target.name, alive, bearing, cites)


def _lies_ahead(obligation: Obligation, day: date) -> bool:
    """Return whether a due day of Beijing is so far ahead that it has passed in no zone; this is cheaper than the exact instant."""
    return obligation.closes is None and (obligation.due is None or obligation.due > day)


def _choices(case: Case, obligation: Obligation) -> tuple[Move, ...]:
    """Return the moves among which a lapse chooses; none for a term."""
    if case.state is None or not isinstance(obligation.clock, Lapse):
        return ()
    moves = table_of(case.process, case.regime).lapses.get((case.state, obligation.clock), ())
    return tuple(move for move in moves if move.row.is_met(case.came_from)) if case.process.goes_back else moves


def _lapsing(case: Case, obligation: Obligation, moment: datetime, law: CaseLaw) -> Move | None:
    """Return the move that a lapse makes: the first whose condition holds when the period has run out; None for a term.

    Raises:
        GuardError: a condition could not be judged.

    """
    choices = _choices(case, obligation)
    if len(choices) == 1:
        return choices[0]
    for move in choices:
        activity, when = move.activity, move.row.when
        try:
            if when is None or when.holds(act_of(case, activity, moment, law, facts=case.facts, links=None)):
                return move
        except GuardError as error:
            raise GuardError(error.guard, error.cause, activity.name, case.id) from error
    return None


def _is_without_effect(case: Case, obligation: Obligation) -> bool:
    """Return whether a lapse has no move, because the procedure no longer provides for the regime of the case or for a case without one."""
    return isinstance(obligation.clock, Lapse) and not _choices(case, obligation)


def _event(
    case: Case,
    kind: EventKind,
    name: str,
    on: date | datetime,
    target: str,
    obligations: tuple[Obligation, ...],
    law: CaseLaw,
    cites: tuple[str, ...] = (),
) -> Event:
    return Event(
        case=case.id,
        version=case.version + 1,
        process=case.process.name,
        process_version=case.process.version,
        kind=kind,
        activity=name,
        on=law.calendar.civil_day(on),
        at=recorded(on, law.calendar.zone),
        source=case.state.name if case.state else "",
        target=target,
        closed=case.process.state(target).final,
        obligations=obligations,
        cites=tuple(dict.fromkeys(cites)),
        rulebook=law.book.digest,
        calendar=law.calendar.digest,
    )
