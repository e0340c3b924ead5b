"""A deadline day by day: which days were counted, under which running number, and which were not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from attrs import frozen

from ssflow.calendar.account.steps import day_of
from ssflow.calendar.counting import stands
from ssflow.calendar.deadline import Deadline
from ssflow.calendar.kinds import Day
from ssflow.text import Text

Part = Literal["start", "counted", "passed over", "stopped", "rolled over", "due"]
PARTS: dict[Part, Text] = {
    "start": Text("起始日", "start"),
    "counted": Text("计入", "counted"),
    "passed over": Text("不计入", "not counted"),
    "stopped": Text("停止计算", "clock stopped"),
    "rolled over": Text("顺延", "rolled over"),
    "due": Text("届满日", "due"),
}
_AFTER_A_STOP = timedelta(days=7)  # how far a clock that is still stopped is shown


@frozen
class TalliedDay:
    """A day of the period: what it is in the calendar, its part in the count, and its running number if it was counted."""

    day: Day
    part: Part
    number: int | None = None


def tally(deadline: Deadline) -> Iterator[TalliedDay]:
    """Yield every day from the start to the due day, or from the due day to the event from which a span is counted back."""
    start = deadline.calendar.civil_day(deadline.start)
    span, unrolled, due = deadline.span, deadline.unrolled, deadline.due
    last = due or max(start, deadline.tolled[-1][0]) + _AFTER_A_STOP
    first = min(start, last)
    days = [day_of(deadline, first + timedelta(days=i)) for i in range(abs(last - start).days + 1)]
    starts = {start} | ({resumed for _, resumed in deadline.tolled} if span.tolling == "restart" else set())
    number = 0
    for day in reversed(days) if span.before else days:
        part = _part(day, deadline, starts)
        if day.date in starts and part != "stopped":
            number = 0
        counts = part in ("counted", "due") and (unrolled is None or _reaches(unrolled, day.date, before=span.before))
        number += counts
        yield TalliedDay(day, part, number if counts and span.unit != "hours" else None)


def _part(day: Day, deadline: Deadline, starts: set[date | None]) -> Part:
    span, unrolled = deadline.span, deadline.unrolled
    if day.date == deadline.due:
        return "due"
    if stands(day.date, deadline.tolled):
        return "stopped"
    if day.date in starts and span.first_day == "excluded":
        return "start"
    if unrolled is not None and not _reaches(unrolled, day.date, before=span.before):
        return "rolled over"
    return "counted" if span.unit != "workdays" or day.is_workday else "passed over"


def _reaches(unrolled: date, day: date, *, before: bool) -> bool:
    """Return whether the period, before rest days are taken into account, reaches a day."""
    return day >= unrolled if before else day <= unrolled
