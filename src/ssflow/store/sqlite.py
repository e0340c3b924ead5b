"""A store in one SQLite file: nothing to install, nothing to operate.

Every call opens the file, works in one transaction and closes it, so any number of threads and processes may use a store. What
`append` has returned survives a killed process and a power cut: file, rollback journal and folder are synchronised; without the
folder the journal that a power cut leaves behind can undo the last commit. The write-ahead log
is not used, because SQLite before 3.51.3 can lose acknowledged commits with it and most Pythons still link an older one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from attrs import field, frozen

from ssflow.calendar import clock
from ssflow.case.doors import check_text
from ssflow.doors import checked
from ssflow.errors import ConflictError, StoreError, UnknownError
from ssflow.records import CaseRow, Change
from ssflow.store.doors import NO_SUCH_CASE, changes_of, check_asked, check_wait, path_of, versions_of
from ssflow.text import Text

APPLICATION_ID = 0x55F10  # marks the file as ours
SCHEMA_VERSION = 3
# What a file of each older schema lacks.
_MIGRATIONS = {
    1: (
        """CREATE TABLE link (named TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (named, case_id))
        STRICT, WITHOUT ROWID""",
        """INSERT INTO link (named, case_id) SELECT DISTINCT json_extract(link.value, '$.case'), event.case_id
        FROM event, json_each(event.body, '$.links') AS link""",
    ),
    2: (
        "ALTER TABLE head ADD COLUMN late INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE head ADD COLUMN last TEXT",
        "ALTER TABLE head ADD COLUMN standing TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE head ADD COLUMN standing_seal TEXT NOT NULL DEFAULT ''",
        """UPDATE head SET late = EXISTS (
            SELECT 1 FROM event, json_each(event.body, '$.obligations') AS owed
            WHERE event.case_id = head.case_id AND event.version = head.version
            AND json_extract(owed.value, '$.overdue'))""",
        "CREATE INDEX head_late ON head (late) WHERE late",
        "CREATE INDEX head_last ON head (last)",
    ),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@frozen
class SQLiteStore:
    """The events of all cases in one file, which is made if it does not exist.

    ``wait`` is how many seconds a writer waits for another.

    Raises:
        StoreError: the file is not a database of ssflow, is damaged, is of a newer version, or cannot be written.
        InputError: ``path`` is no path of a file, or ``wait`` no number of seconds.

    """

    path: Path = field(converter=path_of)
    wait: float = field(default=10.0, validator=checked(check_wait))

    def __attrs_post_init__(self) -> None:
        self._make_private()
        with self._transaction() as db:
            self._prepare(db)

    def append(self, changes: Sequence[Change], *, unchanged: Mapping[str, int] | None = None) -> None:
        """Write what is added to cases, all or none; see `ssflow.records.Store`."""
        changes, seen = changes_of(changes), versions_of(unchanged)
        with self._transaction() as db:
            for case, version in seen.items():
                _head_of(db, case, version)
            for change in changes:
                self._write(db, change)

    def trace(self, case: str) -> tuple[str, ...]:
        """The texts of all events of a case in order.

        Raises:
            StoreError: an event was altered after it was written.
            UnknownError: there is no such case.

        """
        check_text("case", case)
        with self._transaction("DEFERRED") as db:
            written = db.execute(
                "SELECT version, body, seal FROM event WHERE case_id = ? ORDER BY version", [case]
            ).fetchall()
            head = db.execute("SELECT version, seal FROM head WHERE case_id = ?", [case]).fetchone()
            if not written and head is None:
                raise UnknownError("case", case, hint=NO_SUCH_CASE)
        self._check_chain(case, written, head)
        return tuple(body for _, body, _ in written)

    def standing(self, case: str) -> str:
        """The text of where a case stands; empty in a file of an older version until something is added to the case.

        Raises:
            StoreError: it was altered after it was written.
            UnknownError: there is no such case.

        """
        check_text("case", case)
        with self._transaction("DEFERRED") as db:
            found = db.execute("SELECT seal, standing, standing_seal FROM head WHERE case_id = ?", [case]).fetchone()
        if found is None:
            raise UnknownError("case", case, hint=NO_SUCH_CASE)
        seal, standing, standing_seal = found
        if standing and _seal(seal, standing) != standing_seal:
            fault = Text(
                f"办件{case}的现状在写入后被改动；请恢复备份",
                f"where case {case} stands was altered after it was written; restore a backup",
            )
            raise StoreError(self.path, fault)
        return str(standing)

    def rows(
        self, *, closing_by: datetime | None = None, late: bool = False, since: date | None = None
    ) -> tuple[CaseRow, ...]:
        """The lines of all cases, or of those asked for; see `ssflow.records.Store`."""
        check_asked(closing_by, late, since)
        asked: dict[str, list[object]] = {}
        if closing_by is not None:
            asked["closes <= ?"] = [_ticks(closing_by)]
        if late:
            asked["late"] = []
        if since is not None:
            asked["(last IS NULL OR last >= ?)"] = [since.isoformat()]
        where = f" WHERE {' OR '.join(asked)}" if asked else ""
        with self._transaction("DEFERRED") as db:
            found = db.execute(
                f"SELECT case_id, process, state, version, closed, closes, late, last FROM head{where} ORDER BY opened",
                [value for values in asked.values() for value in values],
            ).fetchall()
        try:
            return tuple(
                CaseRow(
                    *(id_, process, state, version, bool(closed), _instant(closes), bool(is_late)),
                    last=date.fromisoformat(last) if last else None,
                )
                for id_, process, state, version, closed, closes, is_late, last in found
            )
        except (OverflowError, TypeError, ValueError) as error:
            fault = Text("有一行的时刻已损坏；请恢复备份", "the moment of a row is damaged; restore a backup")
            raise StoreError(self.path, fault) from error

    def linking(self, case: str) -> tuple[str, ...]:
        """The cases that name a case as related; see `ssflow.records.Store`."""
        check_text("case", case)
        with self._transaction("DEFERRED") as db:
            found = db.execute("SELECT case_id FROM link WHERE named = ? ORDER BY case_id", [case]).fetchall()
        return tuple(id_ for (id_,) in found)

    def backup(self, to: Path | str) -> None:
        """Copy the file as it is now to another, while others go on writing; the copy is synchronised and checked.

        Raises:
            StoreError: there is a file of this name already, or the copy cannot be written.
            InputError: ``to`` is no path of a file.

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

    def _write(self, db: sqlite3.Connection, change: Change) -> None:
        row, opened = change.row, None
        seal = _head_of(db, row.id, change.seen)
        for version, body in enumerate(change.events, change.seen + 1):
            seal = _seal(seal, body)
            inserted = db.execute(
                "INSERT INTO event (case_id, version, body, seal) VALUES (?, ?, ?, ?)", [row.id, version, body, seal]
            )
            opened = opened or inserted.lastrowid
        standing = _seal(seal, change.standing) if change.standing else ""
        db.execute(
            "INSERT INTO head (case_id, process, state, version, closed, closes, late, last, seal, standing, standing_seal, opened) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, "
            "version = excluded.version, closed = excluded.closed, closes = excluded.closes, late = excluded.late, "
            "last = excluded.last, seal = excluded.seal, standing = excluded.standing, standing_seal = excluded.standing_seal",
            [
                *(
                    row.id,
                    row.process,
                    row.state,
                    row.version,
                    row.closed,
                    _ticks(row.closes),
                    row.late,
                    row.last and row.last.isoformat(),
                ),
                *(seal, change.standing, standing, opened),
            ],
        )
        db.executemany(
            "INSERT OR IGNORE INTO link (named, case_id) VALUES (?, ?)", [[named, row.id] for named in change.named]
        )

    def _check_chain(self, case: str, written: Sequence[tuple[int, str, str]], head: tuple[int, str] | None) -> None:
        seal, version = "", 0
        for version, body, stored in written:
            seal = _seal(seal, body)
            if seal != stored:
                fault = Text(
                    f"办件{case}的第{version}个事件在写入后被改动；请恢复备份",
                    f"event {version} of case {case} was altered after it was written; restore a backup",
                )
                raise StoreError(self.path, fault)
        if head != (version, seal):
            fault = Text(
                f"办件{case}的事件与其索引行所记的末尾不符；请恢复备份",
                f"the events of case {case} do not end as its head says; restore a backup",
            )
            raise StoreError(self.path, fault)

    def _make_private(self) -> None:
        """Make the file, readable by its owner only, if there is none: it will hold whole identities."""
        with suppress(OSError):  # a folder that is missing or closed is reported by SQLite itself
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))

    def _prepare(self, db: sqlite3.Connection) -> None:
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if application == APPLICATION_ID and version > SCHEMA_VERSION:
            fault = Text(
                f"由更新的ssflow写成（格式{version}）；请升级ssflow",
                f"was written by a newer ssflow (schema {version}); upgrade ssflow",
            )
            raise StoreError(self.path, fault)
        if application not in (APPLICATION_ID, 0) or (application == 0 and not empty):
            fault = Text("是别的程序的数据库；请另指文件", "is a database of another program; give another file")
            raise StoreError(self.path, fault)
        if application == APPLICATION_ID and version < SCHEMA_VERSION:
            for older in range(version, SCHEMA_VERSION):
                for statement in _MIGRATIONS[older]:
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if empty:
            from importlib.resources import files

            schema = (files("ssflow.store") / "schema.sql").read_text(encoding="utf-8")
            for statement in _statements(schema):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextmanager
    def _transaction(self, mode: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """One transaction, rolled back on any error; whatever SQLite reports becomes a StoreError."""
        try:
            there = f"{self.path.absolute().as_uri()}?mode=rw"  # a file that is gone is missed, not made anew
            with closing(sqlite3.connect(there, uri=True, timeout=self.wait, isolation_level=None)) as db:
                db.execute("PRAGMA synchronous = EXTRA")
                db.execute(f"BEGIN {mode}")
                try:
                    yield db
                except BaseException:
                    db.rollback()
                    raise
                db.execute("COMMIT")
        except sqlite3.Error as error:
            why = _why(self.path, error)
            raise StoreError(self.path, Text(f"{why.zh}（原文：「{error}」）", f"{why.en} ({error})")) from error


def _synchronise(path: Path) -> None:
    """Have the system write a file, or the entries of a folder, to the disk; a folder cannot be on every system."""
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _head_of(db: sqlite3.Connection, case: str, version: int) -> str:
    """The seal of a case that is at this version; raises ConflictError if it is at another one."""
    found = db.execute("SELECT version, seal FROM head WHERE case_id = ?", [case]).fetchone() or (0, "")
    if found[0] != version:
        raise ConflictError(case, version, found[0])
    return str(found[1])


def _why(path: Path, error: sqlite3.Error) -> Text:
    """What is wrong with the file, and what to do."""
    if "locked" in str(error):
        return Text("另一进程正在写入，请再试", "another process is writing: try again")
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
    yield _is_folder(path), Text("是文件夹；请指其中的文件", "is a folder; name a file in it")
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


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, so that they run inside our transaction (``executescript`` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _seal(before: str, body: str) -> str:
    return sha256(f"{before}\n{body}".encode()).hexdigest()


def _ticks(instant: datetime | None) -> int | None:
    plain = instant and clock.recorded(instant, clock.ZONE)  # pendulum's differences are not divided by timedeltas
    return None if plain is None else (plain - _EPOCH) // _MICROSECOND


def _instant(ticks: int | None) -> datetime | None:
    return None if ticks is None else clock.recorded(_EPOCH + ticks * _MICROSECOND, clock.ZONE)
