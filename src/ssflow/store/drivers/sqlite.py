"""A connection of the standard library."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.operations import Rows
from ssflow.store.statements import Database, Dialect, Statement

_DIALECT = Dialect(Database.sqlite)


@frozen
class SQLiteDriver:
    """Statements on a connection of ``sqlite3``, whatever its row factory."""

    connection: sqlite3.Connection
    dialect: Dialect = _DIALECT

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """The rows that each statement answers."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return [cursor.execute(self.dialect.spell(sql), values).fetchall() for sql, values in batch]

    def join(self) -> None:
        """A connection that opens transactions by itself before it writes gets one now; it does not before a savepoint."""
        join(self.connection, partial(self.connection.execute, "BEGIN IMMEDIATE"))


def join(connection: sqlite3.Connection, begin: Callable[[], object]) -> None:
    """See that a connection is in a transaction, also if a framework holds it; raises NoTransactionError."""
    if connection.in_transaction:
        return
    if connection.isolation_level is None or getattr(connection, "autocommit", None) is True:  # the latter since 3.12
        raise NoTransactionError("BEGIN IMMEDIATE")
    begin()


def driver_of(connection: object) -> SQLiteDriver | None:
    """The driver of a connection of sqlite3."""
    return SQLiteDriver(connection) if isinstance(connection, sqlite3.Connection) else None
