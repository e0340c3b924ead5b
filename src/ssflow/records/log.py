"""What is on record of one case, and where that leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve as changed
from attrs import frozen

from ssflow.case import Case, Event, EventKind, Happening
from ssflow.case.case import check_follows, count, goes_on, stepped
from ssflow.doors import check_subclass, each_of
from ssflow.errors import InputError
from ssflow.process import Done, Process, State
from ssflow.records.history import acts_of, observed, reached


@frozen
class Log:
    """All events of a case, in the order in which they were recorded, and where they leave it."""

    case: Case
    events: tuple[Event, ...]

    @classmethod
    def of(cls, process: type[Process], events: Iterable[Event]) -> Log:
        """The log that events make; raises as `fold` does."""
        trace = each_of("events", events, Event)
        return cls(fold(process, trace), trace)


Group = Mapping[str, Log]


def fold(process: type[Process], events: Iterable[Event]) -> Case:
    """The case that events make, from the first one on: its facts by all acts that count, its state as the last event says.

    Raises:
        InputError: there are none, or they do not follow each other.
        UnknownError: they name a state that the procedure does not have: they are of another one.

    """
    check_subclass("process", process, Process)
    trace = each_of("events", events, Event)
    if not trace:
        zh, en = "办件至少有一个事件；请给出全部经过", "a case has at least one event; give its whole trace"
        raise InputError.of("events", zh, en)
    for version, event in enumerate(trace):
        check_follows(event, trace[0].case, version)
    places = next((event.places for event in reversed(trace) if event.places), ())
    links = tuple({link.case: link for event in trace for link in event.links}.values())
    acts = acts_of(process, trace)
    case = stepped(Case.unopened(process, trace[0].case, dict(places)), trace[-1], acts)
    done: dict[str, Done] = {}
    happenings: list[Event | Happening] = [*acts, *observed(process, trace)]
    for happened in happenings:
        if happened.kind is not EventKind.overdue:
            count(done, happened)
    came_from = _came_from(process, trace) if process.goes_back else None
    return changed(case, came_from=came_from, links=links, done=done, last=reached(process, trace))


def _came_from(process: type[Process], trace: Sequence[Event]) -> State | None:
    """The state before the present one, as the events tell it in the order in which they were recorded."""
    before = came_from = ""
    for event in trace:
        if not goes_on(event):
            came_from = event.came_from
        elif before and event.target != before:
            came_from = before
        before = event.target
    return process.state(came_from) if came_from else None
