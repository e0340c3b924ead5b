"""Operations touch no connection, so they can be stopped after any statement: nothing half is ever left."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from ssflow import JoinedStore
from ssflow.records import Request
from ssflow.store import migrate, operations, schema
from ssflow.store.drivers import driver_of
from ssflow.store.statements import Statement
from ssflow.store.transactions import Operation, drive, whole_or_not_at_all
from ssflow.testing.store import a_change, owed
from tests.store.hosts import Host, execute, values

TABLES = ("event", "head", "link", "obligation", "request", "outbox", "subscriber")
OWED = owed("a", "check", "office", "440100", date(2026, 9, 24))
BEFORE = [evolve(a_change("a"), obligations=(OWED,)), a_change("b")]
WRITES = {
    "an act": ([a_change("a", 2)], {}, None),
    "an act on what was looked at": ([a_change("a", 3, events=2, named=("b",))], {"b": 1}, None),
    "an opening": ([evolve(a_change("c"), obligations=(evolve(OWED, case="c"),))], {}, None),
    "several, under a key": (
        [a_change("c", named=("a",)), a_change("b", 2), a_change("d", 2, events=2)],
        {"a": 1},
        Request(key="k", digest="d", answer=(("c", 1),)),
    ),
}


class CrashError(Exception):
    """The process stops here."""


def crashing(connection: Any, after: int) -> Callable[[Sequence[Statement]], Any]:
    """What executes so many statements, one by one, and then no more."""
    driver, left = driver_of(connection), after

    def until_then(batch: Sequence[Statement]) -> Any:
        nonlocal left
        answers = []
        for statement in batch:
            if left == 0:
                raise CrashError
            left -= 1
            answers += driver.execute([statement])
        return answers

    return until_then


def held(host: Host) -> list[Any]:
    """Every row of ours, and where it lies."""
    with host.transaction() as connection:
        return [
            sorted(repr(values(row)) for row in execute(connection, f"SELECT * FROM ssflow_{table}"))
            for table in TABLES
        ]


def prefixes(host: Host, operation: Callable[[], Operation[None]], commits: bool) -> Iterator[int]:
    """Every number of statements after which an operation was stopped; the host commits what there is, or not."""
    for after in range(100):
        try:
            with host.transaction() as connection:
                driver_of(connection).join()
                stopping, going_on = crashing(connection, after), driver_of(connection).execute

                def until_then(batch: Sequence[Statement], stopping=stopping, going_on=going_on) -> Any:
                    is_rolling_back = batch[0][0].startswith("ROLLBACK TO")
                    return (going_on if commits and is_rolling_back else stopping)(batch)

                try:
                    drive(operation(), until_then)
                except CrashError:
                    if not commits:
                        raise
                else:
                    raise TimeoutError  # it came to its end: take it back
        except CrashError:
            pass
        except TimeoutError:
            return
        yield after


@pytest.mark.parametrize("write", WRITES)
def test_a_crash_after_any_statement_leaves_nothing_half(host: Host, write: str) -> None:
    """Stopped after any statement, whether the host then rolls back or catches the error and commits, a write has left nothing; done again
    it is whole.
    """
    changes, unchanged, request = WRITES[write]
    with host.transaction() as connection:
        JoinedStore(connection).subscribe("tax")
        JoinedStore(connection).append(BEFORE)
    before = held(host)

    def operation() -> Operation[None]:
        return whole_or_not_at_all(operations.append(changes, unchanged, request, "here"))

    stopped = 0
    for commits in (False, True):
        for _ in prefixes(host, operation, commits):
            stopped += 1
            assert held(host) == before
    assert stopped >= 2 * 5
    print(f"{type(host).__name__}, {write}: stopped after each of {stopped} statements, and nothing half was left")

    with host.transaction() as connection:
        JoinedStore(connection).append(changes, unchanged=unchanged, request=request)
        for change in changes:
            assert JoinedStore(connection).trace(change.row.id)[change.seen :] == change.events
            assert JoinedStore(connection).messages("tax", change.row.id)[-len(change.events) :] == change.events


def test_a_crash_while_tables_are_made_leaves_none(dsn: str) -> None:
    """Stopped after any statement of it, a migration has made nothing; done again it is whole."""
    import psycopg

    database = schema.Database.postgresql
    after = 0
    while True:
        try:
            with psycopg.connect(dsn) as connection:
                drive(schema.migrated(database, "here"), crashing(connection, after))
            break
        except CrashError:
            with psycopg.connect(dsn) as connection:
                assert drive(schema.version_of(database, "here"), driver_of(connection).execute) == 0
        after += 1
    assert after > 15
    print(f"the making of the tables: stopped after each of {after} statements")
    with psycopg.connect(dsn) as connection:
        migrate(connection)
        assert JoinedStore(connection).rows() == ()
