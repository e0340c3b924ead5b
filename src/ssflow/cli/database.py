"""The cases of a database, and what a command needs to know around one act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from getpass import getuser
from pathlib import Path

from ssflow.calendar.clock import ZONE, civil_day, now
from ssflow.case import Case, Event, EventKind
from ssflow.case.judge import is_earlier
from ssflow.case.moments import moment_of
from ssflow.errors import InputError, StoreError
from ssflow.process import Process
from ssflow.records import Cases
from ssflow.records.history import acts_of
from ssflow.store import PostgreSQLStore, SQLiteStore
from ssflow.text import Text
from ssflow.views.wording import moment

Versions = dict[str, int]


def cases_of(db: Path | str, *, make: bool = False, option: str = "--db") -> Cases:
    """Return the cases of a file, or of the PostgreSQL database of an address, which is their access log too; an ``option`` names it.

    Only the opening of a case makes a new file.

    Raises:
        StoreError: there is no such file, or the database cannot be used.

    """
    store = PostgreSQLStore(db) if isinstance(db, str) else _file(db, make=make, option=option)
    return Cases(store, access_log=store)


def copy(db: Path | str, to: Path) -> None:
    """Copy a database file; raises InputError for an address, and StoreError as `cases_of` does."""
    if isinstance(db, str):
        raise InputError.of(
            "--db",
            "本命令复制文件；PostgreSQL数据库请用pg_dump备份",
            "this command copies a file; copy a PostgreSQL database with pg_dump",
        )
    _file(db).backup(to)


def _file(path: Path, *, make: bool = False, option: str = "--db") -> SQLiteStore:
    if not make and not path.exists():
        fault = Text(
            f"没有这个文件；用ssflow case open登记时新建，或用{option}另指文件",
            f"there is no such file; ssflow case open makes it, or name another with {option}",
        )
        raise StoreError(path, fault)
    return SQLiteStore(path)


def user() -> str:
    """Return the name of the user who is logged in, as far as the system tells."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a container may know its users by number alone
        return "?"


def today() -> date:
    """Return the present day in Beijing."""
    return civil_day(now(), ZONE)


def moment_shown(cases: Cases, case: Case, on: date | datetime | None) -> date | datetime:
    """Return the moment as of which a case is shown: the given one, else today, or its last event if that is later.

    Raises:
        InputError: the case was not opened by then.

    """
    if on is None:
        return max(today(), civil_day(case.last, ZONE) if case.last else date.min)
    opened = moment_of(acts_of(case.process, cases.trace(case.id))[0])
    if is_earlier(on, opened, cases.law.calendar):
        raise InputError.of(
            "--on",
            f"办件{case.id}于{moment(opened)}登记；请查看当日或其后",
            f"case {case.id} was opened on {moment(opened)}; look at it on that day or later",
        )
    return on


def definition_on(cases: Cases, case: Case, on: date | datetime) -> type[Process]:
    """Return the version of its procedure that a case is under at a moment; before an upgrade it is an older one."""
    if case.process.supersedes is not None:
        trace = cases.trace(case.id)
        for event in trace:
            if event.kind is EventKind.upgraded and is_earlier(on, moment_of(event), cases.law.calendar):
                return case.process.at(trace[event.version - 2].process_version)
    return case.process


def versions_before(cases: Cases, ids: Iterable[str]) -> Versions:
    """Return the versions of some cases and of all cases that they name."""
    found = {id_: cases.get(id_) for id_ in ids}
    related = [link.case for case in found.values() for link in case.links]
    return {id_: cases.get(id_).version for id_ in dict.fromkeys((*found, *related))}


def recorded_since(cases: Cases, before: Versions) -> tuple[Event, ...]:
    """Return the events that were written to some cases since they had these versions."""
    return tuple(event for id_, version in before.items() for event in cases.trace(id_)[version:])
