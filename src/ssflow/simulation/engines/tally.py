"""The counts of played cases: only sums, so that windows, workers and runs add up in any order."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import define, field, fields

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import NONE, Flags, Numbers, parted

_HOUR = 60


@define(eq=False)
class Tally:
    """The counts of one run, or of a part of it.

    ``entered`` and ``left`` count by state and day, ``opened`` by day, ``finished`` by final state. ``hours`` and ``workdays`` count closed cases
    by how many they took. By slot: clocks ``started``, of which ``provisional``, ``ran_out``, and ``late`` by working days. ``shown`` counts
    starts of clocks by face; ``waits`` and ``waited`` count by refusal how often ripe acts waited, and their minutes; ``redrawn`` counts by
    selector acts that were given up for another.

    Of stations, by service: how many ``joined`` the queue, were ``taken`` up, had ``gone`` before that, or were ``lost`` after it; the minutes
    for which they ``queued``, and how many were ``delayed`` at all. By station and day: how many ``came`` to the queue and ``ceased`` to wait,
    and how much capacity was ``used``: minutes of clerks, or cases taken up; ``wasted`` are the minutes of clerks on work that was lost.
    ``warm`` counts by state and day the open cases that arrived in the warm-up, which are otherwise counted only at stations.
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
        """Count the moves of cases from one state (-1: not yet opened) to another on some days."""
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
        """Count the cases that are open as the simulation begins, with the clocks that have begun or run out."""
        there, states = self.model.continuing, np.array(self.model.chart.states)
        self.entered[:, self.model.first] += np.bincount(states[there.node[cases]], minlength=len(self.entered))
        days = np.bincount(there.opened[cases] // DAY_MINUTES)
        self.opened[: len(days)] += days
        for slot, faces in enumerate(there.face[:, cases]):
            self.ran_out[slot] += np.count_nonzero(there.overdue[slot, cases] == 1)
            self.provisional[slot] += np.count_nonzero(there.provisional[slot, cases] == 1)
            self.began(slot, faces[faces != NONE])

    def closed(self, state: int, variants: Numbers, opened: Numbers, closed: Numbers) -> None:
        """Count cases closed in a state, by the minutes at which they were opened and closed."""
        self.finished[state] += len(closed)
        took = closed - opened
        self.minutes += int(took.sum())
        _count(self.hours, took // _HOUR)
        tables = self.model.opening_of.take(variants)
        for table, first, last in parted(tables, opened // DAY_MINUTES, closed // DAY_MINUTES):
            office = self.model.timetables[table].before
            _count(self.workdays, office.take(last + 1) - office.take(first + 1))

    def began(self, slot: int, faces: Numbers) -> None:
        """Count the starts of clocks of a slot, with these faces."""
        self.started[slot] += len(faces)
        self.shown = summed(self.shown, np.bincount(faces))

    def dated(self, slot: int, provisional: Flags) -> None:
        """Count the forecasts among the last days of clocks of a slot that began."""
        self.provisional[slot] += np.count_nonzero(provisional)

    def ended_late(self, slot: int, due: Numbers, days: Numbers, office: Numbers) -> Numbers:
        """Count clocks of a slot that ended after they had run out; return how many working days of the bound role each was late."""
        late: Numbers = np.maximum(0, office.take(days + 1) - office.take(due + 1, mode="clip"))
        _count(self.late[slot], late)
        return late

    def waited_for(self, refusals: Numbers, minutes: Numbers, first: Flags) -> None:
        """Count the minutes for which ripe acts waited because they were refused; ``first`` marks those that wait for the first time."""
        known = len(self.model.chart.refusals)
        sums = np.bincount(refusals, weights=minutes, minlength=known)  # exact below 2**53
        self.waited = summed(self.waited, sums.astype(np.int64))
        self.waits = summed(self.waits, np.bincount(refusals[first], minlength=known))

    def visited(self, services: Numbers, joined: Numbers, began: Numbers, over: Numbers, lost: Flags) -> None:
        """Count visits to stations: when each joined, was taken up and was over, in minutes; `NEVER` if that was not before the end."""
        end, stations = self.model.end, self.model.station_of.take(services)
        left, begins = np.minimum(began, over), began < end
        for counts, some in (
            (self.joined, slice(None)),
            (self.taken, begins),
            (self.gone, ~begins & (over < end)),
            (self.lost, lost),
        ):
            _count(counts, services[some])
        waited = np.minimum(left, end) - joined
        _count(self.queued, services, weights=waited)
        _count(self.delayed, services[waited > 0])
        _count_by_day(self.came, stations, joined)
        ceases = left < end
        _count_by_day(self.ceased, stations[ceases], left[ceases])
        columns = (stations, began, np.minimum(over, end), lost)
        worked = (column[begins] for column in columns)
        for table, *one in parted(self.model.taken_by.take(services[begins]), *worked):
            self._used_up(self.model.timetables[table], *one)

    def _used_up(self, timetable: Timetable, stations: Numbers, began: Numbers, over: Numbers, lost: Flags) -> None:
        """Count the capacity used of stations with one timetable: minutes of their clerks, or cases taken up."""
        clerks = np.array([one.has_clerks for one in self.model.capacities])[stations]
        _count_by_day(self.used, stations[~clerks], began[~clerks])
        stations, began, over, lost = (column[clerks] for column in (stations, began, over, lost))
        if len(stations):
            first, last = (timetable.spent(np.minimum(side, self.model.end - 1)) for side in (began, over))
            self.used += timetable.by_day(stations, last, len(self.used)) - timetable.by_day(
                stations, first, len(self.used)
            )
            _count(self.wasted, stations, weights=(last - first) * lost)

    def add(self, other: Self) -> None:
        """Add the counts of another part."""
        for attribute in fields(Tally):
            if attribute.name != "model":
                mine, theirs = getattr(self, attribute.name), getattr(other, attribute.name)
                one = isinstance(mine, int) or mine.ndim > 1
                setattr(self, attribute.name, mine + theirs if one else summed(mine, theirs))

    def take_back(self, other: Self) -> None:
        """Subtract the counts of a part."""
        for attribute in fields(Tally):
            if attribute.name != "model":
                mine, theirs = getattr(self, attribute.name), getattr(other, attribute.name)
                one = isinstance(mine, int) or mine.ndim > 1
                setattr(self, attribute.name, mine - theirs if one else summed(mine, -theirs))

    def stand_beside(self, other: Self) -> None:
        """Add the counts of cases of the warm-up: how many are in each state, and their use of stations."""
        self.warm += other.backlog
        self.came, self.ceased, self.used = self.came + other.came, self.ceased + other.ceased, self.used + other.used

    @property
    def backlog(self) -> Numbers:
        """The open cases at the end of each day, a row a state."""
        standing: Numbers = np.cumsum(self.entered - self.left, axis=1)
        standing[[state.final for state in self.model.chart.process.states]] = 0
        return standing

    @property
    def queues(self) -> Numbers:
        """The waiting cases at the end of each day, a row a station."""
        standing: Numbers = np.cumsum(self.came - self.ceased, axis=1)
        return standing

    @property
    def number_opened(self) -> int:
        """The number of cases that were opened."""
        return int(self.opened.sum())

    @property
    def number_closed(self) -> int:
        """The number of cases that were closed."""
        return int(self.finished.sum())


def padded(counts: Numbers, length: int) -> Numbers:
    """Return a column filled up with zeros to a length."""
    whole = np.zeros(length, dtype=np.int64)
    whole[: len(counts)] = counts
    return whole


def _zeros(*shape: int) -> Numbers:
    return np.zeros(shape, dtype=np.int64)


def _count(counts: Numbers, numbers: Numbers, weights: Numbers | None = None) -> None:
    """Add the frequencies of numbers to a column that has room for them."""
    found = np.bincount(numbers, weights).astype(np.int64, copy=False)  # sums are exact below 2**53
    counts[: len(found)] += found


def _count_by_day(counts: Numbers, rows: Numbers, moments: Numbers) -> None:
    """Add the frequencies of moments to a table of rows by days."""
    _count(counts.reshape(-1), rows * counts.shape[1] + moments // DAY_MINUTES)


def summed(one: Numbers, other: Numbers) -> Numbers:
    """Return the sum of two columns; the shorter is taken to end in zeros."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    total = longer.astype(np.int64)
    total[: len(shorter)] += shorter
    return total


class Uncounted(Tally):
    """A tally that counts nothing, for cases that are played only to find when stations take them up."""

    def moved(self, *_: object) -> None:
        """Count nothing."""

    def continued(self, *_: object) -> None:
        """Count nothing."""

    def closed(self, *_: object) -> None:
        """Count nothing."""

    def began(self, *_: object) -> None:
        """Count nothing."""

    def dated(self, *_: object) -> None:
        """Count nothing."""

    def waited_for(self, *_: object) -> None:
        """Count nothing."""

    def visited(self, *_: object) -> None:
        """Count nothing."""
