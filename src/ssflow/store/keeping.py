"""The `operations` on records beside the cases of a store: the access log, and the orders about the records of cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from ssflow.errors import ConflictError
from ssflow.records import Access, AccessKind, CustodyEntry, CustodyKind
from ssflow.store import statements as sql
from ssflow.store.operations import moment, seals_of_seen, ticks
from ssflow.store.statements import Row
from ssflow.store.transactions import Last, Operation
from ssflow.text import Text


def note(entries: Sequence[Access]) -> Operation[None]:
    """Keep entries of the access log. No row of a case is touched, so that no writer has to wait."""
    yield Last(sql.insert_accesses(map(_access, entries)))


def is_noted(entries: Sequence[Access]) -> Operation[bool]:
    """Return whether all of some entries are in the access log."""
    earliest = min((ticks(one.at) or 0 for one in entries), default=0)
    (found,) = yield [sql.accesses(case=None, since=earliest)]
    return {_access(one) for one in entries} <= {tuple(cells) for _, *cells in found}


def accesses(case: str | None, since: datetime | None) -> Operation[tuple[Access, ...]]:
    """Return entries of the access log: all, or only those of a case or from an instant on."""
    (found,) = yield [sql.accesses(case=case, since=ticks(since))]
    return tuple(map(_access_of, found))


def custody(case: str | None) -> Operation[tuple[CustodyEntry, ...]]:
    """Return the orders about the record of a case, or of all cases."""
    (found,) = yield [sql.custody(case)]
    return tuple(map(_order_of, found))


def order(entry: CustodyEntry, where: str) -> Operation[None]:
    """Keep an order under the lock of the case's row, and delete the case if the order removes it."""
    yield from seals_of_seen([(entry.case, entry.version)], where, lock=True)
    (answered,) = yield [sql.insert_order(_order(entry))]
    if not answered:
        raise ConflictError(entry.case, entry.version, entry.version, opens=False)
    if entry.kind is CustodyKind.removed:
        yield Last(sql.delete_case(entry.case))


def is_ordered(entry: CustodyEntry) -> Operation[bool]:
    """Return whether an order has been kept."""
    (found,) = yield [sql.custody(entry.case)]
    return _order(entry) in map(tuple, found)


def _access_of(line: Sequence[Any]) -> Access:
    """Return an entry; a damaged one has a ``fault`` and does not hide the others."""
    position, *cells = line
    parts, damaged = _read(_ACCESS, cells)
    if damaged:
        names = ", ".join(damaged)
        parts["fault"] = Text(
            f"查阅记录第{position}项已损坏（{names}）；请恢复备份",
            f"entry {position} of the access log is damaged ({names}); restore a backup",
        )
    return Access(**parts)


def _order_of(line: Sequence[Any]) -> CustodyEntry:
    """Return an order; a damaged one has a ``fault`` and does not hide the others."""
    parts, damaged = _read(_ORDER, line)
    if damaged:
        names = ", ".join(damaged)
        parts["fault"] = Text(
            f"办件{line[0]}的第{line[1]}号处置记录已损坏（{names}）；请恢复备份",
            f"order {line[1]} of case {line[0]} is damaged ({names}); restore a backup",
        )
    return CustodyEntry(**parts)


def _read(readers: _Readers, cells: Sequence[Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the parts that are read from the cells of a row, with what takes the place of each that is damaged, and the names of these."""
    parts, damaged = dict[str, Any](), list[str]()
    for (name, (read, instead)), cell in zip(readers.items(), cells, strict=True):
        try:
            parts[name] = read(cell)
        except (KeyError, OverflowError, TypeError, ValueError):
            parts[name] = instead
            damaged.append(name)
    return parts, damaged


def _of(kind: type) -> Callable[[Any], Any]:
    def read(cell: Any) -> Any:
        if type(cell) is not kind:
            raise TypeError
        return cell

    return read


def _codes(cell: Any) -> tuple[str, ...]:
    return tuple(_of(list)(json.loads(cell)))


# What reads each cell of a row, and what takes the place of a damaged one.
_Readers: TypeAlias = Mapping[str, tuple[Callable[[Any], Any], object]]
_TEXT, _NUMBER = (_of(str), ""), (_of(int), 0)
_ACCESS: _Readers = {
    "at": (moment, None),
    "kind": (AccessKind.__getitem__, None),
    **dict.fromkeys(("command", "case", "activity", "role", "party", "actor", "reason"), _TEXT),
    "codes": (_codes, ()),
}
_ORDER: _Readers = {
    "case": _TEXT,
    "number": _NUMBER,
    "kind": (CustodyKind.__getitem__, None),
    "at": (moment, None),
    "actor": _TEXT,
    "reason": _TEXT,
    "version": _NUMBER,
    "seal": _TEXT,
    "ends": (lambda cell: cell if cell is None else _NUMBER[0](cell), None),
    "digest": _TEXT,
}


def _order(one: CustodyEntry) -> Row:
    head = (one.case, one.number, one.kind and one.kind.name, ticks(one.at), one.actor, one.reason)
    return *head, one.version, one.seal, one.ends, one.digest


def _access(one: Access) -> Row:
    head = (ticks(one.at), one.kind and one.kind.name, one.command, one.case)
    return *head, one.activity, one.role, one.party, one.actor, one.reason, json.dumps(one.codes, ensure_ascii=False)
