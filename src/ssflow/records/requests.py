"""Requests with an idempotency key, kept with what they have written, so that a repeated request is recognised.

A request is kept as a digest, so that its key is refused for another request. The answer is not kept but made again from the same events: a
case at a version is always the same.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from attrs import asdict, frozen

from ssflow.calendar.clock import ZONE, recorded
from ssflow.errors import ReusedKeyError
from ssflow.process import Deed, Role
from ssflow.records.contract import Change, Request, Store
from ssflow.records.corrections import Correction
from ssflow.records.entries import Late
from ssflow.records.opening import Opening
from ssflow.records.written import converter_of


@frozen
class KeyedRequest:
    """A request under its key, by its digest; ``cases`` are the cases that it names, if any."""

    key: str
    digest: str
    cases: tuple[object, ...] = ()

    @classmethod
    def of(cls, key: str, command: str, asked: Mapping[str, object], pepper: bytes) -> KeyedRequest:
        """Return the request for a command with these arguments."""
        return cls(key, _digest(command, asked, pepper), _named(asked))

    def found(self, store: Store) -> Request | None:
        """Return the request if it was carried out before; raises ReusedKeyError if the key was used for another request."""
        request = store.request(self.key)
        if request is not None and request.digest != self.digest:
            raise ReusedKeyError(self.key)
        return request

    def answered(self, changes: Iterable[Change]) -> Request:
        """Return the request with its answer, which these changes make: the cases that they open, or else those that it names."""
        rows = [(change.row.id, change.row.version, change.seen) for change in changes]
        opened = tuple((id_, version) for id_, version, seen in rows if seen == 0)
        named = tuple((id_, version) for case in self.cases for id_, version, _ in rows if id_ == case)
        return Request(key=self.key, digest=self.digest, answer=opened or named)


def _named(asked: Mapping[str, object]) -> tuple[object, ...]:
    """Return the cases that a command names, each once; a wrong argument is refused when the request is carried out."""
    several = asked.get("corrections")
    if not isinstance(several, Sequence):
        return (asked.get("case"),)
    return tuple(dict.fromkeys(one.case for one in several if isinstance(one, Correction)))


def _digest(command: str, asked: Mapping[str, object], pepper: bytes) -> str:
    """Return the digest of a request: equal for equal requests, however their arguments were given. A pepper keeps it from being guessed."""
    parts = {part: given for part, given in asked.items() if part != "key"}
    said = _json([command, parts]).encode(errors="surrogatepass")
    return hmac.new(pepper, said, sha256).hexdigest() if pepper else sha256(said).hexdigest()


def _plain(given: object) -> object:
    """Return an argument as plain data for JSON; a wrong argument is refused when the request is carried out."""
    if isinstance(given, Deed) and (owner := given.activity.owner) is not None:
        return owner.name, given.activity.name, converter_of(owner).unstructure(given.data)
    if isinstance(given, Correction | Late | Opening):
        said = asdict(given, recurse=False)
        return {**said, "case": ""} if said.get("is_made_up") else said
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, datetime) and given.utcoffset() is not None:
        given = recorded(given, ZONE)
    return given.name if isinstance(given, Role) else str(given)


_json = json.JSONEncoder(default=_plain, sort_keys=True, ensure_ascii=False).encode
