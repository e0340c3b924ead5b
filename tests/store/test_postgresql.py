"""What the store in PostgreSQL survives and refuses: servers that forget, locks, deadlocks, connections that break."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from ssflow import JoinedStore, PostgreSQLStore
from ssflow.errors import ConflictError, InputError, ReusedKeyError, SsflowError, StoreError, TransactionConflictError
from ssflow.records import Request
from ssflow.store import migrate, schema
from ssflow.testing.store import a_change
from tests.store.postgresql import Server, waits

# The connections of this test, but for the one that asks: a server of somebody else has others.
TERMINATE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()"""


@pytest.fixture
def store(dsn: str) -> PostgreSQLStore:
    """A store with two cases."""
    store = PostgreSQLStore(dsn, wait=5)
    store.append([a_change("a"), a_change("b")])
    return store


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_forgets_is_refused(dsn: str, setting: str) -> None:
    """Where a commit is not on the disk when it is answered, nothing is written, and the setting is named."""
    with pytest.raises(StoreError, match=f"{setting} is off, so a power cut could lose committed events"):
        PostgreSQLStore(dsn.replace("options=", f"options=-c{setting}%3Doff%20"))


def test_it_does_not_show_how_it_connects(store: PostgreSQLStore, dsn: str) -> None:
    """A password may be in it."""
    assert dsn not in repr(store)
    assert repr(store) == f"PostgreSQLStore(wait=5, where='{store.where}')"


def test_two_who_use_it_see_the_same(store: PostgreSQLStore, dsn: str) -> None:
    """A second store on the same tables finds what is there, and newer tables are refused."""
    assert PostgreSQLStore(dsn).trace("a") == a_change("a").events
    with psycopg.connect(dsn) as db:
        db.execute("UPDATE ssflow_schema SET version = 99")
    with pytest.raises(StoreError, match="written by a newer ssflow"):
        PostgreSQLStore(dsn)


@pytest.mark.parametrize(
    "forgery", ["UPDATE ssflow_event SET body = ''", "DELETE FROM ssflow_event", "TRUNCATE ssflow_event"]
)
def test_events_are_not_edited(store: PostgreSQLStore, dsn: str, forgery: str) -> None:
    """The database itself refuses to change or delete an event, whoever asks."""
    with psycopg.connect(dsn) as db, pytest.raises(psycopg.Error, match="events are never edited or deleted"):
        db.execute(forgery)


@pytest.mark.parametrize(
    ("forgery", "says"),
    [
        ("UPDATE ssflow_event SET body = 'x' WHERE case_id = 'a'", "event 1 of case a was altered"),
        ("DELETE FROM ssflow_event WHERE case_id = 'a'", "do not end as its head says"),
        ("UPDATE ssflow_head SET version = 2", "do not end as its head says"),
        ("DELETE FROM ssflow_head", "do not end as its head says"),
    ],
)
def test_forgery_is_noticed(store: PostgreSQLStore, dsn: str, forgery: str, says: str) -> None:
    """Who goes around the triggers is found out by the chain of seals."""
    with psycopg.connect(dsn) as db:
        db.execute("ALTER TABLE ssflow_event DISABLE TRIGGER USER")
        db.execute(forgery)
    with pytest.raises(StoreError, match=says):
        store.trace("a")


@pytest.mark.parametrize("wait", [0.1, 0.0004])
def test_a_lock_is_waited_for_and_then_reported(store: PostgreSQLStore, dsn: str, wait: float) -> None:
    """Who waits too long for a case that somebody else is writing to is told to try again, also after less than a millisecond; then it goes on."""
    hasty = PostgreSQLStore(dsn, wait=wait)
    with psycopg.connect(dsn) as other:
        other.execute("SELECT * FROM ssflow_head WHERE case_id = 'a' FOR UPDATE")
        with pytest.raises(
            StoreError,
            match=f"postgresql://.*/{other.info.dbname}: another transaction is writing to the same case: try again",
        ):
            hasty.append([a_change("a", 2)])
        assert hasty.trace("a") == a_change("a").events, "reading waits for nobody"
    hasty.append([a_change("a", 2)])


