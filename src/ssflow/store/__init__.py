"""Stores, which keep the events of cases. `ssflow.records.Store` says what a store does.

`statements` holds all SQL; `operations` use it, as generators that touch no connection; `drivers` execute statements on each kind of
connection. `SQLiteStore` and `PostgreSQLStore` have connections of their own; a `JoinedStore` is in the transaction of its host. `grant`
gives roles of PostgreSQL the rights that they need.
"""

from ssflow.store.durability import CommitsAtRisk
from ssflow.store.joined import JoinedStore, migrate
from ssflow.store.keyfolder import KeyFolder
from ssflow.store.memory import MemoryStore
from ssflow.store.postgresql import PostgreSQLStore
from ssflow.store.roles import grant
from ssflow.store.sqlite import SQLiteStore

__all__ = [
    "CommitsAtRisk",
    "JoinedStore",
    "KeyFolder",
    "MemoryStore",
    "PostgreSQLStore",
    "SQLiteStore",
    "grant",
    "migrate",
]
