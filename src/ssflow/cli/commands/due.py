"""``ssflow due``: the end of a span of time, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from ssflow.calendar import Deadline, Span, Tolled, WorkCalendar
from ssflow.cli.input.arguments import SPAN, TOLLED, WHEN
from ssflow.cli.input.counting import FIRST_DAYS, LONG_RESTS, MONTH_ENDS, ROLLS, Question
from ssflow.cli.input.options import ics_option, in_calendar, no_forecast_option
from ssflow.cli.input.speaking import OneOf, command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.deadlines import tell_deadline, tell_left, tell_steps
from ssflow.cli.output.icalendar import print_icalendar
from ssflow.errors import InputError
from ssflow.text import Text
from ssflow.views.deadlines import deadline_view, left_view


@command(
    "due",
    Text("计算期间的最后一日", "When a span of time ends, and why"),
    """计算期间的最后一日，例如“15个工作日”“30个自然日”“6个月”“24小时”。

    起始日当天不计入；最后一日是休息日的，移到下一个工作日，--roll另有指定的除外。""",
)
@click.argument("span", type=SPAN)
@option(
    "--from",
    "start",
    type=WHEN,
    required=True,
    zh="起始日，当天不计入；小时则为时刻。",
    en="The day of the event, or an instant for hours.",
)
@option(
    "--roll",
    type=OneOf(ROLLS),
    zh="最后一日是休息日的，移到哪里；不写则依法。",
    en="Where a last day moves that is a rest day; by law if left out.",
)
@option("--before", is_flag=True, zh="从该日往前数。", en="Count back from the day.")
@option(
    "--first-day",
    type=OneOf(FIRST_DAYS),
    default="excluded",
    show_default=True,
    zh="起始日是否计入。",
    en="Whether the day of the event counts.",
)
@option(
    "--month-end",
    type=OneOf(MONTH_ENDS),
    default="clamp",
    show_default=True,
    zh="从月末起算的月期间，止于对应日，或者止于月末。",
    en="From the last day of a month to the corresponding day, or to the last day.",
)
@option(
    "--long-rests",
    type=OneOf(LONG_RESTS),
    default="counted",
    show_default=True,
    zh="连续三日以上的休假计入期间，或者顺延期间。",
    en="Whether three or more rest days in a row extend the span.",
)
@option(
    "--tolled",
    type=TOLLED,
    multiple=True,
    zh="从“停止”日停止计算，“恢复”日恢复；尚未恢复的只写“停止..”。可以写多次。",
    en="The clock was stopped START..END (it ran again on END), or START.. if it still is; may be repeated.",
)
@option("--restart", is_flag=True, zh="停止之后重新计算。", en="A clock that was stopped starts anew.")
@option(
    "--left",
    type=WHEN,
    zh="该日之后还剩多少；小时则写时刻。",
    en="Show what is left after this day, or at this instant for hours.",
)
@option("--explain", is_flag=True, zh="列出计算的每一步。", en="Show every step of the count.")
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
    question.check()
    deadline = question.counted().deadline(start, calendar, tolled)
    if ics:
        _enter(screen, deadline, left)
        return
    view = deadline_view(deadline, start, explain=explain)
    rest = left_view(deadline, left) if left else None
    if screen.as_json:
        screen.document({**view.document(), **({"left": rest.document()} if rest else {})})
        return
    tell_deadline(screen, view)
    if rest:
        tell_left(screen, rest)
    if explain:
        screen.line()
        tell_steps(screen, view.steps)


def _enter(screen: Screen, deadline: Deadline, left: date | datetime | None) -> None:
    """Print the deadline as an entry of a calendar."""
    if left:
        raise InputError.of(
            "--left",
            "--ics不说明还剩多少；请去掉--left",
            "a calendar entry does not tell what is left; leave out --left",
        )
    if deadline.due is None:
        raise InputError.of(
            "--tolled",
            "停止计算中，没有届满日可以写入日历；请用--tolled写明何时恢复",
            "the clock is stopped, so there is no due day to enter; say by --tolled when it runs again",
        )
    span: Span = deadline.span
    print_icalendar(screen, [deadline], screen.t(f"期限：{span.text.zh}", f"deadline: {span.text.en}"))