def test_who_loses_a_deadlock_does_it_again(store: PostgreSQLStore, dsn: str) -> None:
    """Somebody who locks the same cases in another order: whoever of both is thrown out, our write is done in the end."""
    writing = Thread(target=store.append, args=([a_change("a", 2), a_change("b", 2)],))
    with psycopg.connect(dsn) as other:
        other.execute("SELECT * FROM ssflow_head WHERE case_id = 'b' FOR UPDATE")
        writing.start()
        with psycopg.connect(dsn, autocommit=True) as looking:
            waits(looking)
        try:
            other.execute("SELECT * FROM ssflow_head WHERE case_id = 'a' FOR UPDATE")
        except psycopg.errors.DeadlockDetected:
            other.rollback()
    writing.join()

    assert [row.version for row in store.rows()] == [2, 2]


def test_a_connection_that_was_closed_is_replaced(store: PostgreSQLStore, dsn: str) -> None:
    """The server was restarted since the last call, or a firewall forgot the connection: the call works all the same."""
    with psycopg.connect(dsn, autocommit=True) as other:
        other.execute(TERMINATE)
    store.append([a_change("a", 2)])

    assert store.trace("a") == a_change("a", 2, events=2).events


def test_all_connections_that_were_closed_are_replaced(store: PostgreSQLStore, dsn: str) -> None:
    """However many were kept."""
    with ThreadPoolExecutor(12) as pool:
        together = Barrier(12)

        def looked(_: int) -> int:
            together.wait()
            return len(store.rows())

        assert list(pool.map(looked, range(12))) == [2] * 12
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute(TERMINATE)
        assert list(pool.map(looked, range(12))) == [2] * 12


