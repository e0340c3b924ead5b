"""A store within the transaction of its host: its writes are committed or rolled back with everything else that the host writes there."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

from attrs import field, frozen

from ssflow.store import schema
from ssflow.store.database import DatabaseStore
from ssflow.store.drivers import Driver, driver_of, telling
from ssflow.store.durability import CommitsAtRisk, switched_off
from ssflow.store.transactions import Operation, drive, whole_or_not_at_all

T = TypeVar("T")


@frozen
class JoinedStore(DatabaseStore):
    """A store of the events of all cases in the database of a host, through a connection that the host has opened.

    It takes connections of sqlite3, psycopg and SQLAlchemy, and that of Django. The store never commits and never rolls back: the host's
    commit keeps what was written, the host's rollback takes it away. A write that is refused leaves nothing of itself in the transaction,
    which can go on. Make a new store for each connection; `migrate` makes the tables.

    Raises:
        InputError: ``connection`` is not such a connection.
        StoreError: the tables are missing, old or of a newer version.

    """

    connection: object
    _driver: Driver = field(init=False, repr=False, eq=False)

    is_joined = True

    @_driver.default
    def _find_driver(self) -> Driver:
        return driver_of(self.connection)

    def __attrs_post_init__(self) -> None:
        self._run(lambda: schema.checked(self._driver.dialect.database, self.where))

    @property
    def where(self) -> str:
        """The kind of the database, as the connection shows it."""
        return self._driver.dialect.database.name

    def _run(
        self,
        operation: Callable[[], Operation[T]],
        *,
        writes: bool = False,
        again: Callable[[], Operation[T]] | None = None,  # noqa: ARG002 - the host commits
    ) -> T:
        execute = telling(self._driver.execute, self.where)
        if not writes:
            return drive(operation(), execute)
        telling(self._driver.join, self.where)()
        return drive(whole_or_not_at_all(operation()), execute)


def migrate(connection: object) -> None:
    """Make the tables of ssflow in the database of a host, or bring them up to date, in the host's transaction. Safe to repeat.

    Call it from a Django migration (`RunPython`), from an Alembic revision (`migrate(op.get_bind())`), or when your service starts. It warns
    (`CommitsAtRisk`) if the settings of the database lose commits in a power cut.

    Raises:
        InputError: ``connection`` is not one that a `JoinedStore` takes.
        NoTransactionError: the connection is in no transaction.
        StoreError: the tables are of a newer version, or cannot be made.

    """
    driver = driver_of(connection)
    database = driver.dialect.database
    telling(driver.join, database.name)()
    execute = telling(driver.execute, database.name)
    drive(schema.migrated(database, database.name), execute)
    if off := drive(switched_off(database), execute):
        warnings.warn(CommitsAtRisk(off), stacklevel=2)
