"""The axes that pictures share, of days across and of rows down, and the ends of intervals. Days are in figures, as in both languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import inf
from typing import Any

import altair as alt

from ssflow.pictures.style import broken, extent_of
from ssflow.text import Lang, Text

_DAYS = (
    "utchours(datum.value) ? '' : datum.label"  # over a few days an axis also has ticks at hours, which are not named
)
LABEL = 420.0  # the longest line in the label of a row, in pixels


def chart_of(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    """Return a chart that holds some rows of data."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def nothing(said: Text, lang: Lang) -> Any:
    """Return a sentence to draw where there is no data."""
    words = chart_of([{"said": said.say(lang)}]).mark_text(align="left")
    return words.encode(x=alt.value(0), text="said:N")


def by_day(
    field: str, lang: Lang, *, first: str | None = None, last: str | None = None, title: Text | None = None
) -> alt.X:
    """Return a horizontal axis of days, labelled with years and months as both languages write them."""
    domain: Any = alt.Undefined if first is None else [first, last]
    name = (title or Text("日期", "day")).say(lang)
    return alt.X(
        f"{field}:T",
        title=name,
        scale=alt.Scale(type="utc", domain=domain, nice=False),
        axis=alt.Axis(format="%Y-%m-%d", labelExpr=_DAYS, labelAngle=0, tickCount=7, labelOverlap="greedy", grid=False),
    )


def ends_of(mean: float, margin: float | None, least: float = 0.0, most: float = inf) -> dict[str, float | None]:
    """Return the ends of the interval around a mean, within the range of the measure; None if one run gives no interval."""
    if margin is None:
        return {"least": None, "most": None}
    return {"least": max(least, mean - margin), "most": min(most, mean + margin)}


def by_row(labels: Sequence[str], lang: Lang) -> alt.Y:
    """Return a row for each label in order; labels may be equal, so the data name the number of their row as ``row``."""
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
    return alt.Y("row:O", title=None, axis=axis, scale=alt.Scale(domain=list(range(len(labels)))))


def height_of(labels: Sequence[str], lang: Lang, one: int) -> int:
    """Return the height of all rows together, where a row with one line has the height ``one``."""
    most = max((len(broken([label], lang, LABEL)) for label in labels), default=1)
    return max(1, len(labels)) * (one + 13 * (most - 1))