def test_without_the_client_it_says_what_to_install() -> None:
    """Where psycopg is not installed, the store names the extra; all other stores work."""
    script = """
import sys
sys.modules["psycopg"] = None
from ssflow import JoinedStore, MemoryStore, PostgreSQLStore
MemoryStore()
try:
    PostgreSQLStore("postgresql://localhost/x")
except ModuleNotFoundError as error:
    print(error)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "pip install 'ssflow[postgresql]'" in ended.stdout


@pytest.mark.parametrize(
    ("state", "collisions", "tries", "told"),
    [
        ("40001", 4, 5, None),
        ("40001", 5, 5, TransactionConflictError),
        ("40P01", 4, 5, None),
        ("22012", 5, 1, StoreError),
    ],
)
def test_who_collides_tries_five_times(
    store: PostgreSQLStore, dsn: str, state: str, collisions: int, tries: int, told: type[SsflowError] | None
) -> None:
    """Then the error says so; any other error is told at once. What a sequence counts is not rolled back."""
    with psycopg.connect(dsn) as db:
        db.execute("CREATE SEQUENCE tried")
        db.execute(
            "CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF nextval('tried') <= {collisions} THEN RAISE EXCEPTION 'too bad' USING ERRCODE = '{state}'; END IF; "
            "RETURN NEW; END $$"
        )
        db.execute("CREATE TRIGGER collide BEFORE INSERT ON ssflow_event FOR EACH ROW EXECUTE FUNCTION collide()")
    with pytest.raises(told) if told else nullcontext() as refused:
        store.append([a_change("a", 2)])
    if told is TransactionConflictError:
        assert not refused.value.joined, "no host has to repeat a transaction of its own"
    with psycopg.connect(dsn) as db:
        assert db.execute("SELECT last_value FROM tried").fetchone() == (tries,)
    assert len(store.trace("a")) == 1 + (told is None)


def test_connections_may_be_lent(store: PostgreSQLStore, dsn: str) -> None:
    """Those of a pool: each call takes one and gives it back as it was; one that is in use is refused."""
    with psycopg.connect(dsn) as held:

        @contextmanager
        def lent() -> Iterator[Any]:
            yield held

        theirs = PostgreSQLStore(lent)
        theirs.append([a_change("a", 2)])
        assert store.trace("a") == a_change("a", 2, events=2).events
        assert not held.info.transaction_status
        held.execute("SELECT 1")
        with pytest.raises(StoreError, match="use JoinedStore"):
            theirs.append([a_change("a", 3)])


async def _lend_later() -> AsyncIterator[None]:
    yield


@pytest.mark.parametrize(
    ("lend", "what"),
    [
        (lambda: 5, "int"),
        (nullcontext, "NoneType"),
        (lambda: nullcontext(sqlite3.connect(":memory:")), "Connection"),
        (asynccontextmanager(_lend_later), "_AsyncGeneratorContextManager"),
    ],
)
def test_who_lends_something_else_is_told(lend: Any, what: str) -> None:
    """An asynchronous pool, an engine of SQLAlchemy or a function that lends nothing is no pool of psycopg."""
    with pytest.raises(InputError, match=f"connect: .* as ConnectionPool.* does, not {what}$"):
        PostgreSQLStore(lend)


@pytest.mark.parametrize("odd", ["", " ", 3, None, b"x"], ids=repr)
def test_what_says_no_server_is_refused(odd: Any) -> None:
    """With what would do."""
    with pytest.raises(InputError, match="a connection string is required"):
        PostgreSQLStore(odd)


@pytest.mark.parametrize("nowhere", ["host=/nowhere password=secret", "postgresql://u:secret@localhost:1/x"])
def test_what_cannot_be_reached_is_told(nowhere: str) -> None:
    """In words of its own, for nothing was refused; a password is not repeated."""
    with pytest.raises(StoreError, match="cannot be reached.*check its address, user and password") as told:
        PostgreSQLStore(nowhere)
    assert "secret" not in told.value.say("en") + told.value.say("zh")


@pytest.mark.parametrize("nonsense", ["nonsense=1 password=secret", "postgresql://u:secret@[::1/x", "secret"])
def test_what_is_no_connection_string_is_refused(nonsense: str) -> None:
    """As the wrong argument that it is; it is not repeated, for it may hold a password."""
    with pytest.raises(InputError, match="is not a connection string") as told:
        PostgreSQLStore(nonsense)
    assert "secret" not in told.value.say("en") + told.value.say("zh")


def test_a_server_that_is_gone_is_told(store: PostgreSQLStore, dsn: str) -> None:
    """Whose connections are closed again and again, or who is asked for a database that is not there: as what cannot be reached."""

    @contextmanager
    def lost() -> Iterator[Any]:
        with psycopg.connect(dsn) as held, psycopg.connect(dsn, autocommit=True) as other:
            if opened:
                other.execute("SELECT pg_terminate_backend(%s)", [held.info.backend_pid])
            yield held

    opened: list[int] = []
    theirs = PostgreSQLStore(lost)
    opened.append(1)
    with pytest.raises(StoreError, match="cannot be reached, or the connection was lost"):
        theirs.append([a_change("a", 2)])
    assert store.trace("a") == a_change("a").events


def test_what_it_cannot_hold_is_told(store: PostgreSQLStore) -> None:
    """PostgreSQL has no character of the number 0."""
    with pytest.raises(SsflowError):
        store.trace("a\0")
    assert store.trace("a") == a_change("a").events


def columns(db: "psycopg.Connection[Any]") -> set[tuple[Any, ...]]:
    """What the tables hold, and by what they are found."""
    held = "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = current_schema()"
    found = "SELECT tablename, replace(indexdef, current_schema(), ''), '', '' FROM pg_indexes WHERE schemaname = current_schema()"
    return {*db.execute(held).fetchall(), *db.execute(found).fetchall()}


def test_older_tables_become_what_new_ones_are(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the first schema, with what they hold, are brought up to date when the store is opened."""
    with server.schema() as old, server.schema() as new:
        with psycopg.connect(old) as db, monkeypatch.context() as then:
            then.setattr(schema, "VERSION", 4)
            migrate(db)
            db.execute("INSERT INTO ssflow_link (named, case_id) VALUES ('b', 'a')")
        assert PostgreSQLStore(old).linking(["b"])["b"] == ("a",)
        PostgreSQLStore(new)
        with psycopg.connect(old) as one, psycopg.connect(new) as other:
            assert columns(one) == columns(other)
            assert len(columns(one)) > 40


