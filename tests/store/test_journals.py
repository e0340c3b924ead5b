"""The journals of SQLite that a file of cases may have: those that keep commits through a power cut."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ssflow import SQLiteStore
from ssflow.errors import InputError, StoreError
from ssflow.store.sqlite_file import keeps_log
from ssflow.testing.store import a_change
from tests.store.test_sqlite import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file with one case of two events."""
    path = tmp_path / "cases.db"
    SQLiteStore(path).append([a_change(version=2, events=2)])
    return path


@pytest.mark.parametrize(
    ("version", "keeps"),
    [
        *(((3, *rest), False) for rest in ((7, 0), (40, 1), (44, 5), (45, 0), (50, 6), (51, 2))),
        *((version, True) for version in ((3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 54, 1), (4, 0, 0))),
    ],
)  # fmt: skip
def test_which_sqlite_keeps_what_it_writes_ahead(version: tuple[int, ...], keeps: bool) -> None:
    """The fault was there until 3.51.2, and was mended in two older lines too."""
    assert keeps_log(version) is keeps


def test_a_write_ahead_log_is_used_where_it_keeps_commits(path: Path) -> None:
    """A file in which somebody has turned it on is refused by an SQLite that may lose commits with it, and says what to do."""
    with opened(path) as db:
        assert db.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    if keeps_log(sqlite3.sqlite_version_info):
        assert len(SQLiteStore(path).trace("a")) == 2
        return
    with pytest.raises(StoreError, match="run PRAGMA journal_mode = DELETE on it"):
        SQLiteStore(path)
    with opened(path) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    assert len(SQLiteStore(path).trace("a")) == 2


@pytest.mark.parametrize("odd", ["", "WAL", "off", "memory", 1, b"wal"])
def test_a_journal_is_one_that_keeps_commits(path: Path, odd: Any) -> None:
    """SQLite has others, which a power cut ruins."""
    with pytest.raises(InputError, match="'wal' or 'delete' is required"):
        SQLiteStore(path, journal=odd)


def test_a_write_ahead_log_is_asked_for(path: Path) -> None:
    """It is refused where this SQLite may lose commits with it, and nothing is changed; `test_power_cuts` has it where it is kept."""
    if keeps_log(sqlite3.sqlite_version_info):
        SQLiteStore(path, journal="wal")
    else:
        with pytest.raises(InputError, match=r"the write-ahead log needs SQLite 3\.51\.3 or later"):
            SQLiteStore(path, journal="wal")
    with opened(path) as db:
        expected = "wal" if keeps_log(sqlite3.sqlite_version_info) else "delete"
        assert db.execute("PRAGMA journal_mode").fetchone() == (expected,)
    SQLiteStore(path, journal="delete").append([a_change(version=3)])
    with opened(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
