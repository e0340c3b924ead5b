"""The access log: who was refused something, and who looked at personal data unmasked; whatever becomes of the transaction of the host."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from inspect import signature
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import evolve

from ssflow import Cases, JoinedStore, Legislation, MemoryStore, PostgreSQLStore, SQLiteStore, WorkCalendar
from ssflow.errors import InputError, RefusedError, StoreError, SweepError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.persons import Identity
from ssflow.records import Access, AccessKind, Asked, Correction, Late, Opening, Seal, Store, Upgrade
from ssflow.text import Text
from tests.store.commands import CLOSED, SECRET
from tests.store.damage import damage
from tests.store.grants import Grant1, Grant2, cases_of
from tests.store.grants import opened as granted
from tests.store.hosts import Host, execute, values

C = CardReplacement
DAY, NOW = date(2026, 9, 21), datetime(2026, 11, 22, 1, tzinfo=UTC)
NUMBER = "11010519491231002X"
APPLICATION = Application(holder=Identity(NUMBER), reason=Reason.damaged, photo=Photo.identity_card)
PAY = C.pay(Payment(Decimal(20)))
CLOSED_TOO = Legislation(WorkCalendar.china().with_notices(CLOSED))
WHO: dict[str, Any] = {"party": NUMBER, "actor": "u1"}


def opened(store: Store, **more: Any) -> Cases:
    """The cases of a store, one of them open and paid for."""
    cases = Cases(store, now=lambda: NOW, **more)
    cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", case="card-1", party=NUMBER)
    cases.do("card-1", PAY, by=C.holder, on=DAY, party=NUMBER)
    return cases


def opening(case: str = "card-2") -> Opening:
    """What the wrong role would open."""
    return Opening(deed=C.apply(APPLICATION), by=C.issuer, places="440100", case=case, **WHO)


# Every command of `Cases` that somebody does in a role, by a role that may not.
AS_THE_WRONG_ROLE: dict[str, Callable[[Cases], Any]] = {
    "open": lambda cases: cases.open(C.apply(APPLICATION), by=C.issuer, on=DAY, places="440100", **WHO),
    "open_together": lambda cases: cases.open_together((opening(name) for name in ("card-2", "card-3")), on=DAY),
    "do": lambda cases: cases.do("card-1", C.accept(), by=C.holder, on=DAY, key="k-1", **WHO),
    "enter_late": lambda cases: cases.enter_late(
        "card-1", iter([Late(C.accept(), by=C.holder, on=DAY, party=NUMBER)]), reason="补录", actor="u1"
    ),
    "correct": lambda cases: cases.correct("card-1", 2, PAY, reason="笔误", by=C.issuer, **WHO),
    "correct_together": lambda cases: cases.correct_together(
        iter([Correction(2, PAY, case="card-1", reason="笔误", by=C.issuer, **WHO)])
    ),
}
# Every command in which nobody acts in a role: the host alone says who may call it.
AS_NOBODY: dict[str, Callable[[Cases], Any]] = {
    "retract": lambda cases: cases.retract(after=date(2026, 9, 30), reason="时钟有误", actor="u1"),
    "reveal": lambda cases: cases.reveal("card-1", actor="u1", reason="申诉", by=C.holder, party=NUMBER),
}
WITHOUT_A_CALLER = {
    *("get", "trace", "rows", "work_list", "overdue", "verify", "check_versions", "caused_by"),
    *("options", "dry_run"),  # say what would be refused, and refuse nothing
}


# What time does: somebody may have it recorded, and then the host is asked; a timer is nobody.
AS_TIME: dict[str, Callable[[Cases, str], Any]] = {
    "advance": lambda cases, actor: cases.advance(date(2026, 11, 21), actor=actor),
    "sweep": lambda cases, actor: cases.sweep(actor=actor),
    "redate": lambda cases, actor: evolve(cases, law=CLOSED_TOO).redate(date(2026, 9, 23), actor=actor),
    "redate_all": lambda cases, actor: evolve(cases, law=CLOSED_TOO).redate_all(date(2026, 9, 23), actor=actor),
}


def test_every_command_is_one_of_these() -> None:
    """A command that is added is tried below, or takes nobody's word for who calls it."""
    public = {name for name in dir(Cases) if not name.startswith("_") and callable(getattr(Cases, name))}
    assert public == {*AS_THE_WRONG_ROLE, *AS_NOBODY, *AS_TIME, *WITHOUT_A_CALLER, "upgrade", "seal"}
    for name in WITHOUT_A_CALLER - {"options", "dry_run"}:
        assert not {"by", "party", "actor", "corrector"} & signature(getattr(Cases, name)).parameters.keys()


