"""The PostgreSQL of the tests of stores."""

from tests.store.conftest import dsn, server

__all__ = ["dsn", "server"]
