"""What a database refuses is said in words: by the number that PostgreSQL gives it, under whatever driver, and by what SQLite says."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ssflow import SQLiteStore
from ssflow.errors import StoreError
from ssflow.store.drivers.faults import fault_of
from ssflow.testing.store import a_change


class ServerError(Exception):
    """An error as drivers of PostgreSQL raise it: psycopg and asyncpg call the number `sqlstate`, psycopg2 calls it `pgcode`."""

    def __init__(self, **names: str) -> None:
        super().__init__("it says this\nand shows a row: 11010519491231002X")
        for name, value in names.items():
            setattr(self, name, value)


SAID = [
    ("40001", "the database ended this one"),
    ("40P01", "the database ended this one"),
    ("55P03", "try again"),
    ("42P01", "the tables of ssflow are missing"),
    ("42501", "lacks the right"),
    ("25P02", "an earlier statement of this transaction has failed"),
    ("53100", "the disk is full"),
    ("57P01", "cannot be reached"),
    ("08006", "cannot be reached"),
    ("22012", "the database refused this"),
]


@pytest.mark.parametrize("name", ["sqlstate", "pgcode"])
@pytest.mark.parametrize(("state", "says"), SAID)
def test_a_number_of_postgresql_is_said_in_words(state: str, says: str, name: str) -> None:
    """Also where a layer of the host, as SQLAlchemy, has wrapped the error; what follows the first line may show a person's data."""
    error = ServerError(**{name: state})
    wrapped = RuntimeError("it says this")
    wrapped.__cause__ = error
    for one in (error, wrapped):
        told = fault_of(one)
        assert says in told.en, one
        assert told.en.endswith("(it says this)")
        assert told.zh.endswith("（原文：“it says this”）")


def refused(file: Path, statement: str) -> sqlite3.Error:
    with closing(sqlite3.connect(file, timeout=0)) as connection, pytest.raises(sqlite3.Error) as found:
        connection.execute(statement)
    return found.value


def test_what_sqlite_refuses_is_said_in_words(tmp_path: Path) -> None:
    """A lock, a missing table, a full disk each have their own advice; all else has none, and the words of SQLite are kept."""
    file = tmp_path / "cases.db"
    missing = fault_of(refused(file, "SELECT 1 FROM events"))
    other = fault_of(refused(file, "SELECT"))
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        locked = fault_of(refused(file, "BEGIN IMMEDIATE"))
    with closing(sqlite3.connect(file, isolation_level=None)) as small:
        small.execute("PRAGMA max_page_count = 2")
        small.execute("CREATE TABLE t (x)")
        with pytest.raises(sqlite3.Error) as found:
            small.execute("INSERT INTO t VALUES (zeroblob(100000))")
        full = fault_of(found.value)

    assert missing.en == (
        "the tables of ssflow are missing; call ssflow.store.migrate(connection) first (no such table: events)"
    )
    assert locked.en == "another transaction is writing to the same case: try again (database is locked)"
    assert full.en == "the disk is full; make room, then try again (database or disk is full)"
    assert other.en == "the database refused this (incomplete input)"


def test_a_damaged_file_is_not_copied(tmp_path: Path) -> None:
    """The copy is read through: what is damaged is told, and nothing is left that looks like a backup."""
    path, copy = tmp_path / "cases.db", tmp_path / "copy.db"
    store = SQLiteStore(path)
    store.append([a_change()])
    with closing(sqlite3.connect(path)) as db, db:  # a row that its table does not allow, as a bad disk leaves it
        db.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (NULL); PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE t (x NOT NULL)' WHERE name = 't'")
    with pytest.raises(StoreError, match="is damaged and was not copied"):
        store.backup(copy)
    assert not copy.exists()
