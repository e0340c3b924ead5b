"""The engine that plays case by case: every act and every due day is the kernel's own.

It is slow and true. What it does in columns the other engine does with tables; both plan by the same draws, so that their timelines
are equal, event by event. Where the tables say that an act is not possible the kernel is asked too, and a difference ends the play.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from attrs import define, field

from ssflow.case import Case, Event, EventKind, Obligation
from ssflow.errors import RefusedError
from ssflow.simulation.chart import NEVER, REFUSED
from ssflow.simulation.draws import Stream, part_of, share_of
from ssflow.simulation.kernel import DAY_MINUTES, Company, Told
from ssflow.simulation.model import Model, Selector
from ssflow.simulation.moves import Effect, Face, change_of
from ssflow.simulation.outcomes import NONE, Log, Outcomes
from ssflow.simulation.profiles import MAIN
from ssflow.simulation.tally import Tally

if TYPE_CHECKING:
    from ssflow.simulation.numbers import Numbers


@define
class Intent:
    """What a role is about to do: an act, when it is ripe, and the timetable of whoever does it."""

    move: int
    ripe: int
    table: int
    bit: int


@define(eq=False)
class _Played:
    """One case as it is played."""

    number: int
    kind: int
    company: Company
    node: int
    now: int
    opened: int = NONE
    intents: list[Intent | None] = field(factory=list)
    barred: list[int] = field(factory=list)
    visits: dict[int, int] = field(factory=dict)
    events: list[Event] = field(factory=list)


@define(eq=False)
class EventEngine:
    """Plays cases of one run one after the other; without stations no case waits for another."""

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    _streams: list[Stream] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, selector) for selector in self.model.selectors]

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival to their end, or to that of the simulation."""
        arrivals = self.model.schedule.minutes(self.model.scenario.seed, self.run, cases)
        shares = share_of(self.model.stream_of_kinds(self.run).bits(cases))
        kinds = np.searchsorted(self.model.bounds_of_kinds, shares, side="right")
        self.tally.cases += len(cases)
        for number, arrival, kind in zip(cases.tolist(), arrivals.tolist(), kinds.tolist(), strict=True):
            self._play(number, kind, arrival)

    def replay(self, number: int) -> tuple[Company, tuple[Event, ...], int]:
        """One case at its end with its related ones, what happened in it, and its kind."""
        cases = np.array([number])
        shares = share_of(self.model.stream_of_kinds(self.run).bits(cases))
        kind = int(np.searchsorted(self.model.bounds_of_kinds, shares, side="right")[0])
        arrival = int(self.model.schedule.minutes(self.model.scenario.seed, self.run, cases)[0])
        case = self._play(number, kind, arrival)
        return case.company, tuple(event for event in case.events if event.case == MAIN), kind

    def _play(self, number: int, kind: int, arrival: int) -> _Played:
        model = self.model
        begun = model.chart.kinds[kind]
        roles = len(model.roles)
        case = _Played(number, kind, begun.company, model.chart.node_of(kind, begun.company), arrival)
        case.intents, case.barred = [None] * roles, [0] * roles
        by = begun.opening.activity.by
        assert by is not None  # noqa: S101 - a profile is opened by somebody
        move = model.chart.place(begun.opening.activity.name)
        case.intents[model.roles.index(by)] = Intent(move, arrival, model.opening_timetable, 0)
        if self.outcomes:
            self.outcomes.kind[number] = kind
        while self._step(case):
            pass
        self._leave(case)
        return case

    def _step(self, case: _Played) -> bool:
        """Let the next thing happen to a case; False if there is none."""
        moment, slot = min(self._closing(case), default=(NEVER, None))
        actor: int | None = None
        waiting: list[tuple[int, int, int]] = []
        for role in range(len(case.intents)):
            ready = self._ready(case, role, waiting)
            if ready < moment:
                moment, actor = ready, role
        until = min(moment, self.model.end)
        for base, ripe, refusal in waiting:
            if until > base:
                self.tally.waited_for(_row(refusal), _row(until - base), np.array([base == ripe]))
        if moment >= self.model.end:
            return False
        if actor is None:
            assert slot is not None  # noqa: S101 - something happens, and nobody acts
            told = self.model.kernel.passing(case.company, max(moment, case.now))
        else:
            told = self._act(case, actor, moment)
        if actor is not None:
            self._happen(case, told.events, actor, moment)
            return not case.company.main.is_closed
        for group in _one_by_one(told.events):
            self._happen(case, group, None, self.model.kernel.minute(group[0]))
            if case.company.main.is_closed:
                return False
        return True

    def _closing(self, case: _Played) -> Iterable[tuple[int, int]]:
        """When each running clock runs out."""
        kernel, slots = self.model.kernel, self.model.chart.slots
        for member in case.company.cases:
            for o in member.obligations:
                if o.due is not None and not o.overdue:
                    closes = (kernel.number(o.due) + 1) * DAY_MINUTES
                    if o.closes is not None:
                        day = kernel.number(kernel.law.calendar.civil_day(o.closes))
                        closes = day * DAY_MINUTES + o.closes.hour * 60 + o.closes.minute
                    yield closes, slots.index((member.id, o.clock.name))

    def _ready(self, case: _Played, role: int, waiting: list[tuple[int, int, int]]) -> int:
        """When a role acts if nobody comes first. What it waits for is noted: since when, when it was ripe, why it is refused."""
        chart = self.model.chart
        while (intent := case.intents[role]) is not None:
            table = self.model.timetables[intent.table]
            base = intent.ripe if intent.ripe >= case.now else table.one_after(case.now, 0)
            if base >= self.model.end:
                return NEVER
            edge = chart.edge(case.node, intent.move, base // DAY_MINUTES)
            if edge > REFUSED:
                return base
            self._check_refused(case, intent, base)
            ready = base
            while chart.edge(case.node, intent.move, ready // DAY_MINUTES) <= REFUSED:
                day = chart.opens(case.node, intent.move, ready // DAY_MINUTES)
                ready = table.one_after(day * DAY_MINUTES, 0) if day != NEVER else NEVER
                if ready >= self.model.end:
                    ready = NEVER
                    break
            act = chart.activities[intent.move].name
            never = ready == NEVER and chart.opens(case.node, intent.move, base // DAY_MINUTES) == NEVER
            opened = case.company.main.state is not None
            if never and opened and act not in self.model.outlook.reach(case.node).later:
                self._redraw(case, role, intent, base)
                continue
            waiting.append((base, intent.ripe, REFUSED - edge))
            return ready
        return NEVER

    def _check_refused(self, case: _Played, intent: Intent, minute: int) -> None:
        """See that the kernel refuses what the tables refuse, if nothing else happens until then."""
        if any(closes <= minute for closes, _ in self._closing(case)):
            return
        try:
            self._do(case, intent, minute)
        except RefusedError:
            return
        act = self.model.chart.activities[intent.move].name
        msg = f"case {case.number}: the tables refuse {act}, the kernel does not"
        raise AssertionError(msg)

    def _act(self, case: _Played, role: int, moment: int) -> Told:
        intent = case.intents[role]
        assert intent is not None  # noqa: S101 - it was ready
        return self._do(case, intent, moment)

    def _do(self, case: _Played, intent: Intent, minute: int) -> Told:
        kind, kernel = self.model.chart.kinds[case.kind], self.model.kernel
        if case.company.main.state is None:
            return kernel.open(case.company, kind.before, kind.opening, minute)
        name = self.model.chart.activities[intent.move].name
        deed = kind.deeds.get(name)
        if deed is None:
            raise RefusedError(self.model.chart.activities[intent.move].title, ())
        return kernel.act(case.company, deed, minute)

    def _happen(self, case: _Played, events: Sequence[Event], actor: int | None, moment: int) -> None:
        """Take in what happened at once: count it, and let whoever has to plan anew."""
        model = self.model
        before, case.company = case.company, case.company.after(events)
        case.events += events
        self._count_clocks(case, before, events, moment)
        case.now = max(case.now, moment)
        was, case.node = model.chart.states[case.node], model.chart.node_of(case.kind, case.company)
        state = model.chart.states[case.node]
        intent = case.intents[actor] if actor is not None else None
        self.tally.moved(was, state, _row(moment))
        case.opened = moment if was < 0 else case.opened
        if self.log:
            move = intent.move if intent else self._slot_of(case, events[0])
            self.log.add(_row(case.number), _row(move), _row(moment), _row(state), self._dues(case.company))
        if state != was:
            self._plan_all(case)
            return
        if actor is not None and intent is not None:
            selector = model.selectors[model.selector_at[state, actor]]
            case.barred[actor] |= intent.bit & selector.once
            self._plan(case, actor, selector, case.now)
        self._look_again(case, actor)

    def _slot_of(self, case: _Played, event: Event) -> int:
        """The move of a clock that has run out."""
        chart = self.model.chart
        process = next(member.process for member in case.company.cases if member.id == event.case)
        lapse = process.activity(event.activity).after if event.kind is EventKind.lapse else None
        return chart.clock_moves + chart.slots.index((event.case, lapse.name if lapse else event.activity))

    def _plan_all(self, case: _Played) -> None:
        model = self.model
        state = model.chart.states[case.node]
        for role in range(len(model.roles)):
            case.barred[role] = 0
            case.intents[role] = None
            if model.selector_at[state, role] >= 0 and not case.company.main.is_closed:
                self._plan(case, role, model.selectors[model.selector_at[state, role]], case.now)

    def _plan(self, case: _Played, role: int, selector: Selector, start: int) -> None:
        """Draw what a role does next, and when."""
        model = self.model
        visit = case.visits.get(selector.number, 0)
        case.visits[selector.number] = visit + 1
        bits = self._streams[selector.number].one(case.number, visit)
        hoped = selector.mask(model.outlook.reach(case.node).acts) & ~case.barred[role]
        place = int((selector.bounds[hoped] <= share_of(bits)).sum())
        if place == len(selector.moves):
            case.intents[role] = None
            return
        table = model.timetables[selector.timetables[place]]
        ripe = table.one_after(start, int(model.minutes[selector.lengths[place], part_of(bits)]))
        case.intents[role] = Intent(selector.moves[place], ripe, selector.timetables[place], 1 << place)

    def _look_again(self, case: _Played, but: int | None = None) -> None:
        """Let whoever intends what can no longer be hoped for draw anew."""
        model = self.model
        acts = model.outlook.reach(case.node).acts
        for role, intent in enumerate(case.intents):
            idle = role == but or not intent or model.chart.states[case.node] < 0
            if not idle and intent and model.chart.activities[intent.move].name not in acts:
                self._redraw(case, role, intent, case.now)

    def _redraw(self, case: _Played, role: int, intent: Intent, start: int) -> None:
        selector = self.model.selectors[self.model.selector_at[self.model.chart.states[case.node], role]]
        self.tally.redrawn[selector.number] += 1
        case.barred[role] |= intent.bit
        self._plan(case, role, selector, start)

    def _count_clocks(self, case: _Played, before: Company, events: Sequence[Event], moment: int) -> None:
        """Count the clocks that something started, ended late or let run out."""
        was = {member.id: member for member in before.cases}
        for slot, (name, clock) in enumerate(self.model.chart.slots):
            member = next((member for member in case.company.cases if member.id == name), None)
            if member is None:
                continue
            old, new = was[name].obligation(clock), member.obligation(clock)
            effect = change_of(member, old, new).effect
            if new is not None and new.is_timed and any(_renews(member, event, clock) for event in events):
                effect |= Effect.STARTS  # on the day on which it had begun, it may be
            if effect & (Effect.ENDS | Effect.STARTS | Effect.IN_TIME) and old is not None and old.overdue:
                self._late(case, slot, old, moment // DAY_MINUTES)
            if effect & Effect.STARTS and new is not None:
                self.tally.began(slot, _row(self.model.chart.face(Face.of(member, new))))
                provisional = new.status is not None and new.status.name == "PROVISIONAL"
                self.tally.dated(slot, np.array([provisional]))
            if effect & Effect.RUNS_OUT:
                self.tally.ran_out[slot] += 1

    def _late(self, case: _Played, slot: int, o: Obligation, day: int) -> None:
        due = self.model.kernel.number(o.due) if o.due else day
        office = self.model.office_of(slot, o.owed_by.name if o.owed_by else "")
        late = self.tally.ended_late(slot, _row(due), _row(day), office)
        if self.outcomes:
            self.outcomes.late[slot, case.number] = late[0]

    def _dues(self, company: Company) -> Numbers:
        cases = {case.id: case for case in company.cases}
        found = [cases[case].obligation(clock) if case in cases else None for case, clock in self.model.chart.slots]
        numbers = [self.model.kernel.number(o.due) if o and o.due else NONE for o in found]
        return np.array(numbers, dtype=np.int64).reshape(-1, 1)

    def _leave(self, case: _Played) -> None:
        """Count how a case ended, or how it stands at the end of the simulation."""
        model = self.model
        main, state = case.company.main, model.chart.states[case.node]
        for member in case.company.cases:
            for o in member.obligations:
                if o.overdue:
                    last = case.now // DAY_MINUTES if main.is_closed else model.scenario.days - 1
                    self._late(case, model.chart.slots.index((member.id, o.clock.name)), o, last)
        if main.is_closed:
            self.tally.closed(state, _row(case.opened), _row(case.now))
        if self.outcomes:
            self.outcomes.opened[case.number], self.outcomes.state[case.number] = case.opened, state
            self.outcomes.closed[case.number] = case.now if main.is_closed else NONE


def _one_by_one(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """What time did at one moment: each thing with what it did in related cases."""
    firsts = [place for place, event in enumerate(events) if event.kind is not EventKind.act]
    return (events[first:after] for first, after in pairwise([*firsts, len(events)]))


def _renews(case: Case, event: Event, clock: str) -> bool:
    """Whether an event of a case starts a clock that runs anew."""
    if event.case != case.id or event.kind is EventKind.overdue:
        return False
    activity = case.process.activity(event.activity)
    return clock in [part.name for part in (activity.renews, activity.after) if part is not None]


def _row(number: int) -> Numbers:
    return np.array([number], dtype=np.int64)
