"""The picture of a plan: each term and lapse of its cases over the calendar, by the last day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import altair as alt

from ssflow.calendar import DeadlineStatus, WorkCalendar
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError
from ssflow.life_events.plan import Duty, Plan
from ssflow.pictures.drawn import Picture
from ssflow.pictures.moments import end_of, moment, written
from ssflow.pictures.rests import colours, rests_between, shaded
from ssflow.pictures.scales import by_day, by_row, chart_of, height_of
from ssflow.pictures.style import BLUE, GREY, RED, STEEL, WIDTH
from ssflow.process import Lapse
from ssflow.regions import NATION
from ssflow.tables import Table
from ssflow.text import Lang, Text
from ssflow.views.obligations import NONE_RUNS

_ROW = 26
_MARGIN = 0.16  # share of the period, after its end: room for the last day in figures
_LEAST = timedelta(days=14)  # after the day of the plan
_KINDS: dict[str, tuple[Text, str]] = {
    "term": (Text("期限", "term"), BLUE),
    "lapse": (Text("期满失效", "lapse"), STEEL),
    "overdue": (Text("已逾期", "overdue"), RED),
}


def duties(plan: Plan, lang: Lang | None = None) -> Picture:
    """Return the picture of each term and lapse in a plan, from its start to its last day; one without a last day is written beside today's line.

    ``lang`` is that of the plan unless another is given.
    """
    check_kind("plan", plan, Plan)
    lang = plan.lang if lang is None else lang
    check_lang("lang", lang)
    known, now = plan.duties, _now(plan)
    title = Text(f"{plan.title.zh}：各项期限", f"{plan.title.en}: what is due when")
    about = [Text(f"截至{now:%Y-%m-%d}的情形", f"As of {now:%Y-%m-%d}")]
    if not known:
        about.append(Text(NONE_RUNS.zh, NONE_RUNS.en.capitalize()))
    return Picture(_chart(plan, known, now, lang), title, about, _table(known), lang)


def _now(plan: Plan) -> datetime:
    """Return the day of the plan, or that of the last event of its cases."""
    days = [plan.on] if plan.on else [case.last for case in plan.cases if case.last]
    if not days:
        raise InputError.of("plan", "安排中没有已登记的办件", "no case of the plan is opened")
    return max(moment(day) for day in days)


def _table(known: tuple[Duty, ...]) -> Table:
    rows = [
        {
            "case": duty.case.id,
            "procedure": duty.case.process.title,
            "by": duty.owed_by,
            "what": duty.title,
            "starts": duty.obligation.starts,
            "due": duty.due,
            "status": duty.status,
        }
        for duty in known
    ]
    titles = {
        "case": Text("办件", "case"),
        "procedure": Text("程序", "procedure"),
        "by": Text("主体", "who"),
        "what": Text("环节", "what"),
        "starts": Text("起始日", "starts"),
        "due": Text("最后一日", "due"),
        "status": Text("确定性", "status"),
    }
    return Table.of(rows, titles, Text("各项期限", "what is due when"))


def _label(duty: Duty, lang: Lang) -> str:
    who, what, where = (text.say(lang) for text in (duty.owed_by, duty.title, duty.case.process.title))
    return Text(f"{where}：{what}（{who}）", f"{where}: {what} ({who})").say(lang)


def _row(duty: Duty, row: int, now: datetime, lang: Lang) -> dict[str, Any]:
    kind = "overdue" if duty.obligation.overdue else "lapse" if isinstance(duty.obligation.clock, Lapse) else "term"
    began = duty.obligation.began or duty.obligation.starts
    start = moment(began) if began else now
    closes = duty.due and end_of(duty.due)
    said = f"{duty.due}" if duty.due else duty.status.say(lang)
    firm = duty.obligation.status is not DeadlineStatus.PROVISIONAL
    return {
        "row": row,
        "kind": _KINDS[kind][0].say(lang),
        "since": written(start),
        "until": written(closes or max(start, now)),
        "said": said if firm else f"{said} {duty.status.say(lang)}",
    }


def _chart(plan: Plan, known: tuple[Duty, ...], now: datetime, lang: Lang) -> Any:
    rows = [_row(duty, number, now, lang) for number, duty in enumerate(known)]
    first = min([now, *(moment(duty.obligation.starts) for duty in known if duty.obligation.starts)])
    last = max([now + _LEAST, *(end_of(duty.due) for duty in known if duty.due)])
    first, end = datetime.combine(first, time()), last + (last - first) * _MARGIN
    shades = rests_between(_calendar(plan), first, end, lang)
    seen = {shade["day"] for shade in shades} | {row["kind"] for row in rows}
    colour = colours(lang, _KINDS.values(), seen, columns=6)
    across = by_day("since", lang, first=written(first), last=written(end))
    labels = [_label(duty, lang) for duty in known]
    height = height_of(labels, lang, _ROW)
    shade = shaded(shades, across, height, colour)
    base = chart_of(rows).encode(y=by_row(labels, lang))
    bars = base.mark_bar(height=12).encode(x=across, x2="until:T", color=colour("kind"))
    said = base.mark_text(align="left", dx=5).encode(x=alt.X("until:T"), text="said:N")
    today = chart_of([{"now": written(now)}]).mark_rule(color=GREY, strokeDash=[4, 3])
    return alt.layer(shade, today.encode(x=alt.X("now:T")), bars, said).properties(width=WIDTH, height=height)


def _calendar(plan: Plan) -> WorkCalendar:
    """Return the calendar of the first place of the first case."""
    code = next((code for case in plan.cases for code in case.places.values()), NATION)
    return plan.law.calendar.in_region(code)
