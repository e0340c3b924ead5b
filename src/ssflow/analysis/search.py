"""The slowest and the quickest lawful ways through a procedure, found by the case kernel.

A case is followed from its opening through every act and every lapse, with its real dates. Lawful is what lets no term run out. The slowest
way does everything on the last day that the clocks leave; since a clock that starts later ends later, nothing is gained by doing
anything sooner. The quickest does everything at once, and waits only where it may not be done yet.

Two cases in one standing differ in dates alone. Of these, one is followed further only if some clock of it ends later than in each that was
followed before, or if it has passed a state without a limit that the other has not. If it has stood there before on
its own way and a clock now ends later, then each turn gives it more time, and there is no end. Figures are those of the days of the way
itself: where a term becomes shorter meanwhile, what was begun earlier may last longer. Of the quickest, one is followed further if it is there
sooner, if a lapse ends at another time or a term later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import evolve, field, frozen

from ssflow.case import Case, Event, Obligation
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity, Lapse, State
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.chart.dependence import may_read_the_day
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, stands

Which = Literal["least", "most"]
MOST_LABELS = 20_000
_SEARCHED = 400  # days in which an act that turns on the day is looked for where no clock says how long
_Ends = Mapping[tuple[str, str], int]


@frozen(eq=False)
class Step:
    """One act or lapse on a way: when it happened, from where to where, and the clock that was the first to end, if one ran."""

    minute: int
    activity: Activity[Any]
    source: State | None
    target: State
    limit: Obligation | None


@frozen(eq=False)
class Way:
    """A case on its way: where it stands, when, and how it came there.

    ``passed`` are the standings on the way, with the number of steps that led there; ``free`` the states in which no clock bound anybody.
    """

    company: Company
    minute: int
    steps: tuple[Step, ...] = ()
    passed: Mapping[object, int] = field(factory=dict)
    free: frozenset[State] = frozenset()

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.company.main


@frozen(eq=False)
class Found:
    """The ways to each end, and the standings that can be come to again and again with more time each turn, with the acts of a turn."""

    ways: tuple[Way, ...]
    loops: Mapping[object, tuple[Activity[Any], ...]]


def search(kernel: Kernel, kind: Kind, which: Which) -> Found:
    """The ways of a kind of case that is opened at the first minute of the kernel.

    Raises:
        RefusedError: it may not be opened then.
        InputError: there are more ways than can be followed.

    """
    opened = kernel.open(kind.company, kind.before, kind.opening, 0).company
    assert opened.main.state is not None  # noqa: S101 - it is opened
    first = Way(opened, 0, (Step(0, kind.opening.activity, None, opened.main.state, None),))
    queue, ways = deque([first]), list[Way]()
    kept: dict[object, list[tuple[_Ends, frozenset[State]]]] = {}
    loops: dict[object, tuple[Activity[Any], ...]] = {}
    number = 0
    while queue:
        way = queue.popleft()
        standing, ends = way.company.standing(), _ends(kernel, way, which)
        before = [free for other, free in kept.get(standing, ()) if _is_covered(ends, other, which)]
        if any(which == "least" or way.free <= free for free in before):
            continue
        if standing in way.passed and not before:
            loops.setdefault(standing, tuple(step.activity for step in way.steps[way.passed[standing] :]))
            continue
        kept.setdefault(standing, []).append((ends, way.free))
        number += 1
        if number > MOST_LABELS:
            zh, en = f"办理路径超过{MOST_LABELS}条", f"there are more than {MOST_LABELS} ways to go"
            raise InputError.of("process", zh, en)
        if way.case.is_closed:
            ways.append(way)
            continue
        way = evolve(way, passed={**way.passed, standing: len(way.steps)})
        queue += _onward(kernel, kind, way, which)
    return Found(tuple(ways), loops)


def _onward(kernel: Kernel, kind: Kind, way: Way, which: Which) -> Iterator[Way]:
    limit, closes = _limit(kernel, way.company)
    here = frozenset([way.case.state] if way.case.state and closes is None else [])
    if limit is not None and closes is not None and isinstance(limit.clock, Lapse):
        told = kernel.passing(way.company, max(closes, way.minute))
        yield _stepped(way, told.company, told.events, max(closes, way.minute), limit, way.free)
    for activity in way.case.process.activities:
        deed = kind.deeds.get(activity.name)
        if activity.by is None or activity.alongside or deed is None or not activity.leaving(way.case.state):
            continue
        for minute in _moments(activity, way.minute, closes, which):
            try:
                told = kernel.act(way.company, deed, minute)
            except RefusedError:
                continue
            yield _stepped(way, told.company, told.events, minute, limit, way.free | here)
            break


def _moments(activity: Activity[Any], now: int, closes: int | None, which: Which) -> Iterator[int]:
    """When an act is tried: on the last day first or at once first, and on the days between if its conditions look at the day."""
    last = now if closes is None else max(now, closes - 1)
    yield last if which == "most" else now
    if not may_read_the_day(activity):
        if last != now:
            yield now if which == "most" else last
        return
    until = now + _SEARCHED * DAY_MINUTES if closes is None else last
    days = range(now // DAY_MINUTES + 1, until // DAY_MINUTES + 1)
    if which == "most" and closes is not None:
        yield from (max(now, day * DAY_MINUTES - 1) for day in reversed(days))
    else:
        yield from (day * DAY_MINUTES for day in days)


def _stepped(
    way: Way,
    company: Company,
    events: tuple[Event, ...],
    minute: int,
    limit: Obligation | None,
    free: frozenset[State],
) -> Way:
    main = company.main
    own = [
        event
        for event in events
        if event.case == main.id and event.activity not in [c.name for c in main.process.clocks]
    ]
    assert main.state is not None  # noqa: S101 - it is opened
    steps = way.steps
    if own:
        steps = (*steps, Step(minute, main.process.activity(own[-1].activity), way.case.state, main.state, limit))
    return evolve(way, company=company, minute=minute, steps=steps, free=free)


def _limit(kernel: Kernel, company: Company) -> tuple[Obligation | None, int | None]:
    """The clock that is the first to end, and the first minute that is too late: terms of the case, and lapses."""
    found = [
        (end[1], not isinstance(o.clock, Lapse), o)
        for case, o in _clocks(company)
        if not stands(o) and not o.overdue and (end := kernel.end_of(case, o)) is not None
    ]
    if not found:
        return None, None
    closes, _, limit = min(found, key=lambda one: one[:2])
    return limit, closes


def _clocks(company: Company) -> Iterator[tuple[Case, Obligation]]:
    """The clocks that bind: all of the case itself, and the lapses of related ones."""
    for case in company.cases:
        for o in case.obligations:
            if o.is_timed and (case is company.main or isinstance(o.clock, Lapse)):
                yield case, o


def _ends(kernel: Kernel, way: Way, which: Which) -> _Ends:
    """When each clock ends, one that stands still as if it went on now; where none runs, what counts is how late it is.

    Of the quickest it is always how late it is, and a clock that ends later counts as less.
    """
    found: dict[tuple[str, str], int] = {}
    running = False
    for case, o in _clocks(way.company):
        going = o
        if stands(o):
            going = evolve(o, tolled=(*o.tolled[:-1], (o.tolled[-1][0], kernel.day(way.minute // DAY_MINUTES))))
        else:
            running = True
        if end := kernel.end_of(case, going):
            found[case.id, o.clock.name] = end[1] if which == "most" else -end[1]
            if which == "least" and isinstance(o.clock, Lapse):
                found[f"{case.id}'s", o.clock.name] = end[1]
    if not running or which == "least":
        found["", ""] = way.minute
    return found


def _is_covered(ends: _Ends, other: _Ends, which: Which) -> bool:
    """Whether another way to the same standing has no less time left (of the quickest: was there no later, with no less time left)."""
    if which == "most":
        return all(end <= other.get(clock, end) for clock, end in ends.items())
    return all(end >= other.get(clock, end) for clock, end in ends.items())
