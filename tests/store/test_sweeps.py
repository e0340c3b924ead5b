"""Sweeps: what has come due is recorded once, whoever sweeps and however often, and no case holds up another.

SSFLOW_TEST_RACES=large takes the numbers of a release: 600 deadlines, 6 kills.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import Cases, JoinedStore, MemoryStore, PostgreSQLStore, SQLiteStore
from ssflow.case import EventKind
from ssflow.errors import ConflictError, InputError, StoreError, SweepError
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Store
from ssflow.store import migrate
from ssflow.store.drivers import driver_of
from ssflow.store.statements import rows
from ssflow.testing.store import a_change
from ssflow.text import Text
from tests.store.hosts import Host

DEADLINES, KILLS = 600, 6 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 2
HOLDER = Identity("11010519491231002X")
REPORT = LossReport.report_temporarily(Report(Track.bank, HOLDER))
NO = Text("另有决定", "it was decided otherwise")
OPENED, LAPSED = date(2026, 9, 18), datetime(2026, 11, 22, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def cases_of(store: Store, now: datetime = LAPSED) -> Cases:
    return Cases(store, now=lambda: now)


def opened(store: Store, *names: str) -> None:
    for name in names:
        cases_of(store).open(REPORT, by=LossReport.holder, on=OPENED, places="450500", case=name)


def unreadable(store: Store, name: str) -> None:
    """A case that is due, and of which no definition can make anything."""
    store.append([a_change(name, closes=LAPSED - timedelta(days=1))])


def lapses(store: Store) -> dict[str, int]:
    """How often the lapse of each case is on record."""
    held = cases_of(store)
    return {row.id: sum(e.kind is EventKind.lapse for e in held.trace(row.id)) for row in store.rows()}


@contextmanager
def working(db: str, *more: str) -> Iterator["subprocess.Popen[str]"]:
    """A worker in a process of its own, which is killed at the end."""
    command = [sys.executable, "-m", "ssflow", "worker", "--db", db, "--every", "1", "--lang", "en", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        try:
            yield worker
        finally:
            worker.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Callable[[], Store]]:
    """Where a store is, and how another process opens it."""
    if request.param == "sqlite":
        return str(tmp_path / "cases.db"), lambda: SQLiteStore(tmp_path / "cases.db")
    dsn = request.getfixturevalue("dsn")
    return dsn, lambda: PostgreSQLStore(dsn)


def eventually(what: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until it is so."""
    last = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.02)


