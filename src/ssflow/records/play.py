"""The playing of histories: it works out the states of related cases at an instant from everything that is recorded in them.

The acts are judged in the order of law, each at its moment with the related cases as they were then. Effects of time between them, and of
acts in related cases, are derived. A recorded due day is kept as long as its clock started, was stopped and was extended as recorded; all
others are dated by the law by which the act was decided, if it is among the earlier ones that the law names, else by the present law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from attrs import define, field, frozen

from ssflow.calendar.clock import instant_of
from ssflow.case.advance import check_ends, following
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, stepped
from ssflow.case.clocks import dated, obligations_after
from ssflow.case.effects import effects_of
from ssflow.case.events import Event, EventKind, LinkRef
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import judge_alone
from ssflow.case.legislation import Legislation
from ssflow.case.moments import is_before, moment_of
from ssflow.case.obligations import Obligation
from ssflow.case.upgrading import carried_blindly, upgrade
from ssflow.errors import RefusedError
from ssflow.process import Activity, Deed, Process, State
from ssflow.process.table import clocks_after, table_of
from ssflow.records.history import Entry, history, named_by_acts, places_of, root_of
from ssflow.records.log import Group
from ssflow.slots import changed
from ssflow.text import Text

Place = tuple[str, int]  # a case and the version under which one of its acts was first recorded


@frozen
class Played:
    """The result of playing: each case, what happened in it in order, and the acts that could not have been done.

    ``before`` are the cases as they were right before each upgrade, by the version of the procedure that they were under.
    """

    cases: Mapping[str, Case]
    before: Mapping[tuple[str, int], Case]
    happened: Mapping[str, tuple[Event, ...]]
    refused: Mapping[Place, RefusedError]
    made: Mapping[Place, Event]


def play(
    group: Group,
    through: date | datetime,
    law: Legislation,
    more: Mapping[str, Sequence[Event]] | None = None,
    *,
    anew: bool = False,
) -> Played:
    """Play the histories of related cases up to an instant; ``more`` are events to be added to their logs.

    With ``anew``, no due day is kept as it was recorded; all are dated by the present law. An act that could not have been done is listed in
    ``refused`` and taken as it was recorded, so that the rest can still be played.
    """
    playing = _Playing.of(group, changed(law, earlier=()) if anew else law, more or {}, anew=anew)
    while True:
        entry = playing.next_entry(through)
        until = moment_of(entry[1].event) if entry else through
        if event := playing.time_does(until):
            playing.happen(event, law)
        elif entry is None:
            return playing.result()
        else:
            playing.take(*entry)


@define
class _Playing:
    law: Legislation
    newest: dict[str, type[Process]]
    cases: dict[str, Case]
    queues: dict[str, list[Entry]]
    recorded: dict[str, _RecordedDays]
    named: dict[str, Mapping[int, tuple[LinkRef, ...]]]
    moved: set[Place]
    happened: dict[str, list[Event]] = field(init=False)
    before: dict[tuple[str, int], Case] = field(factory=dict)
    refused: dict[Place, RefusedError] = field(factory=dict)
    made: dict[Place, Event] = field(factory=dict)
    coming: dict[str, Event | None] = field(factory=dict)
    lapses: Counter[str] = field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        self.happened = {case: [] for case in self.cases}

    @classmethod
    def of(cls, group: Group, law: Legislation, more: Mapping[str, Sequence[Event]], *, anew: bool) -> _Playing:
        newest, cases, queues, recorded, moved = {}, {}, {}, {}, set()
        named: dict[str, Mapping[int, tuple[LinkRef, ...]]] = {}
        for log in group.values():
            case = log.case
            trace = (*log.events, *more.get(case.id, ()))
            newest[case.id] = case.process
            cases[case.id] = _unopened(case, trace)
            queues[case.id] = list(history(case.process, trace))
            recorded[case.id] = _RecordedDays(() if anew else log.events, cases[case.id].places)
            named[case.id] = named_by_acts(case.process, trace)
            elsewhere = bool(trace) and dict(trace[0].places) != cases[case.id].places
            moved |= {
                (case.id, entry.root)
                for entry in queues[case.id]
                if elsewhere or entry.event.on != trace[entry.root - 1].on
            }
        return cls(law, newest, cases, queues, recorded, named, moved)

    def next_entry(self, through: date | datetime) -> tuple[str, Entry] | None:
        """Return the next act, re-dating or upgrade of any of the cases in the order of law, up to an instant.

        It is the earliest of those that saw no other of them.
        """
        heads = [(case, queue[0]) for case, queue in self.queues.items() if queue]
        heads = [head for head in heads if self._instant(head[1].event) <= instant_of(through, self.law.calendar.zone)]
        waiting = [head for head in heads if not any(_precedes(other, head) for other in heads if other is not head)]
        return min(waiting or heads, key=lambda head: self._instant(head[1].event), default=None)

    def time_does(self, until: date | datetime) -> Event | None:
        """Return the next lapse or overdue term in any of the cases up to a moment."""
        for case in self.cases.values():
            if case.id not in self.coming:
                self.coming[case.id] = following(case, date.max, self.law)
        coming = [(self._instant(event), event) for event in self.coming.values() if event]
        moment, event = min(coming, key=lambda pair: pair[0], default=(None, None))
        return event if moment is not None and moment <= instant_of(until, self.law.calendar.zone) else None

    def _instant(self, event: Event) -> datetime:
        return instant_of(moment_of(event), self.law.calendar.zone)

    def take(self, case: str, entry: Entry) -> None:
        """Judge an act, re-date the live obligations, or upgrade the case to another version, by the law of the record if that is known."""
        self.queues[case].pop(0)
        law = self.law.of_record(entry.event, self.cases[case].process)
        taking = {EventKind.redated: self._redated, EventKind.upgraded: self._upgraded}
        self.made[case, entry.root] = event = taking.get(entry.event.kind, self._judged)(case, entry, law)
        self.happen(event, law, entry.event if entry.is_act else None)

    def happen(self, event: Event, law: Legislation, recorded: Event | None = None) -> None:
        """Take in an event and its effects in related cases, by a law."""
        case = self._move(event, [changed(recorded, regime=event.regime)] if recorded else [])
        links = [self.cases[link.case] for link in case.links if link.case in self.cases]
        for effect in effects_of(case, event, links, law):
            self._move(effect, [effect])

    def result(self) -> Played:
        happened = {case: tuple(events) for case, events in self.happened.items()}
        return Played(self.cases, self.before, happened, self.refused, self.made)

    def _move(self, event: Event, acts: Sequence[Event]) -> Case:
        before = self.cases[event.case]
        if event.kind is EventKind.lapse:
            self.lapses[event.case] += 1
            check_ends(before, self.lapses[event.case])
        kept = tuple(map(self.recorded[event.case].kept, event.obligations))
        event = changed(event, version=before.version + 1, obligations=kept)
        self.cases[event.case] = after = stepped(before, event, acts)
        self.happened[event.case].append(event)
        self.coming.pop(event.case, None)
        return after

    def _judged(self, id_: str, entry: Entry, law: Legislation) -> Event:
        case, event, named = self.cases[id_], entry.event, self.named[id_][entry.root]
        activity = case.process.activity(event.activity)
        related = dict.fromkeys(link.case for link in (*case.links, *named))
        links = [self.cases[link] for link in related if link in self.cases]
        attempt = Attempt(
            deed=Deed(activity, event.data),
            by=case.process.role(event.by),
            on=moment_of(event),
            law=law,
            party=event.party,
            actor=event.actor,
            links=tuple(link for link in links if link.state is not None),
            regime="" if (id_, entry.root) in self.moved else event.regime,
        )
        early = [_not_opened(link) for link in links if link.state is None]
        try:
            return _unless(early, activity, lambda: judge_alone(case, attempt))
        except RefusedError as refused:
            self.refused[id_, entry.root] = refused
            target = _target_of(case, event, activity)
            facts = case.process.fold(case.facts, event.data)
            clocks = clocks_after(case.process, case.state, activity, target)
            alive = obligations_after(case, activity, clocks, moment_of(event), facts, law.in_case(case))
            return changed(event, kind=EventKind.act, target=target.name, obligations=alive, links=named)

    def _upgraded(self, id_: str, entry: Entry, law: Legislation) -> Event:
        case, event = self.cases[id_], entry.event
        to = self.newest[id_].at(event.process_version)
        self.before[id_, case.process.version] = case
        try:
            made = upgrade(case, to, event.maps, moment_of(event), law, reason=event.reason, actor=event.actor)
        except RefusedError as refused:
            self.refused[id_, entry.root] = refused
            made = event
        self.cases[id_] = carried_blindly(case, to)
        return made

    def _redated(self, id_: str, entry: Entry, law: Legislation) -> Event:
        case = self.cases[id_]
        self.recorded[id_].redate()
        bearing = law.in_case(case)
        alive = tuple(o if o.overdue else dated(o, bearing) for o in case.obligations)
        target = case.state.name if case.state else ""
        return changed(entry.event, target=target, obligations=alive)


class _RecordedDays:
    """The due days in the log of a case, by the inputs of each; re-datings divide the log into periods. ``places`` are those of the case."""

    def __init__(self, trace: Sequence[Event], places: Mapping[str, str]) -> None:
        self._time = 0
        self._days: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        time, here = 0, True
        for event in trace:
            time += event.kind is EventKind.redated
            if event.places and root_of(trace, event.version) == 1:
                here = dict(event.places) == places
            if here:
                self._days |= {(time, _inputs(o)): (o.due, o.closes, o.status) for o in event.obligations}

    def redate(self) -> None:
        """Go on to the period after the next re-dating."""
        self._time += 1

    def kept(self, obligation: Obligation) -> Obligation:
        """Return the obligation with its recorded day, if the log has one for the same inputs."""
        if (days := self._days.get((self._time, _inputs(obligation)))) is None:
            return obligation
        due, closes, status = days
        return changed(obligation, due=due, closes=closes, status=status)


def _unopened(case: Case, trace: Sequence[Event]) -> Case:
    """Return a case before its first event, under the version by which it began."""
    if not trace:
        return Case.unopened(case.process, case.id, case.places)
    return Case.unopened(case.process.at(trace[0].process_version), case.id, places_of(trace))


def _inputs(o: Obligation) -> tuple[Any, ...]:
    """Return the inputs from which the due day of an obligation follows."""
    return (o.clock, o.owed_by, o.spans, o.starts, o.began, o.tolled)


def _precedes(one: tuple[str, Entry], other: tuple[str, Entry]) -> bool:
    """Return whether an act of one case comes before one of another that did not happen earlier, because the later act saw it."""
    (case, entry), (_, later) = one, other
    mine, theirs = entry.event, later.event
    if is_before(theirs, mine):
        return False
    return any(_sees(link, case, entry.root) for link in theirs.links) or any(
        link.case == other[0] and later.root > link.version for link in mine.links
    )


def _sees(link: LinkRef, case: str, root: int) -> bool:
    return link.case == case and root <= link.version


def _target_of(case: Case, event: Event, activity: Activity[Any]) -> State:
    """Return the state to which an impossible act is taken to lead: the recorded state, else the target of its first move."""
    if event.kind is EventKind.act and event.target:
        return case.process.state(event.target)
    moves = table_of(case.process, case.regime).leaving(case.state, activity)
    return (moves[0].row if moves else activity.transitions[0]).target


def _unless(early: list[Ground], activity: Activity[Any], judged: Callable[[], Event]) -> Event:
    """Return the judged event, or raise RefusedError with the grounds of the judge followed by the ``early`` ones."""
    try:
        event = judged()
    except RefusedError as refused:
        raise RefusedError(activity.title, [*refused.grounds, *early]) from None
    if early:
        raise RefusedError(activity.title, early)
    return event


def _not_opened(case: Case) -> Ground:
    reason = Text(f"关联办件{case.id}当时尚未登记", f"the related case {case.id} was not opened by then")
    return Ground(GroundKind.order, "related", reason)
