"""The exploration of every part of a procedure that worked examples lead to, without chance."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from ssflow.case import Attempt, Case, Event, Legislation, advance_together, decide, evolve
from ssflow.doors import check_day, check_kind, check_subclass
from ssflow.errors import RefusedError
from ssflow.process import Activity, Process
from ssflow.process.reading import counted_in
from ssflow.records.places import check_places_of
from ssflow.testing.doors import Examples, check_examples, check_limit
from ssflow.testing.trials import Trial

Company = tuple[Case, ...]
_SEVERAL = 2


def explore(
    process: type[Process],
    *,
    law: Legislation,
    places: Mapping[str, str] | str,
    start: date,
    examples: Examples,
    limit: int = 20_000,
) -> Generator[Trial, None, bool]:
    """Yield every trial in cases of a procedure opened on ``start``, with its result.

    From each case that was reached, every activity is tried with each of its ``examples`` (data by procedure and activity, as
    ``"loss_report.report_formally"``), and time passes beyond each due day. Cases in the same standing are followed once. Cases of related
    procedures, after one act and some time, are offered as related cases. ``places`` maps the procedure's places to region codes; one code
    is used for all. ``limit`` bounds the cases followed; the generator returns whether it left some out.

    Raises:
        InputError: an argument is not what is required; the error is raised with the first trial and names it.
        UnknownError: no place has this code.

    """
    check_subclass("process", process, Process)
    check_kind("law", law, Legislation)
    check_kind("places", places, str, Mapping)
    check_day("start", start)
    check_examples("examples", examples)
    check_limit("limit", limit)
    named = _places(process, places)
    check_places_of(process, named)
    case, where = Case.unopened(process, "explored", named), next(iter(named.values()))
    queue = deque((case, company, day) for company, day in _companies(process, law, where, start, examples))
    seen: set[object] = set()
    counted = counted_in([process])
    while queue and len(seen) < limit:
        case, company, today = queue.popleft()
        for trial, day in _moves(case, company, today, law, examples):
            yield trial
            if not trial.events:
                continue
            after, beside = _taken(case, company, trial.events)
            alike = (
                after.state,
                after.came_from,
                after.regime,
                after.facts,
                tuple(link.state for link in beside),
                _running(after),
                _counts(after, counted),
            )
            if alike not in seen:
                seen.add(alike)
                queue.append((after, beside, day))
    return bool(queue)


def _places(process: type[Process], places: Mapping[str, str] | str) -> dict[str, str]:
    return {p.name: places for p in process.places} if isinstance(places, str) else dict(places)


def _companies(
    process: type[Process], law: Legislation, place: str, start: date, examples: Examples
) -> Iterator[tuple[Company, date]]:
    """Yield no related case, then each related case that one act opens, then the same after a clock of it has run out."""
    yield (), start
    related = {a.triggers.owner for a in process.activities if a.triggers is not None and a.triggers.owner is not None}
    for other in sorted(related, key=lambda cls: cls.__name__):
        case = Case.unopened(other, other.__name__, _places(other, place))
        for trial, _ in _moves(case, (), start, law, examples):
            if trial.events:
                opened, _ = _taken(case, (), trial.events)
                yield (opened,), start
                for passed, day in _passing(opened, (), start, law):
                    yield (_taken(opened, (), passed.events)[0],), day


def _moves(
    case: Case, company: Company, today: date, law: Legislation, examples: Examples
) -> Iterator[tuple[Trial, date]]:
    """Yield what may happen next: each act, and the passing of each due day."""
    for activity in case.process.activities:
        if activity.leaving(case.state):
            for data, role in product(_data(activity, case.process, examples), activity.roles):
                attempt = Attempt(deed=activity(data), by=role, on=today, law=law, links=company)
                try:
                    yield Trial(case, attempt, decide(case, attempt)), today
                except RefusedError:
                    yield Trial(case, attempt), today
    yield from _passing(case, company, today, law)


def _passing(case: Case, company: Company, today: date, law: Legislation) -> Iterator[tuple[Trial, date]]:
    """Yield what time does on the day after each due day, to the case and its company."""
    for obligation in case.obligations:
        if obligation.due is not None and not obligation.overdue:
            day = max(today, obligation.due + timedelta(days=1))
            events = advance_together((case, *company), day, law)
            if events:
                yield Trial(case, None, events), day


def _data(activity: Activity[Any], process: type[Process], examples: Examples) -> Sequence[Any]:
    return (None,) if activity.data is None else examples.get(f"{process.name}.{activity.name}", ())


def _taken(case: Case, company: Company, events: tuple[Event, ...]) -> tuple[Case, Company]:
    cases = {member.id: member for member in (case, *company)}
    for event in events:
        cases[event.case] = evolve(cases[event.case], event)
    first, *rest = cases.values()
    return first, tuple(rest)


def _counts(case: Case, counted: Collection[Activity[Any]]) -> tuple[object, ...]:
    """Return how often activities were done that guards ask to have counted, as far as one time and several make a difference."""
    return tuple(
        (name, min(done.times, _SEVERAL)) for name, done in case.done.items() if case.process.activity(name) in counted
    )


def _running(case: Case) -> tuple[object, ...]:
    return tuple((o.clock, o.overdue, o.is_timed) for o in case.obligations)
