"""A case in its present state, and how an event moves it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen

from ssflow.case.doors import check_places, check_text
from ssflow.case.events import Event, EventKind, Happening, LinkRef
from ssflow.case.moments import later_of, moment_of
from ssflow.case.obligations import Obligation
from ssflow.doors import check_kind, check_subclass
from ssflow.errors import InputError, UnknownError
from ssflow.persons import without_numbers
from ssflow.process import Done, Linked, Place, Process, State
from ssflow.text import Text

_GOES_ON = (EventKind.act, EventKind.lapse, EventKind.overdue, EventKind.redated)


@frozen(kw_only=True)
class Case:
    """A case in its present state. A value without its history: an act is judged by this alone, and makes events, which make another case.

    ``version`` is the number of its events; ``state`` is None before it is opened. ``regime`` is the way of handling that it came under, if
    its procedure has several; ``came_from`` the state before the present one, kept where a move of it leads back; ``lost_regime`` the name
    of one that the procedure has no more. ``parties`` names who holds which role, ``done`` tells of each activity how often it was done and
    when last. ``last`` is the latest moment that is known to have passed: an instant if one is known on that day, else the day.
    """

    id: str
    process: type[Process]
    places: Mapping[str, str] = field(factory=dict)
    regime: Enum | None = None
    lost_regime: str = ""
    state: State | None = None
    came_from: State | None = None
    facts: Any
    version: int = 0
    obligations: tuple[Obligation, ...] = ()
    parties: Mapping[str, str] = field(
        factory=dict, repr=lambda parties: repr({role: without_numbers(party) for role, party in parties.items()})
    )
    links: tuple[LinkRef, ...] = ()
    done: Mapping[str, Done] = field(factory=dict)
    last: date | datetime | None = None

    @classmethod
    def unopened(cls, process: type[Process], case: str, places: Mapping[str, str]) -> Case:
        """A case before its first event."""
        check_subclass("process", process, Process)
        check_text("case", case)
        check_kind("places", places, Mapping)
        check_places("places", places)
        return cls(id=case, process=process, places=dict(places), facts=process.facts())

    @property
    def state_name(self) -> str:
        """The name of its state; empty before it is opened."""
        return self.state.name if self.state else ""

    @property
    def is_closed(self) -> bool:
        """Whether it has come to its end."""
        return self.state is not None and self.state.final

    @property
    def is_at_rest(self) -> bool:
        """Whether it has come to its end, and nothing is to be recorded in it afterwards."""
        return self.is_closed and not any(activity.leaving(self.state) for activity in self.process.activities)

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
        return next((o for o in self.obligations if o.clock.name == clock), None)

    def linked(self) -> Linked:
        """What the guards of a related case may see of it."""
        if self.state is None:
            raise InputError.of(
                "links",
                f"办件{self.id}尚未登记，不能作为关联办件",
                f"case {self.id} is not opened, so no other case can refer to it",
            )
        return Linked(
            process=self.process,
            state=self.state,
            came_from=self.came_from,
            parties=self.parties,
            happened=self.done,
            running=self.obligations,
            id=self.id,
            version=self.version,
            facts=self.facts,
            places=self.places,
        )


def evolve(case: Case, event: Event) -> Case:
    """The case after an event that goes on from its present state. It never judges, so that old logs load whatever the law says now.

    Raises:
        InputError: the event belongs to another case, does not follow the last one, or changes what counts of the past: then the
            whole log is needed (`ssflow.records.fold`).

    """
    check_kind("case", case, Case)
    check_kind("event", event, Event)
    check_follows(event, case.id, case.version)
    if not goes_on(event):
        raise InputError.of(
            "event",
            f"办件{case.id}的第{event.version}个事件改变以往的经过；请由全部经过重新得出：fold(process, events)",
            f"event {event.version} of case {case.id} changes its past: make the case of its whole log, "
            "fold(process, events)",
        )
    acts = (event,) if event.kind is EventKind.act else ()
    return stepped(case, event, acts, last=later_of(case.last, moment_of(event)))


def goes_on(event: Event) -> bool:
    """Whether an event moves a case on from its present state; one that changes what counts of the past does not."""
    return event.kind in _GOES_ON and not event.sets_aside


def stepped(case: Case, event: Event, acts: Iterable[Event], *, last: date | datetime | None = None) -> Case:
    """The case after an event by which these acts have come to count; ``last`` is the moment it has then reached, the same
    as before if it is left out.
    """
    facts, parties, regime, lost, done = _known_with(case, acts)
    if event.kind is EventKind.lapse:
        count(done, event)
    return Case(
        id=case.id,
        process=case.process,
        places=dict(event.places) if event.places else case.places,
        regime=regime,
        lost_regime=lost,
        state=case.process.state(event.target),
        came_from=_came_from(case, event),
        facts=facts,
        version=event.version,
        obligations=event.obligations,
        parties=parties,
        links=tuple({link.case: link for link in (*case.links, *event.links)}.values()) if event.links else case.links,
        done=done,
        last=last or case.last,
    )


def taken_in(case: Case, acts: Iterable[Event]) -> Case:
    """The case with what it knows once these acts count; its state and its clocks are an event's to say."""
    facts, parties, regime, lost, done = _known_with(case, acts)
    return changed(case, facts=facts, parties=parties, regime=regime, lost_regime=lost, done=done)


def _known_with(case: Case, acts: Iterable[Event]) -> tuple[Any, Mapping[str, str], Enum | None, str, dict[str, Done]]:
    """Facts, parties, regime, the name of one that is gone, and what was done."""
    facts, parties, regime, lost, done = case.facts, case.parties, case.regime, case.lost_regime, {**case.done}
    for act in acts:
        facts = case.process.fold(facts, act.data)
        parties = {**parties, act.by: act.party} if act.party else parties
        if act.regime:
            regime = regime_named(case.process, act.regime)
            lost = "" if regime else act.regime
        count(done, act)
    return facts, parties, regime, lost, done


def _came_from(case: Case, event: Event) -> State | None:
    """The state before that to which an event led: the state of the case, unless it stays there; of a past judged anew, as it says."""
    if not case.process.goes_back:
        return None
    if not goes_on(event):
        return case.process.state(event.came_from) if event.came_from else None
    return case.came_from if case.state is None or event.target == case.state.name else case.state


def count(done: dict[str, Done], happened: Event | Happening) -> None:
    """Add one more time at which an activity was done; in the order of law, so that the role that did it last is named."""
    so_far = done.get(happened.activity)
    moment = moment_of(happened)
    actor = happened.actor if isinstance(happened, Event) else ""
    times, last = (so_far.times + 1, later_of(so_far.last, moment)) if so_far else (1, moment)
    done[happened.activity] = Done(times, last, actor)


def check_follows(event: Event, case: str, version: int) -> None:
    """Refuse an event that is not the next one of a case; raises InputError."""
    if event.case != case or event.version != version + 1:
        raise InputError.of(
            "event",
            f"办件{event.case}的第{event.version}个事件不接在办件{case}第{version}版之后；请按顺序给出同一办件的事件",
            f"event {event.version} of case {event.case} does not follow version {version} of case {case}; "
            "give the events of one case in order",
        )


def regime_named(process: type[Process], name: str) -> Enum | None:
    """The regime of this name; None if the procedure has it no more: an old log loads all the same."""
    return process.regime.of.__members__.get(name) if process.regime else None
