"""A store in one SQLite file: nothing to install, nothing to operate.

Every call works in one transaction, on a connection that no other thread or process uses, so any number of them may share a store. Once
`append` has returned, its events survive a killed process and a power cut: file, rollback journal and folder are synchronised; without the
folder, a journal left behind by a power cut could undo the last commit. The write-ahead log is used where the host asks for it, or the file has
it turned on, if this version of SQLite keeps commits to it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from ssflow.doors import checked
from ssflow.errors import StoreError
from ssflow.store import schema
from ssflow.store.disks import refuse_network_disk
from ssflow.store.doors import check_wait, path_of
from ssflow.store.drivers.faults import error_of
from ssflow.store.drivers.sqlite import SQLiteDriver
from ssflow.store.owned import Kept, OwnedStore
from ssflow.store.sqlite_file import APPLICATION_ID, File, Opening, check_journal, version_of, why_of
from ssflow.store.statements import Database, Dialect
from ssflow.store.transactions import Operation, drive
from ssflow.text import Text

T = TypeVar("T")

_DIALECT = Dialect(Database.sqlite, prefix="")  # the file has no other tables


@frozen
class SQLiteStore(OwnedStore):
    """A store of the events of all cases in one file, which is made if it does not exist.

    ``wait`` is how many seconds a writer waits for another. The file stays open between calls; if it is deleted, moved or replaced, every
    further call is refused, until a new store is made. ``journal`` is "wal" or "delete": the file is set to the write-ahead log of SQLite, with
    which a commit takes about a third of the time, or back to the rollback journal; by default it stays as it is.

    Raises:
        StoreError: the file is not a database of ssflow, is damaged, is of a newer version, cannot be written, lies on a disk of the
            network, or keeps a write-ahead log in which the SQLite of this Python may lose commits.
        InputError: ``path`` is not a path of a file, ``wait`` is not a number of seconds, ``journal`` is neither, or "wal" is asked of an
            SQLite that may lose commits with it.

    """

    path: Path = field(converter=path_of)
    wait: float = field(default=10.0, validator=checked(check_wait))
    journal: str | None = field(default=None, validator=checked(check_journal))
    _kept: Kept[File] = field(init=False, repr=False, eq=False)

    @_kept.default
    def _keeping(self) -> Kept[File]:
        return Kept(Opening(self.path.absolute(), self.wait).file)

    def __attrs_post_init__(self) -> None:
        refuse_network_disk(self.path)
        self._make_private()
        with self._transaction("DEFERRED") as db:  # a file that is up to date is only read: it may be read-only
            is_ready = version_of(db, self.path) == schema.VERSION
        if not is_ready:
            with self._transaction() as db:
                self._prepare(db)
        if self.journal is not None:
            with self._connection() as file:
                file.set_journal(self.journal)

    @property
    def where(self) -> str:
        """The path of the file."""
        return str(self.path)

    def backup(self, to: Path | str) -> None:
        """Copy the file in its present state to a new file, while others go on writing; the copy is synchronised and checked.

        Raises:
            StoreError: a file of this name exists already, or the copy cannot be written.
            InputError: ``to`` is not a path of a file.

        """
        copy = path_of(to)
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            fault = Text("已经有这个文件；请另取名称", "a file of this name exists already; choose another name")
            raise StoreError(copy, fault) from error
        except OSError as error:
            fault = Text("不能写入；请检查文件夹", "cannot be written; check its folder")
            raise StoreError(copy, fault) from error
        try:
            with self._transaction("DEFERRED") as db, closing(sqlite3.connect(copy)) as other:
                db.backup(other)
                damage = other.execute("PRAGMA integrity_check").fetchone()[0]
            if damage != "ok":
                fault = Text(f"已损坏，无法备份（{damage}）", f"is damaged and was not copied: {damage}")
                raise StoreError(self.path, fault)
            for written in (copy, copy.parent):
                _synchronise(written)
        except BaseException:  # half a copy would be taken for a whole one
            copy.unlink(missing_ok=True)
            raise

    def _make_private(self) -> None:
        """Make the file, readable by its owner only, if it does not exist: it will hold unmasked identities."""
        with suppress(OSError):  # SQLite itself reports a folder that is missing or closed
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = version_of(db, self.path)  # perhaps another process has prepared it
        SQLiteDriver(db, _DIALECT).execute(list(schema.scripts(Database.sqlite, version)))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.VERSION}")

    def _run(
        self,
        operation: Callable[[], Operation[T]],
        *,
        writes: bool = False,
        again: Callable[[], Operation[T]] | None = None,  # noqa: ARG002 - a connection is lost only on a network
    ) -> T:
        with self._connection() as file, file.transaction("IMMEDIATE" if writes else "DEFERRED") as db:
            return drive(operation(), SQLiteDriver(db, _DIALECT).execute)

    @contextmanager
    def _transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """Open one transaction, rolled back on any error."""
        with self._connection() as file, file.transaction(mode) as db:
            yield db

    @contextmanager
    def _connection(self) -> Iterator[File]:
        """Lend a connection; every error of SQLite becomes a StoreError."""
        try:
            with self._kept.connection() as file:
                yield file
        except sqlite3.IntegrityError as error:
            raise error_of(self.path, error) from error
        except sqlite3.Error as error:
            why = why_of(self.path, error)
            raise StoreError(self.path, Text(f"{why.zh}（原文：“{error}”）", f"{why.en} ({error})")) from error


def _synchronise(path: Path) -> None:
    """Have the system write a file, or the entries of a folder, to the disk; not every system does so for folders."""
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
