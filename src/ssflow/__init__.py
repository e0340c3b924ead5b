"""China's social-security procedures as explicit state machines with exact legal deadlines.

>>> from datetime import date
>>> import ssflow
>>> ssflow.workdays(20).deadline(date(2023, 9, 22), ssflow.WorkCalendar.china()).due
datetime.date(2023, 10, 26)

The procedures themselves are in ``ssflow.machines``, the errors in ``ssflow.errors``.
"""

from ssflow.calendar import Deadline, DeadlineStatus, Span, WorkCalendar, days, hours, months, workdays, years
from ssflow.case import Case, Cases, Legislation
from ssflow.rules import Rulebook, rulebook
from ssflow.store import MemoryStore, SQLiteStore

__all__ = [
    "Case",
    "Cases",
    "Deadline",
    "DeadlineStatus",
    "Legislation",
    "MemoryStore",
    "Rulebook",
    "SQLiteStore",
    "Span",
    "WorkCalendar",
    "days",
    "hours",
    "months",
    "rulebook",
    "workdays",
    "years",
]
