"""The picture of the backlog: the open cases on each day, with the interval over runs, and their states."""

from __future__ import annotations

from typing import Any

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import by_day, chart_of, ends_of
from ssflow.pictures.style import BLUE, SKY, WIDTH
from ssflow.simulation import Simulation
from ssflow.text import Lang, Text


def backlog(run: Simulation, lang: Lang = "zh") -> Picture:
    """Return the picture of the open cases at the end of each day: the mean over runs with its 95 % interval."""
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = run.backlog().only("day", "open")
    rows: list[dict[str, Any]] = [
        {
            "day": row["day"].isoformat(),
            "open": row["open"],
            **ends_of(row["open"], row["open_margin"]),
        }
        for row in table.rows(lang)
    ]
    base = chart_of(rows).encode(x=by_day("day", lang))
    named = Text("未结件数（件）", "open cases").say(lang)
    count = alt.Y("open:Q", title=named, scale=alt.Scale(domainMin=0))
    band = base.mark_area(color=SKY, opacity=0.9).encode(y=alt.Y("least:Q", title=named), y2="most:Q")
    line = base.mark_line(color=BLUE, strokeWidth=1.6).encode(y=count)
    chart = (band + line).properties(width=WIDTH, height=260)
    heading = Text("每日终了时的未结件数（件）", "Open cases at the end of each day")
    band_is = interval_of(run, Text("浅色带", "The band"))
    return Picture(chart, heading, [scene_of(run), band_is], table, lang)