@pytest.mark.parametrize("command", AS_THE_WRONG_ROLE)
def test_the_wrong_role_is_refused_and_noted(store: Store, command: str) -> None:
    """Nothing is written, and the log has who asked, for what, in which case, and the grounds."""
    cases = opened(store, access_log=store)
    before = [(row.id, row.version) for row in cases.rows()]
    with pytest.raises(RefusedError) as refused:
        AS_THE_WRONG_ROLE[command](cases)

    assert [(row.id, row.version) for row in cases.rows()] == before
    entries = store.accesses()
    ids = {"open": [""], "open_together": ["card-2", "card-3"]}.get(command, ["card-1"])
    assert [entry.case for entry in entries] == ids
    for entry in entries:
        assert (entry.at, entry.kind, entry.command) == (NOW, AccessKind.refused, command)
        assert (entry.actor, entry.party) == ("u1", "***2X")
        assert entry.role == (C.holder if command in ("do", "enter_late") else C.issuer).name
        assert entry.activity
        assert any(code.startswith("role:") for code in entry.codes)
        assert entry.codes == tuple(dict.fromkeys(f"{one.kind.name}:{one.name}" for one in refused.value.grounds))


@pytest.mark.parametrize("command", [*AS_THE_WRONG_ROLE, *AS_NOBODY])
def test_the_host_is_asked_before_anything_is_decided(command: str) -> None:
    """What the host refuses is refused on that ground alone, is noted with it, and says to the host which command it was."""
    store, asked = MemoryStore(), list[Asked]()

    def authorise(what: Asked) -> Text:
        asked.append(what)
        return Text("无权", "no right")

    held = opened(store)
    held.do("card-1", C.accept(), by=C.office, on=DAY)
    assert held.advance(date(2026, 11, 21))
    cases = Cases(store, now=lambda: NOW, authorise=authorise, access_log=store)
    before = cases.rows()
    with pytest.raises((RefusedError, SweepError), match="no right"):
        {**AS_THE_WRONG_ROLE, **AS_NOBODY}[command](cases)
    assert cases.rows() == before
    assert {one.codes for one in store.accesses()} == {("role:authority",)}
    assert {one.command for one in store.accesses()} == {command}
    assert {one.command for one in asked} == {
        {"open_together": "open", "enter_late": "do", "correct_together": "correct"}.get(command, command)
    }


@pytest.mark.parametrize("command", AS_TIME)
def test_who_has_time_recorded_is_named_and_asked_for(store: Store, command: str) -> None:
    """Refused by the host, nothing is written and the log has who asked; allowed, every event names who had it recorded."""
    asked = list[Asked]()

    def authorise(what: Asked) -> Text | None:
        asked.append(what)
        return Text("无权", "no right") if what.actor == "u1" else None

    opened(store).do("card-1", C.accept(), by=C.office, on=DAY)
    cases = Cases(store, now=lambda: NOW, authorise=authorise, access_log=store)
    with suppress(SweepError):
        AS_TIME[command](cases, "u1")

    assert [row.version for row in store.rows()] == [3]
    assert [(one.command, one.case, one.actor, one.codes) for one in store.accesses()] == [
        (command, "card-1", "u1", ("role:authority",))
    ]
    AS_TIME[command](cases, "u2")
    assert [event.actor for event in cases.trace("card-1")[3:]] == ["u2"]
    assert {(one.command, one.case.id, one.on) for one in asked} == {
        (command.removesuffix("_all"), "card-1", NOW if command == "sweep" else asked[0].on)
    }


