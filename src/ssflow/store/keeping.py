"""The `operations` on records beside the cases of a store: the access log, and the orders about the records of cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from ssflow.errors import ConflictError, StoreError
from ssflow.records import Access, AccessKind, CustodyEntry, CustodyKind
from ssflow.store import statements as sql
from ssflow.store.operations import Operation, locked_seals, moment, ticks
from ssflow.store.statements import Row
from ssflow.text import Text


def note(entries: Sequence[Access]) -> Operation[None]:
    """Keep entries of the access log. No row of a case is touched, so that no writer has to wait."""
    yield list(sql.insert_accesses(map(_access, entries)))


def accesses(case: str | None, since: datetime | None, where: str) -> Operation[tuple[Access, ...]]:
    """Return entries of the access log: all, or only those of a case or from an instant on."""
    (found,) = yield [sql.accesses(case=case, since=ticks(since))]
    try:
        return tuple(
            Access(
                at=moment(at),
                kind=AccessKind[kind],
                command=command,
                case=id_,
                activity=activity,
                role=role,
                party=party,
                actor=actor,
                reason=reason,
                codes=tuple(json.loads(codes)),
            )
            for at, kind, command, id_, activity, role, party, actor, reason, codes in found
        )
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        fault = Text("一项查阅记录已损坏；请恢复备份", "an entry of the access log is damaged; restore a backup")
        raise StoreError(where, fault) from error


def custody(case: str | None, where: str) -> Operation[tuple[CustodyEntry, ...]]:
    """Return the orders about the record of a case, or of all cases."""
    (found,) = yield [sql.custody(case)]
    try:
        return tuple(
            CustodyEntry(
                case=id_,
                number=number,
                kind=CustodyKind[kind],
                at=moment(at),
                actor=actor,
                reason=reason,
                version=version,
                seal=seal,
                ends=ends,
                digest=digest,
            )
            for id_, number, kind, at, actor, reason, version, seal, ends, digest in found
        )
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        fault = Text("一项处置记录已损坏；请恢复备份", "an order of the record of a case is damaged; restore a backup")
        raise StoreError(where, fault) from error


def order(entry: CustodyEntry, where: str) -> Operation[None]:
    """Keep an order under the lock of the case's row, and delete the case if the order removes it."""
    yield from locked_seals([(entry.case, entry.version)], where)
    head = (entry.case, entry.number, entry.kind.name, ticks(entry.at), entry.actor, entry.reason)
    (answered,) = yield [sql.insert_order((*head, entry.version, entry.seal, entry.ends, entry.digest))]
    if not answered:
        raise ConflictError(entry.case, entry.version, entry.version, opens=False)
    if entry.kind is CustodyKind.removed:
        yield list(sql.delete_case(entry.case))


def _access(one: Access) -> Row:
    head = (ticks(one.at), one.kind.name, one.command, one.case)
    return *head, one.activity, one.role, one.party, one.actor, one.reason, json.dumps(one.codes, ensure_ascii=False)
