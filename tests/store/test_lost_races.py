"""Transactions that PostgreSQL ends because of another: a deadlock, and a snapshot that is too old. Whoever loses is told to repeat the whole."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any, TypeAlias, TypeVar

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ssflow import Cases, JoinedStore, PostgreSQLStore, machines
from ssflow.errors import ConflictError, TransactionConflictError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.process import Process
from ssflow.records import Store
from ssflow.store import migrate
from ssflow.testing.store import a_change
from ssflow.views import problem_view
from tests.store import hosts
from tests.store.hosts import execute
from tests.store.postgresql import waits

T = TypeVar("T")
Run: TypeAlias = Callable[[Callable[[Any], Any]], Any]  # does something with a connection, in a transaction of a host


def by_psycopg(dsn: str) -> Run:
    return _at_once(hosts.psycopg_postgresql(dsn))


def by_block(dsn: str) -> Run:
    return _at_once(hosts.block_postgresql(dsn))


def by_sqlalchemy(dsn: str) -> Run:
    return _at_once(hosts.sqlalchemy_postgresql(dsn))


def by_django(dsn: str) -> Run:
    return _at_once(hosts.django_postgresql(dsn))


def _at_once(host: hosts.Host) -> Run:
    def run(work: Callable[[Any], Any]) -> Any:
        try:
            with host.transaction() as connection:
                return work(connection)
        finally:
            host.close()

    return run


def by_asynchronous_psycopg(dsn: str) -> Run:
    return _awaited("psycopg", lambda: psycopg.AsyncConnection.connect(dsn))


def by_asyncpg(dsn: str) -> Run:
    asyncpg = pytest.importorskip("asyncpg", reason="the other asynchronous driver of SQLAlchemy is not installed")
    parts = conninfo_to_dict(dsn)
    path = str(parts.pop("options")).partition("search_path=")[2]
    return _awaited(
        "asyncpg",
        lambda: asyncpg.connect(
            host=parts.get("host"),
            port=parts.get("port"),
            user=parts.get("user"),
            password=parts.get("password"),
            database=parts["dbname"],
            server_settings={"search_path": path},
        ),
    )


def _awaited(driver: str, connect: Callable[[], Any]) -> Run:
    pytest.importorskip("greenlet", reason="SQLAlchemy needs greenlet to wait asynchronously")
    from sqlalchemy import NullPool
    from sqlalchemy.ext.asyncio import create_async_engine

    async def played(work: Callable[[Any], Any]) -> Any:
        engine = create_async_engine(f"postgresql+{driver}://", async_creator=connect, poolclass=NullPool)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    return lambda work: asyncio.run(played(work))


WAYS = (by_psycopg, by_block, by_sqlalchemy, by_django, by_asynchronous_psycopg, by_asyncpg)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def run(request: pytest.FixtureRequest, dsn: str) -> Run:
    """A host that runs something in a transaction; its database has two cases."""
    with psycopg.connect(dsn) as connection:
        hosts.prepare(connection)
        JoinedStore(connection).append([a_change("a"), a_change("b")])
    made: Run = request.param(dsn)
    return made


def act(store: Store, case: str) -> None:
    """One event more, after a look at the case."""
    version = next(row.version for row in store.rows() if row.id == case)
    store.append([a_change(case, version + 1)])


def versions(run: Run) -> dict[str, int]:
    """What the host has committed."""
    return run(lambda connection: {row.id: row.version for row in JoinedStore(connection).rows()})


def words(run: Run) -> list[str]:
    """What the host has written itself."""
    found = run(lambda connection: execute(connection, "SELECT word FROM theirs ORDER BY word"))
    return [word for row in found for word in hosts.values(row)]


def both(host: Callable[[str, str], T]) -> list[T]:
    """A host twice at the same time, with two cases in two orders; it locks the first before it asks for the second."""
    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(host, "a", "b"), pool.submit(host, "b", "a")]]


def test_who_loses_a_deadlock_is_told_of_a_conflict_and_repeats_the_transaction(run: Run) -> None:
    """Whoever is thrown out repeats all that it did, its own rows too: nothing is lost or doubled."""
    met = Barrier(2, timeout=30)

    def host(first: str, second: str) -> list[ConflictError]:
        def work(connection: Any) -> None:
            store = JoinedStore(connection)
            act(store, first)
            if not lost:
                met.wait()
            act(store, second)
            execute(connection, f"INSERT INTO theirs VALUES ('{first}{second}')")

        lost: list[ConflictError] = []
        while True:
            try:
                run(work)
            except ConflictError as error:
                lost.append(error)
            else:
                return lost

    ((lost, *_),) = filter(None, both(host))
    assert isinstance(lost, TransactionConflictError)
    assert lost.joined and (lost.case, lost.expected, lost.found, lost.opens) == (None, None, None, False)
    assert "deadlock detected" in lost.fault.en and str(lost).endswith("; repeat it from its beginning")
    assert lost.say("zh").endswith("；请从头重做整个事务")
    assert problem_view(lost).status == 409
    assert versions(run) == {"a": 3, "b": 3}
    assert words(run) == ["ab", "ba"]


def test_after_a_deadlock_the_transaction_of_the_host_can_go_on(run: Run) -> None:
    """The write leaves nothing of itself, as any that is refused; all else is committed. The other then finds a case at a later version."""
    met = Barrier(2, timeout=30)

    def host(first: str, second: str) -> None:
        def work(connection: Any) -> None:
            store = JoinedStore(connection)
            act(store, first)
            met.wait()
            try:
                act(store, second)
            except ConflictError as error:
                execute(connection, f"INSERT INTO theirs VALUES ('{type(error).__name__}')")

        run(work)

    both(host)
    assert versions(run) == {"a": 2, "b": 2}
    assert words(run) == ["ConflictError", "TransactionConflictError"]


def elsewhere(run: Run, work: Callable[[Any], Any]) -> None:
    """Something that somebody else does and commits in the meantime."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run, work).result()


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_snapshot_that_is_too_old_is_a_conflict(run: Run, level: str) -> None:
    """A host with a stricter level has read a case to which somebody else then writes: it repeats its transaction, which reads anew."""

    def work(connection: Any) -> None:
        execute(connection, f"SET TRANSACTION ISOLATION LEVEL {level}")
        store = JoinedStore(connection)
        if seen.append([(row.id, row.version) for row in store.rows()]) or len(seen) == 1:
            elsewhere(run, lambda other: act(JoinedStore(other), "a"))
        act(store, "a")

    seen: list[list[tuple[str, int]]] = []
    with pytest.raises(TransactionConflictError, match="could not serialize access"):
        run(work)
    run(work)

    assert seen == [[("a", 1), ("b", 1)], [("a", 2), ("b", 1)]]
    assert versions(run) == {"a": 3, "b": 1}


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_case_that_somebody_else_has_opened_is_a_conflict(run: Run, level: str) -> None:
    """Where the host sees the other's case it is told its version; where its snapshot is older than the case, to repeat its transaction.

    Either way the transaction can go on, and what the host has written in it can be committed.
    """

    def work(connection: Any) -> None:
        execute(connection, f"SET TRANSACTION ISOLATION LEVEL {level}")
        store = JoinedStore(connection)
        assert "c" not in {row.id for row in store.rows()}
        elsewhere(run, lambda other: JoinedStore(other).append([a_change("c")]))
        says = (
            "case c exists already, at version 1"
            if level == "READ COMMITTED"
            else "has written the same case|could not serialize"
        )
        with pytest.raises(ConflictError, match=says) as told:
            store.append([a_change("c"), a_change("d")])
        assert (type(told.value) is TransactionConflictError, told.value.found) == (
            (False, 1) if level == "READ COMMITTED" else (True, None)
        )
        store.append([a_change("e")])

    run(work)
    assert versions(run) == {"a": 1, "b": 1, "c": 1, "e": 1}


