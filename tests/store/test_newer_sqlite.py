"""The extra ``sqlite``: a program that takes it has a write-ahead log that keeps commits, whatever SQLite Python was linked with."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.test_documented_hosts import NAMED
from tests.store.test_sqlite import WRITER

pytest.importorskip("pysqlite3", reason="the extra sqlite has nothing for this platform")
SHOWN = NAMED["newer_sqlite.py"]
TAKEN = SHOWN[: SHOWN.index("from ssflow")]
KILLS = 20 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 4
ROWS = "import sys\nfrom ssflow import SQLiteStore\nprint([(row.id, row.version) for row in SQLiteStore(sys.argv[1]).rows()])"
JOINED = """
import sqlite3
import sys

from ssflow import JoinedStore
from ssflow.store import migrate
from ssflow.testing.store import a_change

with sqlite3.connect(sys.argv[1]) as held:
    migrate(held)
    JoinedStore(held).append([a_change("a")])
held.rollback()
print([(row.id, row.version) for row in JoinedStore(held).rows()], sqlite3.sqlite_version_info > (3, 51, 2))
"""


def run(program: str, *words: str, folder: Path) -> str:
    """What a program prints that begins as the page says."""
    command = [sys.executable, "-c", TAKEN + program, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that the program of the page has set to a write-ahead log."""
    run(SHOWN, folder=tmp_path)
    assert (tmp_path / "cases.db").read_bytes()[18:20] == b"\2\2", "the header of a file with a write-ahead log"
    return tmp_path / "cases.db"


def test_killed_writers_lose_nothing(file: Path) -> None:
    """What was acknowledged is there after each kill, and no event is there twice; both cases of one write are at one version."""
    acknowledged = 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", TAKEN + WRITER, str(file), "a"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            for _ in range(12):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        (_, version), (_, twin) = eval(run(ROWS, str(file), folder=file.parent))  # noqa: S307 - of our own program
        assert version == twin
        assert acknowledged <= version <= acknowledged + 1


def test_a_host_that_takes_it_is_joined(tmp_path: Path) -> None:
    """Its connections of ``sqlite3`` are those of the newer one, and are joined as they are."""
    assert run(JOINED, "host.db", folder=tmp_path) == "[('a', 1)] True\n"


def test_the_command_line_takes_it_by_itself(file: Path) -> None:
    """A file with a write-ahead log is served by whatever Python runs the command."""
    command = [sys.executable, "-m", "ssflow", "worker", "--once", "--lang", "en", "--db", str(file)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout == "nothing lapsed or fell overdue up to now\n"