@pytest.mark.parametrize("command", AS_TIME)
def test_time_itself_asks_nobody(command: str) -> None:
    """What a timer has recorded names nobody, and no host can stop time."""
    store = MemoryStore()
    opened(store).do("card-1", C.accept(), by=C.office, on=DAY)
    cases = Cases(store, now=lambda: NOW, authorise=lambda _: Text("无权", "no right"))

    AS_TIME[command](cases, "")

    assert [event.actor for event in cases.trace("card-1")[3:]] == [""]


def test_who_sealed_is_in_the_seal(store: Store) -> None:
    """It is sealed with the rest, and read back; seals without one are what they were."""
    cases = opened(store)
    made = cases.seal(SECRET, actor="u1")

    assert (made.actor, Seal.read(made.line)) == ("u1", made)
    assert not evolve(made, actor="u2").fits(SECRET)
    assert "actor" not in cases.seal(SECRET).line
    assert cases.verify(seals=[made], secret=SECRET) == ()


def test_an_upgrade_that_the_host_refuses_is_noted(store: Store) -> None:
    """Of each case, though the round goes on and only tells of it."""
    granted(cases_of(store, Grant1))
    cases = evolve(cases_of(store, Grant2), access_log=store, authorise=lambda _: Text("无权", "no right"))
    came = cases.upgrade(Upgrade(Grant2), on=date(2026, 3, 6), reason="新办法施行", actor="u1")
    assert list(came.failed) == ["g1"]
    (entry,) = store.accesses()
    assert (entry.command, entry.case, entry.actor, entry.codes) == ("upgrade", "g1", "u1", ("role:authority",))
    assert cases.get("g1").process is Grant1


def refused_in(host: Host, log: Any) -> None:
    """A transaction of the host in which something is written, and then something refused."""
    with host.transaction() as connection:
        cases = opened(JoinedStore(connection), access_log=log)
        execute(connection, "INSERT INTO theirs VALUES ('x')")
        cases.do("card-1", C.accept(), by=C.holder, on=DAY, **WHO)


