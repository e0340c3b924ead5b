"""A disk that is full, at every fill: an act is whole or told as not written, what is there is read, and once there is room it goes on."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.errors import StoreError, UnknownError
from ssflow.records import Store
from tests.store.commands import COMMANDS, TEMPORARILY, L, begin, cases_of, recorded
from tests.store.postgresql import own

WORK = ("open beside another", "do", "correct", "sweep")
PAGE = 4096


@contextmanager
def small_disk(folder: Path, pages: int) -> Iterator[Path]:
    """A disk in memory of so many pages."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    size = f"size={pages * PAGE}"
    folder.mkdir()
    if (
        not (mount and umount)
        or subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False).returncode
    ):
        pytest.skip("only who may mount can make a small disk")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", folder], check=True)


@contextmanager
def filled(folder: Path, spare: int) -> Iterator[None]:
    """The disk, but for so many pages, is full of something else."""
    filler = folder / "filler"
    free = os.statvfs(folder).f_bavail - spare
    filler.write_bytes(bytes(max(0, free) * PAGE))
    try:
        yield
    finally:
        filler.unlink()


def worked(store: Store) -> list[str]:
    """What is told of commands that find no room; each that fails has left all as it was."""
    said = []
    for name in WORK:
        before = recorded(store)
        try:
            came: Any = COMMANDS[name].do(cases_of(store))
            failures = list(came.failed.values()) if name == "sweep" else []
        except StoreError as error:
            failures = [error]
        if failures and name != "sweep":
            assert recorded(store) == before
        said += [failure.say("en") for failure in failures]
    return said


def test_a_sqlite_file_on_a_full_disk(tmp_path: Path) -> None:
    """Whatever does not find room, the file or its journal."""
    told = 0
    with small_disk(tmp_path / "disk", 120) as disk:
        for spare in range(0, 40, 6):
            path = disk / "cases.db"
            with SQLiteStore(path) as store:  # an open connection would keep the room of the file that is removed below
                begin(store)
                with filled(disk, spare):
                    said = worked(store)
                told += len(said)
                assert all("the disk is full" in one for one in said), said
                assert not worked(store), "there is room again, and keyed requests were not done twice"
                assert cases_of(store).verify() == ()
            path.unlink()
    print(f"{told} acts found no room")
    assert told > 3


def test_a_sqlite_file_that_may_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same by a quota of SQLite, where nobody may mount a disk."""
    limit, told = 10**6, 0

    class Limited(sqlite3.Connection):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self.execute(f"PRAGMA max_page_count = {limit}")

    path = tmp_path / "cases.db"
    begin(SQLiteStore(path))
    kept = path.read_bytes()
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Limited))
    for spare in range(6):
        path.write_bytes(kept)
        limit = len(kept) // PAGE + spare
        said = worked(SQLiteStore(path))
        told += len(said)
        assert all("the disk is full" in one for one in said), said
        limit = 10**6
        assert not worked(SQLiteStore(path))
        assert cases_of(SQLiteStore(path)).verify() == ()
    print(f"{told} acts found no room")
    assert told > 3


def grown(store: Store, many: int) -> str:
    """What is told when a case finds no room, of which then nothing is there; nothing if all that are opened do."""
    cases = cases_of(store)
    for number in range(many):
        case = f"more-{number}-{len(store.rows())}"
        try:
            cases.open(TEMPORARILY, by=L.holder, on=date(2026, 9, 22), places="450500", case=case)
        except StoreError as error:
            with pytest.raises(UnknownError):
                cases.get(case)
            return error.say("en")
    return ""


def test_postgresql_on_a_full_disk() -> None:
    """Its tables lie on a small disk; what finds no room is told, and the rest of the server goes on."""
    with (
        TemporaryDirectory(prefix="ssflow-small-") as name,
        small_disk(Path(name) / "disk", 600) as disk,
        own() as (server, missing),
    ):
        if server is None:
            pytest.skip(f"no PostgreSQL of our own to fill: {missing}")
        Path(name).chmod(0o755)  # the server has a user of its own
        (disk / "tables").mkdir()
        os.chown(disk / "tables", server.user, -1)
        with psycopg.connect(server.url, autocommit=True) as db:
            db.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'tables'}'")
        store = PostgreSQLStore(f"{server.url}&options=-cdefault_tablespace%3Dsmall")
        begin(store)
        with filled(disk, 0):
            said = grown(store, 400)
            assert "the disk is full" in said
            assert cases_of(store).verify() == ()
        assert grown(store, 3) == ""
    print(said)
