"""The picture of due days: how many of a column fall on each day, and how many of them are forecasts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import altair as alt

from ssflow.calendar import DeadlineStatus
from ssflow.calendar.arrays.columns import MISSING, day_of
from ssflow.calendar.arrays.deadlines import Deadlines
from ssflow.calendar.arrays.rows import Rows
from ssflow.calendar.clock import ZONE
from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.moments import written
from ssflow.pictures.scales import by_day, chart_of, nothing
from ssflow.pictures.style import BLUE, SKY, WIDTH
from ssflow.tables import Table
from ssflow.text import NO_TEXT, Lang, Text

_MOST_DAYS, _MOST_WEEKS = 200, 1400  # days that are drawn one by one, and by weeks; longer times are drawn by months
_STEPS = {
    "day": Text("每日", "each day"),
    "week": Text("每周（自周一起）", "each week (from Monday)"),
    "month": Text("每月", "each month"),
}
_FIRM, _PROVISIONAL = (status.value for status in (DeadlineStatus.FIRM, DeadlineStatus.PROVISIONAL))


def due_days(found: Deadlines[Any], lang: Lang = "zh") -> Picture:
    """Return the picture of how many rows are due on each day; over a long time, in each week or month. Forecasts are light."""
    check_kind("found", found, Deadlines)
    check_lang("lang", lang)
    days, missing = _read(found)
    step = _step([day for day, _ in days])
    counts = Counter((_begin(day, step), provisional) for day, provisional in days)
    table = _table(counts)
    rows = [
        {
            "since": written(since),
            "until": written(_next(since, step)),
            "rows": number,
            "low": counts[since, False] if provisional else 0,
            "high": counts[since, False] * provisional + number,
            "status": (_PROVISIONAL if provisional else _FIRM).say(lang),
        }
        for (since, provisional), number in sorted(counts.items())
    ]
    title = Text(
        f"{_STEPS[step].zh}到期的行数",
        f"Rows due on {_STEPS[step].en}" if step == "day" else f"Rows due in {_STEPS[step].en}",
    )
    about = [
        Text(f"共{len(days):,}行有最后一日", f"{len(days):,} rows have a last day"),
        Text(
            f"另有{missing:,}行没有（停止计算，或者没有起始日）",
            f"{missing:,} have none: their clock is stopped, or their first day is missing",
        )
        if missing
        else NO_TEXT,
    ]
    return Picture(_chart(rows, lang), title, about, table, lang)


def _read(found: Deadlines[Any]) -> tuple[list[tuple[date, bool]], int]:
    """Return the due days, each with whether it is a forecast, and the number of rows without one."""
    rows = Rows(ZONE, "raise")
    numbers = rows.days("due", found.due)
    provisional = rows.values("provisional", found.provisional)
    days = [(day_of(n), bool(p)) for n, p in zip(numbers.tolist(), provisional.tolist(), strict=True) if n != MISSING]
    return days, len(numbers) - len(days)


def _step(days: list[date]) -> str:
    length = (max(days) - min(days)).days if days else 0
    return "day" if length <= _MOST_DAYS else "week" if length <= _MOST_WEEKS else "month"


def _begin(day: date, step: str) -> date:
    return day.replace(day=1) if step == "month" else day - timedelta(days=day.weekday() if step == "week" else 0)


def _next(day: date, step: str) -> date:
    if step == "month":
        return (day + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def _table(counts: Counter[tuple[date, bool]]) -> Table:
    rows = [
        {"since": day, "firm": counts[day, False], "provisional": counts[day, True]}
        for day in sorted({day for day, _ in counts})
    ]
    titles = {"since": Text("自", "from"), "firm": _FIRM, "provisional": _PROVISIONAL}
    return Table.of(rows, titles, Text("到期行数", "rows due"))


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    if not rows:
        return nothing(Text("没有一行有最后一日", "no row has a last day"), lang)
    names = [status.say(lang) for status in (_FIRM, _PROVISIONAL)]
    ink = alt.Color("status:N", title=None, scale=alt.Scale(domain=names, range=[BLUE, SKY]))
    across = by_day("since", lang, title=Text("最后一日", "last day"))
    base = chart_of(rows).mark_rect(stroke="white", strokeWidth=0.5)
    high = alt.Y("low:Q", title=Text("行数", "rows").say(lang), axis=alt.Axis(format=",d", tickMinStep=1))
    return base.encode(x=across, x2="until:T", y=high, y2="high:Q", color=ink).properties(width=WIDTH, height=240)
