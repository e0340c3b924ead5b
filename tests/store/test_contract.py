"""Every store keeps the contract."""

from pathlib import Path

from ssflow import MemoryStore, SQLiteStore
from ssflow.testing import StoreContract


class TestMemoryStore(StoreContract):
    """The store in memory."""

    def make_store(self, tmp_path: Path) -> MemoryStore:
        """A new store."""
        return MemoryStore()


class TestSQLiteStore(StoreContract):
    """The store in a file."""

    def make_store(self, tmp_path: Path) -> SQLiteStore:
        """A new file."""
        return SQLiteStore(tmp_path / "cases.db")
