"""The search for the slowest and the quickest lawful ways through a procedure, by the case kernel.

A case is followed from its opening through every act and every lapse, with its real dates. A way is lawful if no term runs out on it. The
slowest way does everything on the last day that the clocks leave; since a clock that starts later ends later, nothing is gained by doing
anything sooner. The quickest does everything at once, and waits only where it may not be done yet.

Two cases in one standing differ in dates alone. One of them is followed further only if some clock of it ends later than in each that was
followed before, or if it has passed a state without a limit that the other has not. If it has been there before on its own way and a clock
now ends later, then each turn gives it more time, and there is no end. Figures are those of the days of the way itself: where a term
becomes shorter meanwhile, an act begun earlier may last longer. For the quickest way, a case is followed further if it is there sooner, or
if a lapse ends at another time or a term later.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from ssflow.analysis.choices import Choices, Which
from ssflow.case import Case, Event, Obligation
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity, Lapse, Role, State
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, stands

MOST_LABELS = 20_000
Free = State | Activity[Any]
_Ends = Mapping[tuple[str, str], int]


@frozen(eq=False)
class Step:
    """One act or lapse on a way: when, by whom, from which state to which, and the clock that was the first to end, if one ran."""

    minute: int
    activity: Activity[Any]
    by: Role | None
    source: State | None
    target: State
    limit: Obligation | None


@frozen(eq=False)
class Way:
    """A case on its way: its standing, the minute, and how it came there.

    ``passed`` are the standings on the way, with the number of steps that led there; ``free`` the states in which no clock bound anybody,
    and the acts that set a last day which no law limits.
    """

    company: Company
    minute: int
    steps: tuple[Step, ...] = ()
    passed: Mapping[object, int] = field(factory=dict)
    free: frozenset[Free] = frozenset()

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.company.main


@frozen(eq=False)
class Found:
    """The ways to each end, and the standings that can be reached again and again with more time each turn, with the acts of a turn.

    ``stuck`` are the ways that come to a state in which nothing more may be done.
    """

    ways: tuple[Way, ...]
    loops: Mapping[object, tuple[Activity[Any], ...]]
    stuck: tuple[Way, ...]


def search(choices: Choices) -> Found:
    """Return the ways of a kind of case that is opened at the first minute of the kernel.

    Raises:
        RefusedError: the case may not be opened then.
        InputError: there are more ways than can be followed.
        DefinitionError: a condition looks at a day on which something was done or ends.

    """
    kernel, kind, which = choices.kernel, choices.kind, choices.which
    opened = kernel.open(kind.company, kind.before, kind.opening, kind.opener, 0).company
    assert opened.main.state is not None  # noqa: S101 - it is opened
    first = Way(opened, 0, (Step(0, kind.opening.activity, kind.opener, None, opened.main.state, None),))
    queue, ways, stuck = deque([first]), list[Way](), list[Way]()
    kept: dict[object, list[tuple[_Ends, frozenset[Free]]]] = {}
    loops: dict[object, tuple[Activity[Any], ...]] = {}
    number = 0
    while queue:
        way = queue.popleft()
        standing, ends = choices.standing(way.company), _ends(kernel, way, which)
        before = [free for other, free in kept.get(standing, ()) if _is_covered(ends, other, which)]
        if any(which == "least" or way.free <= free for free in before):
            continue
        if standing in way.passed and not before:
            loops.setdefault(standing, tuple(step.activity for step in way.steps[way.passed[standing] :]))
            continue
        kept.setdefault(standing, []).append((ends, way.free))
        number += 1
        counted = way.company.counted_without_end()
        if counted or number > MOST_LABELS:
            raise _endless(way, counted)
        if way.case.is_closed:
            ways.append(way)
            continue
        way = evolve(way, passed={**way.passed, standing: len(way.steps)})
        onward = list(_onward(choices, way))
        queue += onward
        if not onward:
            stuck.append(way)
    return Found(tuple(ways), loops, tuple(stuck))


def _endless(way: Way, counted: Activity[Any] | None) -> InputError:
    """Return the error of too many ways, which names the act that multiplies them: one that conditions count, else the most frequent."""
    activity = counted or Counter(step.activity for step in way.steps).most_common(1)[0][0]
    return InputError.of(
        "process",
        f"办理路径无穷，其中“{activity.zh}”可反复办理；请略去：without=[{activity.name!r}]，或者在定义中限制其次数",
        f'the ways are endless, because "{activity.en}" can be repeated without limit: leave it out, '
        f"without=[{activity.name!r}], or limit by a condition how often it is done",
    )


def _onward(choices: Choices, way: Way) -> Iterator[Way]:
    kernel = choices.kernel
    limit, closes = _limit(kernel, way.company)
    here = frozenset[Free]([way.case.state] if way.case.state and closes is None else [])
    if limit is not None and closes is not None and isinstance(limit.clock, Lapse):
        told = kernel.passing(way.company, max(closes, way.minute))
        yield _stepped(way, told.company, told.events, max(closes, way.minute), limit, way.free)
    for activity, by, minutes in choices.acts(way.company, way.minute, closes):
        for minute in minutes:
            deed, sets_any_day = choices.deed(way.company, activity, by, minute)
            try:
                told = kernel.act(way.company, deed, by, minute)
            except RefusedError:
                continue
            free = way.free | here | (frozenset([activity]) if sets_any_day else frozenset())
            yield _stepped(way, told.company, told.events, minute, limit, free)
            break


def _stepped(
    way: Way,
    company: Company,
    events: tuple[Event, ...],
    minute: int,
    limit: Obligation | None,
    free: frozenset[Free],
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
        last = own[-1]
        by = main.process.role(last.by) if last.by else None
        steps = (*steps, Step(minute, main.process.activity(last.activity), by, way.case.state, main.state, limit))
    return evolve(way, company=company, minute=minute, steps=steps, free=free)


def _limit(kernel: Kernel, company: Company) -> tuple[Obligation | None, int | None]:
    """Return the clock that is the first to end, and the first minute that is too late: terms of the case, and lapses."""
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
    """Yield the clocks that bind: all of the case itself, and the lapses of related ones."""
    for case in company.cases:
        for o in case.obligations:
            if o.is_timed and (case is company.main or isinstance(o.clock, Lapse)):
                yield case, o


def _ends(kernel: Kernel, way: Way, which: Which) -> _Ends:
    """Return when each clock ends, a stopped one as if it went on now; where none runs, how late it is.

    For the quickest way it is always how late it is, and a clock that ends later counts as less.
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
    """Return whether another way to the same standing has no less time left (for the quickest: was there no later, with no less time left)."""
    if which == "most":
        return all(end <= other.get(clock, end) for clock, end in ends.items())
    return all(end >= other.get(clock, end) for clock, end in ends.items())
