"""Where a store is: it can be put back to what it was, looked at, and its connections watched, statement by statement."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.records import Store
from tests.store.commands import TABLES, rows_by_case

Around = Callable[[Callable[[], Any]], Any]  # runs a statement, and does something before or after


class SQLiteSite:
    """A file."""

    def __init__(self, path: Path) -> None:
        self.kept, self.path, self.left = (path / name / "cases.db" for name in ("kept", "now", "left"))
        for file in (self.kept, self.path, self.left):
            file.parent.mkdir()

    def keep(self) -> None:
        """Remember what is there."""
        shutil.copy(self.path, self.kept)

    def restore(self) -> None:
        """Begin again with that."""
        for file in (self.left, self.path):
            file.unlink(missing_ok=True)
            Path(f"{file}-journal").unlink(missing_ok=True)
        if self.kept.exists():
            shutil.copy(self.kept, self.path)

    def leave(self) -> None:
        """What a process leaves that is killed now: the file with its journal."""
        Path(f"{self.left}-journal").unlink(missing_ok=True)
        shutil.copy(self.path, self.left)
        with suppress(FileNotFoundError):
            shutil.copy(f"{self.path}-journal", f"{self.left}-journal")

    def store(self) -> Store:
        """The store as it is, or as a killed process has left it."""
        return SQLiteStore(self._there())

    @contextmanager
    def watched(self, around: Around) -> Iterator[Callable[[], Store]]:
        """Stores whose statements run within ``around``."""

        class Cursor(sqlite3.Cursor):
            def execute(self, *given: Any) -> Any:
                return around(lambda: super(Cursor, self).execute(*given))

        class Connection(sqlite3.Connection):
            def cursor(self, factory: Any = Cursor) -> Any:
                return super().cursor(factory)

            def execute(self, *given: Any) -> Any:
                return self.cursor().execute(*given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
            yield lambda: SQLiteStore(self.path)

    def held(self) -> dict[str, list[str]]:
        """Every row, by its case."""
        with closing(sqlite3.dbapi2.connect(self._there())) as db:
            return rows_by_case(lambda sql: db.execute(sql.replace("ssflow_", "")))

    def _there(self) -> Path:
        return self.left if self.left.exists() else self.path


class PostgreSQLSite:
    """A schema of PostgreSQL."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.open: list[Any] = []

    def keep(self) -> None:
        with psycopg.connect(self.dsn) as db:
            for table in TABLES:
                db.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM ssflow_{table}")

    def restore(self) -> None:
        with psycopg.connect(self.dsn) as db:
            for table in TABLES:
                db.execute(f"ALTER TABLE ssflow_{table} DISABLE TRIGGER USER")
            for table in TABLES:
                db.execute(f"DELETE FROM ssflow_{table}")
                db.execute(f"INSERT INTO ssflow_{table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")
            for table in TABLES:
                db.execute(f"ALTER TABLE ssflow_{table} ENABLE TRIGGER USER")

    def leave(self) -> None:
        """Its connections end."""
        for held in self.open:
            held.pgconn.finish()

    def store(self) -> Store:
        return PostgreSQLStore(self.dsn)

    @contextmanager
    def watched(self, around: Around) -> Iterator[Callable[[], Store]]:
        """The beginning and the commit count as statements; so does the answer that comes after it."""

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, *given: Any, **more: Any) -> Any:
                if given[0] == "COMMIT":  # once sent, it is carried out some time: it is over when its answer has come
                    around(lambda: None)
                    return super().execute(*given, **more)
                return around(lambda: super(Cursor, self).execute(*given, **more))

        @contextmanager
        def lent() -> Iterator[Any]:
            with closing(psycopg.connect(self.dsn, autocommit=True, cursor_factory=Cursor)) as held:
                self.open.append(held)
                yield held
                self.open.remove(held)
            around(lambda: None)

        yield lambda: PostgreSQLStore(lent)
        self.open.clear()

    def held(self) -> dict[str, list[str]]:
        with psycopg.connect(self.dsn) as db:
            return rows_by_case(db.execute)


Site = SQLiteSite | PostgreSQLSite
