"""A process that dies after any statement of any command: each case is as before or as after, and who does it again has one effect.

The commands run over the stores' own connections, whose cursors count. In SQLite, what a killed process leaves is the file with its journal as
they are at that moment; PostgreSQL sees a connection end. SSFLOW_TEST_RACES=large takes every statement of long commands too, not every third.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.records import Store
from ssflow.testing.store import a_change
from tests.store.commands import COMMANDS, TABLES, Command, begin, cases_of, recorded, rows_by_case

IS_LARGE = os.environ.get("SSFLOW_TEST_RACES") == "large"


class CrashError(BaseException):
    """The process dies here: nothing that cleans up after errors may take it for one."""


class Fuse:
    """Burns with every statement once it is lit; what is to be left behind is kept when it blows."""

    def __init__(self, after: int, keep: Callable[[], object]) -> None:
        self.left = after
        self.keep = keep
        self.is_lit = False

    def burn(self) -> None:
        """One statement more."""
        if not self.is_lit:
            return
        self.left -= 1
        if self.left == 0:
            self.keep()
        if self.left <= 0:
            raise CrashError


class SQLiteSite:
    """A file that can be put back to what it was, and in which a process dies."""

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

    def store(self) -> Store:
        """The store as it is, or after a process has died in it."""
        return SQLiteStore(self._there())

    @contextmanager
    def dying(self, after: int) -> Iterator[tuple[Fuse, Callable[[], Store]]]:
        """A store in a process that dies after so many statements, once the fuse is lit."""

        def keep() -> None:
            shutil.copy(self.path, self.left)
            with suppress(FileNotFoundError):
                shutil.copy(f"{self.path}-journal", f"{self.left}-journal")

        fuse = Fuse(after, keep)

        class Cursor(sqlite3.Cursor):
            def execute(self, *given: Any) -> Any:
                answer = super().execute(*given)
                fuse.burn()
                return answer

        class Connection(sqlite3.Connection):
            def cursor(self, factory: Any = Cursor) -> Any:
                return super().cursor(factory)

            def execute(self, *given: Any) -> Any:
                return self.cursor().execute(*given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
            yield fuse, lambda: SQLiteStore(self.path)

    @contextmanager
    def looked_at(self) -> Iterator[Callable[[str], Any]]:
        """What answers questions about the tables."""
        with closing(sqlite3.connect(self._there())) as db:
            yield lambda sql: db.execute(sql.replace("ssflow_", ""))

    def _there(self) -> Path:
        return self.left if self.left.exists() else self.path


class PostgreSQLSite:
    """The same in a schema of PostgreSQL."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn

    def keep(self) -> None:
        with psycopg.connect(self.dsn) as db:
            for table in TABLES:
                db.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM ssflow_{table}")

    def restore(self) -> None:
        with psycopg.connect(self.dsn) as db:
            db.execute("ALTER TABLE ssflow_event DISABLE TRIGGER USER")
            for table in TABLES:
                db.execute(f"DELETE FROM ssflow_{table}")
                db.execute(f"INSERT INTO ssflow_{table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")
            db.execute("ALTER TABLE ssflow_event ENABLE TRIGGER USER")

    def store(self) -> Store:
        return PostgreSQLStore(self.dsn)

    @contextmanager
    def dying(self, after: int) -> Iterator[tuple[Fuse, Callable[[], Store]]]:
        ending: list[Any] = []
        fuse = Fuse(after, lambda: [held.pgconn.finish() for held in ending])

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, *given: Any, **more: Any) -> Any:
                answer = super().execute(*given, **more)
                fuse.burn()
                return answer

        @contextmanager
        def lent() -> Iterator[Any]:
            if fuse.left <= 0:
                raise CrashError
            with closing(psycopg.connect(self.dsn, autocommit=True, cursor_factory=Cursor)) as held:
                ending[:] = [held]
                yield held
            ending.clear()
            fuse.burn()  # what was committed is answered to nobody

        yield fuse, lambda: PostgreSQLStore(lent)

    @contextmanager
    def looked_at(self) -> Iterator[Callable[[str], Any]]:
        with psycopg.connect(self.dsn) as db:
            yield db.execute


Site = SQLiteSite | PostgreSQLSite


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Where processes die."""
    if request.param == "sqlite":
        return SQLiteSite(tmp_path)
    return PostgreSQLSite(request.getfixturevalue("dsn"))


def held(site: Site) -> dict[str, list[str]]:
    """Every row, by its case."""
    with site.looked_at() as look:
        return rows_by_case(look)


def is_dead(site: Site, command: Command, after: int) -> bool:
    """Whether the process that carries it out has died before its end."""
    try:
        with site.dying(after) as (fuse, open_store):
            store = open_store()
            fuse.is_lit = True
            command.do(cases_of(store))
    except CrashError:
        return True
    return False


@pytest.mark.parametrize("name", COMMANDS)
def test_a_process_that_dies_after_any_statement_leaves_nothing_half(
    site: Site, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A command of one transaction leaves all as before or as after, one of many each case; done again, under its key, it has one effect."""
    caplog.set_level(logging.CRITICAL, "psycopg")  # a connection that has ended cannot be ended in good order
    command = COMMANDS[name]
    begin(site.store())
    command.first(site.store())
    site.keep()
    before = held(site)
    first, after = command.do(cases_of(site.store())), held(site)
    told = recorded(site.store())
    assert (before == after) is (name == "seal")

    step = 1 if command.once or IS_LARGE else 3
    died, done_again, left = 0, list[Any](), after
    for statements in count(1, step):
        if left != before:
            site.restore()
        if not is_dead(site, command, statements):
            break
        died, left = died + 1, held(site)
        if name == "deliver":
            assert all(rows == sorted({*rows} & {*before[case]}) for case, rows in left.items()), "no message is new"
            assert all({*rows} <= {*left[case]} for case, rows in after.items())
        else:
            assert not command.once or left in (before, after)
            assert all(left.get(case) in (before.get(case), after.get(case)) for case in {*before, *after})
        if left in done_again:
            continue
        done_again.append(left)
        again = command.do(cases_of(site.store()))
        assert held(site) == after
        assert recorded(site.store()) == told
        assert not command.once or again == first
        site.restore()
        left = before
    print(f"{type(site).__name__}, {name}: died {died} times, left {len(done_again)} states")

    assert died >= 3
    assert before in done_again
    assert after in done_again or step > 1
    assert [finding for finding in cases_of(site.store()).verify() if finding.case != "odd"] == []


def test_a_process_that_dies_while_it_makes_a_file_leaves_one_that_can_be_made(tmp_path: Path) -> None:
    """After any statement of the opening of a file that is not there yet, the next who opens it finds what it needs."""
    died, site = 0, SQLiteSite(tmp_path)
    while True:
        site.restore()
        try:
            with site.dying(died + 1) as (fuse, open_store):
                fuse.is_lit = True
                open_store()
            break
        except CrashError:
            died += 1
        site.store().append([a_change("a")])
        assert site.store().trace("a") == a_change("a").events
    print(f"died {died} times")
    assert died > 20
