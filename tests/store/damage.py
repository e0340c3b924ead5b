"""Damage to the file of a store, as a broken disk or somebody with a tool for SQLite may do it: past its triggers and the types of its columns."""

import sqlite3
from contextlib import closing
from pathlib import Path


def damage(path: Path, table: str, cell: str, value: object, where: str) -> None:
    """Give one cell of some rows another value."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE type = 'table'")
        db.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
        (version,) = db.execute("PRAGMA schema_version").fetchone()
        db.execute(f"PRAGMA schema_version = {version + 1}")
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(f"UPDATE {table} SET {cell} = ? WHERE {where}", [value]).rowcount
