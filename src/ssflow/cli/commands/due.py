"""``ssflow due``: when a span of time ends, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from ssflow.calendar import Deadline, DeadlineStatus, Span, Tolled, WorkCalendar
from ssflow.calendar.spans import ROLLS
from ssflow.cli.input.arguments import SPAN, TOLLED, WHEN, with_rules
from ssflow.cli.input.options import region_option, speaks, strict_option
from ssflow.cli.output.accounts import account, steps_document
from ssflow.cli.output.answer import Screen, moment
from ssflow.cli.output.documents import Document
from ssflow.regions import region_name
from ssflow.text import Text

_NO_OVERLAY = Text(
    "日历尚无地方假日，按全国安排计算", "the calendar holds no local holidays yet: counted by the national ones"
)


@click.command(short_help="When a span of time ends, and why · 计算期限届满日")
@click.argument("span", type=SPAN)
@click.option("--from", "start", type=WHEN, required=True, help="The day of the event, or an instant for hours.")
@region_option
@click.option("--roll", type=click.Choice(ROLLS), help="Where a last day that rests moves; by law if left out.")
@click.option("--before", is_flag=True, help="Count back from the day.")
@click.option(
    "--tolled", type=TOLLED, multiple=True, help="The clock stood START..END (it ran again on END), or START.."
)
@strict_option
@click.option("--explain", is_flag=True, help="Tell every step of the count.")
@speaks
def due(
    screen: Screen,
    span: Span,
    start: date | datetime,
    region: str,
    roll: Any,
    before: bool,
    tolled: tuple[Tolled, ...],
    strict: bool,
    explain: bool,
) -> None:
    """Compute the last day of a span such as "20 workdays", "30 days", "6 months" or "24 hours".

    The day of the event is not counted; a last day that rests moves to the next working day, unless --roll says otherwise.
    """
    fault = _contradiction(span, start, roll, before=before, tolled=tolled)
    if fault:
        raise click.UsageError(screen.say(fault))
    calendar = WorkCalendar.china().strict() if strict else WorkCalendar.china()
    deadline = with_rules(span, roll, before=before).deadline(start, calendar, tolled)
    if screen.as_json:
        steps = {"steps": steps_document(deadline)} if explain else {}
        screen.document({**_document(deadline, start, region), **steps})
        return
    _tell(screen, deadline, start, region)
    if explain:
        screen.line()
        account(screen, deadline)


def _contradiction(
    span: Span, start: date | datetime, roll: str | None, *, before: bool, tolled: tuple[Tolled, ...]
) -> Text | None:
    """What in the question contradicts itself, and what to do about it."""
    if span.unit == "hours" and not isinstance(start, datetime):
        return Text(
            f"小时从时刻起算，不能从日期起算；--from请写成{start}T10:00+08:00的形式",
            f"hours run from an instant, not from a day; write --from like {start}T10:00+08:00",
        )
    if roll not in (None, "none") and span.unit in ("workdays", "hours"):
        return Text(
            "工作日和小时期间的末日不顺延；请去掉--roll", "a span of workdays or hours never rolls; leave out --roll"
        )
    if before and span.unit == "hours":
        return Text("小时不倒数；请改用days", "hours are not counted back; take days")
    if before and tolled:
        return Text(
            "倒数期间不停止计算；--before与--tolled不能并用",
            "a span counted back does not stop; leave out --before or --tolled",
        )
    backwards = [f"{stopped}..{resumed}" for stopped, resumed in tolled if resumed is not None and resumed < stopped]
    if backwards:
        return Text(f"--tolled {backwards[0]} 恢复早于停止", f"--tolled {backwards[0]} resumes before it stops")
    return None


def _document(deadline: Deadline, start: date | datetime, region: str) -> Document:
    closes = deadline.closes()
    return {
        "span": str(deadline.span),
        "roll": deadline.span.roll,
        "before": deadline.span.before,
        "from": start.isoformat(),
        "tolled": [[s.isoformat(), r.isoformat() if r else None] for s, r in deadline.tolled],
        "due": deadline.due.isoformat() if deadline.due else None,
        "status": deadline.status.name,
        "closes": closes.isoformat() if closes else None,
        "firm_through": deadline.calendar.firm_through.isoformat(),
        "region": region,
        "region_name": region_name(region),
    }


def _tell(screen: Screen, deadline: Deadline, start: date | datetime, region: str) -> None:
    t, span = screen.t, screen.say(deadline.span.text)
    when = moment(start)
    if deadline.span.before:
        asked = t(f"{when}前{span}", f"{span} before {when}")
    else:
        asked = t(f"自{when}起{span}", f"{span} from {when}")
    screen.line(asked)
    screen.title(t(f"最后一日：{_last(screen, deadline)}", f"due: {_last(screen, deadline)}"))
    if deadline.status is DeadlineStatus.PROVISIONAL:
        firm = deadline.calendar.firm_through
        screen.line(
            t(
                f"工作日安排确定至{firm}，其后为推算",
                f"working days are firm through {firm}; what follows is a forecast",
            )
        )
    if region:
        screen.line(f"{region_name(region)} {region}{t('：', ': ')}{screen.say(_NO_OVERLAY)}", "yellow")


def _last(screen: Screen, deadline: Deadline) -> str:
    closes = deadline.closes()
    sure = screen.say(deadline.status.value)
    if closes is None:
        return screen.t("停止计算中，暂无", "none yet, the clock is stopped")
    exact = f" {closes:%H:%M}" if deadline.span.unit == "hours" else ""
    return f"{closes:%Y-%m-%d}{exact}" if exact else screen.t(f"{deadline.due}（{sure}）", f"{deadline.due} ({sure})")
