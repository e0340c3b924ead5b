"""Commits in PostgreSQL whose connection is lost: what has come of them is found out, or told as in doubt; nothing is done twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from ssflow import PostgreSQLStore
from ssflow.errors import StoreError
from ssflow.records import Access, AccessKind, CustodyEntry, CustodyKind
from ssflow.testing.store import a_change
from tests.store.relays import relay_to


@pytest.fixture
def store(dsn: str) -> PostgreSQLStore:
    """A store with two cases."""
    store = PostgreSQLStore(dsn, wait=5)
    store.append([a_change("a"), a_change("b")])
    return store


HELD = CustodyEntry(
    case="a",
    number=1,
    kind=CustodyKind.held,
    at=datetime.now(UTC),
    actor="u1",
    reason="an inspection",
    version=1,
    seal="",
)
WRITES: dict[str, Callable[[PostgreSQLStore], None]] = {
    "event": lambda store: store.append([a_change("a", 2)]),
    "custody": lambda store: store.order(HELD),
    "access": lambda store: store.note([Access(at=datetime.now(UTC), kind=AccessKind.refused, command="do", case="a")]),
}


@pytest.mark.parametrize("table", WRITES)
def test_a_connection_that_is_lost_while_committing_is_told(store: PostgreSQLStore, dsn: str, table: str) -> None:
    """Where it is lost in every try nobody knows whether it is written: the error says so, and how to find out."""
    with psycopg.connect(dsn) as db:
        db.execute(
            "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        db.execute(
            f"CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON ssflow_{table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION lose()"
        )
    with pytest.raises(StoreError, match="so the outcome is unknown; repeat the request with the same key") as told:
        WRITES[table](store)
    assert told.value.in_doubt
    assert store.trace("a") == a_change("a").events
    assert store.accesses() == ()


def test_nothing_is_written_of_nothing(dsn: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not even if the connection is lost meanwhile."""
    caplog.set_level("CRITICAL", "psycopg")
    with relay_to(dsn) as (there, losing):
        troubled = PostgreSQLStore(there)
        losing.append("answer")
        troubled.note([])
        losing.append("answer")
        troubled.append([])
        assert troubled.accesses() == troubled.rows() == ()


@pytest.mark.parametrize("table", WRITES)
@pytest.mark.parametrize("lost", [["commit"], ["answer"], ["commit", "answer"], ["answer", "answer"]], ids="+".join)
def test_a_write_of_unknown_outcome_is_done_once(
    store: PostgreSQLStore, dsn: str, table: str, lost: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The connection is lost in the commit, before it is carried out or after: the store looks on another, and does it again only if it was not."""
    caplog.set_level("CRITICAL", "psycopg")  # a connection that is lost cannot be ended in good order
    with relay_to(dsn) as (there, losing):
        troubled = PostgreSQLStore(there)
        losing.extend(lost)
        WRITES[table](troubled)
        assert not losing
    with psycopg.connect(dsn) as db:
        found = db.execute(f"SELECT count(*) FROM ssflow_{table} WHERE case_id = 'a'").fetchone()
    assert found == (2 if table == "event" else 1,)


def test_what_was_committed_is_no_failure(store: PostgreSQLStore, dsn: str) -> None:
    """A connection that is lost after its commit was acknowledged, while it is given back, is no reason to say that nothing was written."""

    @contextmanager
    def lent() -> Iterator[Any]:
        with psycopg.connect(dsn) as held:
            yield held
        if opened:
            raise psycopg.OperationalError("the pool is closed")

    opened: list[int] = []
    theirs = PostgreSQLStore(lent)
    opened.append(1)
    theirs.append([a_change("a", 2)])
    assert store.trace("a") == a_change("a", 2, events=2).events
