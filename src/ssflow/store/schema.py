"""The versions of the tables, and the statements that bring tables up to date. There is no way back, and newer tables are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssflow.errors import StoreError
from ssflow.store.statements import Database, Statement
from ssflow.store.transactions import Operation
from ssflow.text import Text

VERSION = 8
_LOCK = 0x55F10  # held by a connection that changes tables of PostgreSQL
_IS_THERE = {
    Database.sqlite: "SELECT 1 FROM sqlite_master WHERE name = 'ssflow_schema'",
    # `to_regclass` would not do: once asked, it would still answer with the state before the wait for the lock.
    Database.postgresql: "SELECT 1 FROM pg_tables WHERE tablename = 'ssflow_schema' AND schemaname = ANY (current_schemas(false))",
}


def scripts(database: Database, since: int) -> Iterator[Statement]:
    """Yield the statements that bring tables of a version up to date."""
    folder = Path(__file__).with_name("migrations") / database.value
    for version in range(since + 1, VERSION + 1):
        script = folder / f"{version}.sql"
        if script.is_file():
            yield from ((part.strip(), ()) for part in script.read_text(encoding="utf-8").split("\n\n"))


def migrated(database: Database, where: str) -> Operation[None]:
    """Make the tables in the database of a host, or bring them up to date. If they are up to date, no right to make tables is needed."""
    if (yield from version_of(database, where)) == VERSION:
        return
    if database is Database.postgresql:  # two processes that start at once
        yield [("SELECT pg_advisory_xact_lock(?)", (_LOCK,))]
    found = yield from version_of(database, where)
    if found < VERSION:  # else the other has made them, and this one may have no right to
        yield [
            ("CREATE TABLE IF NOT EXISTS ssflow_schema (version INTEGER NOT NULL)", ()),
            ("DELETE FROM ssflow_schema", ()),
            ("INSERT INTO ssflow_schema (version) VALUES (?)", (VERSION,)),
            *scripts(database, found),
        ]


def checked(database: Database, where: str) -> Operation[None]:
    """Refuse tables that are missing or old, because the host decides when they are made."""
    if (yield from version_of(database, where)) != VERSION:
        fault = Text(
            "没有ssflow的数据表，或者是旧的；请先调用ssflow.store.migrate(connection)",
            "the tables of ssflow are missing or out of date; call ssflow.store.migrate(connection) first",
        )
        raise StoreError(where, fault)


def version_of(database: Database, where: str) -> Operation[int]:
    """Return the version of the tables in the database of a host, 0 if there are none.

    Raises:
        StoreError: the tables are of a newer ssflow.

    """
    (there,) = yield [(_IS_THERE[database], ())]
    if not there:
        return 0
    ((found,),) = yield [("SELECT version FROM ssflow_schema", ())]
    return refuse_newer(int(found[0]), where)


def refuse_newer(version: int, where: str) -> int:
    """Return the version; raises StoreError if it is newer than this ssflow."""
    if version > VERSION:
        fault = Text(
            f"由更新的ssflow写成（格式{version}）；请升级ssflow",
            f"was written by a newer ssflow (schema {version}); upgrade ssflow",
        )
        raise StoreError(where, fault)
    return version
