"""What was ordered of the record of a case itself: that it is held, that it is not any more, that its person was erased, that it was removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum, unique
from typing import Protocol

from attrs import evolve, frozen

from ssflow.calendar import Span
from ssflow.calendar.clock import ZONE, recorded
from ssflow.doors import check_kind
from ssflow.records.seals import seal_of
from ssflow.text import Text


@unique
class CustodyKind(Enum):
    """What was ordered."""

    held = Text("保全", "put under a legal hold")
    released = Text("解除保全", "released from a hold")
    erased = Text("销毁个人信息", "its person erased")
    removed = Text("整件销毁", "removed as a whole")


@frozen(kw_only=True)
class CustodyEntry:
    """One order, which is never edited: the n-th of its ``case`` (``number``), ``at`` which moment, by whom and why.

    ``ends`` is the number of the hold that a release ends. ``version`` and ``seal`` say how far the case had come: what remains of one that was
    removed. ``digest`` is the HMAC-SHA256 by a secret of the host, if it was made with one.
    """

    case: str
    number: int
    kind: CustodyKind
    at: datetime
    actor: str
    reason: str
    version: int
    seal: str
    ends: int | None = None
    digest: str = ""

    @property
    def text(self) -> str:
        """What the digest is made of: JSON in ASCII, keys sorted, without spaces."""
        parts = {
            "case": self.case,
            "number": self.number,
            "kind": self.kind.name,
            "at": (recorded(self.at, ZONE) or self.at).isoformat(),
            "actor": self.actor,
            "reason": self.reason,
            "version": self.version,
            "seal": self.seal,
            "ends": self.ends,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":"))

    def sealed(self, secret: bytes) -> CustodyEntry:
        """The same with its digest by a secret."""
        return evolve(self, digest=seal_of("", self.text, secret))


class CustodyStore(Protocol):
    """What a store does that also keeps orders."""

    def custody(self, case: str | None = None) -> tuple[CustodyEntry, ...]:
        """The orders of a case, or of all: by the ids of the cases, each in order."""

    def order(self, entry: CustodyEntry) -> None:
        """Keep an order, the next one of its case; where it says that the case is removed, remove all of the case in the same transaction.

        Raises ConflictError if the case is not at the version that the order names, or has another order of this number.
        """


@frozen
class Retention:
    """How long the records of a procedure are kept after the last day on record in a case, and on what basis.

    Raises:
        InputError: a part is of another kind than is required.

    """

    span: Span
    basis: Text

    def __attrs_post_init__(self) -> None:
        check_kind("span", self.span, Span)
        check_kind("basis", self.basis, Text)


def holds_of(entries: Iterable[CustodyEntry]) -> tuple[CustodyEntry, ...]:
    """The holds of one case that nobody has ended."""
    entries = tuple(entries)
    ended = {entry.ends for entry in entries if entry.kind is CustodyKind.released}
    return tuple(entry for entry in entries if entry.kind is CustodyKind.held and entry.number not in ended)


def left_of(store: object) -> Mapping[str, CustodyEntry]:
    """What a store says of the cases that were removed from it, the last of each; nothing, if it keeps no orders."""
    custody = getattr(store, "custody", None)
    entries: Iterable[CustodyEntry] = custody() if callable(custody) else ()
    return {entry.case: entry for entry in entries if entry.kind is CustodyKind.removed}
