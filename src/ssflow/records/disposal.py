"""The disposal of records: how long they are kept, legal holds, the erasure of a person and the removal of a case.

A removed case leaves an entry (`custody`), by which a verification distinguishes it from a case that was deleted without an order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol, cast

from attrs import field, frozen

from ssflow.calendar import clock
from ssflow.calendar.clock import ZONE, recorded
from ssflow.case import Case
from ssflow.case.doors import check_text
from ssflow.case.grounds import Ground, GroundKind
from ssflow.doors import check_callable, check_day, check_kind, checked, of_kind
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.persons import without_numbers
from ssflow.persons.naming import check_party
from ssflow.process import Process
from ssflow.records.access import AccessLog, noted
from ssflow.records.authority import Asked, check_authority
from ssflow.records.codec import sealed_by
from ssflow.records.contract import Store
from ssflow.records.custody import CustodyEntry, CustodyKind, CustodyStore, holds_of
from ssflow.records.entries import check_reason
from ssflow.records.reading import Reading
from ssflow.records.retention import Retention, retention_by_law
from ssflow.records.seals import check_secret, seals_of
from ssflow.records.sweeps import PORTION
from ssflow.text import Text

_TITLES = {kind: kind.value for kind in CustodyKind}
RetentionOf = Callable[[type[Process]], Retention | None]


class _Keeping(Store, CustodyStore, Protocol):
    """A store that also keeps orders."""


@frozen
class Due:
    """A case whose records need not be kept any more, with the last day of keeping and the basis."""

    case: str
    kept_until: date
    retention: Retention


@frozen
class Custody:
    """The custody of the records of some cases; ``retention`` returns for a procedure how long they are kept.

    It is the law if nothing is given (`retention_by_law`), else the host's own schedule, which may keep records longer than the law and not
    for a shorter time. If it returns None, nothing of that procedure is ever due.

    Raises:
        InputError: the store of the cases keeps no orders, or an argument is not what is required.

    """

    cases: Reading = field(validator=of_kind(Reading))
    retention: RetentionOf = field(default=retention_by_law, validator=checked(check_callable))
    _store: _Keeping = field(init=False, repr=False, eq=False)

    @_store.default
    def _find_store(self) -> _Keeping:
        store = getattr(self.cases, "store", None)
        if not all(callable(getattr(store, method, None)) for method in ("custody", "order")):
            raise InputError.of(
                "cases",
                "其存储须有方法custody、order，例如SQLiteStore('cases.db')",
                "the store of these cases needs the methods custody and order, as SQLiteStore('cases.db') has",
            )
        return cast("_Keeping", store)

    @property
    def access_log(self) -> AccessLog | None:
        """The access log in which refusals are noted; None if they are not."""
        return self.cases.access_log

    def now(self) -> datetime:
        """The present moment of the host."""
        return self.cases.now()

    def entries(self, case: str | None = None) -> tuple[CustodyEntry, ...]:
        """Return the orders about a case, or about all cases."""
        if case is not None:
            check_text("case", case)
        return self._store.custody(case)

    @noted
    def hold(self, case: str, *, reason: str, actor: str) -> CustodyEntry:
        """Put a case under a legal hold: nothing of it is disposed of until every hold has been released.

        Like every order here, it may be repeated if no answer came: if the last order is the same, by the same actor in the same words, it is
        returned and not written twice.

        Raises:
            RefusedError: the host refuses the order.
            UnknownError: there is no such case.
            InputError: the reason or the actor is missing.

        """
        return self._order(CustodyKind.held, case, reason, actor)

    @noted
    def release(self, case: str, hold: int, *, reason: str, actor: str) -> CustodyEntry:
        """End one hold of a case, by its number.

        Raises:
            UnknownError: there is no such case, or no unreleased hold of this number.
            RefusedError, InputError: as `hold`.

        """
        check_kind("hold", hold, int)
        holds = [str(entry.number) for entry in holds_of(self.entries(case))]
        if str(hold) not in holds and not self._given(CustodyKind.released, case, reason, actor, ends=hold):
            raise UnknownError("hold", str(hold), holds)
        return self._order(CustodyKind.released, case, reason, actor, ends=hold)

    def due(self, on: date) -> tuple[Due, ...]:
        """Return the closed cases without a hold whose records need not be kept any more on a day, in the order of their opening."""
        check_day("on", on)
        held = {entry.case for entry in self.entries()}
        found = []
        for row in self.cases.rows():
            if row.closed and not (row.id in held and holds_of(self.entries(row.id))):
                periods = self._periods(self.cases.get(row.id))
                ends = [until or date.max for _, until in periods]
                if periods and max(ends) < on:
                    retention, _ = periods[ends.index(max(ends))]
                    found.append(Due(case=row.id, kept_until=max(ends), retention=retention))
        return tuple(found)

    @noted
    def erase(self, case: str, *, reason: str, actor: str) -> tuple[str, ...]:
        """Destroy the key of the person of a case and return the ids of all cases of that person. The orders are recorded first.

        Raises:
            RefusedError: one of these cases is open, held or still to be kept, or the host refuses it; all grounds are listed.
            InputError: one of these cases is not encrypted from its beginning, its store is in a transaction of the host, or the reason or the actor is missing.
            UnknownError: there is no such case.

        """
        if getattr(self._store, "is_joined", False):
            raise InputError.of(
                "cases",
                "存储在宿主系统的事务中，回滚不能恢复密钥；请用自带连接的存储",
                "the store is in a transaction of the host, and a rollback would not restore the key; erase through a store with connections of its own",
            )
        keys, found = self.cases.keys, dict(self._fingerprints([row.id for row in self.cases.rows()]))
        _, fingerprint = found[self.cases.get(case).id]
        theirs = [id_ for id_, (_, last) in found.items() if last == fingerprint]
        plain = [id_ for id_ in (case, *theirs) if not found[id_][0]]
        if keys is None or plain:
            raise InputError.of(
                "case",
                f"办件{plain[0]}的个人信息没有加密，或非自始加密，销毁密钥不足以清除；可整件销毁（remove）",
                f"the personal data of case {plain[0]} is not encrypted, or not from its beginning, so to destroy a key would not erase it; "
                "remove the case instead",
            )
        self._check_disposable(CustodyKind.erased, theirs)
        for id_ in theirs:
            self._order(CustodyKind.erased, id_, reason, actor)
        keys.destroy(fingerprint)
        return tuple(theirs)

    @noted
    def remove(self, case: str, *, reason: str, actor: str, secret: bytes | None = None) -> CustodyEntry:
        """Remove a case with all its records, and leave an entry that says so; give the ``secret`` of the host if it seals its cases.

        In PostgreSQL only the owner of the tables may do this: an application cannot delete records.

        Raises:
            RefusedError: the case is open, held, still to be kept or named by another, or the host refuses it; all grounds are listed.
            ConflictError: somebody acted in the case in the meantime.
            InputError: the reason or the actor is missing, or the secret is not one.
            UnknownError: there is no such case.

        """
        if secret is not None:
            check_secret("secret", secret)
        if again := self._given(CustodyKind.removed, case, reason, actor):
            return again
        self._check_disposable(CustodyKind.removed, [case])
        return self._order(CustodyKind.removed, case, reason, actor, secret=secret or b"")

    def _order(
        self,
        kind: CustodyKind,
        case: str,
        reason: str,
        actor: str,
        *,
        ends: int | None = None,
        secret: bytes = b"",
    ) -> CustodyEntry:
        again = self._given(kind, case, reason, actor, ends=ends)
        found, now = self.cases.get(case), self.now()
        check_authority(self.cases.authorise, Asked.to_order(kind.name, found, now, actor))
        if again:
            return again
        entry = CustodyEntry(
            case=case,
            number=len(self.entries(case)) + 1,
            kind=kind,
            at=recorded(now, ZONE),
            actor=actor,
            reason=without_numbers(reason),
            version=found.version,
            seal=seals_of(self._store.traces([case])[case])[-1],
            ends=ends,
        )
        entry = entry.sealed(secret) if secret else entry
        self._store.order(entry)
        return entry

    def _given(
        self, kind: CustodyKind, case: str, reason: str, actor: str, *, ends: int | None = None
    ) -> CustodyEntry | None:
        """Return the last order of a case if it is the same one, so that the answer was lost; else None."""
        check_reason("reason", reason)
        check_party("actor", actor)
        if not actor:
            raise InputError.of("actor", "请写明由谁决定", "say who orders it")
        asked = (kind, without_numbers(reason), actor, ends)
        entries = self.entries(case)
        same = (
            bool(entries)
            and not entries[-1].fault
            and (entries[-1].kind, entries[-1].reason, entries[-1].actor, entries[-1].ends) == asked
        )
        return entries[-1] if same else None

    def _check_disposable(self, kind: CustodyKind, cases: list[str]) -> None:
        """Refuse to dispose of cases whose records are still to be kept; raises RefusedError."""
        grounds = [ground for case in cases for ground in self._grounds(kind, self.cases.get(case))]
        if grounds:
            raise RefusedError(_TITLES[kind], grounds)

    def _grounds(self, kind: CustodyKind, case: Case) -> Iterator[Ground]:
        today, periods = clock.civil_day(self.now(), self.cases.law.calendar.zone), self._periods(case)
        if not case.is_closed:
            yield _ground("open", Text(f"办件{case.id}尚未办结", f"case {case.id} is not closed"))
        for hold in holds_of(self.entries(case.id)):
            if hold.fault:
                yield _ground("hold", hold.fault)
                continue
            zh = f"办件{case.id}于{hold.at:%Y-%m-%d}保全（第{hold.number}号）：{hold.reason}"
            en = f"case {case.id} has been under a legal hold since {hold.at:%Y-%m-%d} (no. {hold.number}): {hold.reason}"
            yield _ground("hold", Text(zh, en))
        if not periods:
            zh = f"没有给出“{case.process.title.zh}”的保管期限；请由宿主系统按本单位的保管期限表给出（retention）"
            en = f"no retention period of {case.process.title.en} is given; the host gives that of its own schedule (retention)"
            yield _ground("retention", Text(zh, en))
        for retention, until in periods:
            basis = retention.basis
            if retention.span is None:
                zh = f"办件{case.id}须永久保管（{basis.zh}）"
                yield _ground("retention", Text(zh, f"case {case.id} is to be kept permanently ({basis.en})"))
            elif until is not None and today <= until:
                zh = f"办件{case.id}须保管至{until}（{basis.zh}）"
                yield _ground("retention", Text(zh, f"case {case.id} is to be kept until {until} ({basis.en})"))
        if kind is CustodyKind.removed and (naming := self._store.linking([case.id])[case.id]):
            zh = f"办件{'、'.join(naming)}以{case.id}为关联；须先销毁这些办件"
            yield _ground("named", Text(zh, f"{', '.join(naming)} name case {case.id} as related: remove them first"))

    def _periods(self, case: Case) -> list[tuple[Retention, date | None]]:
        """Return how long a case is kept by the schedule, and by the law where that differs, each with the last day if it has one.

        All of them have to be over; there are none if the schedule names none.
        """
        found, calendar = self.retention(case.process), self.cases.law.calendar
        if found is not None:
            check_kind("retention", found, Retention)
        periods = [one for one in dict.fromkeys((found, retention_by_law(case.process))) if one] if found else []
        last = case.last and clock.civil_day(case.last, calendar.zone)
        return [(one, one.kept_until(last, calendar) if last else None) for one in periods]

    def _fingerprints(self, ids: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield cases with the keys of their first and last events: not the same if a case began before there were keys."""
        for first in range(0, len(ids), PORTION):
            for id_, texts in self._store.traces(ids[first : first + PORTION]).items():
                yield id_, (sealed_by(texts[0]), sealed_by(texts[-1]))


def _ground(name: str, reason: Text) -> Ground:
    return Ground(GroundKind.guard, name, reason)
