"""The stations as the event engine plays them: who waits, how many are being served, and who is next."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.capacity import Capacity
from ssflow.simulation.engines.event.played import Intent, Stage
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NEVER, NONE, Numbers, row

Place = tuple[int, int]  # a case and a role
Key = tuple[int, int, int, int, int]  # the rank, the last day, the minute of joining, the case and the role


@define(eq=False)
class Counter:
    """The queue of one station in the course of a run."""

    capacity: Capacity
    in_hand: int = 0
    wakes: int = -1  # when it next looks at its queue without another event
    _waiting: list[Key] = field(factory=list, init=False)
    _present: dict[Place, Key] = field(factory=dict, init=False)
    _begun: tuple[int, int] = field(default=(-1, 0), init=False)  # a day, and how many were taken up on it

    def join(self, rank: int, due: int, moment: int, place: Place) -> None:
        """Let a role in a case join the queue."""
        key = (rank, due, moment, *place)
        heappush(self._waiting, key)
        self._present[place] = key

    def leave(self, place: Place) -> None:
        """Let a role in a case leave the queue before it is taken up."""
        self._present.pop(place, None)

    def take_up(self, moment: int) -> Iterator[Place]:
        """Take up as many as there is room for at a moment, and yield them."""
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
        """Return when the station may next take a case up without another event: at its next opening, on this day or a later one; None if never."""
        if not self._present:
            return None
        first, morrow = self.capacity.timetable.one_after(moment, 0), moment // DAY_MINUTES + 1
        if first > moment or morrow == len(self.capacity.numbers):
            return first if first > moment else None
        return self.capacity.timetable.one_after(morrow * DAY_MINUTES, 0)


@define(eq=False)
class Counters:
    """The queues of all stations of a model in the course of a run.

    With ``starts`` it is known when each visit is taken up, and no queue is kept. In ``begun``, if it is given, the moments are noted as found.
    """

    model: Model
    tally: Tally
    starts: Starts | None
    begun: Starts | None
    _counters: list[Counter] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._counters = [Counter(capacity) for capacity in self.model.capacities]

    def join(self, place: Place, intent: Intent, moment: int, profile: int, dues: Numbers) -> None:
        """Let an intent join the queue of its station."""
        intent.stage, intent.joined = Stage.queued, moment
        service = self.model.services[intent.service]
        if self.starts is not None:
            began = self.starts.one(service.selector, place[0], intent.visit)
            if began not in (NEVER, NONE):
                self.begin(intent, began)
            return
        capacity = self.model.capacities[service.station]
        due = int(capacity.due_of(dues, np.zeros(1, dtype=np.int64))[0])
        self._counters[service.station].join(int(capacity.ranks[profile]), due, moment, place)

    def take_up(self, moment: int) -> Iterator[Place]:
        """Take up what all stations have room for at a moment, and yield it."""
        for counter in self._counters:
            yield from counter.take_up(moment)

    def wake(self, moment: int) -> Iterator[tuple[int, int]]:
        """Yield when each station next looks at its queue without another event, unless that is on the agenda already."""
        for number, counter in enumerate(self._counters):
            again = counter.opens(moment)
            if again is not None and counter.wakes != again:
                counter.wakes = again
                yield again, number

    def begin(self, intent: Intent | None, moment: int) -> None:
        """Let the work on an intent begin."""
        assert intent is not None  # noqa: S101 - it was in the queue
        service = self.model.services[intent.service]
        intent.stage, intent.began = Stage.in_hand, moment
        intent.table = service.table
        intent.ripe = self.model.timetables[intent.table].one_after(moment, intent.length)

    def let_go(self, place: Place, intent: Intent, moment: int, *, lost: bool) -> None:
        """Let an intent leave its station: it is done, or it is ``lost`` because the case has left the state."""
        service = self.model.services[intent.service]
        counter = self._counters[service.station]
        if self.starts is None:
            counter.in_hand -= intent.stage is Stage.in_hand
            counter.leave(place)
        if self.begun is not None:
            self.begun.put(service.selector, row(place[0]), row(intent.visit), row(intent.began))
        spoilt = np.array([lost and intent.began != NEVER])
        self.tally.visited(row(intent.service), row(intent.joined), row(intent.began), row(moment), spoilt)
        intent.stage = Stage.own
