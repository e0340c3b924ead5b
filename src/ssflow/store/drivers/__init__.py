"""Drivers for the connections of hosts: each kind has a thin driver, which executes statements on it and never ends its transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import ParamSpec, Protocol, TypeVar

from ssflow.errors import InputError, SsflowError
from ssflow.store.drivers.faults import error_of
from ssflow.store.statements import Dialect, Statement
from ssflow.store.transactions import Rows

P = ParamSpec("P")
T = TypeVar("T")

_MODULES = {
    "sqlite3": "sqlite",
    "pysqlite3": "sqlite",  # where a program has it in the place of sqlite3
    "psycopg": "psycopg",
    "sqlalchemy": "sqlalchemy",
    "django": "django",
}


class Driver(Protocol):
    """A driver, which executes statements on a connection of the host."""

    dialect: Dialect

    def execute(self, batch: Sequence[Statement]) -> Sequence[Rows]:
        """Execute the statements, and return the rows of each; an empty list for a statement without rows."""

    def join(self) -> None:
        """Make sure that a transaction is open that the host will end.

        Raises:
            NoTransactionError: the connection would commit each statement by itself.

        """


def driver_of(connection: object) -> Driver:
    """Return the driver of a connection, found by the package of its class; raises InputError if there is none."""
    for cls in type(connection).__mro__:
        module = _MODULES.get(cls.__module__.partition(".")[0])
        if module is not None:
            drive: Callable[[object], Driver | None] = import_module(f"ssflow.store.drivers.{module}").driver_of
            if driver := drive(connection):
                return driver
    raise InputError.of(
        "connection",
        f"须为sqlite3、psycopg或SQLAlchemy的连接（Connection），或django.db.connection；库须为SQLite或PostgreSQL；"
        f"实际为{type(connection).__name__}",
        "a connection of sqlite3, psycopg or SQLAlchemy is required, or django.db.connection, to SQLite or PostgreSQL, "
        f"not {type(connection).__name__}",
    )


def telling(call: Callable[P, T], where: str) -> Callable[P, T]:
    """Wrap a method of a driver, so that errors of the database become errors of the library."""

    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except SsflowError:
            raise
        except Exception as error:
            raise error_of(where, error, joined=True) from error

    return told