REPORT = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
FORMALLY = LossReport.report_formally(REPORT.data)
WHERE = {"by": LossReport.holder, "on": date(2026, 9, 18), "places": "450500"}
COMMANDS: dict[str, Callable[[Cases], object]] = {
    "do under a key": lambda cases: cases.do("loss", FORMALLY, by=LossReport.holder, on=date(2026, 9, 21), key="k"),
    "sweep": lambda cases: cases.sweep(),
    "advance": lambda cases: cases.advance(date(2026, 11, 22)),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_for_many_cases_does_not_keep_a_conflict_from_the_host(command: str, dsn: str) -> None:
    """The transaction is lost, not a case: a sweep keeps no failure of it, and a request under a key does not ask whether it was answered."""

    def work(connection: Any) -> object:
        execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cases = Cases(JoinedStore(connection), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
        assert cases.get("loss").version == 1
        elsewhere(
            run,
            lambda other: Cases(JoinedStore(other)).do("loss", FORMALLY, by=LossReport.holder, on=date(2026, 9, 19)),
        )
        return COMMANDS[command](cases)

    run = by_psycopg(dsn)
    run(hosts.prepare)
    run(lambda connection: Cases(JoinedStore(connection)).open(REPORT, **WHERE, case="loss"))
    with pytest.raises(TransactionConflictError):
        run(work)
    assert run(lambda connection: JoinedStore(connection).failures("sweep")) == ()


def test_a_request_does_not_ask_for_its_answer_in_a_transaction_that_is_lost(dsn: str) -> None:
    """A look fails between two others, because two hosts have each read what the other has written. PostgreSQL then answers no question more."""

    def write(connection: Any) -> None:
        execute(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        execute(connection, "SELECT * FROM theirs")
        execute(connection, "INSERT INTO theirs VALUES ('here')")

    def met(name: str) -> type[Process]:
        if not words(run):
            elsewhere(run, write)
        return machines.get(name)

    def work(connection: Any) -> None:
        write(connection)
        cases = Cases(JoinedStore(connection), process_of=met)
        cases.do("loss", FORMALLY, by=LossReport.holder, on=date(2026, 9, 21), links=["other"], key="k")

    run = by_psycopg(dsn)
    run(hosts.prepare)
    for case in ("loss", "other"):
        run(lambda connection, case=case: Cases(JoinedStore(connection)).open(REPORT, **WHERE, case=case))
    with pytest.raises(TransactionConflictError, match="read/write dependencies"):
        run(work)
    run(work)


def test_a_store_of_its_own_repeats_five_times_and_tells_of_a_conflict(dsn: str) -> None:
    """Somebody who locks the same cases in another order, again and again: each time our transaction is the one that is thrown out."""
    store = PostgreSQLStore(f"{dsn}%20-cdeadlock_timeout%3D3s")
    store.append([a_change("a"), a_change("b")])
    with ThreadPoolExecutor(1) as pool, psycopg.connect(dsn) as other, psycopg.connect(dsn, autocommit=True) as looking:
        other.execute("SET deadlock_timeout = '1min'")  # on a slow machine it might be thrown out itself
        other.execute("SELECT * FROM ssflow_head WHERE case_id = 'b' FOR UPDATE")
        writing = pool.submit(store.append, [a_change("a", 2), a_change("b", 2)])
        for _ in range(5):
            waits(looking)
            with other.transaction(force_rollback=True):
                other.execute("SELECT * FROM ssflow_head WHERE case_id = 'a' FOR UPDATE")
        with pytest.raises(TransactionConflictError, match=r"\(deadlock detected\); try again$") as told:
            writing.result()

    assert not told.value.joined
    assert [row.version for row in store.rows()] == [1, 1]
    store.append([a_change("a", 2), a_change("b", 2)])


def test_a_snapshot_of_sqlite_that_is_too_old_is_a_conflict(tmp_path: Path) -> None:
    """In a file with a write-ahead log, a transaction that has read what somebody else then changes cannot write any more."""
    with closing(sqlite3.connect(tmp_path / "host.db", isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = WAL")
        with closing(sqlite3.connect(tmp_path / "host.db")) as other:
            with other:
                migrate(other)
                JoinedStore(other).append([a_change("a")])
            held.execute("BEGIN")
            store = JoinedStore(held)
            with other:
                act(JoinedStore(other), "a")
            with pytest.raises(TransactionConflictError) as told:
                act(store, "a")
        assert told.value.joined
        held.rollback()
