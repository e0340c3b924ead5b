"""The axes that pictures share: days across, rows down.

Days are drawn in universal time, so that no machine's zone moves them, and written in figures, as both languages do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import altair as alt

from ssflow.calendar.clock import ZONE, local
from ssflow.pictures.style import broken, extent_of
from ssflow.text import Lang, Text

DAY_FORMAT = "%Y-%m-%d"
LABEL = 420.0  # the longest line of the label of a row, in pixels


def chart_of(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    """A chart of some rows of data, which it holds itself."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def by_day(
    field: str, lang: Lang, *, first: str | None = None, last: str | None = None, title: Text | None = None
) -> alt.X:
    """A horizontal axis of days, labelled with years and months as both languages write them."""
    domain: Any = alt.Undefined if first is None else [first, last]
    name = (title or Text("日期", "day")).say(lang)
    return alt.X(
        f"{field}:T",
        title=name,
        scale=alt.Scale(type="utc", domain=domain, nice=False),
        axis=alt.Axis(format=DAY_FORMAT, labelAngle=0, tickCount=7, labelOverlap="greedy", grid=False),
    )


def moment(when: date | datetime) -> datetime:
    """A moment as the clocks of Beijing show it; a day stands for its beginning."""
    if isinstance(when, datetime):
        there = local(when, ZONE)
        return datetime(there.year, there.month, there.day, there.hour, there.minute)  # noqa: DTZ001 - drawn as it reads
    return datetime.combine(when, time())


def written(at: date | datetime) -> str:
    """A day or a moment as the axis reads it."""
    return f"{at if isinstance(at, datetime) else moment(at):%Y-%m-%dT%H:%M}:00Z"


def by_row(labels: Sequence[str], lang: Lang, field: str = "row") -> alt.Y:
    """A row for each of some labels in their order, which may be alike; the data name the number of their row."""
    lines = [broken([label], lang, LABEL) for label in labels]
    room = extent_of(line for label in lines for line in label) + 8
    axis = alt.Axis(
        labelExpr=f"{json.dumps(lines, ensure_ascii=False)}[datum.value]",
        labelAlign="left",
        labelPadding=room,
        labelLineHeight=13,
        minExtent=room,
        ticks=False,
        domain=False,
        grid=False,
    )
    return alt.Y(f"{field}:O", title=None, axis=axis, scale=alt.Scale(domain=list(range(len(labels)))))


def height_of(labels: Sequence[str], lang: Lang, one: int) -> int:
    """How high so many rows are together, where a row of one line has the height of ``one``."""
    most = max((len(broken([label], lang, LABEL)) for label in labels), default=1)
    return max(1, len(labels)) * (one + 13 * (most - 1))
