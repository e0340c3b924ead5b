"""The driver for connections of sqlite3 in the standard library."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.statements import Database, Dialect, Statement
from ssflow.store.transactions import Rows

_DIALECT = Dialect(Database.sqlite)


@frozen
class SQLiteDriver:
    """A driver for a connection of ``sqlite3`` with any row factory."""

    connection: sqlite3.Connection
    dialect: Dialect = _DIALECT

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """Execute the statements, and return the rows of each."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return [cursor.execute(self.dialect.spell(sql), values).fetchall() for sql, values in batch]

    def join(self) -> None:
        """Begin a transaction now, because sqlite3 opens one before a write but not before a savepoint; refuses autocommit."""
        join(self.connection, partial(self.connection.execute, "BEGIN IMMEDIATE"))


def join(connection: sqlite3.Connection, begin: Callable[[], object], how: str = "BEGIN IMMEDIATE") -> None:
    """Make sure that a connection, perhaps one that a framework holds, is in a transaction.

    Raises:
        NoTransactionError: it is in autocommit; the error says ``how`` to begin one.

    """
    if connection.in_transaction:
        return
    if connection.isolation_level is None or getattr(connection, "autocommit", None) is True:  # the latter since 3.12
        raise NoTransactionError(how)
    begin()


def driver_of(connection: object) -> SQLiteDriver | None:
    """Return the driver of a connection of sqlite3, else None."""
    return SQLiteDriver(connection) if isinstance(connection, sqlite3.Connection) else None
