"""``ssflow due``: when a span of time ends, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

import click

from ssflow.calendar import Deadline, Span, Tolled, WorkCalendar
from ssflow.calendar.spans import ROLLS, FirstDay, LongRests, MonthEnd
from ssflow.cli.input.arguments import SPAN, TOLLED, WHEN
from ssflow.cli.input.counting import Question
from ssflow.cli.input.options import ics_option, in_calendar, no_forecast_option
from ssflow.cli.output.accounts import account, steps_document
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.deadlines import deadline_document, left_document, tell_deadline, tell_left
from ssflow.cli.output.icalendar import print_icalendar


@click.command(short_help="When a span of time ends, and why · 计算期限届满日")
@click.argument("span", type=SPAN)
@click.option("--from", "start", type=WHEN, required=True, help="The day of the event, or an instant for hours.")
@click.option("--roll", type=click.Choice(ROLLS), help="Where a last day that rests moves; by law if left out.")
@click.option("--before", is_flag=True, help="Count back from the day.")
@click.option(
    "--first-day",
    type=click.Choice(get_args(FirstDay)),
    default="excluded",
    show_default=True,
    help="Whether the day of the event counts.",
)
@click.option(
    "--month-end",
    type=click.Choice(get_args(MonthEnd)),
    default="clamp",
    show_default=True,
    help="From the last day of a month to the corresponding day, or to the last day.",
)
@click.option(
    "--long-rests",
    type=click.Choice(get_args(LongRests)),
    default="counted",
    show_default=True,
    help="Whether three or more rest days in a row extend the span.",
)
@click.option(
    "--tolled", type=TOLLED, multiple=True, help="The clock stood START..END (it ran again on END), or START.."
)
@click.option("--restart", is_flag=True, help="A clock that stood starts anew.")
@click.option("--left", type=WHEN, help="Tell what is left after this day, or at this instant for hours.")
@click.option("--explain", is_flag=True, help="Tell every step of the count.")
@ics_option
@no_forecast_option
@in_calendar
def due(
    screen: Screen,
    calendar: WorkCalendar,
    /,
    start: date | datetime,
    tolled: tuple[Tolled, ...],
    left: date | datetime | None,
    explain: bool,
    ics: bool,
    **how: Any,
) -> None:
    """Compute the last day of a span such as "20 workdays", "30 days", "6 months" or "24 hours".

    The day of the event is not counted; a last day that rests moves to the next working day, unless --roll says otherwise.
    """
    question = Question(start=start, tolled=tolled, left=left, **how)
    fault = question.contradiction()
    if fault:
        raise click.UsageError(screen.say(fault))
    deadline = question.counted().deadline(start, calendar, tolled)
    if ics:
        _enter(screen, deadline, left)
        return
    if screen.as_json:
        screen.document(
            {
                **deadline_document(deadline, start),
                **(left_document(deadline, left) if left else {}),
                **({"steps": steps_document(deadline)} if explain else {}),
            }
        )
        return
    tell_deadline(screen, deadline, start)
    if left:
        tell_left(screen, deadline, left)
    if explain:
        screen.line()
        account(screen, deadline)


def _enter(screen: Screen, deadline: Deadline, left: date | datetime | None) -> None:
    """Print the deadline as an entry of a calendar."""
    if left:
        msg = screen.t(
            "--ics不说还剩多少；请去掉--left", "a calendar entry does not tell what is left; leave out --left"
        )
        raise click.UsageError(msg)
    if deadline.due is None:
        msg = screen.t(
            "停止计算中，没有届满日可以写入日历；请用--tolled写明何时恢复",
            "the clock is stopped, so there is no due day to enter; say by --tolled when it runs again",
        )
        raise click.UsageError(msg)
    span: Span = deadline.span
    print_icalendar(screen, [deadline], screen.t(f"期限：{span.text.zh}", f"deadline: {span.text.en}"))
