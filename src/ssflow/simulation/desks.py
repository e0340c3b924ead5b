"""Stations at work, for the engine that plays event by event: who waits, how many are served, who is next."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from attrs import define, field

from ssflow.simulation.capacity import Capacity
from ssflow.simulation.kernel import DAY_MINUTES

Place = tuple[int, int]  # a case and a role
Key = tuple[int, int, int, int, int]  # its rank, its last day, when it joined, the case, the role


@define(eq=False)
class Desk:
    """One station in the course of a run."""

    capacity: Capacity
    in_hand: int = 0
    wakes: int = -1  # when it looks next although nothing else happens
    _waiting: list[Key] = field(factory=list, init=False)
    _present: dict[Place, Key] = field(factory=dict, init=False)
    _begun: tuple[int, int] = field(default=(-1, 0), init=False)  # a day, and how many were begun on it

    def join(self, rank: int, due: int, moment: int, place: Place) -> None:
        """Let somebody queue."""
        key = (rank, due, moment, *place)
        heappush(self._waiting, key)
        self._present[place] = key

    def leave(self, place: Place) -> None:
        """Let somebody go who has not been taken up."""
        self._present.pop(place, None)

    def take_up(self, moment: int) -> Iterator[Place]:
        """Begin on as many as may be begun at a moment."""
        while self._present and self._is_free(moment):
            key = heappop(self._waiting)
            *_, case, role = key
            if self._present.get((case, role)) == key:
                self.leave((case, role))
                self.in_hand += 1
                day = moment // DAY_MINUTES
                self._begun = day, (self._begun[1] if self._begun[0] == day else 0) + 1
                yield case, role

    def _is_free(self, moment: int) -> bool:
        if self.capacity.timetable.one_after(moment, 0) != moment:
            return False
        day = moment // DAY_MINUTES
        begun = self._begun[1] if self._begun[0] == day else 0
        return (self.in_hand if self.capacity.has_clerks else begun) < int(self.capacity.numbers[day])

    def opens(self, moment: int) -> int | None:
        """When it may take up somebody although nothing else happens: as it next opens, on this day or a later one."""
        if not self._present:
            return None
        first, morrow = self.capacity.timetable.one_after(moment, 0), moment // DAY_MINUTES + 1
        if first > moment or morrow == len(self.capacity.numbers):
            return first if first > moment else None
        return self.capacity.timetable.one_after(morrow * DAY_MINUTES, 0)
