"""The ledger: the logs of a store as cases and events, read and written by one codec, by the definitions of one registry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import Case, Event, evolve
from ssflow.case.doors import check_text
from ssflow.records.codec import Codec, sealed_by
from ssflow.records.connections import connected, near
from ssflow.records.contract import CaseRow, Store
from ssflow.records.log import Group, Log, fold
from ssflow.records.renamed import row_in_present_names
from ssflow.records.requests import KeyedRequest
from ssflow.records.rows import change_of
from ssflow.records.seals import fingerprint_of
from ssflow.slots import changed


@frozen
class Ledger:
    """The content of a store as values; events that it writes have the ``cause``, and are written together with the ``request``, if any."""

    store: Store
    codec: Codec
    cause: str = ""
    request: KeyedRequest | None = None

    def case(self, id_: str) -> Case:
        """Return a case in its present state; raises UnknownError if it does not exist."""
        return self.cases([id_])[id_]

    def cases(self, ids: Collection[str]) -> dict[str, Case]:
        """Return some cases in their present states; raises UnknownError for a case that does not exist."""
        for id_ in ids:
            check_text("case", id_)
        found = {id_: self.codec.decode_case(text) for id_, text in self.store.snapshots(ids).items()}
        known = {id_: case for id_, case in found.items() if case is not None}
        if len(known) < len(found):
            logs = self.each([id_ for id_ in found if id_ not in known])
            return {id_: known.get(id_) or logs[id_].case for id_ in found}
        return known

    def known(self, id_: str) -> str:
        """Return the id of a case, which may be unreadable; raises UnknownError if the case does not exist."""
        check_text("case", id_)
        self.store.snapshots([id_])
        return id_

    def trace(self, id_: str) -> tuple[Event, ...]:
        """Return all events of a case, in the order in which they were recorded; raises UnknownError if the case does not exist."""
        check_text("case", id_)
        return tuple(map(self.codec.decode, self.store.traces([id_])[id_]))

    def log(self, id_: str) -> Log:
        """Return the log of a case."""
        check_text("case", id_)
        return self.each([id_])[id_]

    def each(self, ids: Collection[str]) -> dict[str, Log]:
        """Return the log of each of some cases."""
        found = (
            {id_: tuple(map(self.codec.decode, texts)) for id_, texts in self.store.traces(ids).items()} if ids else {}
        )
        return {id_: Log.of(self.codec.definition_of(events[-1]), events) for id_, events in found.items()}

    def rows(self) -> tuple[CaseRow, ...]:
        """Return the lines of all cases by the names of the present definitions, in the order of their opening."""
        return tuple(row_in_present_names(row, self.codec.process_of) for row in self.store.rows())

    def connected(self, ids: Iterable[str]) -> dict[str, Case]:
        """Return all cases that are connected with some cases."""
        return connected(ids, read=self.cases, linking=self.store.linking)

    def logs(self, ids: Iterable[str]) -> dict[str, Log]:
        """Return the logs of all cases that are connected with some cases."""
        found: dict[str, Log] = {}

        def read(some: Collection[str]) -> dict[str, Case]:
            found.update(self.each(some))
            return {id_: found[id_].case for id_ in some}

        connected(ids, read=read, linking=self.store.linking)
        return found

    def near(
        self, cases: Mapping[str, Case], more: Iterable[str], closing_by: Callable[[], datetime]
    ) -> dict[str, Case]:
        """Return some cases and all others in which something may have happened by an instant that matters to their next acts."""

        def pending() -> frozenset[str]:
            return frozenset(row.id for row in self.store.rows(closing_by=closing_by()))

        return near(cases, more, read=self.cases, linking=self.store.linking, pending=pending)

    def record(
        self, events: Sequence[Event], cases: Mapping[str, Case], logs: Group, *, now: datetime, actor: str = ""
    ) -> tuple[tuple[Event, ...], dict[str, Case]]:
        """Write events ``now``, and return them as written and the cases after them.

        They were decided on ``cases`` in their states of then, or on the ``logs``. Events without an actor get ``actor``.

        Raises:
            ConflictError: one of these cases has changed since.

        """
        recorded_at = recorded(now, ZONE)
        stamped, of_cases = [], dict[str, list[Event]]()
        for event in events:
            written = changed(event, recorded_at=recorded_at, cause=self.cause, actor=event.actor or actor)
            stamped.append(written)
            of_cases.setdefault(event.case, []).append(written)
        after: dict[str, Case] = {}
        changes = []
        for id_, theirs in of_cases.items():
            after[id_] = _grown(logs[id_], theirs, self.codec) if id_ in logs else _moved(cases[id_], theirs)
            changes.append(change_of(after[id_], theirs, self._codec_of(id_, theirs)))
        seen = {**cases, **{id_: log.case for id_, log in logs.items()}}
        if changes:
            unchanged = {id_: case.version for id_, case in seen.items() if case.version and id_ not in after}
            request = self.request.answered(changes) if self.request else None
            self.store.append(changes, unchanged=unchanged or None, request=request)
        return tuple(stamped), after

    def _codec_of(self, id_: str, events: Sequence[Event]) -> Codec:
        """Return the codec that writes the events of a case: with a key store, under the key of its person, from its opening on."""
        if self.codec.keys is None:
            return self.codec
        fingerprint = ""
        if events[0].version > 1:
            fingerprint = sealed_by(self.store.snapshots([id_])[id_] or self.store.traces([id_])[id_][0])
        if not fingerprint:
            opening = events[0] if events[0].version == 1 else self.trace(id_)[0]
            fingerprint = fingerprint_of(self.codec.keys.key_of(opening.party or id_))
        return changed(self.codec, sealed_by=fingerprint)


def _moved(case: Case, events: Iterable[Event]) -> Case:
    for event in events:
        case = evolve(case, event)
    return case


def _grown(log: Log, events: Sequence[Event], codec: Codec) -> Case:
    return fold(codec.definition_of(events[-1]), (*log.events, *events))
