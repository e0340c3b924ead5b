"""Where events rest. `ssflow.records.Store` says what a store does."""

from ssflow.store.memory import MemoryStore
from ssflow.store.sqlite import SQLiteStore

__all__ = ["MemoryStore", "SQLiteStore"]
