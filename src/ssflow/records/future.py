"""What has not happened is not recorded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ssflow.calendar.clock import instant_of
from ssflow.case.doors import check_moment
from ssflow.case.grounds import Ground, GroundKind
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity
from ssflow.text import Text


def check_happened(activity: Activity[Any], on: date | datetime, now: datetime, zone: str | None) -> None:
    """Refuse an act of the future; raises RefusedError."""
    if _is_future(on, now, zone):
        reason = Text(
            f"{on}尚未到来，只能办理已发生的事项", f"{on} lies in the future; only what has happened is recorded"
        )
        raise RefusedError(activity.title, [Ground(GroundKind.order, "future", reason)])


def check_reached(name: str, on: date | datetime, now: datetime, zone: str | None) -> None:
    """Refuse a moment of the future, or what is none; raises InputError."""
    check_moment(name, on)
    if _is_future(on, now, zone):
        raise InputError.of(
            name,
            f"{on}尚未到来，只记录已发生的办理和期满（overdue()可以预先查看）",
            f"{on} lies in the future; only what has happened is recorded (overdue() looks ahead)",
        )


def _is_future(on: date | datetime, now: datetime, zone: str | None) -> bool:
    return instant_of(on, zone) > instant_of(now, zone)
