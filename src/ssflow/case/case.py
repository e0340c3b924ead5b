"""One run of a procedure, and how events make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen

from ssflow.case.doors import check_places, check_text
from ssflow.case.events import Event, EventKind, LinkRef, Obligation
from ssflow.case.history import acts_of, later_of, moment_of, reached
from ssflow.doors import check_kind, check_subclass, each_of
from ssflow.errors import InputError, UnknownError
from ssflow.persons import without_numbers
from ssflow.process import Linked, Place, Process, State
from ssflow.text import Text

_PLAIN = (EventKind.act, EventKind.lapse, EventKind.overdue, EventKind.redated)


@frozen(kw_only=True)
class Case:
    """A case as its events have made it. A value: an act returns events, and events make another case.

    ``version`` is the number of its events; ``state`` is None before it is opened. ``regime`` is the way of handling that its
    opening came under, if its procedure has several. ``parties`` names who holds which role. ``last`` is the latest moment that is known
    to have passed: an instant if one is known on that day, else the day.
    """

    id: str
    process: type[Process]
    places: Mapping[str, str] = field(factory=dict)
    regime: Enum | None = None
    state: State | None = None
    facts: Any
    version: int = 0
    obligations: tuple[Obligation, ...] = ()
    parties: Mapping[str, str] = field(
        factory=dict, repr=lambda parties: repr({role: without_numbers(party) for role, party in parties.items()})
    )
    links: tuple[LinkRef, ...] = ()
    last: date | datetime | None = None
    trace: tuple[Event, ...] = field(default=(), repr=lambda trace: f"<{len(trace)} events>")

    @classmethod
    def unopened(cls, process: type[Process], case: str, places: Mapping[str, str]) -> Case:
        """A case before its first event."""
        check_subclass("process", process, Process)
        check_text("case", case)
        check_kind("places", places, Mapping)
        check_places("places", places)
        return cls(id=case, process=process, places=dict(places), facts=process.facts())

    @property
    def is_closed(self) -> bool:
        """Whether it has come to its end."""
        return self.state is not None and self.state.final

    def place(self, place: Place) -> str:
        """The region code of one of its places.

        Raises:
            UnknownError: the case does not name it.

        """
        check_kind("place", place, Place)
        if place.name not in self.places:
            raise UnknownError(
                "place", place.name, self.places, Text("办件没有写明这一地点", "the case does not name this place")
            )
        return self.places[place.name]

    def obligation(self, clock: str) -> Obligation | None:
        """The obligation under a clock, if it is alive.

        Raises:
            UnknownError: the procedure has no clock of this name.

        """
        self.process.clock(clock)
        return next((o for o in self.obligations if o.clock == clock), None)

    def linked(self) -> Linked:
        """What the guards of a related case may see of it."""
        if self.state is None:
            raise InputError.of(
                "links",
                f"办件{self.id}尚未登记，别的办件不能与它相关",
                f"case {self.id} is not opened, so no other case can refer to it",
            )
        late = tuple(obligation.clock for obligation in self.obligations if obligation.overdue)
        return Linked(self.id, self.process, self.version, self.state, self.facts, self.places, late)


def evolve(case: Case, event: Event) -> Case:
    """The case after an event. It never judges, so that old logs load whatever the law says now.

    Raises:
        InputError: the event belongs to another case, or does not follow the last one.

    """
    check_kind("case", case, Case)
    check_kind("event", event, Event)
    _check_follows(event, case.id, case.version)
    trace = (*case.trace, event)
    if event.kind not in _PLAIN or event.sets_aside:  # what counts may have changed anywhere
        return fold(case.process, trace)
    acts = [event] if event.kind is EventKind.act else []
    return changed(stepped(case, event, acts), trace=trace, last=later_of(case.last, moment_of(event)))


def stepped(case: Case, event: Event, acts: Iterable[Event]) -> Case:
    """Where a case stands after an event by which these acts have come to count; its trace is left as it was."""
    facts, parties, regime = case.facts, case.parties, case.regime
    for act in acts:
        facts = case.process.fold(facts, act.data)
        parties = {**parties, act.by: act.party} if act.party else parties
        regime = _regime(case.process, act.regime) if act.regime else regime
    return changed(
        case,
        places=dict(event.places) if event.places else case.places,
        regime=regime,
        state=case.process.state(event.target),
        facts=facts,
        version=event.version,
        obligations=event.obligations,
        parties=parties,
        links=tuple({link.case: link for link in (*case.links, *event.links)}.values()),
    )


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
        _check_follows(event, trace[0].case, version)
    places = next((event.places for event in reversed(trace) if event.places), ())
    links = tuple({link.case: link for event in trace for link in event.links}.values())
    case = stepped(Case.unopened(process, trace[0].case, dict(places)), trace[-1], acts_of(process, trace))
    return changed(case, links=links, trace=trace, last=reached(process, trace))


def _check_follows(event: Event, case: str, version: int) -> None:
    if event.case != case or event.version != version + 1:
        raise InputError.of(
            "event",
            f"办件{event.case}的第{event.version}个事件不接在办件{case}第{version}版之后；请按顺序给出同一办件的事件",
            f"event {event.version} of case {event.case} does not follow version {version} of case {case}; "
            "give the events of one case in order",
        )


def _regime(process: type[Process], name: str) -> Enum | None:
    """The regime of this name; None if the procedure has it no more: an old log loads all the same."""
    return process.regime.of.__members__.get(name) if process.regime else None
