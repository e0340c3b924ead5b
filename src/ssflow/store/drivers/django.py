"""The driver for connections of Django: `django.db.connection`, or one of `django.db.connections`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.statements import Database, Dialect, Statement
from ssflow.store.transactions import Rows


@frozen
class DjangoDriver:
    """A driver that uses the cursor of a Django connection, within `transaction.atomic()`."""

    connection: Any
    dialect: Dialect

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """Execute the statements, and return the rows of each."""
        answers: list[Rows] = []
        with self.connection.cursor() as cursor:
            for sql, values in batch:
                cursor.execute(self.dialect.spell(sql), values)
                answers.append(cursor.fetchall() if cursor.description else [])
        return answers

    def join(self) -> None:
        """Refuse a connection outside of `atomic()`, where Django commits each statement."""
        if self.connection.get_autocommit():
            raise NoTransactionError("with transaction.atomic()")


def driver_of(connection: object) -> DjangoDriver | None:
    """Return the driver of a Django connection to SQLite or PostgreSQL, else None."""
    vendor = getattr(connection, "vendor", None)
    if vendor not in {database.value for database in Database} or not hasattr(connection, "get_autocommit"):
        return None
    return DjangoDriver(connection, Dialect(Database(vendor), "%s"))
