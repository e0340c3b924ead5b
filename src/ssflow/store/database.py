"""The common base of stores in a database: it runs `operations`; each subclass opens its connections and ends its transactions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from ssflow.case.doors import check_key, check_number, check_text
from ssflow.errors import TransactionConflictError
from ssflow.records import Access, CaseRow, Change, CustodyEntry, Failure, ObligationRow, Request, VersionRow
from ssflow.store import keeping, operations
from ssflow.store.doors import (
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
from ssflow.store.drivers.faults import TakenError
from ssflow.store.transactions import Operation, unless

T = TypeVar("T")


class DatabaseStore(ABC):
    """A store in a database; see `ssflow.records.Store`."""

    __slots__ = ()
    is_joined = False  # whether its transactions are those of a host

    @property
    @abstractmethod
    def where(self) -> str:
        """The name of the database in error messages."""

    @abstractmethod
    def _run(
        self,
        operation: Callable[[], Operation[T]],
        *,
        writes: bool = False,
        again: Callable[[], Operation[T]] | None = None,
    ) -> T:
        """Run an operation in a transaction and return its answer.

        It is run again if it is known that nothing of it has been committed. If that is not known ``again`` is run instead, which differs where
        something done twice would be wrong.

        Raises:
            TakenError: there is a row already that the operation was to insert.
            TransactionConflictError: the database ended the transaction because of another one.
            StoreError: the database reports another error.

        """

    def append(
        self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None, request: Request | None = None
    ) -> None:
        """Write the changes of cases, all or none; see `ssflow.records.Store`."""
        changes, seen = changes_of(changes), versions_of(unchanged)
        check_request(request)

        def append() -> Operation[None]:
            return operations.append(changes, seen, request, self.where)

        try:
            self._run(append, writes=True, again=lambda: unless(operations.is_there(changes, request), append()))
        except TakenError as error:
            self._run(lambda: operations.refused(changes, seen, request, self.where))
            raise TransactionConflictError(self.where, error.fault, joined=self.is_joined) from error

    def trace(self, case: str) -> tuple[str, ...]:
        """Return the texts of all events of one case; raises as `traces` does."""
        return self.traces([case])[case]

    def traces(self, cases: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the texts of all events of some cases, in order.

        Raises:
            StoreError: an event was altered after it was written.
            UnknownError: there is no such case.

        """
        return self._of_each(cases, lambda asked: operations.traces(asked, self.where))

    def snapshots(self, cases: Collection[str]) -> dict[str, str]:
        """Return the present states of some cases, as texts; a text is empty in a file of an older version until an event is added to the case.

        Raises:
            StoreError: a state was altered after it was written.
            UnknownError: there is no such case.

        """
        return self._of_each(cases, lambda asked: operations.snapshots(asked, self.where))

    def linking(self, cases: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return for each of some cases those that name it as related; see `ssflow.records.Store`."""
        return self._of_each(cases, operations.linking)

    def _of_each(
        self, cases: Collection[str], read: Callable[[tuple[str, ...]], Operation[dict[str, T]]]
    ) -> dict[str, T]:
        """Return what an operation reads for each of some cases; no connection is opened if there are none."""
        asked = asked_for(cases)
        return self._run(lambda: read(asked)) if asked else {}

    def rows(
        self, *, closing_by: datetime | None = None, late: bool = False, since: date | None = None
    ) -> tuple[CaseRow, ...]:
        """Return the lines of all cases, or of those that meet any given criterion; see `ssflow.records.Store`."""
        check_asked(closing_by, late, since)
        return self._run(lambda: operations.rows(closing_by, since, late=late))

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the versions of procedures under which cases are open; see `ssflow.records.Store`."""
        return self._run(operations.versions)

    def obligations(
        self,
        *,
        process: str | None = None,
        role: str | None = None,
        place: str | None = None,
        due_by: date | None = None,
    ) -> tuple[ObligationRow, ...]:
        """Return all obligations, or those that meet all given criteria; see `ssflow.records.Store`."""
        check_owed(process, role, place, due_by)
        return self._run(lambda: operations.obligations(process, role, place, due_by))

    def request(self, key: str) -> Request | None:
        """Return the request that was carried out under a key, or None; see `ssflow.records.Store`."""
        check_key("key", key)
        return self._run(lambda: operations.request(key, self.where))

    def failures(self, work: str) -> tuple[Failure, ...]:
        """Return the failures of a work; see `ssflow.records.Store`."""
        check_text("work", work)
        return self._run(lambda: operations.failures(work))

    def fail(self, failure: Failure) -> None:
        """Keep the failure of a work in a case; see `ssflow.records.Store`."""
        check_failure(failure)
        self._run(lambda: operations.fail(failure), writes=True)

    def recover(self, work: str, case: str) -> None:
        """Delete the failure of a work in a case; see `ssflow.records.Store`."""
        check_text("work", work)
        check_text("case", case)
        self._run(lambda: operations.recover(work, case), writes=True)

    def subscribe(self, subscriber: str) -> None:
        """Keep a message about every event from now on for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        self._run(lambda: operations.subscribe(subscriber), writes=True)

    def unsubscribe(self, subscriber: str) -> None:
        """Stop keeping messages for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        self._run(lambda: operations.unsubscribe(subscriber), writes=True)

    def waiting(self, subscriber: str) -> tuple[tuple[str, int], ...]:
        """Return the cases with messages that wait for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        return self._run(lambda: operations.waiting(subscriber))

    def messages(self, subscriber: str, case: str) -> tuple[str, ...]:
        """Return the texts of the events of a case with messages that wait for a subscriber; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        check_text("case", case)
        return self._run(lambda: operations.messages(subscriber, case))

    def delivered(self, subscriber: str, case: str, version: int) -> None:
        """Delete the messages of a case up to a version; see `ssflow.records.Outbox`."""
        check_key("subscriber", subscriber)
        check_text("case", case)
        check_number("version", version, least=1)
        self._run(lambda: operations.delivered(subscriber, case, version), writes=True)

    def note(self, entries: Sequence[Access]) -> None:
        """Keep entries of the access log; see `ssflow.records.AccessLog`."""
        kept = accesses_of(entries)

        def note() -> Operation[None]:
            return keeping.note(kept)

        self._run(note, writes=True, again=lambda: unless(keeping.is_noted(kept), note()))

    def accesses(self, *, case: str | None = None, since: datetime | None = None) -> tuple[Access, ...]:
        """Return entries of the access log; see `ssflow.records.AccessLog`."""
        check_entries_asked(case, since)
        return self._run(lambda: keeping.accesses(case, since))

    def custody(self, case: str | None = None) -> tuple[CustodyEntry, ...]:
        """Return the orders about a case, or about all cases; see `ssflow.records.CustodyStore`."""
        if case is not None:
            check_text("case", case)
        return self._run(lambda: keeping.custody(case))

    def order(self, entry: CustodyEntry) -> None:
        """Keep an order, and remove the case if it says so; see `ssflow.records.CustodyStore`."""
        check_order(entry)

        def order() -> Operation[None]:
            return keeping.order(entry, self.where)

        self._run(order, writes=True, again=lambda: unless(keeping.is_ordered(entry), order()))
