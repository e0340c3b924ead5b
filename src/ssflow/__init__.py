"""China's social-security procedures as explicit state machines with exact legal deadlines.

>>> from datetime import date
>>> import ssflow
>>> ssflow.workdays(20).deadline(date(2023, 9, 22), ssflow.WorkCalendar.china()).due
datetime.date(2023, 10, 26)

The procedures themselves are in ``ssflow.machines``, the errors in ``ssflow.errors``. Each name is loaded when it is first used, so
that a program which imports ssflow pays only for the layers that it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

_LAYERS = ("calendar", "rules", "case", "records", "store", "simulation")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for layer in _LAYERS:
            module = import_module(f"ssflow.{layer}")
            if hasattr(module, name):
                return globals().setdefault(name, getattr(module, name))
    msg = f"module 'ssflow' has no attribute {name!r}; its names are {', '.join(__all__)}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return __all__
