"""A store within the transaction of its host: it stands or falls with the host, whatever the host is made of."""

import sqlite3
import sys
import warnings
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from ssflow import Cases, JoinedStore
from ssflow.errors import ConflictError, InputError, NoTransactionError, StoreError, SweepError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Access, AccessKind
from ssflow.store import CommitsAtRisk, migrate
from ssflow.testing.store import a_change, a_failure
from tests.store.hosts import Host, django_sqlite, execute, values

REPORT = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class OfTheHostError(Exception):
    """Something goes wrong in the host, after our part is done."""


def opened(connection: Any, case: str) -> None:
    """A case is opened through the host's connection."""
    cases = Cases(JoinedStore(connection), now=lambda: NOW)
    cases.open(REPORT, by=LossReport.holder, on=date(2026, 9, 18), places="450500", case=case)


def held(host: Host) -> tuple[list[str], list[Any]]:
    """What somebody else sees afterwards: our cases, and the host's words."""
    with host.transaction() as connection:
        words = execute(connection, "SELECT word FROM theirs ORDER BY word")
        return [row.id for row in JoinedStore(connection).rows()], [word for row in words for word in values(row)]


def test_what_the_host_commits_is_kept(host: Host) -> None:
    """Our events and the host's own rows are committed together."""
    with host.transaction() as connection:
        execute(connection, "INSERT INTO theirs VALUES ('one')")
        opened(connection, "a")
        execute(connection, "INSERT INTO theirs VALUES ('two')")

    assert held(host) == (["a"], ["one", "two"])


def test_what_the_host_takes_back_is_gone(host: Host) -> None:
    """A failure of the host after our act takes our events with its own rows; nothing of ours has said otherwise."""
    with host.transaction() as connection:
        opened(connection, "a")
    with suppress(OfTheHostError), host.transaction() as connection:
        execute(connection, "INSERT INTO theirs VALUES ('one')")
        opened(connection, "b")
        assert [row.id for row in JoinedStore(connection).rows()] == ["a", "b"], "seen within"
        raise OfTheHostError

    assert held(host) == (["a"], [])


def test_a_conflict_leaves_the_transaction_of_the_host_as_it_was(host: Host) -> None:
    """What is refused leaves nothing of itself, neither before nor after; the host goes on and commits."""
    with host.transaction() as connection:
        store = JoinedStore(connection)
        store.append([a_change("a"), a_change("b")])
        execute(connection, "INSERT INTO theirs VALUES ('one')")
        with pytest.raises(ConflictError):
            store.append([a_change("a", 2), a_change("c"), a_change("b")])
        store.append([a_change("d")])
        execute(connection, "INSERT INTO theirs VALUES ('two')")

    assert held(host) == (["a", "b", "d"], ["one", "two"])


def test_what_the_database_refuses_leaves_nothing_of_itself(host: Host) -> None:
    """An error in the last statement of a write undoes those before it, and only those."""
    damaged = a_change("c", state=None)  # a column of the head is never empty
    with host.transaction() as connection:
        store = JoinedStore(connection)
        store.append([a_change("a")])
        with pytest.raises(StoreError) as refused:
            store.append([a_change("b"), damaged])
        said = refused.value.say("en") + refused.value.say("zh")
        assert "受理" not in said, "what the row holds is not repeated"
        assert "\n" not in said
        store.append([a_change("d")])

    assert held(host) == (["a", "d"], [])
    with host.transaction() as connection:
        assert values(execute(connection, "SELECT count(*) AS n FROM ssflow_event")[0]) == [2]


def test_where_each_statement_is_committed_by_itself_nothing_is_written(host: Host) -> None:
    """Without a transaction of the host nobody could take an act back: it is refused, and says how to begin one. Looking is allowed."""
    with host.bare() as connection:
        store = JoinedStore(connection)
        refusal = Access(at=datetime(2026, 9, 21, tzinfo=UTC), kind=AccessKind.refused, command="do", case="a")
        for write in (
            lambda: store.append([a_change("a")]),
            lambda: store.fail(a_failure("a")),
            lambda: store.recover("sweep", "a"),
            lambda: store.subscribe("tax"),
            lambda: store.unsubscribe("tax"),
            lambda: store.delivered("tax", "a", 1),
            lambda: store.note([refusal]),
        ):
            with pytest.raises(NoTransactionError, match="begin one: "):
                write()
        assert (store.rows(), store.failures("sweep"), store.accesses()) == ((), (), ())
        with pytest.raises(NoTransactionError):
            migrate(connection)


