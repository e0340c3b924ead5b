"""A store that forgets: for tests and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Lock

from attrs import evolve, field, frozen

from ssflow.calendar import clock
from ssflow.case import CaseRow, Event
from ssflow.case.doors import check_text
from ssflow.doors import check_callable, checked
from ssflow.errors import ConflictError, UnknownError
from ssflow.store.doors import check_closing, events_of, versions_of
from ssflow.store.rows import NO_SUCH_CASE, row_after


@frozen
class MemoryStore:
    """Events in a dictionary, under one lock."""

    now: Callable[[], datetime] = field(default=clock.now, validator=checked(check_callable))
    _traces: dict[str, list[Event]] = field(factory=dict, init=False, repr=False)
    _linking: dict[str, set[str]] = field(factory=dict, init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def append(self, events: Sequence[Event], *, unchanged: Mapping[str, int] | None = None) -> tuple[Event, ...]:
        """Write events, all or none; see `ssflow.case.Store`."""
        events, seen = events_of(events), versions_of(unchanged)
        recorded_at = clock.recorded(self.now(), clock.ZONE)
        stamped = tuple(evolve(event, recorded_at=recorded_at) for event in events)
        with self._lock:
            for case, version in seen.items():
                if len(self._traces.get(case, ())) != version:
                    raise ConflictError(case, version, len(self._traces.get(case, ())))
            versions = {event.case: len(self._traces.get(event.case, ())) for event in events}
            for event in stamped:
                if event.version != versions[event.case] + 1:
                    raise ConflictError(event.case, event.version - 1, len(self._traces.get(event.case, ())))
                versions[event.case] += 1
            for event in stamped:
                self._traces.setdefault(event.case, []).append(event)
                for link in event.links:
                    self._linking.setdefault(link.case, set()).add(event.case)
        return stamped

    def trace(self, case: str) -> tuple[Event, ...]:
        """All events of a case in order."""
        check_text("case", case)
        with self._lock:
            if case not in self._traces:
                raise UnknownError("case", case, hint=NO_SUCH_CASE)
            return tuple(self._traces[case])

    def linking(self, case: str) -> tuple[str, ...]:
        """The cases that name a case as related; see `ssflow.case.Store`."""
        check_text("case", case)
        with self._lock:
            return tuple(sorted(self._linking.get(case, ())))

    def rows(self, *, closing_by: datetime | None = None) -> tuple[CaseRow, ...]:
        """All cases, or those whose next moment has come."""
        check_closing(closing_by)
        with self._lock:
            rows = [row_after(trace[-1]) for trace in self._traces.values()]
        return tuple(row for row in rows if closing_by is None or (row.closes is not None and row.closes <= closing_by))
