"""A case in its present state, and its change by an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from attrs import field, frozen

from ssflow.case.doors import check_places, check_text
from ssflow.case.events import Event, EventKind, Happening, LinkRef
from ssflow.case.moments import later_of, moment_of
from ssflow.case.obligations import Obligation
from ssflow.doors import check_kind, check_subclass
from ssflow.errors import InputError, UnknownError
from ssflow.persons import without_numbers
from ssflow.process import Done, Linked, Place, Process, State
from ssflow.slots import changed, quick
from ssflow.text import Text

_GOES_ON = (EventKind.act, EventKind.lapse, EventKind.overdue, EventKind.redated)


@quick
@frozen(kw_only=True)
class Case:
    """A case in its present state: a value without its history, by which alone an act is judged.

    ``version`` is the number of its events; ``state`` is None before the case is opened. ``regime`` is the regime of the case if its procedure
    has several, ``lost_regime`` the name of a regime that the procedure no longer has. ``came_from`` is the state before the present one, kept
    if the procedure has moves back. ``parties`` gives the party in each role, ``done`` how often each activity was done and when last. ``last``
    is the latest moment that is known to have passed: an instant if one is known on that day, else the day.
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
        """Return a case before its first event."""
        check_subclass("process", process, Process)
        check_text("case", case)
        check_kind("places", places, dict, Mapping)
        check_places("places", places)
        return cls(id=case, process=process, places=dict(places), facts=process.facts())

    @property
    def state_name(self) -> str:
        """The name of the state; empty before the case is opened."""
        return self.state.name if self.state else ""

    @property
    def is_closed(self) -> bool:
        """Whether the case is in a final state."""
        return self.state is not None and self.state.final

    @property
    def is_at_rest(self) -> bool:
        """Whether the case is in a final state that no activity leaves."""
        return self.is_closed and not any(activity.leaving(self.state) for activity in self.process.activities)

    def place(self, place: Place) -> str:
        """Return the region code of one of the places.

        Raises:
            UnknownError: the case does not name this place.

        """
        check_kind("place", place, Place)
        if place.name not in self.places:
            raise UnknownError(
                "place", place.name, self.places, Text("办件没有写明这一地点", "the case does not name this place")
            )
        return self.places[place.name]

    def obligation(self, clock: str) -> Obligation | None:
        """Return the obligation under a clock; None if the clock is not alive.

        Raises:
            UnknownError: the procedure has no clock of this name.

        """
        self.process.clock(clock)
        return next((o for o in self.obligations if o.clock.name == clock), None)

    def linked(self) -> Linked:
        """Return the part of the case that the guards of a related case may see; raises InputError before the case is opened."""
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
    """Return the case after an event; the event is not judged, so that old logs load under any law.

    Raises:
        InputError: the event belongs to another case, does not follow the last one, or changes the past: then the whole log is needed
            (`ssflow.records.fold`).

    """
    if type(case) is not Case or type(event) is not Event:  # the usual case costs no further calls
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
    """Return whether an event continues from the present state of its case; an event that changes the past does not."""
    return event.kind in _GOES_ON and not event.sets_aside


def stepped(case: Case, event: Event, acts: Iterable[Event], *, last: date | datetime | None = None) -> Case:
    """Return the case after an event that makes these acts count; ``last`` is the moment that the case has then reached, by default unchanged."""
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
    """Return the case with the facts, parties, regime and deeds of these acts; its state and its clocks stay, because events set them."""
    facts, parties, regime, lost, done = _known_with(case, acts)
    return changed(case, facts=facts, parties=parties, regime=regime, lost_regime=lost, done=done)


def _known_with(case: Case, acts: Iterable[Event]) -> tuple[Any, Mapping[str, str], Enum | None, str, dict[str, Done]]:
    """Return facts, parties, regime, the name of a lost regime, and the record of activities, once these acts count."""
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
    """Return the state before the present one, once an event has been applied; None if the procedure has no moves back.

    It is the state that the case leaves, unchanged if the case stays in its state; an event that changes the past records it.
    """
    if not case.process.goes_back:
        return None
    if not goes_on(event):
        return case.process.state(event.came_from) if event.came_from else None
    return case.came_from if case.state is None or event.target == case.state.name else case.state


def count(done: dict[str, Done], happened: Event | Happening) -> None:
    """Count an activity that was done once more; to be called in the order of law, so that the last actor is named."""
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
    """Return the regime of this name; None if the procedure no longer has it, so that an old log still loads."""
    return process.regime.of.__members__.get(name) if process.regime else None
