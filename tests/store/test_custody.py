"""How long records are kept, what holds them longer, and how they are disposed of: a person erased, or a case removed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import evolve

from ssflow import Cases, JoinedStore, MemoryStore, PostgreSQLStore, SQLiteStore
from ssflow.calendar import years
from ssflow.errors import ConflictError, InputError, RefusedError, StoreError, UnknownError
from ssflow.machines.consultation import Answer, Consultation, Question
from ssflow.persons import is_erased
from ssflow.process import Process
from ssflow.records import (
    Asked,
    Custody,
    CustodyEntry,
    CustodyKind,
    Finding,
    FindingKind,
    Retention,
    Store,
    Subscription,
)
from ssflow.store import KeyFolder
from ssflow.testing.store import a_change, a_failure
from ssflow.text import Text
from tests.store.encrypted import everything
from tests.store.hosts import Host
from tests.store.test_roles import Roles, roles

__all__ = ["roles"]  # a fixture

P = Consultation
NOW, SECRET = datetime(2026, 11, 22, 1, tzinfo=UTC), b"16 bytes or more"
TEN = Retention(years(10), Text("本局保管期限表第3项", "item 3 of the bureau's schedule"))
WHY: dict[str, Any] = {"reason": "鉴定小组2026年第4号", "actor": "u9"}
SCHEDULE: Callable[[type[Process]], Retention] = lambda _: TEN  # noqa: E731


def consulted(store: Store, keys: KeyFolder | None = None, **more: Any) -> Cases:
    """Cases of 2015: two of one person and one of another, closed; one that is open; and one of this year."""
    cases = Cases(store, now=lambda: NOW, keys=keys, access_log=store, **more)
    for id_, party, year, closes in (
        ("c1", "欧阳明月", 2015, True),
        ("c2", "欧阳明月", 2015, True),
        ("c3", "甲乙丙丁戊", 2015, True),
        ("c4", "己庚辛壬癸", 2015, False),
        ("c5", "子丑寅卯辰", 2026, True),
    ):
        asked = Question("养老金何时发放（欧阳明月）")
        links = ["c1"] if id_ == "c3" else []
        opening: dict[str, Any] = {"by": P.asker, "places": "440100", "case": id_, "party": party, "links": links}
        cases.open(P.ask(asked), on=date(year, 3, 2), key=f"k-{id_}", **opening)
        if closes:
            cases.do(id_, P.answer(Answer("每月十五日")), by=P.agency, on=date(year, 3, 5))
    return cases


def codes(refused: Any) -> list[str]:
    """The names of the grounds of a refusal."""
    return [ground.name for ground in refused.value.grounds]


def test_what_is_due_is_told(store: Store) -> None:
    """Closed cases whose period is over, and that nobody holds; on the last day of the period not yet."""
    custody = Custody(consulted(store), SCHEDULE)
    due = custody.due(date(2026, 11, 22))
    assert [one.case for one in due] == ["c1", "c2", "c3"]
    assert {(one.kept_until, one.retention) for one in due} == {(date(2025, 3, 5), TEN)}
    custody.hold("c2", **WHY)
    assert [one.case for one in custody.due(date(2025, 3, 6))] == ["c1", "c3"]
    assert custody.due(date(2025, 3, 5)) == ()
    assert Custody(custody.cases, lambda _: None).due(date(2199, 1, 1)) == ()


def test_a_hold_refuses_disposal(store: Store, tmp_path: Path) -> None:
    """Of the case itself, and of the person in any of whose cases it is; until the last hold is released, each by its number."""
    keys = KeyFolder(tmp_path / "keys")
    custody = Custody(consulted(store, keys), SCHEDULE)
    first, second = custody.hold("c2", **WHY), custody.hold("c2", reason="诉讼", actor="u8")
    for _ in range(2):
        for dispose in (lambda: custody.erase("c1", **WHY), lambda: custody.remove("c2", **WHY)):
            with pytest.raises(RefusedError, match=r"under a legal hold since 2026-11-22 \(no. ") as refused:
                dispose()
            assert set(codes(refused)) == {"hold"}
        released = custody.release("c2", first.number, reason="结案", actor="u8")
        assert custody.release("c2", first.number, reason="结案", actor="u8") == released, (
            "who got no answer asks again"
        )
        with pytest.raises(UnknownError):
            custody.release("c2", first.number, reason="另案", actor="u8")
        first = second
        if len(custody.entries("c2")) == 4:
            break
    assert custody.erase("c1", **WHY) == ("c1", "c2")
    kinds = [(one.kind, one.ends) for one in custody.entries("c2")]
    held, released = CustodyKind.held, CustodyKind.released
    assert kinds == [(held, None), (held, None), (released, 1), (released, 2), (CustodyKind.erased, None)]
    assert {one.command for one in store.accesses()} == {"erase", "remove"}
    assert {one.codes for one in store.accesses()} == {("guard:hold",)}


def test_what_has_to_be_kept_is_refused_with_all_grounds(store: Store) -> None:
    """An open case, a period that is not over, a period that nobody has given, a case that another names."""
    custody = Custody(consulted(store), SCHEDULE)
    for case, grounds, says in (
        ("c4", ["open"], "case c4 is not closed"),
        ("c5", ["retention"], "case c5 is to be kept until 2036-03-05 (item 3 of the bureau's schedule)"),
        ("c1", ["named"], "c3 name case c1 as related: remove them first"),
    ):
        with pytest.raises(RefusedError) as refused:
            custody.remove(case, **WHY)
        assert codes(refused) == grounds
        assert says in refused.value.say("en")
    with pytest.raises(RefusedError, match="no retention period of Consultation on social-insurance policy is given"):
        Custody(custody.cases, lambda _: None).remove("c2", **WHY)
    assert [row.id for row in store.rows()] == ["c1", "c2", "c3", "c4", "c5"]
    assert custody.entries() == ()


def test_a_person_is_erased_in_all_cases(store: Store, tmp_path: Path) -> None:
    """It is recorded in each, and nothing of the person can be read any more; other persons stay. Asked again, it is not recorded twice."""
    cases = consulted(store, KeyFolder(tmp_path / "keys"))
    custody, seal = Custody(cases, SCHEDULE), cases.seal(SECRET)
    assert custody.erase("c2", **WHY) == ("c1", "c2")
    for id_ in ("c1", "c2"):
        assert is_erased(cases.trace(id_)[0].data.question)
        assert is_erased(cases.get(id_).parties["asker"])
    assert cases.get("c3").parties == {"asker": "甲乙丙丁戊"}
    (entry,) = custody.entries("c1")
    assert (entry.kind, entry.actor, entry.reason, entry.version) == (CustodyKind.erased, "u9", WHY["reason"], 2)
    assert cases.verify(seals=[seal], secret=SECRET) == ()
    assert custody.erase("c1", **WHY) == ("c1", "c2")
    assert custody.entries("c1") == (entry,)


def test_what_is_not_encrypted_is_not_erased(store: Store, tmp_path: Path) -> None:
    """It is said what can be done instead. A case that began before there were keys holds its person in plain text, and whoever has its key with it."""
    cases = consulted(store)
    with pytest.raises(InputError, match="of case c1 is not encrypted, .*; remove the case instead"):
        Custody(cases, SCHEDULE).erase("c1", **WHY)

    cases = evolve(cases, keys=KeyFolder(tmp_path / "keys"))
    cases.do("c4", P.answer(Answer("每月十五日")), by=P.agency, on=date(2015, 3, 5))
    whose: dict[str, Any] = {"by": P.asker, "party": "己庚辛壬癸", "on": date(2015, 3, 2), "places": "440100"}
    cases.open(P.ask(Question("何时")), case="c6", **whose)
    cases.do("c6", P.answer(Answer("每月十五日")), by=P.agency, on=date(2015, 3, 5))
    for case in ("c4", "c6"):
        with pytest.raises(InputError, match="of case c4 is not encrypted, or not from its beginning"):
            Custody(cases, SCHEDULE).erase(case, **WHY)
    assert cases.get("c6").parties == {"asker": "己庚辛壬癸"}
    assert Custody(cases, SCHEDULE).entries() == ()


def test_a_key_is_not_destroyed_in_a_transaction_of_the_host(host: Host, tmp_path: Path) -> None:
    """Its rollback would bring the entry back and not the key."""
    with host.transaction() as connection:
        custody = Custody(Cases(JoinedStore(connection), keys=KeyFolder(tmp_path / "keys")), SCHEDULE)
        with pytest.raises(InputError, match="a rollback would not restore the key"):
            custody.erase("c1", **WHY)


def test_of_a_removed_case_nothing_is_left_but_the_entry(store: Store, request: pytest.FixtureRequest) -> None:
    """No event, line, obligation, link, request, failure or message, in no byte of the database; all other cases are as they were."""
    dsn = request.getfixturevalue("dsn") if isinstance(store, PostgreSQLStore) else ""
    Subscription(Cases(store), "tax").begin()
    cases = consulted(store)
    store.fail(a_failure("c3"))
    store.fail(a_failure("c2"))
    waiting = dict(store.waiting("tax"))
    custody, others = Custody(cases, SCHEDULE), {row.id: cases.get(row.id) for row in cases.rows() if row.id != "c3"}
    assert "甲乙丙丁戊".encode() in everything(store, dsn)
    entry = custody.remove("c3", **WHY, secret=SECRET)

    assert "甲乙丙丁戊".encode() not in everything(store, dsn)
    for ask in (store.trace, cases.get):
        with pytest.raises(UnknownError):
            ask("c3")
    assert (store.linking(["c1"])["c1"], store.request("k-c3")) == ((), None)
    assert store.request("k-c1") is not None
    assert [failure.case for failure in store.failures("sweep")] == ["c2"]
    assert dict(store.waiting("tax")) == {case: version for case, version in waiting.items() if case != "c3"}
    assert store.messages("tax", "c3") == ()
    assert {row.id: cases.get(row.id) for row in cases.rows()} == others
    assert custody.entries() == (entry,)
    assert (entry.kind, entry.number, entry.version) == (CustodyKind.removed, 1, 2)
    assert custody.remove("c3", **WHY) == entry, "who got no answer asks again"
    with pytest.raises(UnknownError):
        custody.remove("c3", **{**WHY, "actor": "u1"})
    custody.remove("c1", **WHY)


def by_hand(store: SQLiteStore, case: str, *more: str) -> None:
    """What somebody does who may do anything in the file."""
    with closing(sqlite3.connect(store.path)) as db, db:
        for name in ("event_is_not_deleted", "custody_is_not_deleted", "custody_is_not_edited"):
            db.execute(f"DROP TRIGGER {name}")
        for table in ("obligation", "event", "head") if case else ():
            db.execute(f"DELETE FROM {table} WHERE case_id = ?", (case,))
        for statement in more:
            db.execute(statement)


def kinds(findings: tuple[Finding, ...]) -> list[tuple[str, FindingKind]]:
    """What was found, of which case."""
    return [(one.case, one.kind) for one in findings]


def test_a_removed_case_is_told_from_one_that_was_taken_away(tmp_path: Path) -> None:
    """With its entry a case that was sealed is not missed; without it, or with one that the secret did not make, it is."""
    store = SQLiteStore(tmp_path / "x.db")
    cases = consulted(store)
    seals, custody = [cases.seal(SECRET)], Custody(cases, SCHEDULE)
    custody.remove("c3", **WHY, secret=SECRET)
    assert cases.verify(seals=seals, secret=SECRET) == ()
    seals.append(cases.seal(SECRET, after=seals))
    by_hand(store, "c2")
    assert kinds(cases.verify(seals=seals, secret=SECRET)) == [("c2", FindingKind.removed)]
    custody.remove("c1", **WHY)
    found = cases.verify(seals=seals, secret=SECRET)
    assert kinds(found) == [("c1", FindingKind.removed), ("c2", FindingKind.removed)]
    assert "its entry of removal was not made with this secret" in found[0].say("en")


def test_a_removed_case_may_have_gone_on_since_it_was_sealed(tmp_path: Path) -> None:
    """Its entry names its last event, which is a later one than that of the seal."""
    cases = consulted(SQLiteStore(tmp_path / "x.db"))
    seal = cases.seal(SECRET)
    cases.do("c4", P.answer(Answer("每月十五日")), by=P.agency, on=date(2015, 3, 5))
    assert Custody(cases, SCHEDULE).remove("c4", **WHY, secret=SECRET).version > seal.cases["c4"][0]
    assert cases.verify(seals=[seal], secret=SECRET) == ()


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM custody",
        "UPDATE custody SET actor = 'somebody else'",
        "UPDATE custody SET version = 1",
        "UPDATE custody SET seal = 'x'",
        "UPDATE custody SET case_id = 'c9'",
    ],
)
def test_a_forged_entry_excuses_nothing(tmp_path: Path, forgery: str) -> None:
    """Whatever of it is altered."""
    store = SQLiteStore(tmp_path / "x.db")
    cases = consulted(store)
    seals = [cases.seal(SECRET)]
    Custody(cases, SCHEDULE).remove("c3", **WHY, secret=SECRET)
    by_hand(store, "", forgery)
    assert kinds(cases.verify(seals=seals, secret=SECRET)) == [("c3", FindingKind.removed)]


def test_what_is_said_to_be_removed_and_is_there_is_found(store: Store) -> None:
    """An id that is used again after its case was removed, for instance."""
    cases = consulted(store)
    Custody(cases, SCHEDULE).remove("c3", **WHY)
    cases.open(P.ask(Question("x")), by=P.asker, on=date(2026, 3, 2), places="440100", case="c3", party="p")
    assert kinds(cases.verify()) == [("c3", FindingKind.disposed)]


def test_the_host_is_asked(store: Store) -> None:
    """Of each order, by its kind; what it refuses is not done, and noted."""
    asked = list[Asked]()

    def authorise(what: Asked) -> Text | None:
        asked.append(what)
        return Text("无权", "no right") if what.command in ("held", "removed") else None

    custody = Custody(evolve(consulted(store), authorise=authorise), SCHEDULE)
    for order in (lambda: custody.hold("c1", **WHY), lambda: custody.remove("c2", **WHY)):
        with pytest.raises(RefusedError, match="no right"):
            order()
    assert [(one.command, one.case.id, one.actor) for one in asked] == [("held", "c1", "u9"), ("removed", "c2", "u9")]
    assert [(one.command, one.case, one.actor) for one in store.accesses()] == [
        ("hold", "c1", "u9"),
        ("remove", "c2", "u9"),
    ]
    assert custody.entries() == ()
    assert len(store.rows()) == 5


def an_entry(number: int = 1, **more: Any) -> CustodyEntry:
    """A hold of a case at version 1."""
    parts: dict[str, Any] = {"case": "a", "kind": CustodyKind.held, "version": 1, "seal": "0a", **more}
    return CustodyEntry(number=number, at=NOW.astimezone(), actor="u", reason="据", **parts)


def test_a_store_in_memory_does_not_show_what_it_holds() -> None:
    """It would stand in every log that shows the cases."""
    assert repr(consulted(MemoryStore()).store) == "MemoryStore()"


def test_orders_are_kept_once(store: Store) -> None:
    """In order, under the version of the case, each number once; a second writer is told, and nothing is removed."""
    store.append([a_change("a"), a_change("b")])
    store.order(an_entry())
    store.order(an_entry(2, kind=CustodyKind.released, ends=1))
    store.order(an_entry(case="b", digest="ff"))
    for late in (an_entry(2), an_entry(3, version=2), an_entry(case="nobody"), an_entry(2, kind=CustodyKind.removed)):
        with pytest.raises(ConflictError) as refused:
            store.order(late)
        assert not refused.value.opens, "nobody wanted to open it"
    assert store.custody("a") == (an_entry(), an_entry(2, kind=CustodyKind.released, ends=1))
    assert store.custody() == (*store.custody("a"), an_entry(case="b", digest="ff"))
    assert store.custody("nobody") == ()
    assert [row.id for row in store.rows()] == ["a", "b"]


def test_orders_are_not_edited(dsn: str, tmp_path: Path) -> None:
    """The databases refuse it, and refuse to delete events of a case that nobody ordered to be removed."""
    for store in (SQLiteStore(tmp_path / "x.db"), PostgreSQLStore(dsn)):
        store.append([a_change("a"), a_change("b", 2, events=2)])
        store.order(an_entry())
        store.order(an_entry(case="b", version=2))
    for forgery in ("UPDATE {}custody SET reason = 'x'", "DELETE FROM {}custody", "DELETE FROM {}event"):
        with closing(sqlite3.connect(tmp_path / "x.db")) as file, pytest.raises(sqlite3.IntegrityError, match="never"):
            file.execute(forgery.format(""))
        with psycopg.connect(dsn) as db, pytest.raises(psycopg.Error, match="never edited or deleted"):
            db.execute(forgery.format("ssflow_"))


def test_the_application_removes_nothing(roles: Roles) -> None:
    """Only the owner of the tables does; the application may hold and release."""
    cases = consulted(PostgreSQLStore(roles.app))
    custody = Custody(cases, SCHEDULE)
    custody.release("c3", custody.hold("c3", **WHY).number, **WHY)
    with pytest.raises(StoreError, match="lacks the right to do this"):
        custody.remove("c3", **WHY)
    assert len(cases.rows()) == 5
    assert len(custody.entries("c3")) == 2
    owner = evolve(cases, store=PostgreSQLStore(roles.owner), access_log=None)
    assert Custody(owner, SCHEDULE).remove("c3", **WHY).number == 3
    assert len(cases.rows()) == 4


def test_a_rolled_back_host_keeps_its_case(host: Host) -> None:
    """An order in the transaction of a host is the host's to commit."""

    def removed() -> None:
        with host.transaction() as connection:
            store = JoinedStore(connection)
            Custody(Cases(store, now=lambda: NOW), SCHEDULE).remove("c2", **WHY)
            assert len(store.rows()) == 4
            raise ZeroDivisionError

    with host.transaction() as connection:
        cases = consulted_in(JoinedStore(connection))
        rows = cases.rows()
    with pytest.raises(ZeroDivisionError):
        removed()
    with host.transaction() as connection:
        assert JoinedStore(connection).rows() == rows
        assert JoinedStore(connection).custody() == ()


def consulted_in(store: Store) -> Cases:
    """The same without an access log, which no joined store is."""
    return evolve(consulted(_Quiet(store)), store=store, access_log=None)


class _Quiet:
    """A store whose access log is in memory."""

    def __init__(self, store: Store) -> None:
        self.store, self.log = store, MemoryStore()

    def __getattr__(self, name: str) -> Any:
        return False if name == "is_joined" else getattr(self.log if name in ("note", "accesses") else self.store, name)
