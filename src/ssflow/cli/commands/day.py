"""``ssflow day``: the kind of a day, and why."""

from __future__ import annotations

from datetime import date

import click

from ssflow.calendar import Day, WorkCalendar
from ssflow.calendar.weekdays import with_weekday
from ssflow.cli.input.arguments import DAY
from ssflow.cli.input.options import in_calendar
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.days import day_document, kind
from ssflow.cli.output.makeups import made_up_for
from ssflow.cli.output.yearnotes import notice_prose
from ssflow.errors import CoverageError
from ssflow.text import Text
from ssflow.views.coverage import calendar_view
from ssflow.views.reach import whose_days, why_provisional


@command(
    "day",
    Text("某日是否工作日，为什么", "What a day is, and why"),
    "说明某日是否上班、依据哪份通知，以及前后的工作日。",
)
@click.argument("on", type=DAY)
@in_calendar
def day_(screen: Screen, calendar: WorkCalendar, on: date) -> None:
    """Tell what a day is: worked or not, by which notice, and the working days before and after it."""
    found = calendar.day(on)
    name = found.name or _made_up_for(found, calendar)
    before, after = _workday(calendar, on, back=True), _workday(calendar, on, back=False)
    if screen.as_json:
        screen.document(
            {
                **day_document(found),
                "made_up_for": {"zh": name.zh, "en": name.en} if name and found.is_workday else None,
                "previous_workday": before.isoformat() if before else None,
                "next_workday": after.isoformat() if after else None,
                **calendar_view(calendar).document(),
            }
        )
        return
    _tell(screen, calendar, found, name)
    screen.line(
        screen.t("；", "; ").join(
            [
                screen.t(f"上一个工作日{_said(screen, before)}", f"working day before: {_said(screen, before)}"),
                screen.t(f"下一个工作日{_said(screen, after)}", f"after: {_said(screen, after)}"),
            ]
        )
    )


def _tell(screen: Screen, calendar: WorkCalendar, found: Day, name: Text | None) -> None:
    t = screen.t
    sure = t("确定", "firm") if found.firm else t("暂定", "provisional")
    what = screen.say(kind(found)) + (t(f"，{name.zh}", f", {name.en}") if name else "")
    screen.title(
        f"{_said(screen, found.date)}{t('：', ': ')}{what}{t(f'（{sure}）', f' ({sure})')}",
        screen.say(whose_days(calendar)),
    )
    for doubt in why_provisional(calendar, found.date, found.date):
        screen.line(screen.say(doubt), "yellow")
    if found.notice:
        screen.item(t("通知", "notice"), notice_prose(screen, found.notice, evidence=True), indent=0)
    elif name:
        screen.line(
            t("没有通知提到这一天，依放假办法", "no notice mentions it: it follows from the holiday regulation")
        )
    elif found.firm:
        screen.line(t("没有通知提到这一天，依周制", "no notice mentions it: as the week has it"))


def _made_up_for(found: Day, calendar: WorkCalendar) -> Text | None:
    return made_up_for(found.notice, calendar).get(found.date) if found.notice else None


def _workday(calendar: WorkCalendar, on: date, *, back: bool) -> date | None:
    """Return the working day before or after a day; None where the calendar ends."""
    try:
        return calendar.sub(on, 1) if back else calendar.add(on, 1)
    except CoverageError:
        return None


def _said(screen: Screen, day: date | None) -> str:
    if day is None:
        return screen.t("不详", "unknown")
    return screen.say(with_weekday(day))
