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
from ssflow.simulation.results.stations import capacities_of
from ssflow.text import NO_TEXT, Lang, Text

_INKS = (BLUE, RED, AMBER, STEEL, GREY)


def queues(run: Simulation, lang: Lang = "zh") -> Picture:
    """Return the picture of the queue of each station at the end of each day: the mean over runs with its 95 % interval.

    Of more than five stations, those with the longest queues are drawn; the table has all of them.
    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = run.queues()
    every = [capacity.station for capacity in capacities_of(run.model)]
    longest = sorted(every, key=lambda one: -float(table[one.id].mean()))[: len(_INKS)]
    stations = [station for station in every if station in longest]
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
    about = [scene_of(run), interval_of(run, Text("浅色带", "The band")), _left_out(len(every) - len(stations))]
    return Picture(_chart(rows, names, lang), title, about, table, lang)


def _left_out(number: int) -> Text:
    """Return a note if some stations are not drawn, because there are more of them than colours."""
    if not number:
        return NO_TEXT
    return Text(
        f"只画平均排队最多的{len(_INKS)}个岗位，另有{number}个见table",
        f"Only the {len(_INKS)} stations with the longest queues on average are drawn; the table has {number} more",
    )


def _chart(rows: list[dict[str, Any]], names: list[str], lang: Lang) -> Any:
    if not names:
        return nothing(Text("方案没有岗位，无人排队", "the scenario has no stations, so nobody queues"), lang)
    named = Text("排队件数（件）", "cases in the queue").say(lang)
    key = alt.Legend(symbolType="stroke", symbolOpacity=1)
    ink = alt.Color("station:N", title=None, scale=alt.Scale(domain=names, range=_INKS[: len(names)]), legend=key)
    base = chart_of(rows).encode(x=by_day("day", lang), color=ink)
    band = base.mark_area(opacity=0.25).encode(y=alt.Y("least:Q", title=named, stack=None), y2="most:Q")
    line = base.mark_line(strokeWidth=1.6).encode(y=alt.Y("queue:Q", title=named, scale=alt.Scale(domainMin=0)))
    return (band + line).properties(width=WIDTH, height=260)
