"""China's social-security procedures as explicit state machines with exact legal deadlines.

>>> from datetime import date
>>> import ssflow
>>> ssflow.workdays(20).deadline(date(2023, 9, 22), ssflow.WorkCalendar.china()).due
datetime.date(2023, 10, 26)

The procedures themselves are in ``ssflow.machines``, the errors in ``ssflow.errors``. Each name is loaded when it is first used, so
that a program which imports ssflow pays only for the layers that it needs.
"""

from typing import TYPE_CHECKING

from ssflow.lazy import lazily

if TYPE_CHECKING:
    from ssflow.calendar import (
        Deadline,
        DeadlineStatus,
        Span,
        WorkCalendar,
        days,
        hours,
        months,
        weeks,
        workdays,
        years,
    )
    from ssflow.case import Case, Legislation
    from ssflow.records import Cases
    from ssflow.rules import Rulebook, rulebook
    from ssflow.simulation import simulate
    from ssflow.store import JoinedStore, MemoryStore, PostgreSQLStore, SQLiteStore

__all__ = [
    "Case",
    "Cases",
    "Deadline",
    "DeadlineStatus",
    "JoinedStore",
    "Legislation",
    "MemoryStore",
    "PostgreSQLStore",
    "Rulebook",
    "SQLiteStore",
    "Span",
    "WorkCalendar",
    "days",
    "hours",
    "months",
    "rulebook",
    "simulate",
    "weeks",
    "workdays",
    "years",
]

__getattr__, __dir__ = lazily(__name__, __all__, ("calendar", "rules", "case", "records", "store", "simulation"))
