"""Where events rest. `ssflow.case.Store` says what a store does."""

from ssflow.store.memory import MemoryStore
from ssflow.store.sqlite import SQLiteStore

__all__ = ["MemoryStore", "SQLiteStore"]
