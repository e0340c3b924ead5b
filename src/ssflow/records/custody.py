"""Orders about the record of a case itself: a legal hold and its end, the erasure of its person, the removal of the whole case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum, unique
from typing import Protocol

from attrs import evolve, frozen

from ssflow.calendar.clock import ZONE, recorded
from ssflow.records.seals import seal_of
from ssflow.text import Text


@unique
class CustodyKind(Enum):
    """The kinds of orders."""

    held = Text("保全", "put under a legal hold")
    released = Text("解除保全", "released from a hold")
    erased = Text("销毁个人信息", "its person erased")
    removed = Text("整件销毁", "removed as a whole")


@frozen(kw_only=True)
class CustodyEntry:
    """One order, which is never edited: its ``number`` within its ``case``, the moment ``at``, by whom and why.

    ``ends`` is the number of the hold that a release ends. ``version`` and ``seal`` are those that the case had; they remain after a case is
    removed. ``digest`` is the HMAC-SHA256 by a secret of the host, if there is one. ``fault`` says what is damaged if the order cannot be read as it
    was written; the damaged part is None, empty or 0, and the order counts as a hold, because it may have been one.
    """

    case: str
    number: int
    kind: CustodyKind | None
    at: datetime | None
    actor: str
    reason: str
    version: int
    seal: str
    ends: int | None = None
    digest: str = ""
    fault: Text | None = None

    @property
    def text(self) -> str:
        """The text from which the digest is made: JSON in ASCII, keys sorted, without spaces."""
        parts = {
            "case": self.case,
            "number": self.number,
            "kind": self.kind and self.kind.name,
            "at": self.at and recorded(self.at, ZONE).isoformat(),
            "actor": self.actor,
            "reason": self.reason,
            "version": self.version,
            "seal": self.seal,
            "ends": self.ends,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":"))

    def sealed(self, secret: bytes) -> CustodyEntry:
        """Return the order with its digest by a secret."""
        return evolve(self, digest=seal_of("", self.text, secret))


class CustodyStore(Protocol):
    """A store that also keeps orders."""

    def custody(self, case: str | None = None) -> tuple[CustodyEntry, ...]:
        """Return the orders of a case or of all cases, sorted by the ids of the cases, in the order in which they were given."""

    def order(self, entry: CustodyEntry) -> None:
        """Keep the next order of a case; if it removes the case, delete everything of the case in the same transaction.

        Raises ConflictError if the case is not at the version that the order names, or already has an order of this number.
        """


def holds_of(entries: Iterable[CustodyEntry]) -> tuple[CustodyEntry, ...]:
    """Return the holds of one case that have not been released, and the damaged orders among them."""
    entries = tuple(entries)
    ended = {entry.ends for entry in entries if entry.kind is CustodyKind.released and not entry.fault}
    holding = (entry for entry in entries if entry.kind is CustodyKind.held or entry.fault)
    return tuple(entry for entry in holding if entry.number not in ended)


def left_of(store: object) -> Mapping[str, CustodyEntry]:
    """Return the last removal order of each case that was removed from a store, damaged ones excepted."""
    return {entry.case: entry for entry in orders_in(store) if entry.kind is CustodyKind.removed and not entry.fault}


def orders_in(store: object) -> tuple[CustodyEntry, ...]:
    """Return the orders about all cases of a store; none if the store keeps no orders."""
    custody = getattr(store, "custody", None)
    return custody() if callable(custody) else ()
