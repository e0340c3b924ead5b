"""The contract of a store, which keeps texts and finds them again. Any object with these methods is a store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from ssflow.slots import quick
from ssflow.text import Text


@quick
@frozen
class CaseRow:
    """One line of a list of cases.

    ``closes`` is the next instant at which something lapses or falls overdue; ``late`` says whether a term is recorded as overdue; ``last``
    is the latest day that the case is known to have reached. ``fault`` says what is damaged if the line cannot be read as it was written; the
    damaged part is None.
    """

    id: str
    process: str
    state: str
    version: int
    closed: bool
    closes: datetime | None
    late: bool = False
    last: date | None = None
    fault: Text | None = None


@quick
@frozen(kw_only=True)
class ObligationRow:
    """One line of a work list: a term that binds a ``role``, by the names that its procedure gives them.

    ``place`` is the region code of the role that is bound, None if it is not known. ``due`` is the last day in time, None while the term is
    untimed or waits for something; ``late`` says that the term is recorded as overdue; ``fault`` is as in `CaseRow`.
    """

    case: str
    process: str
    clock: str
    role: str
    place: str | None
    due: date | None
    late: bool = False
    fault: Text | None = None

    def meets(self, *, process: str | None, role: str | None, place: str | None, due_by: date | None) -> bool:
        """Return whether the line meets all criteria; an unknown place and a damaged day meet any."""
        return (
            (process is None or self.process == process)
            and (role is None or self.role == role)
            and (place is None or self.place is None or self.place == place)
            and (due_by is None or self.fault is not None or (self.due is not None and self.due <= due_by))
        )

    def order(self) -> tuple[date, str, str]:
        """Return the sort key of lists: the day, untimed terms last, then the case, then the clock."""
        return self.due or date.max, self.case, self.clock


@frozen(kw_only=True)
class VersionRow:
    """The number of open ``cases`` under a ``version`` of a procedure, by its name when they were opened, with an ``example``.

    The version is that of the last event of each case; None if its text does not say.
    """

    process: str
    version: int | None
    cases: int
    example: str


@frozen(kw_only=True)
class Request:
    """A request under an idempotency key: its ``digest``, and the cases that answered it, each at its version."""

    key: str
    digest: str
    answer: tuple[tuple[str, int], ...]


@frozen(kw_only=True)
class Change:
    """The change of one case: the texts of its new events, the last of which is event number ``row.version``.

    ``row`` is its line, ``snapshot`` the text of the case after them, and ``obligations`` are the terms owed in it; they replace those before.
    ``named`` are the cases that the new events name as related.
    """

    row: CaseRow
    events: tuple[str, ...]
    snapshot: str
    named: tuple[str, ...] = ()
    obligations: tuple[ObligationRow, ...] = ()

    @property
    def seen(self) -> int:
        """The version of the case before the new events; 0 for a new case."""
        return self.row.version - len(self.events)


@frozen(kw_only=True)
class Failure:
    """The failure of a ``work`` that goes through all cases, such as a sweep, in one of them.

    ``version`` is that of the case when the work failed, ``tries`` how often in a row it failed, ``tried`` when last, and ``fault`` why.
    """

    work: str
    case: str
    version: int
    tries: int
    tried: datetime
    fault: Text


class Store(Protocol):
    """A store of the texts of events, which it need not understand. ``ssflow.testing.StoreContract`` checks a store."""

    def append(
        self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None, request: Request | None = None
    ) -> None:
        """Write the changes of one or several cases, one for each, and the request that asked for them, all or none.

        Raises ConflictError if a case is not at the version before its change, or if a case of ``unchanged``, on which the events were decided,
        is no longer at the version given there; ReusedKeyError if a request with this key was written before.
        """

    def traces(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the texts of all events of some cases, in order; raises UnknownError for a case without events."""

    def snapshots(self, cases: Collection[str]) -> Mapping[str, str]:
        """Return the snapshots of some cases, as texts; raises UnknownError for a case that does not exist."""

    def linking(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return for each of some cases the sorted ids of the cases that name it as related."""

    def rows(
        self, *, closing_by: datetime | None = None, late: bool = False, since: date | None = None
    ) -> tuple[CaseRow, ...]:
        """Return the lines of all cases, or of the cases that meet any given criterion, in the order of their opening.

        ``closing_by``: the next moment of the case has come by an instant, or is damaged; ``late``: a term of the case is recorded as overdue;
        ``since``: the case has reached that day or a later one, or its day is not known.
        """

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the versions under which cases are open, by the ``process_version`` in the texts of their last events, sorted."""

    def obligations(
        self,
        *,
        process: str | None = None,
        role: str | None = None,
        place: str | None = None,
        due_by: date | None = None,
    ) -> tuple[ObligationRow, ...]:
        """Return the obligations of all cases, or those that `meet <ObligationRow.meets>` all given criteria, by the `order` of their lines."""

    def request(self, key: str) -> Request | None:
        """Return the request that was written under an idempotency key, or None."""

    def failures(self, work: str) -> tuple[Failure, ...]:
        """Return the last failure of a work in each case that has one, by the ids of the cases."""

    def fail(self, failure: Failure) -> None:
        """Keep the failure of a work in a case, in place of an earlier one. The case itself need not be readable."""

    def recover(self, work: str, case: str) -> None:
        """Delete the failure of a work in a case, if there is one."""


class Outbox(Protocol):
    """A store that also keeps messages about events. ``ssflow.testing.OutboxContract`` checks one.

    For each subscriber of the time, a message is kept in the transaction of its event until it is delivered.
    """

    def subscribe(self, subscriber: str) -> None:
        """Keep a message about every event from now on for a subscriber, until it unsubscribes; safe to repeat."""

    def unsubscribe(self, subscriber: str) -> None:
        """Stop keeping messages for a subscriber and drop those that wait; do nothing if there is no such subscriber."""

    def waiting(self, subscriber: str) -> tuple[tuple[str, int], ...]:
        """Return the cases with waiting messages, in any order, each with the version of the first event.

        Raises UnknownError for an unknown subscriber.
        """

    def messages(self, subscriber: str, case: str) -> tuple[str, ...]:
        """Return the texts of the events of a case with waiting messages, in order, without gaps: all undelivered events before one come first."""

    def delivered(self, subscriber: str, case: str, version: int) -> None:
        """Delete the messages of a case up to this version."""
