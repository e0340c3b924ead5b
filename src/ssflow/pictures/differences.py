"""The picture of a comparison: the effect of a change of law on each measure over pairs of runs, with intervals."""

from __future__ import annotations

from math import inf
from typing import Any

import altair as alt

from ssflow.calendar.account.looks import QUIET
from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import ONE_RUN, scene_of
from ssflow.pictures.scales import chart_of, ends_of, nothing
from ssflow.pictures.style import BLUE, width_of
from ssflow.simulation import Comparison
from ssflow.text import NO_TEXT, Lang, Text

_WIDTH, _HEIGHT = 300, 26  # of the panel of one measure, in pixels


def differences(comparison: Comparison, lang: Lang = "zh") -> Picture:
    """Return the picture of the difference of each measure that changed, with its 95 % interval, in the unit that its name gives."""
    check_kind("comparison", comparison, Comparison)
    check_lang("lang", lang)
    table = comparison.changed()
    _, cells = table.texts(lang)
    names = [name for name in table.columns if not name.endswith("_margin")]
    said = [dict(zip(names, row, strict=True)) for row in cells]
    rows = [_row(row, one) for row, one in zip(table.rows(lang), said, strict=True)]
    same = len(comparison.differences) - len(table)
    title = Text("改后与现行：各项指标之差", "Then and now: what differs")
    about = [
        scene_of(comparison.now),
        Text("点为改后减现行之差", "The dot is the difference: then less now"),
        Text(
            "线段为同一随机种子下逐次相减的95%置信区间",
            "The whisker is the 95 % interval of the difference over pairs of runs that share their luck",
        )
        if comparison.now.runs > 1
        else ONE_RUN,
        Text(f"其余{same}项没有差别", f"{_others(same)} at all") if rows else NO_TEXT,
        *comparison.notes,
    ]
    return Picture(_chart(rows, lang), title, about, table, lang)


def _row(row: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    """Return a row of the table with the ends of its interval, if it has a difference, and its numbers as people read them."""
    mean, margin = row["difference"], row.get("difference_margin") or 0.0
    sign = "+" if mean is not None and mean > 0 else ""
    ends = {} if mean is None else ends_of(mean, margin, least=-inf)
    return {**row, **ends, "said": f"{sign}{said['difference']}", "sides": f"{said['now']} → {said['then']}"}


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    """Return a panel for each measure, because units differ: its name, the difference on an axis of its own, both sides in figures."""
    if not rows:
        return nothing(Text("没有差别", "nothing differs"), lang)
    name = max(width_of(row["measure"]) for row in rows) + 12
    return alt.vconcat(*(_panel(row, name) for row in rows), spacing=16)


def _panel(row: dict[str, Any], name: float) -> Any:
    base, middle = chart_of([row]), alt.value(_HEIGHT / 2)
    label = base.mark_text(align="left", baseline="middle").encode(x=alt.value(-name), y=middle, text="measure:N")
    said = base.mark_text(align="left", baseline="middle", fontWeight=600)
    said = said.encode(x=alt.value(_WIDTH + 14), y=middle, text="said:N")
    sides = base.mark_text(align="left", baseline="middle", color=QUIET)
    sides = sides.encode(x=alt.value(_WIDTH + 30 + width_of(row["said"])), y=middle, text="sides:N")
    drawn = () if row["difference"] is None else _difference(row, base)
    return alt.layer(*drawn, label, said, sides).properties(width=_WIDTH, height=_HEIGHT)


def _difference(row: dict[str, Any], base: Any) -> tuple[Any, ...]:
    """Return the marks of a difference: zero, the interval, the mean."""
    axis = alt.Axis(tickCount=5, grid=False, title=None, offset=2)
    reach = max(abs(row["least"]), abs(row["most"])) * 1.15
    ends = [min(0.0, row["least"] - reach * 0.1), max(0.0, row["most"] + reach * 0.1)]
    across = alt.X("difference:Q", scale=alt.Scale(domain=ends, nice=True), axis=axis)
    middle = alt.value(_HEIGHT / 2)
    zero = chart_of([{"zero": 0}]).mark_rule(color=QUIET).encode(x="zero:Q")
    whisker = base.mark_rule(color=BLUE, strokeWidth=2.5).encode(x="least:Q", x2="most:Q", y=middle)
    dot = base.mark_point(filled=True, size=70, color=BLUE, opacity=1).encode(x=across, y=middle)
    return zero, whisker, dot


def _others(number: int) -> str:
    """Return in English how many measures are the same."""
    return "One other measure does not differ" if number == 1 else f"The other {number} measures do not differ"
