"""Every store keeps the contract."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ssflow import JoinedStore, MemoryStore, PostgreSQLStore, SQLiteStore
from ssflow.testing import OutboxContract
from tests.store.hosts import Host
from tests.store.postgresql import Server, of_system


class TestMemoryStore(OutboxContract):
    """The store in memory."""

    def make_store(self, tmp_path: Path) -> MemoryStore:
        """A new store."""
        return MemoryStore()


class TestSQLiteStore(OutboxContract):
    """The store in a file."""

    def make_store(self, tmp_path: Path) -> SQLiteStore:
        """A new file."""
        return SQLiteStore(tmp_path / "cases.db")


class TestPostgreSQLStore(OutboxContract):
    """The store in PostgreSQL."""

    @pytest.fixture
    def store(self, dsn: str) -> PostgreSQLStore:
        """A new schema."""
        return PostgreSQLStore(dsn)


@pytest.fixture(scope="module")
def other(server: Server) -> Iterator[Server]:
    """A server of the system."""
    with of_system() as (found, missing):
        if found is None or version_of(found) == version_of(server):
            pytest.skip(f"no second version of PostgreSQL: {missing or 'it is the same'}")
        print(f"PostgreSQL {version_of(found)} beside {version_of(server)}")
        yield found


class TestOtherPostgreSQLStore(OutboxContract):
    """The store in the PostgreSQL of the system, where it is of another version than the one with which all is tested."""

    @pytest.fixture
    def store(self, other: Server) -> Iterator[PostgreSQLStore]:
        """A new schema."""
        with other.schema() as dsn, PostgreSQLStore(dsn) as store:
            yield store


def version_of(server: Server) -> int:
    """Which PostgreSQL it is: the first of its numbers."""
    with psycopg.connect(server.url) as db:
        return db.info.server_version // 10000


class TestJoinedStore(OutboxContract):
    """The store in the transaction of a host, of each kind; nothing is committed before the test is over."""

    @pytest.fixture
    def store(self, host: Host) -> Iterator[JoinedStore]:
        """A new database of the host."""
        with host.transaction() as connection:
            yield JoinedStore(connection)
