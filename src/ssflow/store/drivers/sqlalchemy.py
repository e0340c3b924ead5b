"""The driver for connections of SQLAlchemy: of an engine, of a session (`session.connection()`), or inside `run_sync` of an asynchronous one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.drivers.sqlite import join
from ssflow.store.statements import Database, Dialect, Statement
from ssflow.store.transactions import Rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PLACEHOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s", "numeric_dollar": "$"}


@frozen
class SQLAlchemyDriver:
    """A driver for a ``Connection``, with statements in the form that its own driver takes."""

    connection: Connection
    dialect: Dialect

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """Execute the statements, and return the rows of each."""
        answers: list[Rows] = []
        for sql, values in batch:
            result = self.connection.exec_driver_sql(self.dialect.spell(sql), values or None)
            answers.append([tuple(row) for row in result] if result.returns_rows else [])
        return answers

    def join(self) -> None:
        """Refuse a connection in autocommit; any other opens a transaction with its first statement, on SQLite at once."""
        held = self.connection.connection.dbapi_connection
        asked = self.connection.get_execution_options().get("isolation_level")
        # The engine or its driver may be set so too: each driver of PostgreSQL says it by this name, sqlite3 in its own way (`join`).
        is_set = self.dialect.database is Database.postgresql and getattr(held, "autocommit", False) is True
        if asked == "AUTOCOMMIT" or is_set:
            raise NoTransactionError("engine.begin()")
        if isinstance(held, sqlite3.Connection):
            join(held, partial(self.connection.exec_driver_sql, "BEGIN IMMEDIATE"), "engine.begin()")


def driver_of(connection: object) -> SQLAlchemyDriver | None:
    """Return the driver of a SQLAlchemy connection to SQLite or PostgreSQL, else None."""
    from sqlalchemy import Connection

    if not isinstance(connection, Connection):
        return None
    dialect = connection.dialect
    placeholder = _PLACEHOLDERS.get(dialect.paramstyle)
    if placeholder is None or dialect.name not in {database.value for database in Database}:
        return None
    return SQLAlchemyDriver(connection, Dialect(Database(dialect.name), placeholder))
