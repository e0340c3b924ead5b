"""A scenario fitted to a log: who comes when, what is done next and how soon, as it was observed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ssflow.case import Event, EventKind
from ssflow.errors import InputError
from ssflow.logs.survival import Incidence, incidence
from ssflow.logs.worktimes import WorkTimes, moment_of
from ssflow.process import Process
from ssflow.simulation import Arrivals, Duration, Practice, Scenario
from ssflow.simulation.scenario.durations import Unit
from ssflow.simulation.scenario.practices import stays
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar import WorkCalendar
    from ssflow.logs.replay import Replayed
    from ssflow.logs.result import LogCheck

_PARTS = 128  # parts of a table of durations, which divide its 8,192 entries, so that each part is equally likely
_ENOUGH = 20  # observations for a table of a single act
_YEAR = 365
Key = tuple[str, str]  # a state and a role
Waited = tuple[datetime, datetime, str]  # from when to when for which act; empty if another came first


def fit(check: LogCheck) -> Scenario:
    """Return the scenario of a checked log; see `LogCheck.fit`."""
    scenario, cases = check.scenario, [one for one in check.replays if one.events]
    if not cases:
        raise InputError.of("log", "日志中没有登记的办件", "no case of the log was opened")
    until = check.log.last_day or scenario.start
    times = WorkTimes.of(cases, scenario)
    observed = _Observed.of(cases, scenario.definition, datetime.combine(until, times.hours.office[1]))
    practices = list(_practices(observed, times, scenario.definition))
    keys = {(practice.state, practice.by) for practice in practices}
    practices += [practice for practice in scenario.practices if (practice.state, practice.by) not in keys]
    kinds = Counter(one.kind for one in cases)
    profiles = [evolve(profile, share=float(kinds[profile.id])) for profile in scenario.profiles if kinds[profile.id]]
    openings = [one.events[0].on for one in cases]
    return evolve(
        scenario,
        title=Text(f"{scenario.definition.title.zh}（据日志）", f"{scenario.definition.title.en}, from a log"),
        note=_note(check, len(cases)),
        start=min(openings),
        arrivals=_arrivals(openings, times.offices),
        profiles=profiles,
        practices=practices,
        hours=times.hours,
        stations=(),  # the durations contain the queues
    )


def _note(check: LogCheck, cases: int) -> Text:
    deviating = sum(not one.fits for one in check.replays)
    of = "1 case" if cases == 1 else f"{cases} cases"
    return Text(
        f"份额和用时据{cases}个办件的日志估计（有{deviating}件与程序不符）；用时含排队和等待条件具备的时间，未观察到的沿用原方案",
        f"shares and durations are estimated from a log of {of}, {deviating} of which deviate; durations contain queues and the "
        "waiting for conditions, and what was not observed is taken from the earlier scenario",
    )


@frozen(eq=False)
class _Observed:
    """The observed time until each role acted in each state, ``first``, and ``then`` after an act that left the state the same.

    It also has the states that were left, and the acts that were repeated.
    """

    first: Mapping[Key, Sequence[Waited]]
    then: Mapping[Key, Sequence[Waited]]
    left: frozenset[str]
    repeated: Mapping[Key, frozenset[str]]

    @classmethod
    def of(cls, cases: Sequence[Replayed], process: type[Process], over: datetime) -> _Observed:
        first: defaultdict[Key, list[Waited]] = defaultdict(list)
        then: defaultdict[Key, list[Waited]] = defaultdict(list)
        repeated: defaultdict[Key, set[str]] = defaultdict(set)
        left = set()
        for one in cases:
            acts = [event for event in one.events if event.kind in (EventKind.act, EventKind.lapse)]
            for state, begins, ends, inside in _visits(acts):
                if ends is not None and state:
                    left.add(state)
                for role, so_far in _by_role(process, state, inside).items():
                    end = moment_of(ends) if ends else over
                    waited = [
                        (
                            moment_of(since),
                            moment_of(act) if act else max(end, moment_of(since)),
                            act.activity if act else "",
                        )
                        for since, act in pairwise([begins, *so_far, None])
                        if since is not None and since is not ends
                    ]
                    first[state, role] += waited[:1]
                    then[state, role] += waited[1:]
                    repeated[state, role] |= {act for act, n in Counter(e.activity for e in so_far).items() if n > 1}
        return cls(first, then, frozenset(left), {key: frozenset(acts) for key, acts in repeated.items()})


def _incidence(times: WorkTimes, role: str, waited: Sequence[Waited]) -> Incidence:
    return incidence([(times.between(role, since, to), act) for since, to, act in waited])


def _visits(acts: Sequence[Event]) -> Iterator[tuple[str, Event, Event | None, list[Event]]]:
    """Yield each stay in a state: the state, the event that led there, the one that led away, and all events from the first on."""
    begins, inside = acts[0], list[Event]()
    for event in acts[1:]:
        inside.append(event)
        if event.target != begins.target:
            yield begins.target, begins, event, inside
            begins, inside = event, []
    if not acts[-1].closed:
        yield begins.target, begins, None, inside


def _by_role(process: type[Process], state: str, inside: Sequence[Event]) -> dict[str, list[Event]]:
    """Return the acts in a state of each role that may act there."""
    there = process.state(state)
    acts = [a for a in process.activities if a.leaving(there) and not a.triggered]
    roles = dict.fromkeys(role.name for a in acts for role in a.roles)
    return {role: [event for event in inside if event.by == role] for role in roles}


def _practices(observed: _Observed, times: WorkTimes, process: type[Process]) -> Iterator[Practice]:
    """Yield the practices of states that cases have left; in other states nobody knows what comes next."""
    for (state, role), seen in observed.first.items():
        if state not in observed.left:
            continue
        found = _incidence(times, role, seen)
        there = process.state(state)
        who = process.role(role)
        acts = [a for a in process.activities if who in a.roles and a.leaving(there) and not a.triggered]
        staying = [a.name for a in acts if stays(a, there) and found.share(a.name)]
        after = _incidence(times, role, observed.then[state, role]).left if observed.then[state, role] else None
        counts = Counter(act for _, _, act in seen if act)
        unit = times.unit(role)

        def takes(names: Sequence[str], found: Incidence = found, unit: Unit = unit) -> Duration:
            return Duration("empirical", found.parts(names, _PARTS), unit)

        others = sum(map(found.share, staying)) / len(staying) if 0 < len(staying) < len(acts) else 0.0
        if after is not None and not _is_nothing_after(others, found, staying, after):
            others = 0.0
        yield Practice(
            state=state,
            by=role,
            acts={a.name: found.share(a.name) for a in acts if not others or a.name not in staying},
            others=others,
            idle=found.left,
            takes=takes([a.name for a in acts]) if counts else Duration("fixed", 0, "days"),
            takes_for={name: takes([name]) for name, number in counts.items() if number >= _ENOUGH and len(counts) > 1},
            repeat=sorted(observed.repeated[state, role]),
        )


def _is_nothing_after(others: float, found: Incidence, staying: Sequence[str], after: float) -> bool:
    """Return which fits better after an act that leaves the state the same: that nothing follows as often as before it, or hardly ever.

    ``after`` is the share in which nothing followed. Where it is large, the act is one of the ``others`` of the practice.
    """
    leaving = 1 - found.left - sum(map(found.share, staying))
    named = found.left / (found.left + leaving) if found.left + leaving else 1.0
    unnamed = (found.left + others) / (found.left + others + leaving) if found.left + others + leaving else 1.0
    return abs(unnamed - after) < abs(named - after)


def _arrivals(openings: Sequence[date], calendar: WorkCalendar) -> Arrivals:
    """Return arrivals at the observed daily rate, with their weekdays and, for a log of a year or more, their months."""
    first, last = min(openings), max(openings)
    at_work = all(map(calendar.is_workday, set(openings)))
    every = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    days = [day for day in every if not at_work or calendar.is_workday(day)]
    mean = len(openings) / len(days)

    def factors(places: int, part: Callable[[date], int]) -> list[float]:
        there, came = (Counter(map(part, some)) for some in (days, openings))
        return [came[n] / there[n] / mean if there[n] else 1.0 for n in range(places)]

    months = factors(12, lambda day: day.month - 1) if len(every) >= _YEAR else [1.0] * 12
    return Arrivals(
        per_day=mean,
        through=last,
        on="workdays" if at_work else "days",
        weekdays=factors(7, date.weekday),
        months=months,
    )
