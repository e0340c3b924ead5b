"""Checks of days and moments: the future is not recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from ssflow.calendar.clock import recorded
from ssflow.case.doors import check_moment
from ssflow.case.grounds import Ground, GroundKind
from ssflow.doors import check_kind
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity
from ssflow.records.contract import CaseRow
from ssflow.text import Text


def check_happened(activity: Activity[Any], on: date | datetime, now: datetime, zone: str | None) -> None:
    """Refuse an act of the future; raises RefusedError."""
    if _is_future(on, now, zone):
        reason = Text(
            f"{on}尚未到来，只能办理已发生的事项", f"{on} lies in the future; only what has happened is recorded"
        )
        raise RefusedError(activity.title, [Ground(GroundKind.order, "future", reason)])


def check_reached(name: str, on: date | datetime, now: datetime, zone: str | None) -> None:
    """Refuse a moment of the future, or a value that is no moment; raises InputError."""
    check_moment(name, on)
    if _is_future(on, now, zone):
        raise InputError.of(
            name,
            f"{on}尚未到来，只记录已发生的办理和失效（overdue()可以预先查看）",
            f"{on} lies in the future; only what has happened is recorded (overdue() looks ahead)",
        )


def check_near(name: str, day: date, rows: Iterable[CaseRow], furthest: timedelta) -> None:
    """Refuse a day too far beyond the newest day on record, because the machine's clock may be wrong; raises InputError."""
    newest = max((row.last for row in rows if row.last is not None), default=None)
    if newest is not None and day - newest > furthest:
        raise InputError.of(
            name,
            f"{day}比最近的记录{newest}晚{(day - newest).days}天，超过所设的{furthest.days}天；请核对时钟；无误的，由系统管理方放宽furthest",
            f"{day} lies {(day - newest).days} days after the newest day on record, {newest}; at most {furthest.days} are allowed; check the clock, "
            "and if it is right, have the host raise furthest",
        )


def _is_future(on: date | datetime, now: datetime, zone: str | None) -> bool:
    check_kind("now", now, datetime)  # the host's clock may return anything
    there, instant = recorded(now, zone), recorded(on, zone)
    return on > there.date() if instant is None else instant > there
