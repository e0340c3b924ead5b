"""A connection of psycopg 3. What is sent together goes in one round trip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.operations import Rows
from ssflow.store.statements import Database, Dialect, Statement

if TYPE_CHECKING:
    from psycopg import Connection


_DIALECT = Dialect(Database.postgresql, "%s")


@frozen
class PsycopgDriver:
    """Statements on a connection of ``psycopg``, whatever its row factory."""

    connection: Connection[Any]
    dialect: Dialect = _DIALECT

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """The rows that each statement answers."""
        together = len(batch) > 1 or self.connection.pgconn.pipeline_status
        with piped(self.connection) if together else nullcontext():
            cursors = [
                self.connection.cursor(row_factory=_plain).execute(self.dialect.spell(sql), values)
                for sql, values in batch
            ]
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def join(self) -> None:
        """A connection that does not commit by itself opens a transaction with the first statement."""
        if self.connection.autocommit and not self.connection.info.transaction_status:
            raise NoTransactionError("with connection.transaction()")


def piped(connection: Connection[Any]) -> AbstractContextManager[Any]:
    """A pipeline, if the library of the client has one."""
    from psycopg import Pipeline

    return connection.pipeline() if Pipeline.is_supported() else nullcontext()


def driver_of(connection: object) -> PsycopgDriver | None:
    """The driver of a connection of psycopg that does not wait asynchronously."""
    from psycopg import Connection

    return PsycopgDriver(connection) if isinstance(connection, Connection) else None


def _plain(_: object) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return tuple
