"""Applications in little: each owns a connection and a transaction of its own kind."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import django
import psycopg
import sqlalchemy
from attrs import frozen
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from ssflow.store import migrate

_ALIASES = (f"host{number}" for number in count(1))


@frozen
class Host:
    """What a host does: ``transaction`` commits at its end, and rolls back on an error; ``bare`` is a connection in none."""

    transaction: Callable[[], AbstractContextManager[Any]]
    bare: Callable[[], AbstractContextManager[Any]]
    close: Callable[[], None] = lambda: None


def prepare(connection: Any) -> None:
    """Our tables, and one of the host's own."""
    migrate(connection)
    execute(connection, "CREATE TABLE theirs (word TEXT)")


def execute(connection: Any, sql: str) -> list[Any]:
    """A statement of the host's own."""
    if isinstance(connection, sqlalchemy.Connection):
        result = connection.exec_driver_sql(sql)
        return [tuple(row) for row in result] if result.returns_rows else []
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


def values(row: Any) -> list[Any]:
    """What a row holds, whatever the host has its rows be."""
    return list(row.values()) if isinstance(row, dict) else list(row)


def plain_sqlite(path: Path) -> Host:
    """The standard library, with transactions that begin by themselves."""

    @contextmanager
    def transaction() -> Iterator[Any]:
        with closing(sqlite3.connect(path)) as db, db:
            yield db

    return Host(transaction, lambda: closing(sqlite3.connect(path, isolation_level=None)))


def manual_sqlite(path: Path) -> Host:
    """The standard library, with transactions that the host begins; its rows are no tuples."""

    @contextmanager
    def transaction() -> Iterator[Any]:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()

    return Host(transaction, lambda: closing(sqlite3.connect(path, isolation_level=None)))


def psycopg_postgresql(dsn: str) -> Host:
    """Psycopg 3, which begins with the first statement; its rows are dictionaries."""
    from psycopg.rows import dict_row

    return Host(lambda: psycopg.connect(dsn, row_factory=dict_row), lambda: psycopg.connect(dsn, autocommit=True))


def block_postgresql(dsn: str) -> Host:
    """Psycopg 3 with ``connection.transaction()``."""

    @contextmanager
    def transaction() -> Iterator[Any]:
        with psycopg.connect(dsn, autocommit=True) as db, db.transaction():
            yield db

    return Host(transaction, lambda: psycopg.connect(dsn, autocommit=True))


def sqlalchemy_sqlite(path: Path) -> Host:
    """SQLAlchemy on a file."""
    return _alchemy(sqlalchemy.create_engine(f"sqlite:///{path}"))


def sqlalchemy_postgresql(dsn: str) -> Host:
    """SQLAlchemy on psycopg."""
    unpooled = {"poolclass": sqlalchemy.NullPool}  # a pool would keep the connections of threads that have ended
    return _alchemy(sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), **unpooled))


def _alchemy(engine: sqlalchemy.Engine) -> Host:
    bare = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Host(engine.begin, bare.connect, engine.dispose)


def django_sqlite(path: Path) -> Host:
    """Django on a file."""
    return _django({"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)})


def django_postgresql(dsn: str) -> Host:
    """Django on psycopg."""
    parts = conninfo_to_dict(dsn)
    return _django(
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts["dbname"],
            "USER": parts.get("user", ""),
            "PASSWORD": parts.get("password", ""),
            "HOST": parts.get("host", ""),
            "PORT": str(parts.get("port", "")),
            "OPTIONS": {"options": parts["options"]},
        }
    )


def _django(database: dict[str, Any]) -> Host:
    from django.db import connections, transaction

    alias = next(_ALIASES)
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: database})[alias]

    @contextmanager
    def atomic() -> Iterator[Any]:
        with transaction.atomic(using=alias):
            yield connections[alias]

    @contextmanager
    def bare() -> Iterator[Any]:
        yield connections[alias]

    return Host(atomic, bare, partial(_closed, alias))


def _closed(alias: str) -> None:
    from django.db import connections

    connections[alias].close()


settings.configure(DATABASES={}, USE_TZ=True)
django.setup()
KINDS = (
    plain_sqlite,
    manual_sqlite,
    sqlalchemy_sqlite,
    django_sqlite,
    psycopg_postgresql,
    block_postgresql,
    sqlalchemy_postgresql,
    django_postgresql,
)
