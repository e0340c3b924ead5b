"""What may come in through the doors of a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ssflow.case import Event
from ssflow.case.doors import check_moment, check_number, check_text
from ssflow.doors import check_kind, each_of


def check_append(events: object, unchanged: object) -> None:
    """Events, and the versions of cases on which they were decided; raises InputError."""
    each_of("events", events, Event)
    if unchanged is None:
        return
    if not isinstance(unchanged, Mapping):
        check_kind("unchanged", unchanged, dict)
        return
    for case, version in unchanged.items():
        check_text("unchanged", case)
        check_number(f"unchanged.{case}", version)


def check_closing(moment: object) -> None:
    """An instant with its zone, or none; raises InputError."""
    if moment is not None:
        check_kind("closing_by", moment, datetime)
        check_moment("closing_by", moment)
