"""The log of one case, and the state to which it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ssflow.case import Case, Event, EventKind
from ssflow.case.case import check_follows, count, goes_on, stepped, taken_in
from ssflow.case.events import LinkRef
from ssflow.case.upgrading import carried_blindly
from ssflow.doors import check_subclass, each_of
from ssflow.errors import InputError
from ssflow.process import Process, State
from ssflow.records.history import history, observed_by_version, places_of, reached
from ssflow.slots import changed


@frozen
class Log:
    """All events of a case, in the order in which they were recorded, with the case to which they lead."""

    case: Case
    events: tuple[Event, ...]

    @classmethod
    def of(cls, process: type[Process], events: Iterable[Event]) -> Log:
        """Return the log of some events; raises as `fold` does."""
        trace = each_of("events", events, Event)
        return cls(fold(process, trace), trace)


Group = Mapping[str, Log]


def fold(process: type[Process], events: Iterable[Event]) -> Case:
    """Return the case to which events lead, from the first one on: facts by all acts that count, the state by the last event.

    Raises:
        InputError: there are no events, or they do not follow each other.
        UnknownError: an event names a state that the procedure does not have, because it is of another procedure.

    """
    check_subclass("process", process, Process)
    trace = each_of("events", events, Event)
    if not trace:
        zh, en = "办件至少有一个事件；请给出全部经过", "a case has at least one event; give its whole trace"
        raise InputError.of("events", zh, en)
    for version, event in enumerate(trace):
        check_follows(event, trace[0].case, version)
    case = _under_each_version(process, trace)
    came_from = _came_from(process, trace) if process.goes_back else None
    return changed(case, came_from=came_from, links=_links(trace), last=reached(process, trace))


def _under_each_version(process: type[Process], trace: Sequence[Event]) -> Case:
    """Return the case by all acts that count: each is taken in under its version, and upgrades carry the case over to the next."""
    entries = history(process, trace)
    seen = [(version, one) for version, one in observed_by_version(process, trace) if one.kind is not EventKind.overdue]
    upgrades = [entry.event.process_version for entry in entries if entry.event.kind is EventKind.upgraded]
    case = Case.unopened(process.at(trace[0].process_version), trace[0].case, places_of(trace))
    for version in (trace[0].process_version, *upgrades):
        if version != case.process.version:
            case = carried_blindly(case, process.at(version))
        acts = [entry.event for entry in entries if entry.is_act and entry.event.process_version == version]
        case = taken_in(case, acts)
        done = dict(case.done)
        for one in (one for by, one in seen if by == version):
            count(done, one)
        case = changed(case, done=done)
    return changed(stepped(case, trace[-1], ()), done=case.done)


def _links(trace: Sequence[Event]) -> tuple[LinkRef, ...]:
    """Return the related cases, by the events in the order in which they were recorded."""
    links: dict[str, LinkRef] = {}
    for event in trace:
        links |= {link.case: link for link in event.links}
        for case in event.unlinks:
            links.pop(case, None)
    return tuple(links.values())


def _came_from(process: type[Process], trace: Sequence[Event]) -> State | None:
    """Return the state before the present one, by the events in the order in which they were recorded."""
    before = came_from = ""
    for event in trace:
        if not goes_on(event):
            came_from = event.came_from
        elif event.target != before:
            came_from = before
        before = event.target
    return process.state(came_from) if came_from else None