def test_an_opening_takes_one_round_trip_and_an_act_two(dsn: str, tmp_path: Path) -> None:
    """The rows of an act wait for the lock of its case; beginning and commit travel with them, in a transaction of the host its savepoint.

    A look-up takes one, with no transaction.
    """
    written = tmp_path / "trace"
    with psycopg.connect(dsn, autocommit=True) as watched, written.open("wb") as trace:
        store = PostgreSQLStore(partial(nullcontext, watched))
        store.append([a_change("a"), a_change("b")])

        def synchronised(call: Callable[[], object]) -> int:
            """How often the client waited for the server."""
            before = written.stat().st_size
            watched.pgconn.trace(trace.fileno())
            call()
            watched.pgconn.untrace()
            return written.read_bytes()[before:].count(b"\tSync")

        assert synchronised(lambda: store.append([a_change("c")], request=Request(key="k", digest="d", answer=()))) == 1
        assert synchronised(lambda: store.append([a_change("a", 2)])) == 2
        assert synchronised(lambda: store.snapshots(["a", "b"])) <= 1
        with watched.transaction():
            joined = JoinedStore(watched)
            assert synchronised(lambda: joined.append([a_change("d")])) == 1
            assert synchronised(lambda: joined.append([a_change("a", 3)])) == 2


def test_a_refusal_is_no_matter_for_the_log(store: PostgreSQLStore, dsn: str, caplog: pytest.LogCaptureFixture) -> None:
    """A case or a key that somebody else has is told to the caller, and psycopg has nothing to complain of; later writes succeed."""
    taken = Request(key="k", digest="d", answer=())
    store.append([a_change("first")], request=taken)
    with psycopg.connect(dsn) as host:
        joined = JoinedStore(host)
        for number in range(30):
            for each in (store, joined):
                with pytest.raises(ConflictError):
                    each.append([a_change("a")])
                with pytest.raises(ReusedKeyError):
                    each.append([a_change(f"c{number}")], request=taken)
        joined.append([a_change("d")])
    store.append([a_change("e")])

    assert caplog.records == []
    assert [row.id for row in store.rows()] == ["a", "b", "first", "d", "e"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="an alarm interrupts")
def test_an_interrupted_writer_leaves_its_connection_fit(store: PostgreSQLStore, dsn: str) -> None:
    """Interrupted while it waits for a lock, it has written nothing, and the next call on the same connection does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with psycopg.connect(dsn) as other:
            other.execute("SELECT 1 FROM ssflow_head WHERE case_id = 'a' FOR UPDATE")
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with pytest.raises(KeyboardInterrupt):
                store.append([a_change("a", 2)])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    store.append([a_change("a", 2)])
    assert len(store.trace("a")) == 2


def test_a_database_without_an_encoding_gives_texts(server: Server) -> None:
    """As `initdb` makes one on a machine on which no language is set: what was written in Chinese is read again."""
    name = f"ascii_{os.getpid()}"
    made = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    with psycopg.connect(server.url, autocommit=True) as db:
        db.execute(made)
        try:
            with PostgreSQLStore(make_conninfo(server.url, dbname=name)) as store:
                store.append([a_change("a", 2, events=2)])
                assert store.trace("a") == a_change("a", 2, events=2).events
        finally:
            db.execute(f"DROP DATABASE {name} WITH (FORCE)")
