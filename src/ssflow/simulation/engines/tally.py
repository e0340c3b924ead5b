"""What is counted while cases are played: sums alone, so that windows, workers and runs add up in any order."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import define, field, fields

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.capacity import Service
from ssflow.simulation.engines.model import Model
from ssflow.simulation.numbers import NONE, Flags, Numbers

_HOUR = 60


@define(eq=False)
class Tally:
    """The counts of one run or of a part of it.

    ``entered`` and ``left`` count by state and day, ``opened`` by day; ``finished`` by final state. ``hours`` and ``workdays`` are how many
    cases were closed after so many. By slot: clocks ``started``, of which ``provisional``, ``ran_out``, and ``late`` by working days.
    ``shown`` counts starts by face, ``waits`` and ``waited`` how often and how long
    what was ripe waited, by refusal, ``redrawn`` by selector what was given up and drawn anew.

    Of stations, by service: how many ``joined`` the queue, were ``taken`` up, had ``gone`` before that, were ``lost`` after it, and the
    minutes for which they ``queued``, of whom ``delayed`` not for none. By station and day: how many ``came`` to queue and ``ceased`` to,
    and how much of what it has was ``used``: minutes of clerks, or cases taken up; ``wasted`` are the minutes of clerks that were lost.
    ``warm`` are by state and day the open cases that arrived in the warm-up, of which nothing else is counted but that they took their
    place at stations.
    """

    model: Model
    cases: int = 0
    events: int = 0
    minutes: int = 0
    opened: Numbers = field(init=False)
    entered: Numbers = field(init=False)
    left: Numbers = field(init=False)
    finished: Numbers = field(init=False)
    hours: Numbers = field(init=False)
    workdays: Numbers = field(init=False)
    started: Numbers = field(init=False)
    provisional: Numbers = field(init=False)
    ran_out: Numbers = field(init=False)
    late: Numbers = field(init=False)
    shown: Numbers = field(init=False)
    waits: Numbers = field(init=False)
    waited: Numbers = field(init=False)
    redrawn: Numbers = field(init=False)
    joined: Numbers = field(init=False)
    taken: Numbers = field(init=False)
    gone: Numbers = field(init=False)
    lost: Numbers = field(init=False)
    queued: Numbers = field(init=False)
    delayed: Numbers = field(init=False)
    came: Numbers = field(init=False)
    ceased: Numbers = field(init=False)
    used: Numbers = field(init=False)
    wasted: Numbers = field(init=False)
    warm: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        chart, days = self.model.chart, self.model.days
        states, slots = len(chart.process.states), len(chart.slots)
        self.opened, self.finished = _zeros(days), _zeros(states)
        self.entered, self.left = _zeros(states, days), _zeros(states, days)
        self.hours, self.workdays = _zeros(days * 24 + 1), _zeros(days + 1)
        self.started, self.provisional, self.ran_out = _zeros(slots), _zeros(slots), _zeros(slots)
        self.late = _zeros(slots, days + 1)
        self.shown, self.waits, self.waited = _zeros(0), _zeros(0), _zeros(0)
        self.redrawn = _zeros(len(self.model.selectors))
        services, stations = len(self.model.services), len(self.model.capacities)
        self.joined, self.taken, self.gone, self.lost = (_zeros(services) for _ in range(4))
        self.queued, self.delayed = _zeros(services), _zeros(services)
        self.came, self.ceased, self.used = (_zeros(stations, days) for _ in range(3))
        self.wasted = _zeros(stations)
        self.warm = _zeros(states, days)

    def moved(self, before: int, after: int, days: Numbers) -> None:
        """Cases went from one state (-1: none) to another on some days."""
        self.events += len(days)
        if before == after:
            return
        first = int(days.min()) if len(days) else 0
        counts = np.bincount(days - first)
        there = slice(first, first + len(counts))
        self.entered[after, there] += counts
        if before < 0:
            self.opened[there] += counts
        else:
            self.left[before, there] += counts

    def continued(self, cases: Numbers) -> None:
        """Cases are open as the simulation begins: their clocks have begun, and some have run out."""
        there, states = self.model.continuing, np.array(self.model.chart.states)
        self.entered[:, self.model.first] += np.bincount(states[there.node[cases]], minlength=len(self.entered))
        days = np.bincount(there.opened[cases] // DAY_MINUTES)
        self.opened[: len(days)] += days
        for slot, faces in enumerate(there.face[:, cases]):
            self.ran_out[slot] += np.count_nonzero(there.overdue[slot, cases] == 1)
            self.provisional[slot] += np.count_nonzero(there.provisional[slot, cases] == 1)
            for face, number in enumerate(np.bincount(faces[faces != NONE]).tolist()):
                if number:
                    self.began(slot, face, number)

    def closed(self, state: int, variant: int, opened: Numbers, closed: Numbers) -> None:
        """Cases of a variant were closed in a state, opened and closed at these minutes."""
        office = self.model.timetables[self.model.opening_timetable(variant)].before
        self.finished[state] += len(closed)
        self.minutes += int((closed - opened).sum())
        _count(self.hours, (closed - opened) // _HOUR)
        _count(self.workdays, office.take(closed // DAY_MINUTES + 1) - office.take(opened // DAY_MINUTES + 1))

    def began(self, slot: int, face: int, number: int) -> None:
        """So many clocks of a slot began, with one face."""
        self.started[slot] += number
        self.shown = _sum(self.shown, np.zeros(face + 1, dtype=np.int64))
        self.shown[face] += number

    def dated(self, slot: int, provisional: Flags) -> None:
        """Clocks of a slot that began were dated."""
        self.provisional[slot] += np.count_nonzero(provisional)

    def ended_late(self, slot: int, due: Numbers, days: Numbers, office: Numbers) -> Numbers:
        """Clocks of a slot that had run out ended on these days; by how many working days of the role that was bound they were late."""
        late: Numbers = np.maximum(0, office.take(days + 1) - office.take(due + 1, mode="clip"))
        _count(self.late[slot], late)
        return late

    def waited_for(self, refusals: Numbers, minutes: Numbers, first: Flags) -> None:
        """Plans waited so many minutes for what was refused; some of them for the first time."""
        known = len(self.model.chart.refusals)
        sums = np.bincount(refusals, weights=minutes, minlength=known)  # exact below 2**53
        self.waited = _sum(self.waited, sums.astype(np.int64))
        self.waits = _sum(self.waits, np.bincount(refusals[first], minlength=known))

    def visited(self, service: Service, joined: Numbers, began: Numbers, over: Numbers, lost: Flags) -> None:
        """Some were in a station: since when, from when it worked on them, until when; `NEVER` if not up to the end."""
        end, days, capacity = self.model.end, self.came.shape[1], self.model.capacities[service.station]
        number, station = service.number, service.station
        left = np.minimum(began, over)
        self.joined[number] += len(joined)
        self.taken[number] += int((began < end).sum())
        self.gone[number] += int(((began >= end) & (over < end)).sum())
        self.lost[number] += int(lost.sum())
        waited = np.minimum(left, end) - joined
        self.queued[number] += int(waited.sum())
        self.delayed[number] += int((waited > 0).sum())
        self.came[station] += np.bincount(joined // DAY_MINUTES, minlength=days)
        self.ceased[station] += np.bincount(left[left < end] // DAY_MINUTES, minlength=days)
        here = began < end
        if not capacity.has_clerks:
            self.used[station] += np.bincount(began[here] // DAY_MINUTES, minlength=days)
            return
        first, last = capacity.spent(began[here]), capacity.spent(np.minimum(over[here], end))
        self.used[station] += capacity.by_day(last) - capacity.by_day(first)
        self.wasted[station] += int((last - first)[lost[here]].sum())

    def add(self, other: Self) -> None:
        """Take in the counts of another part."""
        for attribute in fields(Tally):
            if attribute.name != "model":
                mine, theirs = getattr(self, attribute.name), getattr(other, attribute.name)
                one = isinstance(mine, int) or mine.ndim > 1
                setattr(self, attribute.name, mine + theirs if one else _sum(mine, theirs))

    def take_back(self, other: Self) -> None:
        """Take the counts of a part out again."""
        for attribute in fields(Tally):
            if attribute.name != "model":
                mine, theirs = getattr(self, attribute.name), getattr(other, attribute.name)
                one = isinstance(mine, int) or mine.ndim > 1
                setattr(self, attribute.name, mine - theirs if one else _sum(mine, -theirs))

    def stand_beside(self, other: Self) -> None:
        """Take in cases that are not counted: how many were in which state, and what stations had to do with them."""
        self.warm += other.backlog
        self.came, self.ceased, self.used = self.came + other.came, self.ceased + other.ceased, self.used + other.used

    @property
    def backlog(self) -> Numbers:
        """The open cases at the end of each day, by state."""
        standing: Numbers = np.cumsum(self.entered - self.left, axis=1)
        standing[[state.final for state in self.model.chart.process.states]] = 0
        return standing

    @property
    def queues(self) -> Numbers:
        """How many wait at the end of each day, by station."""
        standing: Numbers = np.cumsum(self.came - self.ceased, axis=1)
        return standing

    @property
    def number_opened(self) -> int:
        """The cases that were opened."""
        return int(self.opened.sum())

    @property
    def number_closed(self) -> int:
        """The cases that were closed."""
        return int(self.finished.sum())


def padded(counts: Numbers, length: int) -> Numbers:
    """A column with zeros behind, up to a length."""
    whole = np.zeros(length, dtype=np.int64)
    whole[: len(counts)] = counts
    return whole


def _zeros(*shape: int) -> Numbers:
    return np.zeros(shape, dtype=np.int64)


def _count(counts: Numbers, numbers: Numbers) -> None:
    """Count numbers into a column that has room for them, whose larger numbers are rare."""
    found = np.bincount(numbers)
    counts[: len(found)] += found


def _sum(one: Numbers, other: Numbers) -> Numbers:
    """The sum of two columns, the shorter ending in zeros."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    total = longer.astype(np.int64)
    total[: len(shorter)] += shorter
    return total


class Uncounted(Tally):
    """Counts nothing: for cases that are played to find something else out."""

    def moved(self, *_: object) -> None:
        """Nothing."""

    def continued(self, *_: object) -> None:
        """Nothing."""

    def closed(self, *_: object) -> None:
        """Nothing."""

    def began(self, *_: object) -> None:
        """Nothing."""

    def dated(self, *_: object) -> None:
        """Nothing."""

    def waited_for(self, *_: object) -> None:
        """Nothing."""

    def visited(self, *_: object) -> None:
        """Nothing."""
