"""Checks of the arguments of a store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any

from ssflow.case.doors import check_moment, check_number, check_text
from ssflow.doors import check_day, check_kind, each_of
from ssflow.errors import InputError
from ssflow.records import Access, Change, CustodyEntry, Failure, ObligationRow, Request
from ssflow.text import Text

# Existing ids belong to other people and may be many, so they are not listed.
NO_SUCH_CASE = Text(
    "编号在登记时给定，请核对；rows()列出全部", "ids are given when cases are opened: check it; rows() lists all"
)


def asked_for(cases: object) -> tuple[str, ...]:
    """Return the requested ids of cases, each once; raises InputError."""
    ids = tuple(dict.fromkeys(each_of("cases", cases, str)))
    for id_ in ids:
        check_text("cases", id_)
    return ids


def changes_of(changes: object) -> tuple[Change, ...]:
    """Return the changes to be written, one for each case; raises InputError."""
    given = each_of("changes", changes, Change)
    ids = [change.row.id for change in given]
    if len(set(ids)) < len(ids):
        twice = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise InputError.of(
            "changes",
            f"办件{twice}不止一项变动；请合为一项",
            f"case {twice} is changed more than once; give its events in one change",
        )
    for number, change in enumerate(given):
        owed = each_of(f"changes[{number}].obligations", change.obligations, ObligationRow)
        if len({row.clock for row in owed if row.case == change.row.id}) < len(owed):
            raise InputError.of(
                f"changes[{number}].obligations",
                f"须为办件{change.row.id}的义务，每个计时一项",
                f"the obligations of case {change.row.id} are required, one of a clock",
            )
    return given


def versions_of(unchanged: Mapping[str, int] | None) -> Mapping[str, int]:
    """Return the versions of the cases on which events were decided; raises InputError."""
    if unchanged is None:
        return {}
    check_kind("unchanged", unchanged, Mapping)
    for case, version in unchanged.items():
        check_text("unchanged", case)
        check_number(f"unchanged.{case}", version)
    return unchanged


def check_asked(closing_by: object, late: object, since: object) -> None:
    """Check the criteria of a list: an instant with its zone, yes or no, a day; raises InputError."""
    if closing_by is not None:
        check_kind("closing_by", closing_by, datetime)
        check_moment("closing_by", closing_by)
    check_kind("late", late, bool)
    if since is not None:
        check_day("since", since)


def check_owed(process: object, role: object, place: object, due_by: object) -> None:
    """Check the criteria of a work list: names and a day; raises InputError."""
    for name, text in (("process", process), ("role", role), ("place", place)):
        if text is not None:
            check_text(name, text)
    if due_by is not None:
        check_day("due_by", due_by)


def check_entries_asked(case: object, since: object) -> None:
    """Check the criteria of an access log: a case and an instant with its zone; raises InputError."""
    if case is not None:
        check_text("case", case)
    if since is not None:
        check_kind("since", since, datetime)
        check_moment("since", since)


def check_request(request: object) -> None:
    """Refuse anything but None or a request with a key; raises InputError."""
    if request is not None:
        check_kind("request", request, Request)


def check_failure(failure: object) -> None:
    """Refuse anything but a failure of a work in a case; raises InputError."""
    check_kind("failure", failure, Failure)


def path_of(given: object) -> Path:
    """Return the path of a file; raises InputError."""
    path = _path(given)
    if path is None or str(path) == ":memory:":
        raise InputError.of(
            "path",
            f"须为数据库文件的路径，例如'cases.db'；实际为{given!r}；只存在内存里的请用MemoryStore()",
            f"the path of a file is required, such as 'cases.db', not {given!r}; MemoryStore() keeps cases in memory only",
        )
    return path


def folder_of(given: object) -> Path:
    """Return the path of a folder; raises InputError."""
    path = _path(given)
    if path is None:
        raise InputError.of(
            "path",
            f"须为文件夹的路径，例如'keys'；实际为{given!r}",
            f"the path of a folder is required, such as 'keys', not {given!r}",
        )
    return path


def _path(given: object) -> Path | None:
    """Return a path, or None if the system can have none of this name."""
    try:
        path = Path(os.fsdecode(os.fsencode(given))) if isinstance(given, str | Path) and str(given) else None
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return None if path is None or "\0" in str(path) else path


def check_wait(name: str, given: object) -> None:
    """Refuse anything but a number of seconds; raises InputError."""
    check_kind(name, given, int, float)
    if not (isinstance(given, int | float) and 0 <= given < inf):
        raise InputError.of(
            name, f"须为秒数，例如10；实际为{given}", f"a number of seconds is required, such as 10, not {given}"
        )


def accesses_of(entries: object) -> tuple[Access, ...]:
    """Return the entries of the access log to be kept; raises InputError."""
    given = each_of("entries", entries, Access)
    for number, entry in enumerate(given):
        _check_whole(f"entries[{number}]", entry)
    return given


def check_order(entry: object) -> None:
    """Refuse anything but an order that can be kept; raises InputError."""
    check_kind("entry", entry, CustodyEntry)
    _check_whole("entry", entry)


def _check_whole(name: str, entry: Any) -> None:
    """Refuse an entry that was damaged, because it would be kept as if it were whole."""
    if entry.fault or entry.kind is None or entry.at is None:
        raise InputError.of(
            name,
            "须写明种类和时刻；已损坏的不能再存入",
            "its kind and moment are required; a damaged one cannot be kept again",
        )
