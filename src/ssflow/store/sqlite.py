"""A store in one SQLite file: nothing to install, nothing to operate.

Every call opens the file, works in one transaction and closes it, so any number of threads and processes may use a store. Once `append`
has returned, its events survive a killed process and a power cut: file, rollback journal and folder are synchronised; without the folder,
a journal left behind by a power cut could undo the last commit. The write-ahead log is not turned on, because a file that is closed after
every call gains nothing by it. A file that has it turned on is accepted if this version of SQLite keeps commits to it.
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
from ssflow.store.database import DatabaseStore
from ssflow.store.disks import refuse_network_disk
from ssflow.store.doors import check_wait, path_of
from ssflow.store.drivers.faults import FULL
from ssflow.store.drivers.sqlite import SQLiteDriver
from ssflow.store.operations import Operation, drive
from ssflow.store.statements import Database, Dialect
from ssflow.text import Text

T = TypeVar("T")

APPLICATION_ID = 0x55F10  # marks the file as one of ssflow
_DIALECT = Dialect(Database.sqlite, prefix="")  # the file has no other tables


@frozen
class SQLiteStore(DatabaseStore):
    """A store of the events of all cases in one file, which is made if it does not exist.

    ``wait`` is how many seconds a writer waits for another.

    Raises:
        StoreError: the file is not a database of ssflow, is damaged, is of a newer version, cannot be written, lies on a disk of the
            network, or keeps a write-ahead log in which the SQLite of this Python may lose commits.
        InputError: ``path`` is not a path of a file, or ``wait`` is not a number of seconds.

    """

    path: Path = field(converter=path_of)
    wait: float = field(default=10.0, validator=checked(check_wait))

    def __attrs_post_init__(self) -> None:
        refuse_network_disk(self.path)
        self._make_private()
        with self._transaction(
            "DEFERRED"
        ) as db:  # a file that is up to date is only read: nobody waits, and it may be read-only
            is_ready = self._version_of(db) == schema.VERSION
        if not is_ready:
            with self._transaction() as db:
                self._prepare(db)

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

    def _version_of(self, db: sqlite3.Connection) -> int:
        """Return the version of the tables, 0 if there are none; refuses a file of another program, a newer one and one that may lose commits."""
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if application == APPLICATION_ID:
            schema.refuse_newer(version, self.where)
        if application not in (APPLICATION_ID, 0) or (application == 0 and not empty):
            fault = Text("是其他软件的数据库；请另指文件", "is a database of another program; give another file")
            raise StoreError(self.path, fault)
        if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and not keeps_log(sqlite3.sqlite_version_info):
            raise StoreError(self.path, _LOSSY)
        return 0 if empty else version

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = self._version_of(db)
        if version < schema.VERSION:
            SQLiteDriver(db, _DIALECT).execute(list(schema.scripts(Database.sqlite, version)))
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {schema.VERSION}")

    def _run(self, operation: Callable[[], Operation[T]], *, writes: bool = False, once: bool = False) -> T:  # noqa: ARG002 - a lost connection matters only on a network
        with self._transaction("IMMEDIATE" if writes else "DEFERRED") as db:
            return drive(operation(), SQLiteDriver(db, _DIALECT).execute)

    @contextmanager
    def _transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """Open one transaction, rolled back on any error; every error of SQLite becomes a StoreError."""
        try:
            there = f"{self.path.absolute().as_uri()}?mode=rw"  # a file that is gone is an error, not made again
            with closing(sqlite3.connect(there, uri=True, timeout=self.wait, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = EXTRA")
                db.execute("PRAGMA secure_delete = ON")  # no byte of a removed case may remain
                db.execute(f"BEGIN {mode}")
                try:
                    yield db
                except BaseException:
                    db.rollback()
                    raise
                db.execute("COMMIT")
        except sqlite3.Error as error:
            why = _why(self.path, error)
            raise StoreError(self.path, Text(f"{why.zh}（原文：“{error}”）", f"{why.en} ({error})")) from error


def keeps_log(version: tuple[int, ...]) -> bool:
    """Return whether a version of SQLite keeps all commits to the write-ahead log: this was fixed in 3.51.3, 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or any(line <= version < (3, line[1] + 1) for line in ((3, 50, 7), (3, 44, 6)))


_LOSSY = Text(
    f"使用预写日志（WAL），本机的SQLite {sqlite3.sqlite_version}可能因此丢失已提交的办理；"
    "请执行PRAGMA journal_mode = DELETE，或者改用带SQLite 3.51.3以上的Python",
    f"keeps a write-ahead log, in which SQLite {sqlite3.sqlite_version} may lose committed events; "
    "run PRAGMA journal_mode = DELETE on it, or use a Python with SQLite 3.51.3 or later",
)


def _synchronise(path: Path) -> None:
    """Have the system write a file, or the entries of a folder, to the disk; not every system does so for folders."""
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _why(path: Path, error: sqlite3.Error) -> Text:
    """Return what is wrong with the file, and what to do."""
    if "locked" in str(error):
        return Text("另一进程正在写入，请再试", "another process is writing: try again")
    if "disk is full" in str(error):
        return FULL
    if not isinstance(error, sqlite3.OperationalError):
        return Text(
            "文件已损坏或不是数据库，请恢复备份或另指文件",
            "the file is damaged or not a database; restore a backup or give another file",
        )
    closed = (why for is_so, why in _closed(path, str(error)) if is_so)
    return next(
        closed, Text("请检查文件能否读写、磁盘是否已满", "check that it can be written and the disk is not full")
    )


def _closed(path: Path, said: str) -> Iterator[tuple[bool, Text]]:
    """Yield possible reasons why a file cannot be opened or written, each with whether it applies; SQLite's errors do not tell them apart."""
    yield _is_folder(path), Text("是文件夹；请指明其中的文件", "is a folder; name a file in it")
    yield (
        not _is_folder(path.parent),
        Text(
            f"没有文件夹{path.parent}；请先新建，或者另指文件",
            f"there is no folder {path.parent}; make it, or name another file",
        ),
    )
    yield (
        os.access(path, os.F_OK) and not os.access(path, os.R_OK),
        Text(
            "无权读取该文件；请更改其权限，或者另指文件",
            "the file may not be read; change its permissions, or name another file",
        ),
    )
    yield (
        "readonly" in said or (os.access(path, os.F_OK) and not os.access(path, os.W_OK)),
        Text(
            "文件只读，不能写入；请更改其权限，或者另指文件",
            "the file is read-only; change its permissions, or name another file",
        ),
    )
    yield (
        not os.access(path.parent, os.W_OK),
        Text(
            f"文件夹{path.parent}不能写入；请更改其权限，或者另指文件",
            f"the folder {path.parent} cannot be written to; change its permissions, or name another file",
        ),
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the path is not accessible
        return False
