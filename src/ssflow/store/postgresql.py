"""A store in PostgreSQL with connections of its own: it opens and commits transactions, and repeats those that lost a race.

Once `append` has returned, its events survive a crash of the server, because a server that is set not to write to the disk is refused.
Transactions are READ COMMITTED: rows of cases are locked and versions compared, so stricter levels would only fail more often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from random import uniform
from time import sleep
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import field, frozen

from ssflow.doors import checked
from ssflow.errors import InputError, MissingExtraError, StoreError
from ssflow.store import schema
from ssflow.store.doors import check_wait
from ssflow.store.drivers.faults import error_of, is_lost
from ssflow.store.drivers.psycopg import PsycopgDriver, piped
from ssflow.store.durability import fault_of, switched_off
from ssflow.store.owned import Kept, OwnedStore
from ssflow.store.statements import Database, Statement
from ssflow.store.transactions import Operation, Rows, drive, enclosed
from ssflow.text import Text

if TYPE_CHECKING:
    from psycopg import Connection

T = TypeVar("T")
Connect: TypeAlias = "Callable[[], AbstractContextManager[Connection[Any]]]"

_TRIES = 5
_PAUSE = 0.02  # seconds; the pause before the second try is at most twice this, and the limit doubles with each try
_COMMIT: Statement = ("COMMIT", ())


@frozen
class PostgreSQLStore(OwnedStore):
    """A store of the events of all cases in a PostgreSQL database, in tables that are made if they do not exist (``ssflow_...``).

    ``connect`` is a connection string, for which the store keeps one connection open for each thread that uses it at the same time; or a
    function that lends a connection for the time of a ``with``, such as `ConnectionPool(...).connection` of psycopg. ``wait`` is how many
    seconds a writer waits for another. The store needs the extra ``postgresql``.

    Raises:
        StoreError: the database cannot be reached, has tables of a newer version, or is set in a way that loses commits.
        InputError: ``connect`` is neither, or ``wait`` is not a number of seconds.
        MissingExtraError: psycopg is not installed; the message says how to install it.

    """

    connect: str | Connect = field(repr=False)  # it may hold a password
    wait: float = field(default=10.0, validator=checked(check_wait))
    where: str = field(init=False, default="postgresql", eq=False)
    _kept: Kept[Connection[Any]] | None = field(init=False, repr=False, eq=False)

    @_kept.default
    def _keeping(self) -> Kept[Connection[Any]] | None:
        if isinstance(self.connect, str) and self.connect.strip():
            return Kept(partial(_opened, self.connect))
        if callable(self.connect):
            return None
        raise InputError.of(
            "connect",
            "须为连接字符串，例如'postgresql://localhost/cases'，或者ConnectionPool(...).connection",
            "a connection string is required, such as 'postgresql://localhost/cases', or ConnectionPool(...).connection",
        )

    def _lend(self) -> AbstractContextManager[Connection[Any]]:
        if self._kept is not None:
            return self._kept.connection()
        lend: Connect = self.connect  # type: ignore[assignment]  # a string has its own
        return lend()

    def __attrs_post_init__(self) -> None:
        try:
            from psycopg import Connection, Error
        except ModuleNotFoundError as error:
            raise MissingExtraError("PostgreSQLStore", "postgresql") from error

        self._check_conninfo()
        try:
            lent = self._lend()
            if not isinstance(lent, AbstractContextManager):
                raise _not_lent(lent)
            with lent as connection:
                if not isinstance(connection, Connection):
                    raise _not_lent(connection)
                object.__setattr__(self, "where", f"postgresql://{connection.info.host}/{connection.info.dbname}")
        except Error as error:
            raise error_of(self.where, error) from error
        self._run(self._checked, writes=True)

    def _check_conninfo(self) -> None:
        """Refuse a string that psycopg cannot read. Its error is not repeated, because it may quote a password."""
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict

        try:
            if isinstance(self.connect, str):
                conninfo_to_dict(self.connect)
        except ProgrammingError:
            raise InputError.of(
                "connect",
                "不是连接字符串；例如'postgresql://localhost/cases'或'host=localhost dbname=cases'",
                "is not a connection string; write for example 'postgresql://localhost/cases' or 'host=localhost dbname=cases'",
            ) from None

    def _checked(self) -> Operation[None]:
        """Refuse a server whose settings lose commits, then make the tables or bring them up to date."""
        if off := (yield from switched_off(Database.postgresql)):
            raise StoreError(self.where, fault_of(off))
        yield from schema.migrated(Database.postgresql, self.where)

    def _run(
        self,
        operation: Callable[[], Operation[T]],
        *,
        writes: bool = False,
        again: Callable[[], Operation[T]] | None = None,
    ) -> T:
        from psycopg import Error

        in_doubt = False
        for tried in range(1, _TRIES + 1):
            try:
                return self._attempt(again() if in_doubt and again else operation(), writes=writes)
            except (_LostError, Error) as error:
                in_doubt = in_doubt or (isinstance(error, _LostError) and error.in_doubt)
                if tried == _TRIES or not (isinstance(error, _LostError) or is_lost(error)):
                    if in_doubt and again:
                        raise StoreError(self.where, _IN_DOUBT, in_doubt=True) from error
                    raise error_of(self.where, error) from error
            sleep(uniform(0, _PAUSE * 2**tried))  # noqa: S311 - so that two that collided do not collide again
        raise AssertionError

    def _attempt(self, operation: Operation[T], *, writes: bool) -> T:
        """Run an operation in one transaction on a lent connection, and return its result."""
        from psycopg import Error

        answers: list[T] = []
        try:
            with self._lend() as connection:
                if connection.info.transaction_status:
                    raise StoreError(self.where, _BUSY)
                answers.append(self._on(connection, operation, writes=writes))
        except Error:
            if not answers:  # a commit counts even if the connection is lost while it is given back
                raise
        return answers[0]

    def _on(self, connection: Connection[Any], operation: Operation[T], *, writes: bool) -> T:
        """Run an operation on a connection, in a transaction that begins with its first statements and is committed with its last."""
        from psycopg import Error

        is_committing = False

        def execute(batch: Sequence[Statement]) -> Sequence[Rows]:
            nonlocal is_committing
            is_committing = _COMMIT in batch
            return driver.execute(batch)

        try:
            if connection.autocommit and not writes:  # a read by one statement needs no transaction
                return drive(operation, PsycopgDriver(connection).execute)
            try:
                with piped(connection) as pipeline:  # `connection.transaction` would cost four more round trips
                    driver = PsycopgDriver(connection, pipeline=pipeline)
                    return drive(enclosed(operation, tuple(self._beginning(connection)), [_COMMIT]), execute)
            except BaseException:
                with suppress(Error):  # outside of the pipeline, where an error may have aborted all that follows
                    connection.rollback()
                raise
        except Error as error:
            if connection.broken:
                raise _LostError(str(error), in_doubt=is_committing) from error
            raise

    def _beginning(self, connection: Connection[Any]) -> Iterator[Statement]:
        if connection.autocommit:
            yield "BEGIN ISOLATION LEVEL READ COMMITTED", ()
        else:  # psycopg begins it
            yield "SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ()
        yield "SELECT set_config('lock_timeout', ?, true)", (f"{int(self.wait * 1000) or 1}ms",)


_IN_DOUBT = Text(
    "提交时连接中断，无从得知是否已写入；请以同一个键（key）重试",
    "the connection was lost during the commit, so the outcome is unknown; repeat the request with the same key",
)
_BUSY = Text(
    "借来的连接正在事务中；随宿主系统的事务写入请用JoinedStore",
    "the lent connection is in a transaction already; to write within it, use JoinedStore",
)


def _not_lent(given: object) -> InputError:
    return InputError.of(
        "connect",
        f"须像ConnectionPool(...).connection那样借出psycopg的连接，供一个with使用；实际为{type(given).__name__}",
        "a function is required that lends a connection of psycopg for the time of a with, as ConnectionPool(...).connection does, "
        f"not {type(given).__name__}",
    )


def _opened(conninfo: str) -> Connection[Any]:
    from psycopg import connect

    # A database without an encoding (SQL_ASCII, as initdb makes it where no language is set) would give bytes instead of texts.
    return connect(conninfo, autocommit=True, client_encoding="UTF8")


class _LostError(Exception):
    """The connection was lost; if that was in a commit, its outcome is ``in_doubt``."""

    def __init__(self, said: str, *, in_doubt: bool) -> None:
        super().__init__(said)
        self.in_doubt = in_doubt
