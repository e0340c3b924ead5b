"""Several who write at once, and writers that are killed: over a file and over PostgreSQL, in processes of their own.

SSFLOW_TEST_RACES=large takes the numbers of a release: 200 versions, 60 kills.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from threading import Barrier

import pytest

from ssflow import Cases, PostgreSQLStore, SQLiteStore
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Store

IS_LARGE = os.environ.get("SSFLOW_TEST_RACES") == "large"
VERSIONS, KILLS, CASES = (200, 60, 200) if IS_LARGE else (24, 4, 12)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BEGIN = """
import sys
from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.errors import ConflictError
from ssflow.records import Request
from ssflow.testing.store import a_change

kind, where, many = sys.argv[1:4]
store = {"sqlite": SQLiteStore, "postgresql": PostgreSQLStore}[kind](where)
def seen():
    return next((row.version for row in store.rows() if row.id == "a"), 0)
"""
RACER = (
    BEGIN
    + """
print("ready", flush=True)
sys.stdin.readline()
while (version := seen() + 1) <= int(many):
    try:
        store.append([a_change("a", version)])
        print(version, flush=True)
    except ConflictError:
        pass
"""
)
WRITER = (
    BEGIN
    + """
version = seen()
while True:
    version += 1
    request = Request(key=f"k-{version}", digest="d", answer=(("a", version),))
    store.append([a_change("a", version), a_change("twin", version)], request=request)
    print(version, flush=True)
"""
)

Where = tuple[str, str, Callable[[], Store]]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """The kind of a store, where it is, and how another process opens it."""
    if request.param == "sqlite":
        path = tmp_path / "cases.db"
        return "sqlite", str(path), lambda: SQLiteStore(path)
    dsn = request.getfixturevalue("dsn")
    return "postgresql", dsn, lambda: PostgreSQLStore(dsn)


def process(script: str, where: Where) -> "subprocess.Popen[str]":
    kind, place, opened = where
    opened()
    return subprocess.Popen(
        [sys.executable, "-c", script, kind, place, str(VERSIONS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def versions(store: Store, case: str) -> list[int]:
    return [json.loads(text)["version"] for text in store.trace(case)]


def test_every_version_has_one_winner(where: Where) -> None:
    """Four processes race for the versions of one case: each is won once, none is lost and none doubled."""
    racers = [process(RACER, where) for _ in range(4)]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [[int(line) for line in racer.communicate(timeout=300)[0].split()] for racer in racers]
    print(f"{where[0]}: {VERSIONS} versions, won by the racers: {[len(mine) for mine in won]}")

    assert [racer.returncode for racer in racers] == [0, 0, 0, 0]
    assert sorted(chain(*won)) == list(range(1, VERSIONS + 1))
    assert versions(where[2](), "a") == list(range(1, VERSIONS + 1))


def test_killed_writers_lose_and_double_nothing(where: Where) -> None:
    """Killed again and again while they write, writers lose nothing they were told is written; who goes on doubles nothing; a pair stays one."""
    acknowledged, told = 0, 0
    for round_ in range(KILLS):
        with process(WRITER, where) as writer:
            assert writer.stdout
            first = int(writer.stdout.readline())
            assert acknowledged < first <= acknowledged + 2, "at most one more was written than acknowledged"
            time.sleep(0.005 + 0.013 * (round_ % 8))
            os.kill(writer.pid, signal.SIGKILL)
            lines = [str(first), *writer.stdout.read().split("\n")[:-1]]  # a line that was cut is no acknowledgement
        told += len(lines)
        acknowledged = int(lines[-1])
    store = where[2]()
    found = versions(store, "a")
    print(f"{where[0]}: {KILLS} kills, {told} acknowledged, {len(found)} written")

    assert found == versions(store, "twin") == list(range(1, len(found) + 1))
    assert acknowledged <= len(found) <= acknowledged + 1
    assert all(store.request(f"k-{version}") for version in found)
    assert store.request(f"k-{len(found) + 1}") is None


def test_sweeps_at_the_same_time_do_not_quarrel(where: Where) -> None:
    """Three sweeps that meet in the same cases record each lapse once, and none fails."""
    report = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
    cases = [Cases(where[2](), now=lambda: NOW) for _ in range(3)]
    for number in range(CASES):
        cases[0].open(report, by=LossReport.holder, on=date(2026, 9, 18), places="450500", case=f"c{number}")
    together = Barrier(3)

    def swept(mine: Cases) -> int:
        together.wait()
        return len(mine.advance(date(2026, 11, 20)))

    with ThreadPoolExecutor(3) as pool:
        recorded = list(pool.map(swept, cases))
    print(f"{where[0]}: {CASES} lapses, recorded by {recorded}")

    assert sum(recorded) == CASES
    assert {row.version for row in cases[0].store.rows()} == {2}
    assert cases[0].advance(date(2026, 11, 20)) == ()


def test_many_who_start_at_once_make_the_tables_once(where: Where) -> None:
    """Each finds a store that it can use."""
    together = Barrier(6)

    def started(_: int) -> int:
        together.wait()
        return len(where[2]().rows())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(started, range(6))) == [0] * 6


def test_a_file_that_others_prepare_is_not_taken_for_another_programs(tmp_path: Path) -> None:
    """Who opens a new file while others make its tables sees all of them, or none and makes them: often enough for one to come in between."""
    together = Barrier(6)

    def started(number: int) -> int:
        together.wait()
        return len(SQLiteStore(tmp_path / f"{number // 6}.db").rows())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(started, range(240))) == [0] * 240
