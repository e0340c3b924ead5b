"""The cases of a database file, and what a command needs to know around one act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from getpass import getuser
from pathlib import Path

from ssflow.calendar.clock import ZONE, civil_day, now
from ssflow.case import Case, Event, EventKind
from ssflow.case.judge import is_earlier
from ssflow.case.moments import moment_of
from ssflow.cli.input.reading import read_path
from ssflow.errors import InputError, StoreError
from ssflow.process import Process
from ssflow.records import Cases
from ssflow.records.history import acts_of
from ssflow.store import PostgreSQLStore, SQLiteStore
from ssflow.text import Text
from ssflow.views.wording import moment

Versions = dict[str, int]


def cases_of(db: Path, *, make: bool = False, option: str = "--db") -> Cases:
    """Return the cases of a file, which is their access log too; an ``option`` names it. Only the opening of a case makes a new file.

    Raises:
        StoreError: there is no such file, or it cannot be used.

    """
    if not make and not db.exists():
        fault = Text(
            f"没有这个文件；用ssflow case open登记时新建，或用{option}另指文件",
            f"there is no such file; ssflow case open makes it, or name another with {option}",
        )
        raise StoreError(db, fault)
    return _noting(SQLiteStore(db))


def served_cases(db: str, option: str = "--db") -> Cases:
    """Return the cases of a file, or of a PostgreSQL database by its address; an ``option`` names it.

    Raises:
        StoreError: there is no such file, or the database cannot be used.

    """
    if db.startswith(("postgresql://", "postgres://")):
        return _noting(PostgreSQLStore(db))
    return cases_of(read_path(db), option=option)


def _noting(store: SQLiteStore | PostgreSQLStore) -> Cases:
    return Cases(store, access_log=store)


def user() -> str:
    """Return the name of the user who is logged in, as far as the system tells."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # a container may know its users by number alone
        return "?"


def store_of(db: Path) -> SQLiteStore:
    """Return the store of an existing file; raises StoreError as `cases_of` does."""
    cases_of(db)
    return SQLiteStore(db)


def today() -> date:
    """Return the present day in Beijing."""
    return civil_day(now(), ZONE)


def looked_at(cases: Cases, case: Case, on: date | datetime | None) -> date | datetime:
    """Return the moment at which a case is looked at: the given one, else today, or its last event if that is later.

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
