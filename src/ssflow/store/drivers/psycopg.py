"""The driver for connections of psycopg 3. Statements of a batch go in one round trip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssflow.errors import NoTransactionError
from ssflow.store.statements import Database, Dialect, Statement
from ssflow.store.transactions import Last, Rows

if TYPE_CHECKING:
    from psycopg import Connection, Pipeline


_DIALECT = Dialect(Database.postgresql, "%s")


@frozen
class PsycopgDriver:
    """A driver for a connection of ``psycopg`` with any row factory."""

    connection: Connection[Any]
    dialect: Dialect = _DIALECT
    pipeline: Pipeline | None = None  # that it is in; entering another within would cost two more round trips

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """Execute the statements, and return the rows of each."""
        together = self.pipeline is None and (len(batch) > 1 or self.connection.pgconn.pipeline_status)
        with piped(self.connection) if together else nullcontext():
            cursors = [
                self.connection.cursor(row_factory=_plain).execute(self.dialect.spell(sql), values)
                for sql, values in batch
            ]
        if isinstance(batch, Last):
            return []  # the end of the pipeline waits for them
        if self.pipeline is not None:
            self.pipeline.sync()
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def join(self) -> None:
        """Refuse a connection in autocommit outside of a transaction; any other opens one with its first statement."""
        if self.connection.autocommit and not self.connection.info.transaction_status:
            raise NoTransactionError("with connection.transaction()")


def piped(connection: Connection[Any]) -> AbstractContextManager[Pipeline | None]:
    """Return a pipeline, or an empty context if the client library has none."""
    from psycopg import Pipeline

    return connection.pipeline() if Pipeline.is_supported() else nullcontext()


def driver_of(connection: object) -> PsycopgDriver | None:
    """Return the driver of a synchronous connection of psycopg, else None."""
    from psycopg import Connection

    return PsycopgDriver(connection) if isinstance(connection, Connection) else None


def _plain(_: object) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return tuple
