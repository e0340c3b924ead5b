"""The picture of a year of working days: a row for each month, with rests, make-up days and forecasts."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from ssflow.calendar import Day, DayKind, WorkCalendar
from ssflow.calendar.account.looks import INKS, NAMES, QUIET, Look
from ssflow.calendar.weekdays import NARROW
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError
from ssflow.pictures.drawn import Picture
from ssflow.pictures.scales import chart_of
from ssflow.tables import Table
from ssflow.text import NO_TEXT, Lang, Text
from ssflow.views.reach import whose_days
from ssflow.views.wording import sentence

_CELL, _HEIGHT = 25, 25
_LOOKS: dict[DayKind, Look] = {
    DayKind.WORKDAY: "plain",
    DayKind.MAKEUP: "makeup",
    DayKind.STATUTORY: "statutory",
    DayKind.SWAPPED: "rest",
    DayKind.EXTRA: "extra",
    DayKind.WEEKEND: "weekend",
}
_NAMES = {"plain": Text("工作日", "working day"), **NAMES}
_MONTHS = Text("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")


def year(calendar: WorkCalendar, of: int | None = None, lang: Lang = "zh") -> Picture:
    """Return the picture of the days of a year. Days that are a forecast are dashed.

    Left out, the year is the last firm one; for a calendar without one, the first that it knows.

    Raises:
        InputError: ``of`` is not a year.
        CoverageError: the calendar does not reach all days of the year.

    """
    check_kind("calendar", calendar, WorkCalendar)
    check_lang("lang", lang)
    of = max(calendar.firm_through, calendar.first_day).year if of is None else of
    check_kind("of", of, int)
    if not date.min.year <= of <= date.max.year:
        raise InputError.of("of", f"没有公元{of}年", f"there is no year {of}")
    days = list(calendar.days(date(of, 1, 1), date(of, 12, 31)))
    rows = [_row(day, lang) for day in days]
    title = Text(f"{of}年工作日历", f"Working days of {of}")
    return Picture(_chart(rows, lang), title, _about(calendar, days), _table(days), lang)


def _about(calendar: WorkCalendar, days: list[Day]) -> list[Text]:
    worked = sum(day.is_workday for day in days)
    counted = Text(
        f"工作日{worked}天，休息日{len(days) - worked}天", f"{worked} working days, {len(days) - worked} days of rest"
    )
    unsure = sum(not day.firm for day in days)
    forecast = Text(
        f"虚线的{unsure}天为暂定，尚无通知确定", f"{unsure} dashed days are provisional: no notice settles them yet"
    )
    return [sentence(counted, whose_days(calendar)), forecast if unsure else NO_TEXT]


def _row(day: Day, lang: Lang) -> dict[str, Any]:
    first = date(day.date.year, day.date.month, 1).weekday()
    look = _look(day)
    return {
        "day": day.date.isoformat(),
        "month": day.date.month,
        "column": first + day.date.day - 1,
        "number": day.date.day,
        "kind": day.kind.value.say(lang),
        "works": day.is_workday,
        "name": day.name.say(lang) if day.name else "",
        "notice": str(day.notice or ""),
        "firm": day.firm,
        "look": _NAMES[look].say(lang),
        "text": INKS[look].text,
    }


def _look(day: Day) -> Look:
    """Return the look of a day: a weekend within a rest that a notice arranges looks like that rest, as in other calendars of the library."""
    return "rest" if day.kind is DayKind.WEEKEND and day.name else _LOOKS[day.kind]


def _table(days: list[Day]) -> Table:
    rows = [
        {
            "day": day.date,
            "kind": day.kind.value,
            "works": day.is_workday,
            "name": day.name or NO_TEXT,
            "notice": str(day.notice or ""),
            "firm": day.firm,
        }
        for day in days
    ]
    titles = {
        "day": Text("日期", "day"),
        "kind": Text("类别", "kind"),
        "works": Text("是否工作日", "worked"),
        "name": Text("节日", "festival"),
        "notice": Text("通知", "notice"),
        "firm": Text("是否确定", "firm"),
    }
    return Table.of(rows, titles, Text("工作日历", "working days"))


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    weekdays, months = [day.say(lang) for day in NARROW], _MONTHS.say(lang).split()
    columns = list(range(max(row["column"] for row in rows) + 1))
    across = alt.X(
        "column:O",
        title=None,
        scale=alt.Scale(domain=columns, paddingInner=0.12, paddingOuter=0.06),
        axis=alt.Axis(
            orient="top",
            labelExpr=f"{weekdays}[datum.value % 7]",
            labelAngle=0,
            labelColor=QUIET,
            ticks=False,
            domain=False,
            labelOverlap=False,
        ),
    )
    down = alt.Y(
        "month:O",
        title=None,
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0.06),
        axis=alt.Axis(labelExpr=f"{months}[datum.value - 1]", ticks=False, domain=False, minExtent=34),
    )
    looks = [look for look in _LOOKS.values() if _NAMES[look].say(lang) in {row["look"] for row in rows}]
    names, inks = [_NAMES[look].say(lang) for look in looks], [INKS[look] for look in looks]
    tiles = alt.Scale(domain=names, range=["white" if ink.tile == "none" else ink.tile for ink in inks])
    edges = alt.Scale(domain=names, range=[ink.edge for ink in inks])
    legend = alt.Legend(orient="bottom", title=None, symbolType="square", symbolStrokeWidth=1, offset=10, columns=6)
    base = chart_of(rows).encode(x=across, y=down)
    hints = [alt.Tooltip(f"{name}:N") for name in ("day", "kind", "name", "notice", "firm")]
    looks_of = {
        "fill": alt.Fill("look:N", scale=tiles, legend=legend),
        "stroke": alt.Stroke("look:N", scale=edges, legend=legend),
        "tooltip": hints,
    }
    firm = base.transform_filter("datum.firm").mark_rect(strokeWidth=1).encode(**looks_of)
    unsure = base.transform_filter("!datum.firm").mark_rect(strokeWidth=1, strokeDash=[3, 3])
    number = base.mark_text(fontSize=11).encode(text="number:Q", color=alt.Color("text:N", scale=None, legend=None))
    return alt.layer(firm, unsure.encode(**looks_of), number).properties(
        width=len(columns) * _CELL, height=12 * _HEIGHT
    )
