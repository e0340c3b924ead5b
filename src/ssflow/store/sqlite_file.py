"""Connections to the file of a store. Each knows which file it has open, because a name may come to mean another file, or none."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define

from ssflow.errors import InputError, StoreError
from ssflow.store import schema
from ssflow.store.drivers.faults import FULL
from ssflow.text import Text

APPLICATION_ID = 0x55F10  # marks the file as one of ssflow


@define
class File:
    """A connection to a file, and ``which`` file that is. No other file gets this number while the connection is open."""

    path: Path
    db: sqlite3.Connection
    which: tuple[int, int] | None
    closed: bool = False

    @contextmanager
    def transaction(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Open a transaction, rolled back on any error.

        Raises:
            StoreError: the file is no longer where it was.
            sqlite3.Error: of SQLite; the connection is then closed, because it may be the reason.

        """
        if self.which != _which(self.path):
            raise StoreError(self.path, _REPLACED if self.path.exists() else _GONE)
        try:
            self.db.execute(f"BEGIN {mode}")
            yield self.db
            self.db.execute("COMMIT")
        except BaseException as error:
            try:
                self.db.rollback()
            finally:
                if isinstance(error, sqlite3.Error):
                    self.close()
            raise

    def set_journal(self, journal: str) -> None:
        """Set how the file is kept whole, for all who open it; raises StoreError, or as locked while others use the file, if it cannot be."""
        (found,) = self.db.execute("PRAGMA journal_mode").fetchone()
        if found != journal and self.db.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0] != journal:
            raise StoreError(self.path, _UNSET)

    def close(self) -> None:
        """Close the connection."""
        self.closed = True
        self.db.close()


@define
class Opening:
    """The opening of one file, the same each time, also if the process changes its folder."""

    path: Path
    wait: float
    which: tuple[int, int] | None = None

    def file(self) -> File:
        """Return a connection to the file. Another thread may use it, but not at the same time."""
        found = _which(self.path)
        there = f"{self.path.as_uri()}?mode=rw"  # a file that is gone is an error, not made again
        db = sqlite3.connect(there, uri=True, timeout=self.wait, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA synchronous = EXTRA")
            db.execute("PRAGMA secure_delete = ON")  # no byte of a removed case may remain
            db.execute("BEGIN")  # what another process prepares meanwhile is seen as a whole or not at all
            version = version_of(db, self.path)
            db.execute("COMMIT")
            is_other = found != _which(self.path) or (self.which and (found, version) != (self.which, schema.VERSION))
            if is_other:
                raise StoreError(self.path, _REPLACED)
        except BaseException:
            db.close()
            raise
        self.which = found
        return File(self.path, db, found)


def _which(path: Path) -> tuple[int, int] | None:
    """Return the number of the file that has a name now, None if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - before every transaction, and twice as fast
    except OSError:
        return None
    return found.st_dev, found.st_ino


_GONE = Text(
    "打开之后被删除或移走；请放回原处，或者恢复备份后重新建立SQLiteStore",
    "was deleted or moved since it was opened; put it back, or restore a backup and make a new SQLiteStore",
)
_UNSET = Text(
    "在该磁盘上不能更改日志方式；请不写journal，或者另选磁盘",
    "lies on a disk on which its journal cannot be changed; leave journal out, or use another disk",
)
_REPLACED = Text(
    "打开之后被另一文件替换；如确应使用该文件，请重新建立SQLiteStore",
    "was replaced by another file since it was opened; if that is the right one, make a new SQLiteStore",
)


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of the tables, 0 if there are none; refuses a file of another program, a newer one and one that may lose commits."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application == APPLICATION_ID:
        schema.refuse_newer(version, str(path))
    if application not in (APPLICATION_ID, 0) or (application == 0 and not empty):
        fault = Text("是其他软件的数据库；请另指文件", "is a database of another program; give another file")
        raise StoreError(path, fault)
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and not keeps_log(sqlite3.sqlite_version_info):
        raise StoreError(path, _LOSSY)
    return 0 if empty else version


def keeps_log(version: tuple[int, ...]) -> bool:
    """Return whether a version of SQLite keeps all commits to the write-ahead log: this was fixed in 3.51.3, 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or any(line <= version < (3, line[1] + 1) for line in ((3, 50, 7), (3, 44, 6)))


def check_journal(name: str, given: object) -> None:
    """Refuse anything but None or a journal that this SQLite keeps; raises InputError."""
    if given not in (None, "delete", "wal"):
        raise InputError.of(
            name, f"须为'wal'或'delete'；实际为{given!r}", f"'wal' or 'delete' is required, not {given!r}"
        )
    if given == "wal" and not keeps_log(sqlite3.sqlite_version_info):
        raise InputError.of(
            name,
            f"预写日志（WAL）须用SQLite 3.51.3以上（3.50.7、3.44.6亦可）：本机的{sqlite3.sqlite_version}可能因此丢失已提交的办理；"
            "请不写journal，或者用附加项sqlite，或者改用带较新SQLite的Python",
            f"the write-ahead log needs SQLite 3.51.3 or later (or 3.50.7, 3.44.6): the {sqlite3.sqlite_version} of this Python may lose committed "
            "events with it; leave journal out, use the extra sqlite, or a Python with a newer SQLite",
        )


_LOSSY = Text(
    f"使用预写日志（WAL），本机的SQLite {sqlite3.sqlite_version}可能因此丢失已提交的办理；"
    "请执行PRAGMA journal_mode = DELETE，或者用附加项sqlite，或者改用带SQLite 3.51.3以上的Python",
    f"keeps a write-ahead log, in which SQLite {sqlite3.sqlite_version} may lose committed events; "
    "run PRAGMA journal_mode = DELETE on it, use the extra sqlite, or a Python with SQLite 3.51.3 or later",
)


def why_of(path: Path, error: sqlite3.Error) -> Text:
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
