"""The operations of a store, without a database: each yields statements, is sent their rows, and returns its answer.

Only what runs them (`transactions`) has the connection and the transaction. So operations are the same on every driver, and a test can stop
them after any statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, TypeVar

from ssflow.calendar import clock
from ssflow.errors import ConflictError, ReusedKeyError, StoreError, UnknownError
from ssflow.records import CaseRow, Change, Failure, ObligationRow, Request, VersionRow, seal_of
from ssflow.store import statements as sql
from ssflow.store.doors import NO_SUCH_CASE
from ssflow.store.statements import Row
from ssflow.store.transactions import Last, Operation
from ssflow.text import Text

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def append(
    changes: Sequence[Change], unchanged: Mapping[str, int], request: Request | None, where: str
) -> Operation[None]:
    """Write the changes of cases. Where an event, a case or a request is there already, the database refuses its row, and `refused` says why.

    The rows of the cases are locked first and all others after them, so that no deadlock can arise. A new case has no row yet: its first
    event claims its id.
    """
    seals = yield from seals_of_seen(_seen(changes, unchanged, new=False), where, lock=True)
    if not changes and request is None:
        return
    written = [_chained(change, seals.get(change.row.id, "")) for change in changes]
    heads = [(change.seen == 0, head) for change, (_, head) in zip(changes, written, strict=True)]
    yield Last(
        [
            *sql.insert_events(row for rows, _ in written for row in rows),
            *sql.put_heads((head for is_new, head in heads if is_new), new=True),
            *sql.put_heads((head for is_new, head in heads if not is_new), new=False),
            *sql.insert_links((named, change.row.id) for change in changes for named in change.named),
            *sql.delete_obligations(change.row.id for change in changes if change.seen),
            *sql.insert_obligations(map(_owed, _obligations(changes))),
            *sql.insert_messages((case, version) for rows, _ in written for case, version, *_ in rows),
            *([sql.insert_request(request.key, request.digest, json.dumps(request.answer))] if request else []),
        ]
    )


def refused(
    changes: Sequence[Change], unchanged: Mapping[str, int], request: Request | None, where: str
) -> Operation[None]:
    """Say why the database refused a row of an `append`; nothing, if what was in the way cannot be seen: the transaction of another had it.

    It waits for nobody and keeps nobody waiting.

    Raises:
        ConflictError: somebody else has opened a case, or added to it.
        StoreError: a case has events after the last that its head knows.
        ReusedKeyError: there is a request under this key.

    """
    yield from seals_of_seen(_seen(changes, unchanged, new=True), where, lock=False)
    answered = yield list(sql.events_after((change.row.id, change.seen) for change in changes))
    for case, *_ in chain(*answered):
        raise StoreError(where, _broken(case))
    if request and (yield [sql.request(request.key)])[0]:
        raise ReusedKeyError(request.key)


def _seen(changes: Sequence[Change], unchanged: Mapping[str, int], *, new: bool) -> list[tuple[str, int]]:
    """Return the cases of an `append` with the versions that were seen; with version 0 those that are ``new``, which have no row to lock."""
    return [*unchanged.items(), *((change.row.id, change.seen) for change in changes if new or change.seen)]


def is_there(changes: Sequence[Change], request: Request | None) -> Operation[bool]:
    """Return whether all events of some changes, and the request, have been written."""
    answered = yield list(sql.events_after((change.row.id, change.seen) for change in changes))
    found = {(case, version): body for case, version, body in chain(*answered)}
    written = (
        (change, number, body) for change in changes for number, body in enumerate(change.events, change.seen + 1)
    )
    if any(found.get((change.row.id, number)) != body for change, number, body in written):
        return False
    return request is None or [tuple(row[:1]) for row in (yield [sql.request(request.key)])[0]] == [(request.digest,)]


def traces(cases: Collection[str], where: str) -> Operation[dict[str, tuple[str, ...]]]:
    """Return the texts of all events of some cases, after a check of their seals."""
    answered = yield list(sql.traces(cases))
    found = {case: tuple(lines) for case, lines in groupby(chain(*answered), itemgetter(0))}
    return {case: _bodies(case, _known(found, case), where) for case in cases}


def _bodies(case: str, lines: Sequence[Sequence[Any]], where: str) -> tuple[str, ...]:
    """Return the texts of the events of one case, from its lines: each event, then the head."""
    seal, version, bodies = "", 0, list[str]()
    for _, is_head, number, body, stored in lines:
        if is_head:
            break
        version, seal = number, seal_of(seal, body)
        if seal != stored:
            fault = Text(
                f"办件{case}的第{version}个事件在写入后被改动；请恢复备份",
                f"event {version} of case {case} was altered after it was written; restore a backup",
            )
            raise StoreError(where, fault)
        bodies.append(body)
    if tuple(lines[-1]) != (case, 1, version, "", seal):
        raise StoreError(where, _broken(case))
    return tuple(bodies)


def snapshots(cases: Collection[str], where: str) -> Operation[dict[str, str]]:
    """Return the present states of some cases, as texts, after a check of their seals."""
    answered = yield list(sql.snapshots(cases))
    found = {case: sealed for case, *sealed in chain(*answered)}
    return {case: _intact(case, _known(found, case), where) for case in cases}


def _intact(case: str, line: Sequence[Any], where: str) -> str:
    """Return the present state of a case; raises StoreError if it was altered after it was written."""
    seal, text, text_seal = line
    if text and seal_of(seal, text) != text_seal:
        fault = Text(
            f"办件{case}的现状在写入后被改动；请恢复备份",
            f"the stored state of case {case} was altered after it was written; restore a backup",
        )
        raise StoreError(where, fault)
    return str(text)


def _known(found: Mapping[str, T], case: str) -> T:
    if case not in found:
        raise UnknownError("case", case, hint=NO_SUCH_CASE)
    return found[case]


def linking(cases: Collection[str]) -> Operation[dict[str, tuple[str, ...]]]:
    """Return for each of some cases those that name it."""
    answered = yield list(sql.linking(cases))
    naming: dict[str, list[str]] = {case: [] for case in cases}
    for named, case in chain(*answered):
        naming[named].append(case)
    return {case: tuple(sorted(those)) for case, those in naming.items()}


def versions() -> Operation[tuple[VersionRow, ...]]:
    """Return the versions of procedures under which cases are open."""
    (found,) = yield [sql.versions()]
    return counted((process, tail, cases, example) for process, tail, cases, example in found)


def counted(found: Iterable[tuple[str, str, int, str]]) -> tuple[VersionRow, ...]:
    """Return how many cases are under each version, from the texts that follow the name of the version in their events."""
    rows: dict[tuple[str, int | None], VersionRow] = {}
    for process, tail, cases, example in found:
        number = re.match(r"[0-9]+(?=[,}])", tail)
        key = process, int(number[0]) if number else None
        known = rows.get(key)
        before, examples = (known.cases, [known.example]) if known else (0, [])
        rows[key] = VersionRow(process=process, version=key[1], cases=before + cases, example=min([*examples, example]))
    return tuple(rows[key] for key in sorted(rows, key=lambda key: (key[0], key[1] or 0)))


def rows(closing_by: datetime | None, since: date | None, *, late: bool) -> Operation[tuple[CaseRow, ...]]:
    """Return the lines of all cases, or of those that meet any given criterion."""
    day = since.isoformat() if since is not None else None
    (found,) = yield [sql.rows(closing_by=ticks(closing_by), late=late, since=day)]
    return tuple(map(_row, found))


def obligations(
    process: str | None, role: str | None, place: str | None, due_by: date | None
) -> Operation[tuple[ObligationRow, ...]]:
    """Return all obligations, or those that meet all given criteria."""
    day = due_by.isoformat() if due_by is not None else None
    (found,) = yield [sql.obligations(process=process, role=role, place=place, due_by=day)]
    return tuple(sorted(map(_obligation, found), key=ObligationRow.order))


def request(key: str, where: str) -> Operation[Request | None]:
    """Return the request that was carried out under a key, or None."""
    (found,) = yield [sql.request(key)]
    if not found:
        return None
    digest, answer = found[0]
    try:
        return Request(key=key, digest=digest, answer=tuple((case, version) for case, version in json.loads(answer)))
    except (TypeError, ValueError) as error:
        fault = Text("一次办理的记录已损坏；请恢复备份", "the record of a request is damaged; restore a backup")
        raise StoreError(where, fault) from error


def failures(work: str) -> Operation[tuple[Failure, ...]]:
    """Return the failures of a work."""
    (found,) = yield [sql.failures(work)]
    return tuple(_failure(work, *line) for line in found)


def _failure(work: str, case: str, version: int, tries: int, tried: int, fault: str) -> Failure:
    """Return the failure in a row; a damaged row counts as one failure in 1970, so that the case is tried again."""
    try:
        why, when = Text(*json.loads(fault)), _EPOCH + tried * _MICROSECOND
    except (OverflowError, TypeError, ValueError):
        tries, when = 1, _EPOCH
        why = Text("失败的记录已损坏", "the record of the failure is damaged")
    return Failure(work=work, case=case, version=version, tries=tries, tried=when, fault=why)


def fail(failure: Failure) -> Operation[None]:
    """Keep the failure of a work in a case. No row of a case is touched, so that no writer has to wait."""
    fault = json.dumps([failure.fault.zh, failure.fault.en], ensure_ascii=False)
    row = (failure.work, failure.case, failure.version, failure.tries, ticks(failure.tried), fault)
    yield Last(sql.put_failure(row))


def recover(work: str, case: str) -> Operation[None]:
    """Delete the failure of a work in a case."""
    yield Last([sql.delete_failure(work, case)])


def subscribe(subscriber: str) -> Operation[None]:
    """Keep a message about every event from now on for a subscriber."""
    yield Last([sql.insert_subscriber(subscriber)])


def unsubscribe(subscriber: str) -> Operation[None]:
    """Stop keeping messages for a subscriber."""
    yield Last(sql.delete_subscriber(subscriber))


def waiting(subscriber: str) -> Operation[tuple[tuple[str, int], ...]]:
    """Return the cases with messages that wait for a subscriber."""
    known, found = yield [sql.subscribers(), sql.waiting(subscriber)]
    if (subscriber,) not in map(tuple, known):
        raise UnknownError("subscriber", subscriber, [str(name) for (name,) in known])
    return tuple((case, version) for case, version in found)


def messages(subscriber: str, case: str) -> Operation[tuple[str, ...]]:
    """Return the events of a case with messages that wait for a subscriber."""
    (found,) = yield [sql.messages(subscriber, case)]
    return tuple(str(body) for (body,) in found)


def delivered(subscriber: str, case: str, version: int) -> Operation[None]:
    """Delete delivered messages. No row of a case is touched, so that no writer has to wait."""
    yield Last([sql.delete_messages(subscriber, case, version)])


def _row(line: Sequence[Any]) -> CaseRow:
    """Return a line of a list of cases; a damaged line has a ``fault`` and does not hide the others."""
    id_, process, state, version, closed, closes, late, last = line
    try:
        moment_, day = _instant(closes), date.fromisoformat(last) if last else None
    except (OverflowError, TypeError, ValueError):
        return CaseRow(id_, process, state, version, bool(closed), None, bool(late), fault=_damaged(id_))
    return CaseRow(id_, process, state, version, bool(closed), moment_, bool(late), day)


def _obligation(line: Sequence[Any]) -> ObligationRow:
    """Return a line of a work list; a damaged line has a ``fault`` and does not hide the others."""
    case, process, clock, role, place, due, late = line
    fault = None
    try:
        day = date.fromisoformat(due) if due else None
    except (TypeError, ValueError):
        day, fault = None, _damaged(case)
    return ObligationRow(
        case=case, process=process, clock=clock, role=role, place=place or None, due=day, late=bool(late), fault=fault
    )


def _damaged(case: str) -> Text:
    return Text(
        f"办件{case}的索引行中的时刻已损坏；请用ssflow audit verify核对，再恢复备份",
        f"a moment in a line of case {case} is damaged; see what ssflow audit verify says, then restore a backup",
    )


def seals_of_seen(seen: Sequence[tuple[str, int]], where: str, *, lock: bool) -> Operation[dict[str, str]]:
    """Return the seals of cases, perhaps with their rows locked; raises ConflictError if a case is not at the version that was seen."""
    answered = (yield list(sql.heads({case for case, _ in seen}, lock=lock))) if seen else []
    heads = {case: (version, seal) for case, version, seal in chain(*answered)}
    for case, version in seen:
        found, _ = heads.get(case, (0, ""))
        if found != version:
            if not isinstance(found, int):
                raise StoreError(where, _broken(case))
            raise ConflictError(case, version, found)
    return {case: str(seal) for case, (_, seal) in heads.items()}


def _chained(change: Change, seal: str) -> tuple[list[Row], Row]:
    """Return the rows of the events of a change and of the head to which they lead."""
    row, events = change.row, list[Row]()
    for version, body in enumerate(change.events, change.seen + 1):
        seal = seal_of(seal, body)
        events.append((row.id, version, body, seal))
    last = row.last.isoformat() if row.last is not None else None
    line = (row.id, row.process, row.state, row.version, row.closed, ticks(row.closes), row.late, last)
    return events, (*line, seal, change.snapshot, seal_of(seal, change.snapshot) if change.snapshot else "")


def _obligations(changes: Sequence[Change]) -> list[ObligationRow]:
    return [row for change in changes for row in change.obligations]


def _owed(row: ObligationRow) -> Row:
    due = row.due.isoformat() if row.due is not None else None
    return row.case, row.process, row.clock, row.role, row.place or "", due, row.late


def _broken(case: str) -> Text:
    return Text(
        f"办件{case}的事件与其索引行所记的末尾不符；请恢复备份",
        f"the events of case {case} do not end as its head says; restore a backup",
    )


def ticks(instant: datetime | None) -> int | None:
    """Return an instant in its stored form: microseconds since 1970, UTC."""
    if instant is not None and (type(instant) is not datetime or instant.tzinfo is None):
        instant = clock.recorded(instant, clock.ZONE)  # pendulum's differences are not divided by timedeltas
    return None if instant is None else (instant - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=4096)
def moment(stored: int) -> datetime:
    """Return the instant of a stored form. Most terms end at midnight, so many cases share few instants."""
    return clock.recorded(_EPOCH + stored * _MICROSECOND, clock.ZONE)


def _instant(stored: int | None) -> datetime | None:
    return None if stored is None else moment(stored)
