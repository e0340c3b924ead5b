"""A store in memory, for tests and notebooks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from threading import Lock
from typing import TypeVar

from attrs import field, frozen

from ssflow.case.doors import check_key, check_number, check_text
from ssflow.errors import ConflictError, ReusedKeyError, UnknownError
from ssflow.records import (
    Access,
    CaseRow,
    Change,
    CustodyEntry,
    CustodyKind,
    Failure,
    ObligationRow,
    Request,
    VersionRow,
)
from ssflow.store.doors import (
    NO_SUCH_CASE,
    accesses_of,
    asked_for,
    changes_of,
    check_asked,
    check_entries_asked,
    check_failure,
    check_order,
    check_owed,
    check_request,
    versions_of,
)
from ssflow.store.operations import counted
from ssflow.store.statements import VERSION

T = TypeVar("T")


@frozen
class MemoryStore:
    """A store with its texts in dictionaries, under one lock. Texts are written as in a file, so whatever a file cannot hold is refused here too."""

    _traces: dict[str, list[str]] = field(factory=dict, init=False, repr=False)
    _rows: dict[str, CaseRow] = field(factory=dict, init=False, repr=False)
    _snapshots: dict[str, str] = field(factory=dict, init=False, repr=False)
    _linking: dict[str, set[str]] = field(factory=dict, init=False, repr=False)
    _owed: dict[str, tuple[ObligationRow, ...]] = field(factory=dict, init=False, repr=False)
    _requests: dict[str, Request] = field(factory=dict, init=False, repr=False)
    _failures: dict[tuple[str, str], Failure] = field(factory=dict, init=False, repr=False)
    _outbox: dict[str, dict[tuple[str, int], str]] = field(factory=dict, init=False, repr=False)
    _accesses: list[Access] = field(factory=list, init=False, repr=False)
    _custody: dict[tuple[str, int], CustodyEntry] = field(factory=dict, init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def append(
        self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None, request: Request | None = None
    ) -> None:
        """Write the changes of cases, all or none; see `ssflow.records.Store`."""
        changes = changes_of(changes)
        check_request(request)
        seen = [*versions_of(unchanged).items(), *((change.row.id, change.seen) for change in changes)]
        with self._lock:
            for case, version in seen:
                found = self._rows[case].version if case in self._rows else 0
                if found != version:
                    raise ConflictError(case, version, found)
            if request and self._requests.setdefault(request.key, request) is not request:
                raise ReusedKeyError(request.key)
            for change in changes:
                self._rows[change.row.id] = change.row
                self._snapshots[change.row.id] = change.snapshot
                self._owed[change.row.id] = change.obligations
                self._traces.setdefault(change.row.id, []).extend(change.events)
                for waits in self._outbox.values():
                    waits.update({(change.row.id, change.seen + n): text for n, text in enumerate(change.events, 1)})
                for named in change.named:
                    self._linking.setdefault(named, set()).add(change.row.id)

    def trace(self, case: str) -> tuple[str, ...]:
        """Return the texts of all events of one case, as `traces` does."""
        return self.traces([case])[case]

    def traces(self, cases: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the texts of all events of some cases, in order; see `ssflow.records.Store`."""
        asked = asked_for(cases)
        with self._lock:
            return {case: tuple(self._of(self._traces, case)) for case in asked}

    def snapshots(self, cases: Collection[str]) -> dict[str, str]:
        """Return the present states of some cases, as texts; see `ssflow.records.Store`."""
        asked = asked_for(cases)
        with self._lock:
            return {case: self._of(self._snapshots, case) for case in asked}

    def linking(self, cases: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return for each of some cases those that name it as related; see `ssflow.records.Store`."""
        asked = asked_for(cases)
        with self._lock:
            return {case: tuple(sorted(self._linking.get(case, ()))) for case in asked}

    def rows(
        self, *, closing_by: datetime | None = None, late: bool = False, since: date | None = None
    ) -> tuple[CaseRow, ...]:
        """Return the lines of all cases, or of those that meet a criterion; see `ssflow.records.Store`."""
        check_asked(closing_by, late, since)
        with self._lock:
            rows = tuple(self._rows.values())
        if closing_by is None and not late and since is None:
            return rows
        return tuple(
            row
            for row in rows
            if (closing_by is not None and row.closes is not None and row.closes <= closing_by)
            or (late and row.late)
            or (since is not None and (row.last is None or row.last >= since))
        )

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the versions of procedures under which cases are open; see `ssflow.records.Store`."""
        with self._lock:
            last = [(row, self._traces[row.id][-1]) for row in self._rows.values() if not row.closed]
        return counted((row.process, text.partition(VERSION)[2], 1, row.id) for row, text in last)

    def obligations(
        self,
        *,
        process: str | None = None,
        role: str | None = None,
        place: str | None = None,
        due_by: date | None = None,
    ) -> tuple[ObligationRow, ...]:
        """Return all obligations, or those that meet the criteria; see `ssflow.records.Store`."""
        check_owed(process, role, place, due_by)
        with self._lock:
            owed = [row for rows in self._owed.values() for row in rows]
        found = (row for row in owed if row.meets(process=process, role=role, place=place, due_by=due_by))
        return tuple(sorted(found, key=ObligationRow.order))

    def request(self, key: str) -> Request | None:
        """Return the request that was carried out under a key, or None; see `ssflow.records.Store`."""
        check_key("key", key)
        with self._lock:
            return self._requests.get(key)

    def failures(self, work: str) -> tuple[Failure, ...]:
        """Return the failures of a work; see `ssflow.records.Store`."""
        check_text("work", work)
        with self._lock:
            return tuple(failure for (name, _), failure in sorted(self._failures.items()) if name == work)

    def fail(self, failure: Failure) -> None:
        """Keep the failure of a work in a case; see `ssflow.records.Store`."""
        check_failure(failure)
        with self._lock:
            self._failures[failure.work, failure.case] = failure

    def recover(self, work: str, case: str) -> None:
        """Delete the failure of a work in a case; see `ssflow.records.Store`."""
        check_text("work", work)
        check_text("case", case)
        with self._lock:
            self._failures.pop((work, case), None)

    def subscribe(self, subscriber: str) -> None:
        """Keep a message about every event from now on for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        with self._lock:
            self._outbox.setdefault(subscriber, {})

    def unsubscribe(self, subscriber: str) -> None:
        """Stop keeping messages for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        with self._lock:
            self._outbox.pop(subscriber, None)

    def waiting(self, subscriber: str) -> tuple[tuple[str, int], ...]:
        """Return the cases with waiting messages; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        with self._lock:
            if subscriber not in self._outbox:
                raise UnknownError("subscriber", subscriber, sorted(self._outbox))
            return tuple(dict(sorted(self._outbox[subscriber], reverse=True)).items())  # the first of each case stays

    def messages(self, subscriber: str, case: str) -> tuple[str, ...]:
        """Return the texts of the events of a case with waiting messages; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        check_text("case", case)
        with self._lock:
            return tuple(text for (id_, _), text in sorted(self._outbox.get(subscriber, {}).items()) if id_ == case)

    def delivered(self, subscriber: str, case: str, version: int) -> None:
        """Delete the messages of a case up to a version; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        check_text("case", case)
        check_number("version", version, least=1)
        with self._lock:
            waits = self._outbox.get(subscriber, {})
            for message in [message for message in waits if message[0] == case and message[1] <= version]:
                del waits[message]

    def note(self, entries: Sequence[Access]) -> None:
        """Keep entries of the access log; see `ssflow.records.AccessLog`."""
        kept = accesses_of(entries)
        with self._lock:
            self._accesses.extend(kept)

    def accesses(self, *, case: str | None = None, since: datetime | None = None) -> tuple[Access, ...]:
        """Return entries of the access log; see `ssflow.records.AccessLog`."""
        check_entries_asked(case, since)
        with self._lock:
            entries = tuple(self._accesses)
        return tuple(
            one for one in entries if case in (None, one.case) and (since is None or (one.at and since <= one.at))
        )

    def custody(self, case: str | None = None) -> tuple[CustodyEntry, ...]:
        """Return the orders about a case, or about all cases; see `ssflow.records.CustodyStore`."""
        if case is not None:
            check_text("case", case)
        with self._lock:
            return tuple(one for key, one in sorted(self._custody.items()) if case in (None, key[0]))

    def order(self, entry: CustodyEntry) -> None:
        """Keep an order, and delete the case if the order removes it; see `ssflow.records.CustodyStore`."""
        check_order(entry)
        case = entry.case
        with self._lock:
            found = self._rows[case].version if case in self._rows else 0
            if found != entry.version or (case, entry.number) in self._custody:
                raise ConflictError(case, entry.version, found, opens=False)
            self._custody[case, entry.number] = entry
            if entry.kind is CustodyKind.removed:
                for kept in (self._rows, self._snapshots, self._owed, self._traces):
                    del kept[case]
                for naming in self._linking.values():
                    naming.discard(case)
                for work in [work for work, id_ in self._failures if id_ == case]:
                    del self._failures[work, case]
                for waits in self._outbox.values():
                    for message in [message for message in waits if message[0] == case]:
                        del waits[message]
                for key in [one.key for one in self._requests.values() if case in dict(one.answer)]:
                    del self._requests[key]

    @staticmethod
    def _of(kept: Mapping[str, T], case: str) -> T:
        if case not in kept:
            raise UnknownError("case", case, hint=NO_SUCH_CASE)
        return kept[case]
