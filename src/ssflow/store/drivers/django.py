"""The connection of Django: `django.db.connection`, or one of `django.db.connections`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.operations import Rows
from ssflow.store.statements import Database, Dialect, Statement


@frozen
class DjangoDriver:
    """Statements through the cursor of a connection, within `transaction.atomic()`."""

    connection: Any
    dialect: Dialect

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """The rows that each statement answers."""
        answers: list[Rows] = []
        with self.connection.cursor() as cursor:
            for sql, values in batch:
                cursor.execute(self.dialect.spell(sql), values)
                answers.append(cursor.fetchall() if cursor.description else [])
        return answers

    def join(self) -> None:
        """Outside of `atomic()` Django commits each statement."""
        if self.connection.get_autocommit():
            raise NoTransactionError("with transaction.atomic()")


def driver_of(connection: object) -> DjangoDriver | None:
    """The driver of a connection to SQLite or PostgreSQL."""
    vendor = getattr(connection, "vendor", None)
    if vendor not in {database.value for database in Database} or not hasattr(connection, "get_autocommit"):
        return None
    return DjangoDriver(connection, Dialect(Database(vendor), "%s"))
