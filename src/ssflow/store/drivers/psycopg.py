"""The driver for connections of psycopg 3. Statements of a batch go in one round trip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
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
        # psycopg takes for prepared what an error in a pipeline kept from being prepared, until the whole transaction is rolled back.
        prepare = False if together else None
        with piped(self.connection) if together else nullcontext():
            cursors = [
                self.connection.cursor(row_factory=_plain).execute(self.dialect.spell(sql), values, prepare=prepare)
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


@contextmanager
def piped(connection: Connection[Any]) -> Iterator[Pipeline | None]:
    """Open a pipeline, if the client library has them. The first error is raised after its end; psycopg would log what an error ends."""
    from psycopg import Pipeline

    if not Pipeline.is_supported():
        yield None
        return
    errors: list[Exception] = []
    try:
        with connection.pipeline() as pipeline:
            try:
                yield pipeline
            except Exception as error:  # noqa: BLE001 - raised below
                errors.append(error)
    except Exception as error:  # noqa: BLE001 - after another it only says that what follows was not carried out
        errors.append(error)
    if errors:
        raise errors[0]


def driver_of(connection: object) -> PsycopgDriver | None:
    """Return the driver of a synchronous connection of psycopg, else None."""
    from psycopg import Connection

    return PsycopgDriver(connection) if isinstance(connection, Connection) else None


def _plain(_: object) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return tuple