def test_killed_workers_record_every_deadline_once(where: tuple[str, Callable[[], Store]]) -> None:
    """Three workers sweep, and are killed and started again while they do: each deadline is on record once."""
    db, open_store = where
    store = open_store()
    opened(store, *(f"c{number}" for number in range(DEADLINES)))

    def recorded() -> int:
        return sum(row.version > 1 for row in store.rows())

    began, killed = time.monotonic(), 0
    with ExitStack() as stack:
        workers = [stack.enter_context(working(db)) for _ in range(3)]
        for number in range(KILLS):
            eventually(lambda number=number: recorded() > number * DEADLINES // (KILLS + 1))
            workers[0].kill()
            killed += recorded() < DEADLINES
            workers = [*workers[1:], stack.enter_context(working(db))]
        eventually(lambda: recorded() == DEADLINES)
    print(
        f"{db.partition(':')[0][-12:]}: {DEADLINES} deadlines, 3 workers, {killed} kills, {time.monotonic() - began:.1f} s"
    )

    assert killed
    assert lapses(store) == {f"c{number}": 1 for number in range(DEADLINES)}
    assert cases_of(store).sweep().done == ()


def test_a_stuck_case_holds_up_no_other(store: Store) -> None:
    """The others are recorded in the first round; what fails is tried after a pause that doubles, and from the fifth time on it is told."""
    opened(store, "a", "c")
    unreadable(store, "b")

    first = cases_of(store).sweep()
    assert sorted(event.case for event in first.done) == ["a", "c"]
    assert (list(first.failed), first.stuck) == (["b"], ())

    tried, minutes = [0], 0
    while len(tried) < 12:
        minutes += 1
        came = cases_of(store, LAPSED + minutes * MINUTE).sweep()
        assert came.done == ()
        if came.failed:
            tried.append(minutes)
        assert [(one.case, one.version, one.tries) for one in came.stuck] == (
            [("b", 1, len(tried))] if len(tried) >= 5 else []
        )
    print(f"tried after {tried} minutes")

    assert [then - now for now, then in pairwise(tried)] == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
    assert all(one.fault.zh and one.fault.en for one in came.stuck)


def test_a_case_that_can_be_read_again_goes_on_by_itself(store: Store) -> None:
    """A case that was stuck for want of its definition is recorded when that is there, at its legal moment, and told no more."""

    def gone(name: str) -> None:
        raise RuntimeError(name)

    opened(store, "a")
    lost, at = changed(cases_of(store), process_of=gone), LAPSED
    for _ in range(5):
        stuck = changed(lost, now=lambda at=at: at).sweep().stuck
        at += timedelta(hours=1)
    assert [one.case for one in stuck] == ["a"]

    (event,) = cases_of(store, at).sweep().done
    assert (event.case, event.kind, event.on < LAPSED.date()) == ("a", EventKind.lapse, True)
    assert cases_of(store, at).sweep() == changed(cases_of(store, at).sweep(), done=(), failed={}, stuck=())
    assert store.failures("sweep") == ()


def test_an_act_in_a_case_ends_its_failure(store: Store) -> None:
    """What failed is tried at once when somebody has written to the case: it is another one now."""
    unreadable(store, "a")
    assert list(cases_of(store).sweep().failed) == ["a"]
    assert not cases_of(store).sweep().failed

    store.append([a_change("a", 2, closes=LAPSED - timedelta(days=1))])
    assert list(cases_of(store).sweep().failed) == ["a"]
    assert [one.tries for one in store.failures("sweep")] == [1]


def test_a_clock_that_is_put_forward_and_back_doubles_nothing(store: Store) -> None:
    """Recorded too early under a clock that ran ahead, a lapse is not recorded again when the clock is put back; taken back, it is recorded
    once more at its moment. What failed meanwhile does not wait for the clock to come round again.
    """
    opened(store, "a")
    unreadable(store, "b")
    early, ahead = datetime(2026, 9, 19, 1, tzinfo=UTC), LAPSED + timedelta(days=900)

    assert cases_of(store, early).sweep().done == ()
    (lapse,) = cases_of(store, ahead).sweep().done
    back = cases_of(store, LAPSED).sweep()
    assert (back.done, list(back.failed)) == ((), ["b"])
    assert cases_of(store, early).sweep().done == ()

    with pytest.raises(SweepError) as told:  # nothing can be taken back in a case that nobody can read
        cases_of(store, ahead).retract(after=early, reason="the clock ran ahead")
    assert (list(told.value.failures), told.value.recorded) == (["b"], 1)
    assert cases_of(store, early).sweep().done == ()
    (again,) = cases_of(store, LAPSED).sweep().done
    assert (again.kind, again.on, again.activity) == (EventKind.lapse, lapse.on, lapse.activity)
    assert cases_of(store, ahead).sweep().done == ()


def test_a_retraction_in_waves_is_that_of_each_case(store: Store, tmp_path: Path) -> None:
    """More cases than go into one wave, some of them related: the same is taken back as in the transaction of a host, which goes case by case.

    A case in which it is refused, with those that are related to it, is told once and holds up no other.
    """
    names = [f"c{number}" for number in range(70)]
    refused = {"c5", "c40", "c69"}
    told = []
    with closing(sqlite3.connect(tmp_path / "host.db")) as host:
        with host:
            migrate(host)
        host.execute("BEGIN IMMEDIATE")
        for kept in (store, JoinedStore(host)):
            opened(kept, *names)
            cases = changed(cases_of(kept), authorise=lambda asked: NO if asked.case.id in refused else None)
            for number in range(0, 70, 10):
                card = CardReplacement.apply(
                    Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
                )
                changed(cases, authorise=lambda _: None).open(
                    card, by=CardReplacement.holder, on=OPENED, places="440100", case=f"d{number}", links=[f"c{number}"]
                )
            changed(cases, authorise=lambda _: None).sweep()
            with pytest.raises(SweepError) as failed:
                cases.retract(after=datetime(2026, 9, 19, 1, tzinfo=UTC), reason="the clock ran ahead")
            told.append((failed.value.recorded, list(failed.value.failures)))
            told.append({row.id: [event.kind for event in cases.trace(row.id)] for row in kept.rows()})  # type: ignore[arg-type]
    assert told[:2] == told[2:]
    assert told[0][1] == ["c5", "c40", "c69"]
    assert told[0][0] == 67


@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_records_each_deadline_once(store: Store, seed: int) -> None:
    """However it jumps back and forward between sweeps, while cases are opened: each lapse is on record once, on the day of law."""
    chance, names = random.Random(seed), [f"c{number}" for number in range(6)]  # noqa: S311
    steady = MemoryStore()
    opened(steady, *names)
    cases_of(steady).sweep()

    jumps = [LAPSED + timedelta(days=chance.randrange(-60, 400), minutes=chance.randrange(1440)) for _ in range(12)]
    for number, now in enumerate(jumps):
        opened(store, *names[number : number + 1])
        cases_of(store, now).sweep()
        assert set(lapses(store).values()) <= {0, 1}
    cases_of(store).sweep()

    assert lapses(store) == dict.fromkeys(names, 1)
    for name in names:
        assert [(e.kind, e.on, e.at) for e in cases_of(store).trace(name)] == [
            (e.kind, e.on, e.at) for e in cases_of(steady).trace(name)
        ]
    assert cases_of(store).verify() == ()


def test_a_clock_that_runs_far_ahead_is_refused(store: Store) -> None:
    """Where the host says how far, a sweep under such a clock records nothing."""
    opened(store, "a")
    with pytest.raises(InputError, match="check the clock"):
        changed(cases_of(store), furthest=timedelta(days=30)).sweep()
    assert lapses(store) == {"a": 0}


def test_a_sweep_stops_between_two_cases(store: Store) -> None:
    """What it has begun is whole, what is left is for the next."""
    opened(store, "a", "b", "c")
    asked = iter([False, False, True])

    assert len(cases_of(store).sweep(stop=lambda: next(asked)).done) == 2
    assert len(cases_of(store).sweep().done) == 1


class Contested(SQLiteStore):
    """A file to which somebody else always writes first."""

    def append(self, changes, **more):
        if "a" in {change.row.id for change in changes} and changes[0].seen:
            raise ConflictError("a", 1, 2)
        super().append(changes, **more)


def test_a_case_that_is_always_taken_waits_for_another_round(tmp_path: Path) -> None:
    """Somebody who is quicker every time is a failure like any other: the rest is recorded, and it is tried again."""
    store = Contested(tmp_path / "cases.db")
    opened(store, "a", "b")
    came = cases_of(store).sweep()

    assert ([event.case for event in came.done], list(came.failed)) == (["b"], ["a"])
    assert [e.case for e in cases_of(SQLiteStore(store.path), LAPSED + MINUTE).sweep().done] == ["a"]


def test_a_case_that_is_taken_meanwhile_is_tried_again_at_once(tmp_path: Path) -> None:
    """Who was quicker twice is no failure."""
    taken = [ConflictError("a", 1, 2), ConflictError("a", 1, 2)]

    class Busy(SQLiteStore):
        def append(self, changes, **more):
            if changes[0].seen and taken:
                raise taken.pop()
            super().append(changes, **more)

    store = Busy(tmp_path / "cases.db")
    opened(store, "a")
    came = cases_of(store).sweep()
    assert ([event.case for event in came.done], dict(came.failed), taken) == (["a"], {}, [])


def test_a_database_that_is_gone_ends_the_round(tmp_path: Path) -> None:
    """That is no fault of a case, and is not kept as one."""
    store = SQLiteStore(tmp_path / "cases.db")
    opened(store, "a")
    store.path.rename(tmp_path / "away.db")
    with pytest.raises(StoreError):
        cases_of(store).sweep()

    (tmp_path / "away.db").rename(store.path)
    assert store.failures("sweep") == ()
    assert len(cases_of(store).sweep().done) == 1


def test_a_sweep_within_the_transaction_of_a_host(host: Host) -> None:
    """A case that fails leaves the transaction whole; what was recorded, and what failed, stands with the host's commit."""
    with host.transaction() as connection:
        store = JoinedStore(connection)
        opened(store, "a", "c")
        unreadable(store, "b")
        came = cases_of(store).sweep()
    assert [event.case for event in came.done] == ["a", "c"]

    with host.transaction() as connection:
        store = JoinedStore(connection)
        assert [row.version for row in store.rows()] == [2, 2, 1]
        assert [one.case for one in store.failures("sweep")] == ["b"]
        assert cases_of(store).sweep().failed == {}


def test_what_is_due_is_found_by_an_index(host: Host) -> None:
    """However many cases there are, those that are due are looked up."""
    sql, asked = rows(closing_by=1, late=False, since=None)
    with host.transaction() as connection:
        driver = driver_of(connection)
        if driver.dialect.database.name == "postgresql":
            driver.execute([("SET LOCAL enable_seqscan = off", ())])
            told = driver.execute([(f"EXPLAIN {sql}", asked)])
        else:
            told = driver.execute([(f"EXPLAIN QUERY PLAN {sql}", asked)])
    assert "ssflow_head_closes" in str(told)


def test_a_worker_stops_when_it_is_told(where: tuple[str, Callable[[], Store]]) -> None:
    """On SIGTERM it finishes and exits with 0; it goes on from round to round until then."""
    db, open_store = where
    store = open_store()
    with working(db) as worker:
        for name in ("a", "b"):
            opened(store, name)
            eventually(lambda name=name: lapses(store)[name] == 1)
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=30)
    assert (worker.returncode, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if line.startswith(("a ", "b "))] == ["a", "b"]


def test_a_worker_outlives_its_database(tmp_path: Path) -> None:
    """While the file is away it says so every round; when it is back it goes on."""
    store, away = SQLiteStore(tmp_path / "cases.db"), tmp_path / "away.db"
    with working(str(store.path)) as worker:
        opened(store, "a")
        eventually(lambda: lapses(store)["a"] == 1)
        store.path.rename(away)
        assert worker.stderr
        assert "cases.db: " in worker.stderr.readline()
        away.rename(store.path)
        opened(store, "b")
        eventually(lambda: lapses(store)["b"] == 1)
        assert worker.poll() is None
