"""Idempotent requests: a request is carried out once under its key; if it is repeated, it gets the first answer and changes nothing.

The request is kept as a digest, so that its key is refused for another request. The answer is not kept but made again from the same events:
a case at a version is always the same.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import wraps
from hashlib import sha256
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from attrs import asdict, frozen
from attrs import evolve as changed

from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import Case
from ssflow.case.doors import check_key, check_text
from ssflow.errors import ReusedKeyError, StoreError, TransactionConflictError
from ssflow.process import Deed, Role
from ssflow.records.access import held, noted
from ssflow.records.contract import CaseRow, Change, Failure, ObligationRow, Request, Store, VersionRow
from ssflow.records.entries import Late
from ssflow.records.log import fold
from ssflow.records.opening import Opening
from ssflow.records.reading import Reading
from ssflow.records.written import converter_of

C = TypeVar("C", bound=Reading)
P = ParamSpec("P")
A = TypeVar("A")


def once(act: Callable[Concatenate[C, P], A]) -> Callable[Concatenate[C, P], A]:
    """Decorate a method so that it is carried out once under its ``key`` and its refusals are noted.

    The method opens cases, or acts in the one that it names as ``case``.
    """
    parameters = signature(act)
    again: Callable[..., A] = act

    @wraps(act)
    def carried_out(cases: C, /, *args: P.args, **kwargs: P.kwargs) -> A:
        key = kwargs.get("key", "")
        check_text("key", key)
        if not key:
            return act(cases, *args, **kwargs)
        check_key("key", key)
        bound = parameters.bind(cases, *args, **kwargs)
        asked = {name: held(given) for name, given in bound.arguments.items()}
        keyed = _Keyed(
            cases.store,
            str(key),
            _digest(act.__name__, asked, cases.keys.pepper() if cases.keys else b""),
            asked.get("case"),
        )
        try:  # without a look for the key: that would cost each request a round trip, and miss one that is being carried out
            return again(**{**asked, "self": changed(cases, store=keyed)})
        except (StoreError, TransactionConflictError):  # nothing more can be found
            raise
        except Exception:  # the request may have been carried out, and is then no longer possible
            if (found := keyed.found()) is None:
                raise
        answer = tuple(_at(cases, case, version) for case, version in found.answer)
        return cast("A", answer if "openings" in asked else answer[0])

    return noted(cast("Callable[Concatenate[C, P], A]", carried_out))


@frozen
class _Keyed:
    """A store that writes events together with the request that asked for them."""

    store: Store
    key: str
    digest: str
    case: object

    def found(self) -> Request | None:
        """Return the request if it was carried out before; raises ReusedKeyError if the key was used for another request."""
        request = self.store.request(self.key)
        if request is not None and request.digest != self.digest:
            raise ReusedKeyError(self.key)
        return request

    def append(
        self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None, request: Request | None = None
    ) -> None:
        opened = [change.row for change in changes if change.seen == 0]
        answering = opened or [change.row for change in changes if change.row.id == self.case]
        answer = tuple((row.id, row.version) for row in answering)
        self.store.append(
            changes, unchanged=unchanged, request=request or Request(key=self.key, digest=self.digest, answer=answer)
        )

    def traces(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        return self.store.traces(cases)

    def snapshots(self, cases: Collection[str]) -> Mapping[str, str]:
        return self.store.snapshots(cases)

    def linking(self, cases: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        return self.store.linking(cases)

    def rows(self, **asked: Any) -> tuple[CaseRow, ...]:
        return self.store.rows(**asked)

    def versions(self) -> tuple[VersionRow, ...]:
        return self.store.versions()

    def obligations(self, **asked: Any) -> tuple[ObligationRow, ...]:
        return self.store.obligations(**asked)

    def request(self, key: str) -> Request | None:
        return self.store.request(key)

    def failures(self, work: str) -> tuple[Failure, ...]:
        return self.store.failures(work)

    def fail(self, failure: Failure) -> None:
        self.store.fail(failure)

    def recover(self, work: str, case: str) -> None:
        self.store.recover(work, case)


def _at(cases: Reading, case: str, version: int) -> Case:
    """Return a case as it was at a version."""
    events = cases.trace(case)[:version]
    return fold(cases.codec.definition_of(events[-1]), events)


def _digest(name: str, asked: Mapping[str, object], pepper: bytes) -> str:
    """Return the digest of a request: equal for equal requests, however their arguments were given. A pepper keeps it from being guessed."""
    parts = {part: given for part, given in asked.items() if part not in ("self", "key")}
    text = json.dumps([name, parts], default=_plain, sort_keys=True, ensure_ascii=False)
    said = text.encode(errors="surrogatepass")
    return hmac.new(pepper, said, sha256).hexdigest() if pepper else sha256(said).hexdigest()


def _plain(given: object) -> object:
    """Return an argument as plain data for JSON; a wrong argument is refused when the request is carried out."""
    if isinstance(given, Deed) and (owner := given.activity.owner) is not None:
        return owner.name, given.activity.name, converter_of(owner).unstructure(given.data)
    if isinstance(given, Late | Opening):
        said = asdict(given, recurse=False)
        return {**said, "case": ""} if said.get("is_made_up") else said
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, datetime) and given.utcoffset() is not None:
        given = recorded(given, ZONE)
    return given.name if isinstance(given, Role) else str(given)