def test_a_rolled_back_host_keeps_the_refusal(host: Host, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The host's rollback takes its rows and ours away, and not what the access log keeps through its own connection."""
    is_postgresql = "postgresql" in request.node.callspec.id
    log = PostgreSQLStore(request.getfixturevalue("dsn")) if is_postgresql else SQLiteStore(tmp_path / "access.db")
    with pytest.raises(RefusedError):
        refused_in(host, log)
    with host.transaction() as connection:
        assert JoinedStore(connection).rows() == ()
        assert [values(row) for row in execute(connection, "SELECT count(*) FROM theirs")] == [[0]]
    assert [(one.command, one.case, one.actor) for one in log.accesses()] == [("do", "card-1", "u1")]


def test_a_joined_store_keeps_no_access_log(host: Host) -> None:
    """It would be taken back with what was refused."""
    with host.transaction() as connection, pytest.raises(InputError, match="rollback would remove the entries"):
        Cases(MemoryStore(), access_log=JoinedStore(connection))


@pytest.mark.parametrize("odd", [3, "access.db", MemoryStore, object()], ids=["number", "path", "class", "object"])
def test_what_keeps_no_entries_is_no_access_log(odd: Any) -> None:
    """It is refused when the cases are made, not when the first entry is lost."""
    with pytest.raises(InputError, match="access_log"):
        Cases(MemoryStore(), access_log=odd)


def test_a_look_without_masks_is_noted_first(store: Store) -> None:
    """Who looked, in which case, why; and nobody looks where it cannot be noted."""
    cases = opened(store, access_log=store)
    assert cases.reveal("card-1", actor="u1", reason=f"申诉{NUMBER}", by=C.issuer) == cases.get("card-1")
    (entry,) = store.accesses()
    assert (entry.kind, entry.case, entry.actor, entry.role) == (AccessKind.revealed, "card-1", "u1", "issuer")
    assert entry.reason == "申诉***2X"
    for missing in ({"actor": "", "reason": "x"}, {"actor": "u1", "reason": " "}):
        with pytest.raises(InputError):
            cases.reveal("card-1", **missing)
    with pytest.raises(InputError, match="access_log"):
        evolve(cases, access_log=None).reveal("card-1", actor="u1", reason="x")
    assert len(store.accesses()) == 1


def test_a_log_that_is_gone_is_told(tmp_path: Path) -> None:
    """Nobody is told of a refusal, or shown a person, of which there is no entry; what may be done is still done."""
    log = SQLiteStore(tmp_path / "access.db")
    cases = opened(MemoryStore(), access_log=log)
    log.path.unlink()
    with pytest.raises(StoreError):
        AS_THE_WRONG_ROLE["do"](cases)
    with pytest.raises(StoreError):
        AS_NOBODY["reveal"](cases)
    assert cases.do("card-1", C.accept(), by=C.office, on=DAY).version == 3


def entry(number: int, case: str = "a") -> Access:
    """The entry of some minute."""
    at = (NOW + timedelta(minutes=number)).astimezone()
    return Access(at=at, kind=AccessKind.refused, command="do", case=case, reason="据", codes=("role:by", "guard:x"))


def test_entries_are_found(store: Store) -> None:
    """In the order in which they were kept, those of a case, those from an instant on; more than go into one statement."""
    kept = [entry(n, "ab"[n % 2]) for n in range(230)]
    store.note(kept)
    store.note([])

    assert store.accesses() == tuple(kept)
    assert store.accesses(case="b") == tuple(kept[1::2])
    assert store.accesses(since=kept[200].at) == tuple(kept[200:])
    assert store.accesses(case="a", since=kept[201].at) == tuple(kept[202::2])
    assert store.accesses(case="nobody") == ()


@pytest.mark.parametrize("forgery", ["UPDATE {}access SET actor = 'x'", "DELETE FROM {}access"])
def test_entries_are_not_edited(tmp_path: Path, dsn: str, forgery: str) -> None:
    """The databases themselves refuse it."""
    for store in (SQLiteStore(tmp_path / "x.db"), PostgreSQLStore(dsn)):
        store.note([entry(1)])
    with closing(sqlite3.connect(tmp_path / "x.db")) as db, pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(forgery.format(""))
    with psycopg.connect(dsn) as db, pytest.raises(psycopg.Error, match="never edited or deleted"):
        db.execute(forgery.format("ssflow_"))


@pytest.mark.parametrize(
    ("cell", "value", "empty"),
    [
        ("at", "soon", None),
        ("at", 2**62, None),
        ("kind", "seen", None),
        ("kind", b"x", None),
        ("actor", b"\xff", ""),
        ("codes", "[", ()),
        ("codes", "{}", ()),
    ],
)
def test_a_damaged_entry_hides_no_other(tmp_path: Path, cell: str, value: object, empty: object) -> None:
    """Its other parts are there, and it says what is damaged and which entry it is; it cannot be kept again."""
    store = SQLiteStore(tmp_path / "x.db")
    store.note([entry(1), entry(2), entry(3)])
    damage(store.path, "access", cell, value, "position = 2")
    first, damaged, last = store.accesses()

    assert (first, last) == (entry(1), entry(3))
    assert damaged.fault is not None
    assert damaged.fault.en == f"entry 2 of the access log is damaged ({cell}); restore a backup"
    assert damaged == evolve(entry(2), fault=damaged.fault, **{cell: empty})
    assert damaged in store.accesses(since=NOW), "it may be of that time"
    for kept in (store, MemoryStore()):
        with pytest.raises(InputError, match="a damaged one cannot be kept again"):
            kept.note([damaged])


def test_a_round_notes_refusals_only(store: Store) -> None:
    """A case that failed for another reason, here a day before its last event, is told by the round and is nobody's refused act."""
    granted(cases_of(store, Grant1), on=date(2026, 3, 6))
    cases = evolve(cases_of(store, Grant2), access_log=store)
    came = cases.upgrade(Upgrade(Grant2), on=date(2026, 3, 2), reason="新办法施行", actor="u1")

    assert isinstance(came.failed["g1"], InputError)
    assert store.accesses() == ()
