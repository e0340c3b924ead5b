"""The chart of a procedure: the standings that cases reach, and the effect of each move in each standing on each day, as the kernel tells it.

A standing is the situation of a case and its related cases, without dates. Answers are kept in tables by standing, move and day, and the
kernel is asked when one is first needed: once for each period between changes of the law, or once for each day if a test looks at the
day. So some thousand questions answer for any number of cases, and what a procedure allows is not written down a second time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from threading import RLock
from typing import Any

import numpy as np
from attrs import define, field, fields, frozen

from ssflow.errors import DefinitionError, Fault, InputError, RefusedError
from ssflow.process import Activity, Deed, Process, Role
from ssflow.process.reading import counted_in
from ssflow.simulation.chart.dependence import check_effect, days_of_change, may_read_the_day, reads_the_day
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, Prior, Slot, Told
from ssflow.simulation.chart.moves import ClockChange, Face, Moved, Refusal, change_of
from ssflow.simulation.numbers import NEVER, Numbers
from ssflow.text import Text

UNKNOWN = -1
REFUSED = -2  # the first refusal; the others follow below it
MOST_STANDINGS = 2_000
_NOON = DAY_MINUTES // 2
_PROBED = 30  # days between two probes of whether an act is possible


@frozen(eq=False)
class Kind:
    """The kind of the cases of a profile: how they begin, who opens them, and the data of their acts."""

    name: str
    company: Company
    before: tuple[Prior, ...]
    opening: Deed[Any]
    opener: Role
    deeds: Mapping[str, Deed[Any]]

    def is_like(self, other: Kind) -> bool:
        """Return whether another kind differs at most in its name."""
        mine, theirs = ((k.company, k.before, k.opening, k.opener, k.deeds) for k in (self, other))
        return mine == theirs


def distinct(kinds: Sequence[Kind]) -> tuple[list[Kind], list[int]]:
    """Return the kinds that differ in more than their names, and for each given kind the number of the one that it is like."""
    found: list[Kind] = []
    numbers = []
    for kind in kinds:
        number = next((number for number, other in enumerate(found) if kind.is_like(other)), len(found))
        if number == len(found):
            found.append(kind)
        numbers.append(number)
    return found, numbers


@frozen
class Doing:
    """An activity as done by one of the roles that may do it: conditions and figures may depend on the role."""

    activity: Activity[Any]
    by: Role


@define(eq=False)
class Chart:
    """The standings and moves of a procedure, for some kinds of cases, over a number of days.

    More standings than `MOST_STANDINGS` for each kind are refused, because there would be no end of them.
    """

    kernel: Kernel
    process: type[Process]
    kinds: Sequence[Kind]
    days: int
    doings: tuple[Doing, ...] = field(init=False)
    slots: tuple[Slot, ...] = field(init=False)
    companies: list[Company] = field(factory=list, init=False)
    kind_of: list[int] = field(factory=list, init=False)
    # By standing, the position of its state in the definition; -1 before the opening.
    states: list[int] = field(factory=list, init=False)
    outcomes: list[Moved] = field(factory=list, init=False)
    refusals: list[Refusal] = field(factory=list, init=False)
    faces: list[Face] = field(factory=list, init=False)
    # The days on which it is tested what is possible at all: those on which a figure changes, and some in between.
    probes: Numbers = field(init=False)
    questions: int = field(default=0, init=False)
    lock: RLock = field(factory=RLock, init=False)
    _counted: tuple[Activity[Any], ...] = field(init=False)
    _lapse_turns: bool = field(init=False)
    _edges: Numbers = field(init=False)
    _opens: Numbers = field(init=False)
    _numbers: dict[Any, int] = field(factory=dict, init=False)
    _periods: list[int] = field(init=False)
    _turning: dict[tuple[int, int, int], bool] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.doings = tuple(Doing(activity, by) for activity in self.process.activities for by in activity.roles)
        members = {case.id: case.process for kind in self.kinds for case in kind.company.cases[:-1]}
        members |= {case.id: case.process for kind in self.kinds for case in kind.company.cases[-1:]}
        self.slots = tuple((case, clock.name) for case, process in members.items() for clock in process.clocks)
        cases = [case for kind in self.kinds for case in kind.company.cases]
        self._counted = counted_in(case.process for case in cases)
        lapses = [a for case in cases for a in case.process.activities if a.after is not None]
        self._lapse_turns = any(map(may_read_the_day, lapses))
        for activity in lapses:
            check_effect(activity)
        first, last = self.kernel.start, self.kernel.day(self.days - 1)
        changes = days_of_change(cases, self.kernel.law, first, last)
        self._periods = [0, *(self.kernel.number(day) for day in changes), self.days]
        self.probes = np.unique([*self._periods[:-1], *range(0, self.days, _PROBED), self.days - 1])
        shape = (16, len(self.doings) + len(self.slots), self.days)
        self._edges = np.full(shape, UNKNOWN, dtype=np.int32)
        self._opens = np.full((16, len(self.doings), self.days), UNKNOWN, dtype=np.int32)
        for number, kind in enumerate(self.kinds):
            self._standing(number, kind.company)

    @property
    def clock_moves(self) -> int:
        """The number of the first move that is the end of a clock; moves before it are acts."""
        return len(self.doings)

    @property
    def answers(self) -> tuple[Numbers, Numbers]:
        """The answers so far, by standing, move and day: what `edges` and what `opening_days` return; `UNKNOWN` where nothing was asked yet."""
        return self._edges, self._opens

    def place(self, activity: str, by: str = "") -> int:
        """Return the number of the move that is an activity done by a role; by the first role that may do it, if none is named."""
        named = (i for i, one in enumerate(self.doings) if one.activity.name == activity and by in ("", one.by.name))
        return next(named)

    def opening(self, kind: int) -> int:
        """Return the number of the move that opens the cases of a kind."""
        return self.place(self.kinds[kind].opening.activity.name, self.kinds[kind].opener.name)

    def edges(self, nodes: Numbers | int, moves: Numbers | int, days: Numbers) -> Numbers:
        """Return for each row the outcome of a move in a standing on a day: its number, or `REFUSED` minus the number of the refusal."""
        return self._looked_up(lambda: self._edges, self.edge, nodes, moves, days)

    def opening_days(self, nodes: Numbers, moves: Numbers, days: Numbers) -> Numbers:
        """Return for each row the first day from ``days`` on that an act is possible if the case stays as it is; `NEVER` if there is none."""
        return self._looked_up(lambda: self._opens, self.opens, nodes, moves, days)

    @staticmethod
    def _looked_up(
        table: Callable[[], Numbers],
        ask: Callable[[int, int, int], int],
        nodes: Numbers | int,
        moves: Numbers | int,
        days: Numbers,
    ) -> Numbers:
        def look() -> Numbers:
            there = table()  # looked up each time, because a growing chart replaces its tables
            _, of_node, of_move = there.shape
            at = days + moves * of_move
            at += nodes * (of_node * of_move)
            found: Numbers = there.reshape(-1).take(at)
            return found

        found = look()
        if found.min(initial=0) < 0 and (unknown := found == UNKNOWN).any():
            rows = (np.broadcast_to(side, days.shape)[unknown].tolist() for side in (nodes, moves, days))
            for node, move, day in set(zip(*rows, strict=True)):
                ask(node, move, day)
            found = look()
        return found

    def edge(self, node: int, move: int, day: int) -> int:
        """Return the same as `edges` for one standing, move and day."""
        found = int(self._edges[node, move, day])
        if found == UNKNOWN:
            with self.lock:
                found = self._ask(node, move, day)
                self._edges[node, move, self._alike(node, move, day)] = found
        return found

    def opens(self, node: int, move: int, day: int) -> int:
        """Return the same as `opening_days` for one standing, act and day."""
        found = int(self._opens[node, move, day])
        if found != UNKNOWN:
            return found
        with self.lock:
            then = day
            while then < self.days and self.edge(node, move, then) <= REFUSED:
                then = self._alike(node, move, then).stop
            found = NEVER if then >= self.days else then
            possible = np.flatnonzero(self._edges[node, move, :day] > REFUSED)  # or not yet known
            first = int(possible[-1]) + 1 if len(possible) else 0
            self._opens[node, move, first : min(then, self.days)] = found
            if found != NEVER:
                self._opens[node, move, then] = then
        return found

    def _alike(self, node: int, move: int, day: int) -> slice:
        """Return the days on which the answer is the same: the day alone if it turns on the day, else the period without a change of law."""
        period = bisect_right(self._periods, day)
        if self._turning.get((node, move, period)):
            return slice(day, day + 1)
        return slice(self._periods[period - 1], self._periods[period])

    def _turns(self, doing: Doing, deed: Deed[Any], ready: Company, on: date, before: Sequence[Prior]) -> bool:
        """Return whether the answer about an act may change from one day to the next although no figure changes."""
        activity = doing.activity
        if any(may_read_the_day(one.activity) for _, one, _ in before):
            return True
        if activity.sets is not None or (activity.triggers is not None and may_read_the_day(activity.triggers)):
            return True
        return may_read_the_day(activity) and self._reads_the_day(ready, deed, doing.by, on)

    def _reads_the_day(self, ready: Company, deed: Deed[Any], by: Role, on: date) -> bool:
        return reads_the_day(ready.main, ready.related, deed, on, self.kernel.law, self._counted, by)

    def _ask(self, node: int, move: int, day: int) -> int:
        self.questions += 1
        before, kind = self.companies[node], self.kinds[self.kind_of[node]]
        minute, on = day * DAY_MINUTES, self.kernel.day(day)
        if move >= self.clock_moves:
            company = self.kernel.undated(before, on, self.slots[move - self.clock_moves])
            self._turning[node, move, bisect_right(self._periods, day)] = self._lapse_turns
            told = self.kernel.passing(company, minute)
            if not told.events:
                raise _without_effect(self.process, self.slots[move - self.clock_moves], self.state_name(node))
            return self._told(node, company, told)
        doing = self.doings[move]
        activity = doing.activity
        opening = before.main.state is None
        deed = kind.opening if opening else kind.deeds.get(activity.name)
        if deed is None or deed.activity is not activity:
            return self._refused(Refusal(self.state_name(node), activity.name, ()))
        company = ready = self.kernel.undated(before, on)
        acts = kind.before if opening else ()
        try:
            ready = self.kernel.prepare(company, acts, minute + _NOON).company
            if activity.triggers is not None:
                check_effect(activity.triggers)
            self._reads_the_day(ready, deed, doing.by, on)  # refuses a test that looks at what no standing has
            return self._told(node, company, self.kernel.act(ready, deed, doing.by, minute + _NOON))
        except RefusedError as refused:
            return self._refused(Refusal(self.state_name(node), activity.name, refused.grounds))
        finally:
            turns = self._turns(doing, deed, ready, on, acts)
            self._turning[node, move, bisect_right(self._periods, day)] = turns

    def state_name(self, node: int) -> str:
        """Return the name of the state of a standing; empty before the opening."""
        return self.process.states[self.states[node]].name if self.states[node] >= 0 else ""

    def _told(self, node: int, before: Company, told: Told) -> int:
        changes: list[tuple[int, ClockChange]] = []
        cases = {case.id: case for case in told.company.cases}
        was = {case.id: case for case in before.cases}
        for place, (case, clock) in enumerate(self.slots):
            if case in cases:
                change = change_of(cases[case], was[case].obligation(clock), cases[case].obligation(clock))
                if change.effect:
                    changes.append((place, change))
        return self._number(
            self.outcomes, Moved(self._standing(self.kind_of[node], told.company), tuple(changes)), "outcome"
        )

    def _refused(self, refusal: Refusal) -> int:
        return REFUSED - self._number(
            self.refusals, refusal, "refusal", (refusal.state, refusal.activity, refusal.names)
        )

    def face(self, face: Face) -> int:
        """Return the number of the face of a clock."""
        with self.lock:
            return self._number(self.faces, face, "face")

    def refusal(self, refusal: Refusal) -> int:
        """Return the number of a refusal; refusals of the same conditions share one."""
        with self.lock:
            return REFUSED - self._refused(refusal)

    def _number(self, known: list[Any], value: Any, what: str, key: object = None) -> int:
        key = what, value if key is None else key
        if key not in self._numbers:
            self._numbers[key] = len(known)
            known.append(value)
        return self._numbers[key]

    def node_of(self, kind: int, company: Company) -> int:
        """Return the number of the standing of a company."""
        with self.lock:
            return self._standing(kind, company)

    def _standing(self, kind: int, company: Company) -> int:
        key = "standing", kind, company.standing()
        if key in self._numbers:
            return self._numbers[key]
        number = len(self.companies)
        if number >= MOST_STANDINGS * len(self.kinds):
            raise _endless(self.process, self._growing())
        if number == len(self._edges):
            self._edges = np.concatenate([self._edges, np.full_like(self._edges, UNKNOWN)])
            self._opens = np.concatenate([self._opens, np.full_like(self._opens, UNKNOWN)])
        state = company.main.state
        self.companies.append(self.kernel.undated(company, self.kernel.start))
        self.kind_of.append(kind)
        self.states.append(-1 if state is None else self.process.states.index(state))
        self._numbers[key] = number
        return number

    def _growing(self) -> Text:
        """Return what differs most between the standings: how often an act was done, or a fact."""
        values: defaultdict[Text, set[object]] = defaultdict(set)
        for case in (case for company in self.companies for case in company.cases):
            for name in {a.name for a in self._counted if a.owner is case.process} & case.done.keys():
                title = case.process.activity(name).title
                often = Text(f"“{title.zh}”的次数", f'how often "{title.en}" was done')
                values[often].add(case.done[name].times)
            for fact in fields(type(case.facts)):
                values[Text(f"事实{fact.name}", f"the fact {fact.name}")].add(getattr(case.facts, fact.name))
        return max(values, key=lambda what: len(values[what]), default=Text("所在状态", "their states"))


def _without_effect(process: type[Process], slot: Slot, state: str) -> DefinitionError:
    text = Text(f"在状态{state}中届满而无效果", f"it runs out without effect in state {state}")
    return DefinitionError(process.__name__, [Fault(slot[1], text)])


def _endless(process: type[Process], growing: Text) -> InputError:
    return InputError.of(
        "practice",
        f"{process.name}的办件已有{MOST_STANDINGS}种以上的情形且仍在增加，不能模拟；差别最多的是{growing.zh}；"
        "请在做法中略去使其变化的环节（acts = {{ 名称 = 0 }}），或者在程序中加以限制",
        f"cases of {process.name} reach more than {MOST_STANDINGS} standings, with no end in sight, so they cannot be simulated; they differ most "
        f"in {growing.en}: leave the activity that changes it out of the practices, acts = {{ name = 0 }}, or let the procedure limit it",
    )
