"""What a host sealed and kept elsewhere shows what was done to its cases behind the store's back, on every database."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import psycopg
import pytest
from attrs import evolve, frozen
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow import Cases, MemoryStore, PostgreSQLStore, SQLiteStore
from ssflow.cli.app import program
from ssflow.errors import InputError, SsflowError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import CasesLeftOut, FindingKind, Seal, Store, seals_of

C, L, DAY = CardReplacement, LossReport, date(2026, 9, 21)
HOLDER = Identity("11010519491231002X")
APPLICATION = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
REPORT = Report(Track.social, HOLDER)
SECRET, OTHER = b"the host keeps it elsewhere: 32 b", b"somebody else's secret, as long as"


def cases_in(store: Store) -> Cases:
    return Cases(store, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def fill(cases: Cases) -> None:
    """A loss report and the replacement that rests on it, accepted."""
    cases.open(L.report_formally(REPORT), by=L.holder, on=DAY, places="440100", case="loss-1")
    cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", links=["loss-1"], case="card-1")
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY)
    cases.do("card-1", C.accept(), by=C.office, on=DAY)


@frozen
class Meddler:
    """Somebody who may do all to the database, and goes around the triggers."""

    store: Store
    address: str
    run: Callable[..., list[tuple[Any, ...]]]

    def seal_anew(self, case: str) -> None:
        """Make whole what a database shows by itself: the chain of a case, and its head."""
        rows = self.run(f"SELECT version, body FROM event WHERE case_id = '{case}' ORDER BY version")
        for number, ((version, _), seal) in enumerate(zip(rows, seals_of(body for _, body in rows), strict=True), 1):
            self.run(
                f"UPDATE event SET version = {number}, seal = '{seal}' WHERE case_id = '{case}' AND version = {version}"
            )
        self.run(
            f"UPDATE head SET version = {len(rows)}, seal = '{seal}', snapshot = '', snapshot_seal = '' WHERE case_id = '{case}'"
        )


def on_sqlite(path: Path) -> Meddler:
    def run(*statements: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as db, db:
            for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                db.execute(f"DROP TRIGGER {trigger}")
            return [db.execute(statement).fetchall() for statement in statements][-1]

    return Meddler(SQLiteStore(path), str(path), run)


def on_postgresql(dsn: str) -> Meddler:
    def run(*statements: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        with psycopg.connect(dsn) as db:
            db.execute("ALTER TABLE ssflow_event DISABLE TRIGGER USER")
            for statement in statements:
                cursor = db.execute(re.sub("(FROM|UPDATE|INTO) ", r"\1 ssflow_", statement))
                found = cursor.fetchall() if cursor.description else []
        return found

    return Meddler(PostgreSQLStore(dsn), dsn, run)


@pytest.fixture(params=["sqlite", "postgresql"])
def meddler(request: pytest.FixtureRequest, tmp_path: Path) -> Meddler:
    """A store of each kind with two cases, and who alters it."""
    made = (
        on_sqlite(tmp_path / "cases.db") if request.param == "sqlite" else on_postgresql(request.getfixturevalue("dsn"))
    )
    fill(cases_in(made.store))
    return made


def found(store: Store, seals: list[Seal], secret: bytes = SECRET) -> dict[str, set[FindingKind]]:
    """Which kinds of findings there are of each case; of seals under no name."""
    kinds: dict[str, set[FindingKind]] = {}
    for one in cases_in(store).verify(seals=seals, secret=secret):
        assert one.say("zh") != one.say("en")
        kinds.setdefault(one.case, set()).add(one.kind)
    return kinds


def sealed(store: Store) -> list[Seal]:
    """Two seals, between which a case went on."""
    cases = cases_in(store)
    seals = [cases.seal(SECRET)]
    cases.do("card-1", C.finish(), by=C.issuer, on=DAY)
    return [*seals, cases.seal(SECRET, after=seals)]


IN_CARD = "case_id = 'card-1'"
PAID = ('"paid":"20"', '"paid":"25"')
MEDDLING: dict[str, tuple[list[str], bool, FindingKind]] = {
    "a changed byte": ([f"UPDATE event SET body = replace(body, '20', '25') WHERE {IN_CARD} AND version = 2"], False, FindingKind.unreadable),
    "a missing event": ([f"DELETE FROM event WHERE {IN_CARD} AND version = 2"], False, FindingKind.unreadable),
    "a missing event, sealed anew": ([f"DELETE FROM event WHERE {IN_CARD} AND version = 2"], True, FindingKind.rewritten),
    "a tail": ([f"DELETE FROM event WHERE {IN_CARD} AND version = 4"], False, FindingKind.unreadable),
    "a tail cut off cleanly": ([f"DELETE FROM event WHERE {IN_CARD} AND version = 4"], True, FindingKind.cut),
    "an inserted event": (
        [
            f"UPDATE event SET version = 5 WHERE {IN_CARD} AND version = 4",
            f"INSERT INTO event (case_id, version, body, seal) SELECT case_id, 4, body, seal FROM event WHERE {IN_CARD} AND version = 3",
        ],
        False, FindingKind.unreadable,
    ),
    "an inserted event, sealed anew": (
        [
            f"UPDATE event SET version = 5 WHERE {IN_CARD} AND version = 4",
            f"INSERT INTO event (case_id, version, body, seal) SELECT case_id, 4, body, seal FROM event WHERE {IN_CARD} AND version = 3",
        ],
        True, FindingKind.rewritten,
    ),
    "a recomputed history": ([f"UPDATE event SET body = replace(body, '{PAID[0]}', '{PAID[1]}') WHERE {IN_CARD}"], True, FindingKind.rewritten),
    "a removed case": ([f"DELETE FROM {table} WHERE {IN_CARD}" for table in ("obligation", "link", "head", "event")], False, FindingKind.removed),
    "a removed head": ([f"DELETE FROM {table} WHERE {IN_CARD}" for table in ("obligation", "link", "head")], False, FindingKind.removed),
}  # fmt: skip


@pytest.mark.parametrize("how", MEDDLING)
def test_meddling_is_found_and_named(meddler: Meddler, how: str) -> None:
    """Each is told with its case and as what it is; of the other case nothing is said, and without seals a clean cut does not show."""
    statements, whole, kind = MEDDLING[how]
    seals = sealed(meddler.store)
    assert found(meddler.store, seals) == {}
    meddler.run(*statements)
    if whole:
        meddler.seal_anew("card-1")

    kinds = found(meddler.store, seals)

    assert kind in kinds.pop("card-1")
    assert kinds == {}
    without = {one.kind for one in cases_in(meddler.store).verify()}
    assert (kind in without) is (kind is FindingKind.unreadable)


@pytest.mark.parametrize(("left", "seal", "reached"), [(3, 2, 4), (2, 1, 3)])
def test_it_is_told_since_when(meddler: Meddler, left: int, seal: int, reached: int) -> None:
    """The one finding of a case names the first seal that does not fit, and how far the case had come."""
    seals = sealed(meddler.store)
    meddler.run(f"DELETE FROM event WHERE {IN_CARD} AND version > {left}")
    meddler.seal_anew("card-1")
    said = [
        one.say("en")
        for one in cases_in(meddler.store).verify(seals=seals, secret=SECRET)
        if one.kind is FindingKind.cut
    ]
    end = f"it ends with event {left}; seal {seal} knows its events up to {reached}"
    assert said == [f"card-1: ends before what was sealed: {end}"]


def test_a_rewritten_case_is_told_once(meddler: Meddler) -> None:
    """By the first seal that it is not, though it is not what later ones know either."""
    seals = sealed(meddler.store)
    meddler.run(*MEDDLING["a recomputed history"][0])
    meddler.seal_anew("card-1")
    found = cases_in(meddler.store).verify(seals=seals, secret=SECRET)
    said = [one.fault.en for one in found if one.kind is FindingKind.rewritten]
    assert said == ["seal 1 knows its events up to 3"]


def test_what_is_written_again_over_a_cut_tail_is_found(meddler: Meddler) -> None:
    """Other events in the place of those that were cut off are not those that were sealed."""
    seals = sealed(meddler.store)
    meddler.run(*MEDDLING["a tail cut off cleanly"][0], "DELETE FROM obligation WHERE case_id = 'card-1'")
    meddler.seal_anew("card-1")
    cases_in(meddler.store).do("card-1", C.finish(), by=C.issuer, on=date(2026, 9, 23))
    assert found(meddler.store, seals) == {"card-1": {FindingKind.rewritten}}


def test_an_older_copy_is_found(tmp_path: Path) -> None:
    """A backup is a whole file; that it is not the present one the seals show."""
    store, copy = SQLiteStore(tmp_path / "cases.db"), tmp_path / "copy.db"
    fill(cases_in(store))
    store.backup(copy)
    seals = sealed(store)
    assert cases_in(SQLiteStore(copy)).verify() == ()
    assert found(SQLiteStore(copy), seals) == {"card-1": {FindingKind.cut}}


def three(store: Store) -> list[Seal]:
    seals = sealed(store)
    return [*seals, cases_in(store).seal(SECRET, after=seals)]


def held() -> MemoryStore:
    store = MemoryStore()
    fill(cases_in(store))
    return store


@pytest.mark.parametrize(
    ("altered", "kinds"),
    [
        (lambda a, b, c: [b, c], {FindingKind.gap}),
        (lambda a, b, c: [a, c], {FindingKind.gap}),
        (lambda a, b, c: [a, c, b], {FindingKind.gap}),
        (lambda a, b, c: [a, b, b, c], {FindingKind.gap}),
        (lambda a, b, c: [a, evolve(b, cases={**b.cases, "card-1": (3, "ab")}), c], {FindingKind.forged}),
        (lambda a, b, c: [a, evolve(b, cases={}).sealed(OTHER), c], {FindingKind.forged, FindingKind.gap}),
        (lambda a, b, c: [a, evolve(c, number=2, before=a.digest)], {FindingKind.forged}),
        (lambda a, b, c: [a, b, evolve(c, at=datetime(2026, 1, 1, tzinfo=UTC))], {FindingKind.forged}),
    ],
    ids=["no first", "no second", "exchanged", "twice", "another case", "sealed with another secret", "made to fit", "another day"],
)  # fmt: skip
def test_seals_that_do_not_hold_are_named(altered: Callable[..., list[Seal]], kinds: set[FindingKind]) -> None:
    """A missing, exchanged, altered or forged seal is told as that; the cases, which were not touched, hold by the others."""
    store = held()
    assert found(store, altered(*three(store))) == {"": kinds}


def test_it_is_told_where_a_seal_is_missing() -> None:
    """Before the first that is there, or between which two."""
    store = held()
    first, second, third = three(store)
    for seals, said in (([second, third], "before seal 2"), ([first, third], "between seals 1 and 3")):
        told = [one.say("en") for one in cases_in(store).verify(seals=seals, secret=SECRET)]
        assert told == [f"a seal is missing or out of order: {said}"]


def test_another_secret_is_named() -> None:
    """Seals by another secret say nothing of the cases, and it is said that it is another; none is made that follows on them."""
    store = held()
    seals = three(store)
    assert found(store, seals, OTHER) == {"": {FindingKind.other_secret}}
    with pytest.raises(InputError, match="made with another secret") as refused:
        cases_in(store).seal(OTHER, after=seals)
    assert refused.value.faults[0].path == "after"


def test_a_forged_seal_accuses_nobody() -> None:
    """What a seal says that was not made with the secret is not held against a case."""
    store = held()
    seals = [evolve(seal, cases={"ghost": (9, "ab")}) for seal in three(store)]
    assert found(store, seals) == {"": {FindingKind.forged}}


def test_a_seal_tells_only_what_is_new() -> None:
    """Cases that have not gone on are not read and not told again, so that a seal costs what has happened since."""
    store = held()
    assert [sorted(seal.cases) for seal in three(store)] == [["card-1", "loss-1"], ["card-1"], []]


def test_a_case_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    """It holds up the seal of no other, and is sealed with its next seal once it is restored."""
    meddler = on_sqlite(tmp_path / "cases.db")
    cases = cases_in(meddler.store)
    fill(cases)
    meddler.run("UPDATE event SET body = replace(body, '20', '25') WHERE case_id = 'card-1' AND version = 2")
    with pytest.warns(CasesLeftOut, match="card-1") as warned:
        seal = cases.seal(SECRET)
    assert [warning.filename for warning in warned] == [__file__]
    assert list(seal.cases) == ["loss-1"]
    meddler.run("UPDATE event SET body = replace(body, '25', '20') WHERE case_id = 'card-1' AND version = 2")
    later = cases.seal(SECRET, after=[seal])
    assert list(later.cases) == ["card-1"]
    meddler.run("UPDATE event SET body = replace(body, '20', '25') WHERE case_id = 'card-1' AND version = 2")
    assert found(meddler.store, [seal, later]) == {"card-1": {FindingKind.unreadable}}


ACTS: dict[str, Callable[[Cases, str], object]] = {
    "open": lambda cases, case: cases.open(
        L.report_temporarily(REPORT), by=L.holder, on=DAY, places="440100", case=case
    ),
    "cancel": lambda cases, case: cases.do(case, L.cancel(), by=L.holder, on=DAY),
    "enter late": lambda cases, case: cases.do("card-1", C.finish(), by=C.issuer, on=DAY, reason="补录"),
    "correct": lambda cases, case: cases.correct("card-1", 2, C.pay(Payment(Decimal(20))), reason="误录"),
    "advance": lambda cases, case: cases.advance(date(2026, 11, 1)),
    "retract": lambda cases, case: cases.retract(after=date(2026, 9, 30), reason="时钟有误"),
}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.just("seal"), st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from("abc"))), max_size=14)
)
def test_what_nobody_touched_holds_whatever_is_entered(steps: list[Any]) -> None:
    """Acts, late entries, corrections and retractions after a seal only add to what was sealed."""
    with TemporaryDirectory() as folder:
        store = SQLiteStore(Path(folder) / "cases.db")
        cases = cases_in(store)
        fill(cases)
        seals: list[Seal] = []
        for step in [*steps, "seal"]:
            if step == "seal":
                seals.append(cases.seal(SECRET, after=seals))
            else:
                with suppress(SsflowError):  # what is refused changes nothing
                    ACTS[step[0]](cases, step[1])
        kept = [Seal.read(seal.line) for seal in seals]
        assert kept == seals
        assert cases.verify(seals=kept, secret=SECRET) == ()


def test_others_may_write_meanwhile(meddler: Meddler) -> None:
    """Seals that are made while cases are opened and go on hold for what was written before, between and after."""
    cases, seals = cases_in(meddler.store), list[Seal]()

    def write() -> None:
        for number in range(12):
            cases.open(L.report_temporarily(REPORT), by=L.holder, on=DAY, places="440100", case=f"new-{number}")
            cases.do(f"new-{number}", L.cancel(), by=L.holder, on=DAY)

    writer = Thread(target=write)
    writer.start()
    while writer.is_alive():
        seals.append(cases.seal(SECRET, after=seals))
    writer.join()
    seals.append(cases.seal(SECRET, after=seals))

    assert cases.verify(seals=seals, secret=SECRET) == ()
    known = {case: version for seal in seals for case, (version, _) in seal.cases.items()}
    assert known == {row.id: row.version for row in meddler.store.rows()}


def test_the_commands_serve_both_databases(meddler: Meddler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``ssflow audit`` takes a file or an address: it seals, finds a removed case, and hands out what is there."""
    store, seals = meddler.store, str(tmp_path / "seals.jsonl")
    monkeypatch.setenv("SSFLOW_SECRET", "5f" * 32)
    monkeypatch.setenv("SSFLOW_DB", meddler.address)

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(program, ["audit", *words, "--lang", "en"])
        return result.exit_code, result.stdout

    assert run("seal", "--seals", seals) == (0, "seal 1: cases 2\n")
    assert run("verify", "--seals", seals)[0] == 0
    meddler.run(*MEDDLING["a removed case"][0])
    code, said = run("verify", "--seals", seals)
    assert (code, "card-1: was sealed and is missing" in said) == (1, True)
    assert run("export", str(tmp_path / "out"))[0] == 0
    assert len((tmp_path / "out" / "events.jsonl").read_text("utf-8").splitlines()) == len(store.trace("loss-1"))


def test_an_auditor_only_reads(dsn: str) -> None:
    """To seal and to verify a role of PostgreSQL needs no more than to read."""
    fill(cases_in(PostgreSQLStore(dsn)))
    schema = dsn.rpartition("%3D")[2]
    role = f"{schema}_auditor"
    with psycopg.connect(dsn) as db:
        try:
            db.execute(f"CREATE ROLE {role}")
        except psycopg.errors.InsufficientPrivilege:
            pytest.skip("the user of SSFLOW_TEST_PG_URL may not make roles")
        db.execute(f"GRANT {role} TO CURRENT_USER")
        db.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        db.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")
    try:
        cases = cases_in(PostgreSQLStore(f"{dsn}%20-crole%3D{role}"))
        seals = [cases.seal(SECRET)]
        assert sorted(seals[0].cases) == ["card-1", "loss-1"]
        assert cases.verify(seals=seals, secret=SECRET) == ()
    finally:
        with psycopg.connect(dsn) as db:
            db.execute(f"DROP OWNED BY {role}")
            db.execute(f"DROP ROLE {role}")