def test_a_file_that_somebody_else_holds_is_told(tmp_path: Path) -> None:
    """The transaction cannot begin while another writes: an error of ours, and nothing is written."""
    host = tmp_path / "host.db"
    with closing(sqlite3.connect(host, timeout=0)) as db, closing(sqlite3.connect(host)) as other:
        with db:
            migrate(db)
        other.execute("BEGIN IMMEDIATE")
        for write in (migrate, lambda held: JoinedStore(held).append([a_change("a")])):
            with pytest.raises(StoreError, match=r"another transaction is writing.*\(database is locked\)"):
                write(db)
        other.rollback()
        JoinedStore(db).append([a_change("a")])


@pytest.mark.skipif(
    sys.version_info < (3, 12), reason="connections of the standard library have no autocommit before 3.12"
)
@pytest.mark.parametrize("autocommit", [True, False])
def test_a_connection_of_the_new_kind_says_whether_it_begins(tmp_path: Path, autocommit: bool) -> None:
    """``autocommit=True`` begins no transaction by itself, ``False`` is always in one."""
    with closing(sqlite3.connect(tmp_path / "host.db", autocommit=autocommit)) as connection:
        if autocommit:
            with pytest.raises(NoTransactionError):
                migrate(connection)
        else:
            migrate(connection)
            JoinedStore(connection).append([a_change("a")])
            connection.rollback()
            assert execute(connection, "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_a_sweep_claims_nothing_that_the_host_may_take_back(host: Host) -> None:
    """The error of a sweep says of the other cases that they wait for the host's commit."""
    with host.transaction() as connection:
        for case in ("a", "b"):
            opened(connection, case)
        store = JoinedStore(connection)
        store.append([a_change("b", 2, closes=NOW)])  # what it says nobody can read
        with pytest.raises(SweepError) as told:
            Cases(store, now=lambda: NOW).advance(NOW)

    assert list(told.value.failures) == ["b"]
    assert told.value.recorded == 1
    assert "1 events of other cases are in your transaction and take effect when you commit it" in told.value.say("en")
    assert "提交后方才生效" in told.value.say("zh")
    assert "were recorded" not in told.value.say("en")


def test_tables_are_made_once(host: Host) -> None:
    """Whoever starts calls `migrate`; what is there stays, and newer tables are refused."""
    with host.transaction() as connection:
        JoinedStore(connection).append([a_change("a")])
        migrate(connection)
        assert [row.id for row in JoinedStore(connection).rows()] == ["a"]
    with host.transaction() as connection:
        execute(connection, "UPDATE ssflow_schema SET version = 99")
        for use in (migrate, JoinedStore):
            with pytest.raises(StoreError, match="written by a newer ssflow"):
                use(connection)
    with host.transaction() as connection:
        execute(connection, "DROP TABLE ssflow_schema")
        with pytest.raises(StoreError, match="call ssflow.store.migrate"):
            JoinedStore(connection)


def test_tables_of_the_host_are_taken_back_with_its_transaction(tmp_path: Path) -> None:
    """Making our tables is part of the host's migration: it stands or falls with it."""
    with closing(sqlite3.connect(tmp_path / "host.db")) as db:
        with suppress(OfTheHostError), db:
            migrate(db)
            raise OfTheHostError
        assert db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_migration_of_django_makes_the_tables(tmp_path: Path) -> None:
    """By ``RunPython``, with the connection of its schema editor."""
    host = django_sqlite(tmp_path / "host.db")
    with host.bare() as connection, connection.schema_editor() as editor:
        migrate(editor.connection)
    with host.transaction() as connection:
        assert JoinedStore(connection).rows() == ()
    host.close()


@pytest.mark.parametrize(
    "other", [None, "cases.db", 3, object(), Path("cases.db")], ids=lambda other: type(other).__name__
)
def test_what_is_no_connection_is_refused(other: object) -> None:
    """With what would do."""
    for door in (JoinedStore, migrate):
        with pytest.raises(InputError, match="a connection of sqlite3, psycopg or SQLAlchemy is required"):
            door(other)


def test_a_connection_to_another_database_is_refused() -> None:
    """SQLAlchemy speaks to many; our statements are for two."""
    import sqlalchemy

    engine = sqlalchemy.create_engine("sqlite://")
    engine.dialect.name = "mysql"
    with engine.connect() as connection, pytest.raises(InputError, match="to SQLite or PostgreSQL, not Connection"):
        JoinedStore(connection)
    engine.dispose()


def test_an_engine_is_no_connection(tmp_path: Path) -> None:
    """The transaction is that of a connection."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(InputError, match="not Engine"):
        JoinedStore(engine)


@pytest.mark.parametrize("given", [{"isolation_level": "AUTOCOMMIT"}, {"autocommit": True}])
def test_an_engine_whose_connections_commit_each_statement_is_refused(dsn: str, given: dict[str, Any]) -> None:
    """Not only where a connection was asked for it: the engine or its driver may be set so, and tables would be made bit by bit."""
    import psycopg
    import sqlalchemy

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(dsn, autocommit=given.get("autocommit", False)),
        poolclass=sqlalchemy.NullPool,
        isolation_level=given.get("isolation_level"),
    )
    with engine.begin() as connection:
        with pytest.raises(NoTransactionError, match=r"begin one: engine\.begin\(\)"):
            migrate(connection)
        assert not sqlalchemy.inspect(connection).get_table_names()


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_forgets_is_warned_of(dsn: str, setting: str) -> None:
    """The host decides how safe its commits are; where they can be lost, it is told so as the tables are made, and is not kept from its work."""
    import psycopg

    forgetful = dsn.replace("options=", f"options=-c{setting}%3Doff%20")
    with psycopg.connect(forgetful) as connection, pytest.warns(CommitsAtRisk, match=f"{setting} is off") as told:
        migrate(connection)
    assert (told[0].message.off, told[0].filename) == ((setting,), __file__)
    assert told[0].message.say("zh").startswith(f"设置{setting}为off，断电会丢失已提交的办理")
    with psycopg.connect(dsn) as connection, warnings.catch_warnings():
        warnings.simplefilter("error")
        migrate(connection)


def test_a_file_that_is_not_synchronized_is_warned_of(tmp_path: Path) -> None:
    """So is the host of an SQLite file."""
    with closing(sqlite3.connect(tmp_path / "host.db")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        with pytest.warns(CommitsAtRisk, match="synchronous is off, so a power cut could lose committed events"):
            migrate(connection)
        assert JoinedStore(connection).rows() == ()


@pytest.fixture(params=["psycopg", "asyncpg"])
def asynchronous(request: pytest.FixtureRequest, dsn: str) -> Any:
    """An engine of SQLAlchemy that waits asynchronously, by one driver or the other."""
    pytest.importorskip("greenlet", reason="SQLAlchemy needs greenlet to wait asynchronously")
    from psycopg import AsyncConnection
    from sqlalchemy.ext.asyncio import create_async_engine

    if request.param == "psycopg":
        return create_async_engine("postgresql+psycopg://", async_creator=lambda: AsyncConnection.connect(dsn))
    asyncpg = pytest.importorskip("asyncpg", reason="the other driver of SQLAlchemy is not installed")
    parts = conninfo_to_dict(dsn)
    path = parts["options"].partition("search_path=")[2]

    async def connect() -> Any:
        return await asyncpg.connect(
            host=parts.get("host"),
            port=parts.get("port"),
            user=parts.get("user"),
            password=parts.get("password"),
            database=parts["dbname"],
            server_settings={"search_path": path},
        )

    return create_async_engine("postgresql+asyncpg://", async_creator=connect)


def test_an_asynchronous_host_runs_it_within(asynchronous: Any) -> None:
    """``await connection.run_sync(...)`` is the same transaction: committed by its host, or taken back."""
    import asyncio

    async def played() -> list[str]:
        async with asynchronous.begin() as connection:
            await connection.run_sync(migrate)
            await connection.run_sync(opened, "a")
        with suppress(OfTheHostError):
            async with asynchronous.begin() as connection:
                await connection.run_sync(opened, "b")
                raise OfTheHostError
        async with asynchronous.connect() as connection:
            rows = await connection.run_sync(lambda joined: JoinedStore(joined).rows())
        await asynchronous.dispose()
        return [row.id for row in rows]

    assert asyncio.run(played()) == ["a"]
