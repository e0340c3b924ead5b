"""What time alone does to a case: lapses and overdue terms, recorded at their legal moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from attrs import evolve as changed

from ssflow.calendar.clock import ZONE, end_of, instant_of, recorded
from ssflow.case.case import Case, evolve
from ssflow.case.clocks import dated, obligations_after
from ssflow.case.events import Event, EventKind, Obligation
from ssflow.case.legislation import Legislation
from ssflow.process import Activity, Lapse


def closes(obligation: Obligation) -> datetime | None:
    """The first instant that is too late, by the recorded due day; None while there is none."""
    if obligation.closes is not None:
        return obligation.closes
    return end_of(obligation.due, ZONE) if obligation.due else None


def advance(case: Case, through: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """Every lapse and every overdue term up to an instant, in order; a bare date stands for its beginning.

    A term that is due on the 23rd is overdue from the 24th at 00:00, and so dated; an act on the 23rd is in time.
    """
    return tuple(_pass(case, instant_of(through, law.calendar.zone), law))


def redate(case: Case, on: date | datetime, law: Legislation) -> tuple[Event, ...]:
    """The event that moves open due days to a new calendar; none if nothing moves.

    A notice published while a case runs changes its due days only by this recorded event.

    Raises:
        ValueError: ``on`` comes before the last event of the case.

    """
    civil_day = law.calendar.civil_day
    if case.last is not None and civil_day(on) < civil_day(case.last):
        msg = f"case {case.id} has reached {case.last}; it is re-dated on that day or later, not on {on}"
        raise ValueError(msg)
    anew = tuple(o if o.overdue else dated(case, o, law) for o in case.obligations)
    if anew == case.obligations or case.state is None:
        return ()
    return (_event(case, EventKind.redated, "", on, case.state.name, anew, law),)


def _pass(case: Case, through: datetime, law: Legislation) -> Iterator[Event]:
    while True:
        running = [
            (moment, o)
            for o in case.obligations
            if not o.overdue and (moment := closes(o)) and moment <= through and not _is_without_effect(case, o)
        ]
        if not running or case.state is None:
            return
        moment, obligation = min(running, key=lambda pair: pair[0])
        activity = _lapsing(case, obligation)
        if activity is None:
            late = tuple(changed(o, overdue=True) if o is obligation else o for o in case.obligations)
            event = _event(
                case, EventKind.overdue, obligation.clock, moment, case.state.name, late, law, obligation.cites
            )
        else:
            row = activity.leaving_under(case.regime, case.state)[0]
            alive = obligations_after(case, activity, row.target, moment, case.facts, law)
            cites = (*map(str, activity.cites), *obligation.cites)
            event = _event(case, EventKind.lapse, activity.name, moment, row.target.name, alive, law, cites)
        yield event
        case = evolve(case, event)


def _lapsing(case: Case, obligation: Obligation) -> Activity[Any] | None:
    """The activity of the clock that a lapse sets off; None for a term."""
    clock = case.process.clock(obligation.clock)
    if not isinstance(clock, Lapse):
        return None
    setting_off = (a for a in case.process.activities if a.after is clock and a.leaving_under(case.regime, case.state))
    return next(setting_off, None)


def _is_without_effect(case: Case, obligation: Obligation) -> bool:
    """Whether a lapse sets nothing off: in a case whose regime, or whose lack of one, the procedure no longer provides for."""
    return isinstance(case.process.clock(obligation.clock), Lapse) and _lapsing(case, obligation) is None


def _event(
    case: Case,
    kind: EventKind,
    name: str,
    on: date | datetime,
    target: str,
    obligations: tuple[Obligation, ...],
    law: Legislation,
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
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
    )
