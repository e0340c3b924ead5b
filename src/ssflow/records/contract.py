"""What a store does: it keeps texts, and finds them again. Any object with these methods will do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from ssflow.text import Text


@frozen
class CaseRow:
    """One line of a list of cases. ``closes`` is the next instant at which something lapses or falls overdue; ``late`` tells whether a
    term is recorded as overdue; ``last`` is the latest day that is known to have come in it. ``fault`` says what is damaged where the line
    cannot be read as it was written; the damaged part is None.
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


@frozen(kw_only=True)
class ObligationRow:
    """One line of a work list: a term that binds a ``role``, by the names that its procedure gives them.

    ``place`` is the region code of the role that is bound, None if it is not known. ``due`` is the last day in time, None while the term is
    untimed or waits for something; ``late`` tells that it is recorded as overdue; ``fault`` is as in `CaseRow`.
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
        """Whether it is all that is asked for; a place that is not known is any, and a damaged day too."""
        return (
            (process is None or self.process == process)
            and (role is None or self.role == role)
            and (place is None or self.place is None or self.place == place)
            and (due_by is None or self.fault is not None or (self.due is not None and self.due <= due_by))
        )

    def order(self) -> tuple[date, str, str]:
        """What lists are sorted by: the day, untimed terms last, then the case."""
        return self.due or date.max, self.case, self.clock


@frozen(kw_only=True)
class VersionRow:
    """How many open ``cases`` are under a ``version`` of a procedure, by the name that it had when they were opened, and one of them.

    The version is that of their last event; None if its text does not say.
    """

    process: str
    version: int | None
    cases: int
    example: str


@frozen(kw_only=True)
class Request:
    """What was asked under an idempotency key: the ``digest`` of it, and the cases that answered it at their versions."""

    key: str
    digest: str
    answer: tuple[tuple[str, int], ...]


@frozen(kw_only=True)
class Change:
    """What is added to one case: the texts of its new events, the last of which is event number ``row.version``.

    ``row`` is its line, ``standing`` the text of its state and ``obligations`` what is then owed in it, which take the place of
    those before; ``named`` are the cases that the new events name as related.
    """

    row: CaseRow
    events: tuple[str, ...]
    standing: str
    named: tuple[str, ...] = ()
    obligations: tuple[ObligationRow, ...] = ()

    @property
    def seen(self) -> int:
        """The version of the case on which the events follow; 0 for a new one."""
        return self.row.version - len(self.events)


@frozen(kw_only=True)
class Failure:
    """What some ``work`` that goes through all cases, such as a sweep, could not do in one of them.

    ``version`` is that of the case at which it failed, ``tries`` how often in a row, ``tried`` when last, and ``fault`` why.
    """

    work: str
    case: str
    version: int
    tries: int
    tried: datetime
    fault: Text


class Store(Protocol):
    """Where the texts of events rest; what they say it need not know. ``ssflow.testing.StoreContract`` checks one."""

    def append(
        self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None, request: Request | None = None
    ) -> None:
        """Write what is added to one or several cases, each named once, and under which request it was asked, all or none.

        Raises ConflictError if a case is not at the version on which its change follows, or if a case of ``unchanged``, on which the
        events were decided, is no longer at the version named there; ReusedKeyError if a request of this key was written before.
        """

    def traces(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """The texts of all events of some cases, each in order; raises UnknownError for one that has none."""

    def standings(self, cases: Collection[str]) -> Mapping[str, str]:
        """The present states of some cases, as texts; raises UnknownError for one that there is not."""

    def linking(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Of each of some cases the ids of those that name it as related, sorted; none if nobody does."""

    def rows(
        self, *, closing_by: datetime | None = None, late: bool = False, since: date | None = None
    ) -> tuple[CaseRow, ...]:
        """The lines of all cases, in the order of their opening; of what is asked for, those of the cases that meet any of it.

        ``closing_by``: their next moment has come by an instant, or is damaged; ``late``: a term is recorded as overdue in them; ``since``: they have
        reached that day or a later one, or it is not known.
        """

    def versions(self) -> tuple[VersionRow, ...]:
        """Under which versions of which procedures cases are open, by the ``process_version`` in the texts of their last events, sorted."""

    def obligations(
        self,
        *,
        process: str | None = None,
        role: str | None = None,
        place: str | None = None,
        due_by: date | None = None,
    ) -> tuple[ObligationRow, ...]:
        """What is owed in all cases, in the `order` of its lines; of what is asked for, the lines that `meet <ObligationRow.meets>` all of it."""

    def request(self, key: str) -> Request | None:
        """What was written under an idempotency key; None if nothing was."""

    def failures(self, work: str) -> tuple[Failure, ...]:
        """What is kept of cases in which some work failed, the last of each, by their ids."""

    def fail(self, failure: Failure) -> None:
        """Keep that a work failed in a case, in the place of what is kept of it so far. The case itself need not be readable."""

    def recover(self, work: str, case: str) -> None:
        """Forget that a work failed in a case, if it did."""


class Outbox(Protocol):
    """What a store does that also tells of events. ``ssflow.testing.OutboxContract`` checks one.

    A message of each event is kept with it, in the same transaction, for everybody who subscribes then, until it is delivered to him.
    """

    def subscribe(self, subscriber: str) -> None:
        """Keep a message of every event from now on for somebody, until he unsubscribes; a second time it changes nothing."""

    def unsubscribe(self, subscriber: str) -> None:
        """Keep no more messages for somebody, and none of those that wait; nothing if he does not subscribe."""

    def waiting(self, subscriber: str) -> tuple[tuple[str, int], ...]:
        """The cases of which messages wait for somebody, in any order, each with the version of the first event; raises UnknownError if he does
        not subscribe.
        """

    def messages(self, subscriber: str, case: str) -> tuple[str, ...]:
        """The texts of the events of a case of which messages wait, in order. Where one is there, so are all before it that are not delivered."""

    def delivered(self, subscriber: str, case: str, version: int) -> None:
        """Keep the messages of a case up to this version no longer."""
