"""A store in one SQLite file: nothing to install, nothing to operate.

Every call opens the file, works in one transaction and closes it, so any number of threads and processes may use a store. What
`append` has returned survives a killed process and a power cut: file, rollback journal and folder are synchronised; without the
folder the journal that a power cut leaves behind can undo the last commit. The write-ahead log is not turned on: a file that is
closed after every call gains nothing by it. A file in which somebody else has turned it on is used where SQLite keeps what it commits there.
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

APPLICATION_ID = 0x55F10  # marks the file as ours
_DIALECT = Dialect(Database.sqlite, prefix="")  # nobody else has tables there


@frozen
class SQLiteStore(DatabaseStore):
    """The events of all cases in one file, which is made if it does not exist.

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
        ) as db:  # what is up to date is only looked at: nobody waits, and it may be read-only
            is_ready = self._version_of(db) == schema.VERSION
        if not is_ready:
            with self._transaction() as db:
                self._prepare(db)

    @property
    def where(self) -> str:
        """The file."""
        return str(self.path)

    def backup(self, to: Path | str) -> None:
        """Copy the file as it is now to another, while others go on writing; the copy is synchronised and checked.

        Raises:
            StoreError: there is a file of this name already, or the copy cannot be written.
            InputError: ``to`` is not a path of a file.

        """
        copy = path_of(to)
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            fault = Text("已经有这个文件；请另取名称", "there is such a file already; take another name")
            raise StoreError(copy, fault) from error
        except OSError as error:
            fault = Text("不能写入；请检查文件夹", "cannot be written; look at its folder")
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
        """Make the file, readable by its owner only, if there is none: it will hold whole identities."""
        with suppress(OSError):  # a folder that is missing or closed is reported by SQLite itself
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))

    def _version_of(self, db: sqlite3.Connection) -> int:
        """The version of the tables, 0 if there are none; refuses a file that is not to be touched."""
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

    def _run(self, operation: Callable[[], Operation[T]], *, writes: bool = False, once: bool = False) -> T:  # noqa: ARG002 - who commits knows
        with self._transaction("IMMEDIATE" if writes else "DEFERRED") as db:
            return drive(operation(), SQLiteDriver(db, _DIALECT).execute)

    @contextmanager
    def _transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """One transaction, rolled back on any error; whatever SQLite reports becomes a StoreError."""
        try:
            there = f"{self.path.absolute().as_uri()}?mode=rw"  # a file that is gone is missed, not made anew
            with closing(sqlite3.connect(there, uri=True, timeout=self.wait, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = EXTRA")
                db.execute("PRAGMA secure_delete = ON")  # of a case that is removed no byte is to be left
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
    """Whether a version of SQLite keeps what it has committed to the write-ahead log: it was mended in 3.51.3, and in 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or any(line <= version < (3, line[1] + 1) for line in ((3, 50, 7), (3, 44, 6)))


_LOSSY = Text(
    f"使用预写日志（WAL），本机的SQLite {sqlite3.sqlite_version}可能因此丢失已提交的办理；"
    "请执行PRAGMA journal_mode = DELETE，或者改用带SQLite 3.51.3以上的Python",
    f"keeps a write-ahead log, in which SQLite {sqlite3.sqlite_version} may lose what was committed; "
    "run PRAGMA journal_mode = DELETE on it, or take a Python with SQLite 3.51.3 or later",
)


def _synchronise(path: Path) -> None:
    """Have the system write a file, or the entries of a folder, to the disk; a folder cannot be on every system."""
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _why(path: Path, error: sqlite3.Error) -> Text:
    """What is wrong with the file, and what to do."""
    if "locked" in str(error):
        return Text("另一进程正在写入，请再试", "another process is writing: try again")
    if "disk is full" in str(error):
        return FULL
    if not isinstance(error, sqlite3.OperationalError):
        return Text(
            "文件已损坏或不是数据库，请恢复备份或另指文件",
            "the file is damaged or no database: restore a backup or give another file",
        )
    closed = (why for is_so, why in _closed(path, str(error)) if is_so)
    return next(
        closed, Text("请检查文件能否读写、磁盘是否已满", "check that it can be written and the disk is not full")
    )


def _closed(path: Path, said: str) -> Iterator[tuple[bool, Text]]:
    """Why a file cannot be opened or written; SQLite says the same of a folder, a missing one and a closed one."""
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
    except OSError:  # it lies where nobody may look
        return False
