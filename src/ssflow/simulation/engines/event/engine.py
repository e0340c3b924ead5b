"""The engine that plays case by case: every act and every last day is the kernel's own.

It is slow, and a check on the engine in columns, which looks the same up in tables. Both plan by the same draws, so that their timelines are
equal event by event. Where the tables say that an act is not possible the kernel is asked too, and a difference ends the play.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from attrs import define, field

from ssflow.case import Event, EventKind
from ssflow.errors import RefusedError
from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Told
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.engines.event.counters import Counters
from ssflow.simulation.engines.event.counting import ClockCounts
from ssflow.simulation.engines.event.played import Intent, Next, Played, Stage, Wait
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.resuming import resumed
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers, row
from ssflow.simulation.scenario.profiles import MAIN


@define(eq=False)
class EventEngine:
    """The engine that plays cases of one run one by one or, where they wait for one another at stations, all together in the order of time.

    Within a minute all events in cases come first, then stations take cases up; so the result does not depend on the order of cases. With
    ``starts`` it is known when stations take cases up, and a case can be played alone. In ``begun``, if it is given, these moments are noted.
    """

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    starts: Starts | None = None
    begun: Starts | None = None
    _streams: list[Stream] = field(init=False)
    _counters: Counters = field(init=False)
    _clocks: ClockCounts = field(init=False)
    _open: dict[int, Played] = field(factory=dict, init=False)
    _agenda: list[tuple[int, int]] = field(factory=list, init=False)  # minutes and cases; stations: -1 and less

    def __attrs_post_init__(self) -> None:
        self._streams = [self.model.stream(self.run, selector) for selector in self.model.selectors]
        self._clocks = ClockCounts(self.model, self.tally, self.outcomes)
        self._counters = Counters(self.model, self.tally, self.starts, self.begun)

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival until they are closed or the simulation ends."""
        self.tally.cases += len(cases)
        begun = (self._begin(*row) for row in self._drawn(cases))
        if self.model.capacities and self.starts is None:
            self._play_together(list(begun))
            return
        for case in begun:
            self._play_alone(case)

    def replay(self, number: int) -> tuple[Company, tuple[Event, ...], int]:
        """Return a case at its end with its related cases, its own events, and the number of its profile."""
        (row,) = self._drawn(np.array([number]))
        case = self._begin(*row)
        self._play_alone(case)
        return case.company, tuple(event for event in case.events if event.case == MAIN), case.profile

    def _drawn(self, cases: Numbers) -> Iterator[tuple[int, int, int]]:
        luck = self.model.stream_of_kinds(self.run).luck(cases)
        arrivals = self.model.schedule.minutes(self.model.scenario.seed, self.run, cases, luck)
        profiles = self.model.profiles_of(self.run, cases, luck)
        return zip(cases.tolist(), profiles.tolist(), arrivals.tolist(), strict=True)

    def _begin(self, number: int, profile: int, arrival: int) -> Played:
        model = self.model
        kind, variant = model.kind_of[profile], model.variant_of[profile]
        begun = model.chart.kinds[kind]
        roles = len(model.roles)
        case = Played(number, profile, kind, variant, begun.company, model.chart.node_of(kind, begun.company), arrival)
        case.intents, case.barred = [None] * roles, [0] * roles
        intent = Intent(model.chart.opening(kind), arrival, int(model.opening_of[variant]), 0)
        case.intents[model.roles.index(begun.opener)] = intent
        if self.outcomes:
            self.outcomes.profile[number] = profile
        if number < model.continuing.number:
            self._go_on(case)
        return case

    def _go_on(self, case: Played) -> None:
        """Let a case that is open when the simulation begins go on as it is."""
        continuing = self.model.continuing
        case.company, case.node = continuing.companies[case.number], int(continuing.node[case.number])
        case.opened = int(continuing.opened[case.number])
        self.tally.continued(row(case.number))
        model, state = self.model, self.model.chart.states[case.node]
        for role in range(len(model.roles)):
            case.intents[role] = None
            if model.selector_at[state, role] >= 0:
                selector = model.selectors[model.selector_at[state, role]]
                hoped = selector.mask(model.outlook.reach(case.node).acts)
                place, minutes = resumed(model, self.run, selector, case.variant, hoped, case.node, row(case.number))
                case.visits[selector.number] = 1
                self._intend(case, role, selector, int(place[0]), int(minutes[0]), case.now)

    def _play_alone(self, case: Played) -> None:
        while self._step(case, self._look(case)):
            pass
        self._leave(case)

    def _play_together(self, cases: Sequence[Played]) -> None:
        self._open = {case.number: case for case in cases}
        for case in cases:
            self._expect(case)
        while self._agenda and self._agenda[0][0] < self.model.end:
            moment = self._agenda[0][0]
            while self._agenda and self._agenda[0][0] == moment:
                _, number = heappop(self._agenda)
                found = self._open.get(number)
                if found is None or found.next is None or found.next.moment != moment:
                    continue  # the entry of a station, or one that has been replaced
                if self._step(found, found.next):
                    self._expect(found)
                else:
                    found.next = None
            for number, role in self._counters.take_up(moment):
                case = self._open[number]
                self._counters.begin(case.intents[role], moment)
                self._expect(case)
            for again, number in self._counters.wake(moment):
                heappush(self._agenda, (again, -1 - number))
        for case in cases:
            if case.next is not None:
                self._step(case, case.next)  # count what it waits for at the end
            self._leave(case)

    def _expect(self, case: Played) -> None:
        case.next = self._look(case)
        heappush(self._agenda, (case.next.moment, case.number))

    def _step(self, case: Played, following: Next) -> bool:
        """Apply the next event to a case; return False if there is none or the case is closed."""
        moment, actor = following.moment, following.actor
        if following.joins and actor is not None and moment < self.model.end:
            self._count_waiting(following.waits.pop(actor, None), moment)
            intent = case.intents[actor]
            assert intent is not None  # noqa: S101 - it was ready
            self._counters.join((case.number, actor), intent, moment, case.profile, self._clocks.dues(case.company))
            return True
        for wait in following.waits.values():
            self._count_waiting(wait, min(moment, self.model.end))
        if moment >= self.model.end:
            return False
        if actor is None:
            told = self.model.kernel.passing(case.company, max(moment, case.now))
            for group in _one_by_one(told.events):
                self._happen(case, group, None, self.model.kernel.minute_of(group[0]))
                if case.company.main.is_closed:
                    return False
            return True
        if self._is_in_vain(case, actor, moment):
            self._let_go(case, actor, moment, lost=False)
            case.now = max(case.now, moment)
            return True
        told = self._act(case, actor, moment)
        self._let_go(case, actor, moment, lost=False)
        self._happen(case, told.events, actor, moment)
        return not case.company.main.is_closed

    def _look(self, case: Played) -> Next:
        """Return the next event of a case if no station takes it up before."""
        following = Next(min(self._closing(case), default=NEVER))
        joining = (NEVER, NONE)
        for role in range(len(case.intents)):
            ready = self._ready(case, role, following.waits)
            intent = case.intents[role]
            if intent and intent.stage is Stage.asked:
                joining = min(joining, (ready, role))
            elif ready < following.moment:
                following.moment, following.actor = ready, role
        if joining[0] < following.moment:
            following.moment, following.actor = joining
            following.joins = True
        return following

    def _count_waiting(self, wait: Wait | None, until: int) -> None:
        if wait and min(until, wait.until) > wait.base:
            minutes = min(until, wait.until) - wait.base
            self.tally.waited_for(row(wait.refusal), row(minutes), np.array([wait.base == wait.ripe]))

    def _let_go(self, case: Played, role: int, moment: int, *, lost: bool) -> None:
        """Let the intent of a role leave the station at which it is: it is done, or it is ``lost``."""
        intent = case.intents[role]
        if intent is not None and intent.stage in (Stage.queued, Stage.in_hand):
            self._counters.let_go((case.number, role), intent, moment, lost=lost)

    def _is_in_vain(self, case: Played, role: int, moment: int) -> bool:
        """Return whether the work of a station is over and the act is not allowed."""
        intent = case.intents[role]
        if intent is None or intent.stage is not Stage.in_hand:
            return False
        if self.model.chart.edge(case.node, intent.move, moment // DAY_MINUTES) > REFUSED:
            return False
        self._check_refused(case, intent, moment)
        return True

    def _closing(self, case: Played) -> Iterator[int]:
        """Yield the first minute that is too late for each running clock."""
        kernel = self.model.kernel
        for member in case.company.cases:
            for o in member.obligations:
                if o.due is not None and not o.overdue:
                    closes = (kernel.number(o.due) + 1) * DAY_MINUTES
                    if o.closes is not None:
                        closes = kernel.minute(o.closes)
                    yield closes

    def _ready(self, case: Played, role: int, waits: dict[int, Wait]) -> int:
        """Return when a role acts, or joins a queue, if nothing comes first; what it waits for is noted in ``waits``."""
        chart = self.model.chart
        while (intent := case.intents[role]) is not None:
            if intent.stage is Stage.queued:
                return NEVER
            table = self.model.timetables[intent.table]
            base = intent.ripe if intent.ripe >= case.now else table.one_after(case.now, 0)
            if base >= self.model.end:
                return NEVER
            if intent.stage is Stage.in_hand:
                return base
            edge = chart.edge(case.node, intent.move, base // DAY_MINUTES)
            if edge > REFUSED:
                return max(intent.asked, case.now) if intent.stage is Stage.asked else base
            self._check_refused(case, intent, base)
            ready = base
            while chart.edge(case.node, intent.move, ready // DAY_MINUTES) <= REFUSED:
                day = chart.opens(case.node, intent.move, ready // DAY_MINUTES)
                ready = table.one_after(day * DAY_MINUTES, 0) if day != NEVER else NEVER
                if ready >= self.model.end:
                    ready = NEVER
                    break
            never = ready == NEVER and chart.opens(case.node, intent.move, base // DAY_MINUTES) == NEVER
            opened = case.company.main.state is not None
            if never and opened and intent.move not in self.model.outlook.reach(case.node).later:
                self._redraw(case, role, intent, base)
                continue
            waits[role] = Wait(base, intent.ripe, REFUSED - edge, ready)
            return ready
        return NEVER

    def _check_refused(self, case: Played, intent: Intent, minute: int) -> None:
        """Check that the kernel refuses an act that the tables refuse, unless a clock ends before."""
        if any(closes <= minute for closes in self._closing(case)):
            return
        try:
            self._do(case, intent, minute)
        except RefusedError:
            return
        act = self.model.chart.doings[intent.move].activity.name
        msg = f"case {case.number}: the tables refuse {act}, the kernel does not"
        raise AssertionError(msg)

    def _act(self, case: Played, role: int, moment: int) -> Told:
        intent = case.intents[role]
        assert intent is not None  # noqa: S101 - it was ready
        return self._do(case, intent, moment)

    def _do(self, case: Played, intent: Intent, minute: int) -> Told:
        kind, kernel = self.model.chart.kinds[case.kind], self.model.kernel
        if case.company.main.state is None:
            return kernel.open(case.company, kind.before, kind.opening, kind.opener, minute)
        doing = self.model.chart.doings[intent.move]
        deed = kind.deeds.get(doing.activity.name)
        if deed is None:
            raise RefusedError(doing.activity.title, ())
        return kernel.act(case.company, deed, doing.by, minute)

    def _happen(self, case: Played, events: Sequence[Event], actor: int | None, moment: int) -> None:
        """Apply events of one moment to a case: count them, and let roles plan where they have to."""
        model = self.model
        before, case.company = case.company, case.company.after(events)
        case.events += events
        self._clocks.count(case.number, before, case.company, events, moment)
        case.now = max(case.now, moment)
        was, case.node = model.chart.states[case.node], model.chart.node_of(case.kind, case.company)
        state = model.chart.states[case.node]
        intent = case.intents[actor] if actor is not None else None
        self.tally.moved(was, state, row(moment // DAY_MINUTES))
        case.opened = moment if was < 0 else case.opened
        if self.log:
            move = intent.move if intent else self._slot_of(case, events[0])
            self.log.add(row(case.number), row(move), row(moment), row(state), self._clocks.dues(case.company))
        if state != was:
            for role in range(len(model.roles)):
                self._let_go(case, role, moment, lost=True)
            self._plan_all(case)
            return
        if actor is not None and intent is not None:
            selector = model.selectors[model.selector_at[state, actor]]
            case.barred[actor] |= intent.bit & selector.once
            self._plan(case, actor, selector, case.now)
        self._look_again(case, actor)

    def _slot_of(self, case: Played, event: Event) -> int:
        """Return the move of a clock that has run out."""
        chart = self.model.chart
        process = next(member.process for member in case.company.cases if member.id == event.case)
        lapse = process.activity(event.activity).after if event.kind is EventKind.lapse else None
        return chart.clock_moves + chart.slots.index((event.case, lapse.name if lapse else event.activity))

    def _plan_all(self, case: Played) -> None:
        model = self.model
        state = model.chart.states[case.node]
        for role in range(len(model.roles)):
            case.barred[role] = 0
            case.intents[role] = None
            if model.selector_at[state, role] >= 0 and not case.company.main.is_closed:
                self._plan(case, role, model.selectors[model.selector_at[state, role]], case.now)

    def _plan(self, case: Played, role: int, selector: Selector, start: int) -> None:
        """Draw the next act of a role, and how long it takes."""
        model = self.model
        visit = case.visits.get(selector.number, 0)
        case.visits[selector.number] = visit + 1
        bits = self._streams[selector.number].one(case.number, visit)
        hoped = selector.mask(model.outlook.reach(case.node).acts) & ~case.barred[role]
        place = int((selector.bounds[hoped] <= share_of(bits)).sum())
        length = int(model.minutes[selector.lengths[case.variant, place], part_of(bits)])
        self._intend(case, role, selector, place, length, start)

    def _intend(self, case: Played, role: int, selector: Selector, place: int, length: int, start: int) -> None:
        """Let a role do the act of a place next, in so many minutes at work; nothing, if the place is the number of its acts."""
        model, visit = self.model, case.visits[selector.number] - 1
        if place == len(selector.moves):
            case.intents[role] = None
            return
        at = case.variant, place
        move, table, service = selector.moves[place], int(selector.tables[at]), int(selector.services[at])
        if service == NONE:
            ripe = model.timetables[table].one_after(start, length)
            case.intents[role] = Intent(move, ripe, table, 1 << place)
            return
        ripe = model.timetables[table].one_after(start, 0)
        case.intents[role] = Intent(move, ripe, table, 1 << place, service, Stage.asked, visit, start, length)

    def _look_again(self, case: Played, but: int | None = None) -> None:
        """Let roles whose intended act can no longer be hoped for draw again, except the one that has acted."""
        model = self.model
        acts = model.outlook.reach(case.node).acts
        for role, intent in enumerate(case.intents):
            idle = role == but or not intent or model.chart.states[case.node] < 0
            if not idle and intent and intent.move not in acts:
                self._redraw(case, role, intent, case.now)

    def _redraw(self, case: Played, role: int, intent: Intent, start: int) -> None:
        number = self.model.selector_at[self.model.chart.states[case.node], role]
        selector = self.model.selectors[number]
        self.tally.redrawn[selector.number] += 1
        self._let_go(case, role, start, lost=True)
        case.barred[role] |= intent.bit
        self._plan(case, role, selector, start)

    def _leave(self, case: Played) -> None:
        """Count how a case ended, or its state when the simulation ends."""
        model = self.model
        main, state = case.company.main, model.chart.states[case.node]
        for member in case.company.cases:
            for o in member.obligations:
                if o.overdue:
                    last = case.now // DAY_MINUTES if main.is_closed else model.days - 1
                    self._clocks.late(case.number, model.chart.slots.index((member.id, o.clock.name)), member, o, last)
        for role in range(len(model.roles)):
            self._let_go(case, role, NEVER, lost=False)
        if main.is_closed:
            self.tally.closed(state, row(case.variant), row(case.opened), row(case.now))
        if self.outcomes:
            self.outcomes.opened[case.number], self.outcomes.state[case.number] = case.opened, state
            self.outcomes.closed[case.number] = case.now if main.is_closed else NONE


def _one_by_one(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield the effects of time at one moment, each event with what it caused in related cases."""
    firsts = [place for place, event in enumerate(events) if event.kind is not EventKind.act]
    return (events[first:after] for first, after in pairwise([*firsts, len(events)]))
