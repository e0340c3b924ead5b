"""The service of queues: given when each visit to a station joins the queue, one pass in the order of time finds when it is taken up.

Time is counted in minutes for which the station has been open, so that closing hours vanish.
"""

from __future__ import annotations

from heapq import heappop, heappush, heapreplace

import numpy as np
from attrs import define, field

from ssflow.simulation.engines.capacity import Capacity
from ssflow.simulation.numbers import NEVER, Flags, Numbers


def begun(capacity: Capacity, keys: tuple[Numbers, ...], joined: Numbers, length: Numbers, over: Numbers) -> Numbers:
    """Return when a station takes up each visit, in the order in which they ``joined``; `NEVER` if the case left before or the simulation ends.

    ``keys`` decide the order of service, ``length`` are the minutes of the work, ``over`` is when the case leaves with the work unfinished.
    """
    came = capacity.spent(joined)
    left = np.maximum(capacity.spent(over), (over >= NEVER) * NEVER)
    of_days = capacity.numbers[capacity.timetable.worked]
    if not len(of_days):
        return np.full(len(joined), NEVER, dtype=np.int64)
    if capacity.is_plain and not capacity.has_clerks:
        starts = by_day(capacity.timetable.length, of_days, came, left)
    elif capacity.is_plain and (of_days == of_days[0]).all():
        starts = by_clerks(int(of_days[0]), came, length, left)
    else:
        starts = np.array(_one_by_one(capacity, of_days.tolist(), keys, came, length, left), dtype=np.int64)
    ready: Numbers = np.where(starts >= NEVER, NEVER, capacity.moments(np.minimum(starts, NEVER)))
    return ready


def _one_by_one(
    capacity: Capacity, numbers: list[int], keys: tuple[Numbers, ...], came: Numbers, length: Numbers, left: Numbers
) -> list[int]:
    rows = came.tolist(), length.tolist(), left.tolist()
    if not capacity.is_plain:
        return _by_rank(_Room(capacity, numbers), list(zip(*(key.tolist() for key in keys), strict=True)), *rows)
    return _in_turn(_Room(capacity, numbers), *rows)


def by_clerks(clerks: int, came: Numbers, length: Numbers, left: Numbers) -> Numbers:
    """Return when each visit is taken up, first come, first served, by the same number of clerks on every day.

    The next visit always goes to the clerk who is free first: a heap has the times at which each is.
    """
    free, found = [0] * clerks, []
    first = 0  # when the first clerk is free
    for at, takes, gone in zip(came.tolist(), length.tolist(), left.tolist(), strict=True):
        start = at if at > first else first  # noqa: FURB136 - the built-in function takes most of the time
        if start >= gone:
            found.append(NEVER)
            continue
        over = start + takes
        heapreplace(free, over if over < gone else gone)  # noqa: FURB136 - likewise
        first = free[0]
        found.append(start)
    return np.array(found, dtype=np.int64)


def by_day(of_day: int, numbers: Numbers, came: Numbers, left: Numbers) -> Numbers:
    """Return when each visit is taken up, first come, first served, up to a number a day; `NEVER` for cases that have ``left`` before.

    A visit that leaves takes no turn, so the leaving visits have to be known. At first none is assumed to leave; then all whose turn would
    have come too late, until nothing changes. A turn depends only on earlier visits, so each round removes at least the first error.
    """
    gone = np.zeros(len(came), dtype=np.bool_)
    while True:
        starts = _turns(of_day, numbers, came, ~gone)
        late = starts >= left
        if (late == gone).all():
            return np.where(late, NEVER, starts)
        gone = late


def _turns(of_day: int, numbers: Numbers, came: Numbers, takes: Flags) -> Numbers:
    """Return when each visit has its turn if only those in ``takes`` take one; the queue at the end of each day follows from running sums."""
    days = came // of_day
    coming = np.bincount(days[takes], minlength=len(numbers) + 1)[: len(numbers)]
    excess = np.cumsum(coming - numbers)
    waiting = excess - np.minimum(0, np.minimum.accumulate(excess))
    begun = np.cumsum(coming) - waiting  # turns taken up to the end of each day
    day_of = np.repeat(np.arange(len(numbers)), np.diff(begun, prepend=0))  # by turn; the last may never come
    day_of = np.append(day_of, np.full(int(takes.sum()) - len(day_of), len(numbers)))
    before: Numbers = np.cumsum(takes) - takes  # the number of turns before each visit
    # The next turn is on the same day as the one before, unless that was the last of its day.
    last = np.append(-1, day_of)[before]
    full = before - np.append(0, begun)[np.maximum(last, 0)] >= np.append(numbers, 0)[last]
    found = np.maximum(days, np.where(last < 0, 0, last + full))
    starts: Numbers = np.where(found < len(numbers), np.maximum(came, found * of_day), NEVER)
    return starts


@define
class _Room:
    """The room of a station: the clerks who are free, or the cases that may still be taken up on a day."""

    capacity: Capacity
    numbers: list[int]
    _busy: list[int] = field(factory=list, init=False)
    _day: tuple[int, int] = field(default=(-1, 0), init=False)

    @property
    def end(self) -> int:
        """The total of the minutes for which the station is open."""
        return len(self.numbers) * self.capacity.timetable.length

    def is_free(self, minute: int) -> bool:
        """Return whether a visit may be taken up."""
        day = minute // self.capacity.timetable.length
        if self.capacity.has_clerks:
            while self._busy and self._busy[0] <= minute:
                heappop(self._busy)
            return len(self._busy) < self.numbers[day]
        return (self._day[1] if self._day[0] == day else 0) < self.numbers[day]

    def take(self, minute: int, over: int) -> None:
        """Take up a visit, for which a clerk is busy until the work is over."""
        day = minute // self.capacity.timetable.length
        self._day = day, (self._day[1] if self._day[0] == day else 0) + 1
        if self.capacity.has_clerks:
            heappush(self._busy, over)

    def next(self, minute: int) -> int:
        """Return when a full station may have room again: when a clerk is free, or the next day begins."""
        morrow = (minute // self.capacity.timetable.length + 1) * self.capacity.timetable.length
        return min(self._busy[0], morrow) if self.capacity.has_clerks and self._busy else morrow


def _in_turn(room: _Room, came: list[int], length: list[int], left: list[int]) -> list[int]:
    """Return when each visit is taken up, first come, first served, if the number of clerks differs by day."""
    found, now = [], 0
    for at, takes, gone in zip(came, length, left, strict=True):
        now = max(now, at)
        while now < room.end and not room.is_free(now):
            now = room.next(now)
        starts = now < min(room.end, gone)
        if starts:
            room.take(now, min(now + takes, gone))
        found.append(now if starts else NEVER)
    return found


def _by_rank(
    room: _Room, keys: list[tuple[int, ...]], came: list[int], length: list[int], left: list[int]
) -> list[int]:
    """Return when each visit is taken up if the waiting visit with the least key goes first."""
    found = [NEVER] * len(came)
    waiting: list[tuple[tuple[int, ...], int]] = []
    now = place = 0
    while place < len(came) or waiting:
        if not waiting:
            now = max(now, came[place])
        if now >= room.end:
            break
        while place < len(came) and came[place] <= now:
            heappush(waiting, (keys[place], place))
            place += 1
        while waiting and (left[waiting[0][1]] <= now or room.is_free(now)):
            _, row = heappop(waiting)
            if left[row] > now:
                room.take(now, min(now + length[row], left[row]))
                found[row] = now
        if waiting:
            now = room.next(now)
    return found
