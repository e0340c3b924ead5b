"""The picture of queues: the cases that queue at each station at the end of each day, with the interval over runs."""

from __future__ import annotations

from typing import Any

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import by_day, chart_of, ends_of, nothing
from ssflow.pictures.style import AMBER, BLUE, GREY, RED, STEEL, WIDTH
from ssflow.simulation import Simulation
from ssflow.text import Lang, Text


def queues(run: Simulation, lang: Lang = "zh") -> Picture:
    """Return the picture of the queue of each station at the end of each day: the mean over runs with its 95 % interval."""
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = run.queues()
    stations = [capacity.station for capacity in run.model.capacities]
    rows = [
        {
            "day": row["day"].isoformat(),
            "station": station.name.say(lang),
            "queue": row[station.id],
            **ends_of(row[station.id], row[f"{station.id}_margin"]),
        }
        for row in table.rows(lang)
        for station in stations
    ]
    names = [station.name.say(lang) for station in stations]
    title = Text("各岗位每日终了时的排队件数（件）", "Cases queueing at each station at the end of each day")
    about = [scene_of(run), interval_of(run, Text("浅色带", "The band"))]
    return Picture(_chart(rows, names, lang), title, about, table, lang)


def _chart(rows: list[dict[str, Any]], names: list[str], lang: Lang) -> Any:
    if not names:
        return nothing(Text("方案没有岗位，无人排队", "the scenario has no stations, so nobody queues"), lang)
    named = Text("排队件数（件）", "cases in the queue").say(lang)
    inks = [(BLUE, RED, AMBER, STEEL, GREY)[number % 5] for number in range(len(names))]
    key = alt.Legend(symbolType="stroke", symbolOpacity=1)
    ink = alt.Color("station:N", title=None, scale=alt.Scale(domain=names, range=inks), legend=key)
    base = chart_of(rows).encode(x=by_day("day", lang), color=ink)
    band = base.mark_area(opacity=0.25).encode(y=alt.Y("least:Q", title=named, stack=None), y2="most:Q")
    line = base.mark_line(strokeWidth=1.6).encode(y=alt.Y("queue:Q", title=named, scale=alt.Scale(domainMin=0)))
    return (band + line).properties(width=WIDTH, height=260)
