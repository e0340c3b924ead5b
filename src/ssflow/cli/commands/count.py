"""``ssflow count``: the number of working days between two days."""

from __future__ import annotations

from datetime import date

import click

from ssflow.calendar import DeadlineStatus, WorkCalendar
from ssflow.calendar.notices import ONE_DAY
from ssflow.cli.input.arguments import AFTER, THROUGH
from ssflow.cli.input.options import in_calendar, no_forecast_option
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.deadlines import tell_coverage
from ssflow.text import Text
from ssflow.views.coverage import coverage_view


@command(
    "count",
    Text("两日之间有几个工作日", "How many working days between two days"),
    """计算第一日之后至第二日（含）的工作日；第二日在前则为负数。

    即自第一日起以此数计的工作日期间，止于第二日。""",
)
@click.argument("after", type=AFTER)
@click.argument("through", type=THROUGH)
@no_forecast_option
@in_calendar
def count(screen: Screen, calendar: WorkCalendar, after: date, through: date) -> None:
    """Count the working days after the first day, up to and including the second.

    So the second day is the last of a span of that many working days from the first. The number is negative if the second day comes first.
    """
    workdays, days = calendar.count(after, through), (through - after).days
    rests_on = _between(after, through)
    status = DeadlineStatus.FIRM if rests_on is None or calendar.is_firm(*rests_on) else DeadlineStatus.PROVISIONAL
    coverage = coverage_view(calendar, rests_on)
    if screen.as_json:
        screen.document(
            {
                "after": after.isoformat(),
                "through": through.isoformat(),
                "workdays": workdays,
                "days": days,
                "status": status.name,
                **coverage.document(),
            }
        )
        return
    t, sure = screen.t, screen.say(status.value)
    screen.line(t(f"{after}之后，至{through}（含）", f"after {after}, through {through}"))
    screen.title(
        t(
            f"工作日{workdays}天（{sure}），自然日{days}天",
            f"{_days(workdays, 'working')} ({sure}), {_days(days, 'calendar')}",
        )
    )
    tell_coverage(screen, coverage)


def _days(n: int, kind: str) -> str:
    return f"{n} {kind} {'day' if abs(n) == 1 else 'days'}"


def _between(after: date, through: date) -> tuple[date, date] | None:
    """Return the days that are counted, the earlier first."""
    first, last = sorted((after, through))
    return (first + ONE_DAY, last) if first < last else None
