"""What may come in through the doors of a store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from math import inf
from pathlib import Path

from ssflow.case import Event
from ssflow.case.doors import check_moment, check_number, check_text
from ssflow.doors import check_kind, each_of
from ssflow.errors import InputError


def events_of(events: object) -> tuple[Event, ...]:
    """Events as they are to be written; raises InputError."""
    return each_of("events", events, Event)


def versions_of(unchanged: Mapping[str, int] | None) -> Mapping[str, int]:
    """The versions of the cases on which events were decided; raises InputError."""
    if unchanged is None:
        return {}
    check_kind("unchanged", unchanged, Mapping)
    for case, version in unchanged.items():
        check_text("unchanged", case)
        check_number(f"unchanged.{case}", version)
    return unchanged


def check_closing(moment: object) -> None:
    """An instant with its zone, or none; raises InputError."""
    if moment is not None:
        check_kind("closing_by", moment, datetime)
        check_moment("closing_by", moment)


def path_of(given: object) -> Path:
    """The path of a file; raises InputError."""
    try:
        path = Path(os.fsdecode(os.fsencode(given))) if isinstance(given, str | Path) and str(given) else None
    except UnicodeEncodeError:  # half of a character
        path = None
    if path is None or "\0" in str(path) or str(path) == ":memory:":
        raise InputError.of(
            "path",
            f"须为数据库文件的路径，例如'cases.db'，而不是{given!r}；只存在内存里的请用MemoryStore()",
            f"the path of a file is wanted, such as 'cases.db', not {given!r}; MemoryStore() keeps cases in memory only",
        )
    return path


def check_wait(name: str, given: object) -> None:
    """A number of seconds; raises InputError."""
    check_kind(name, given, int, float)
    if not (isinstance(given, int | float) and 0 <= given < inf):
        raise InputError.of(
            name, f"须为秒数，例如10，而不是{given}", f"a number of seconds is wanted, such as 10, not {given}"
        )
