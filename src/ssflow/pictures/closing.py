"""The picture of closing times, beside the limits of law by which the terms ran."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal

import altair as alt
import numpy as np

from ssflow.calendar import Span
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import chart_of, ends_of
from ssflow.pictures.style import BLUE, RED, SKY, WIDTH
from ssflow.process import Term
from ssflow.simulation import Simulation
from ssflow.simulation.results.measures import clocks_of
from ssflow.tables import Estimate, Table
from ssflow.text import Lang, Text

Unit = Literal["workdays", "days"]
_UNITS: dict[Unit, Text] = {"workdays": Text("工作日", "working days"), "days": Text("自然日", "calendar days")}
_HOURS = 24
_TAIL = 0.005  # of the cases that are ever closed; left out at the end of the axis
_PER_UNIT = {"workdays": {"workdays": 1}, "days": {"days": 1, "weeks": 7}}


def closing(run: Simulation, lang: Lang = "zh", unit: Unit | None = None) -> Picture:
    """Return the picture of the share of cases closed so many days after their opening, with its 95 % interval over runs.

    The limits of law in the same unit are drawn as lines. Each runs from its own start, not from the opening. ``unit`` is ``workdays`` or
    ``days``; left out, it is that of most limits.

    Raises:
        InputError: there is no such unit.

    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    limits = _limits(run)
    unit = _unit(unit, (span for _, span in limits))
    table = _shares(run, unit)
    lines = [
        {"at": span.n * per, "limit": span.text.say(lang), "said": _said(title, span, lang)}
        for title, span in limits
        if (per := _PER_UNIT[unit].get(span.unit))
    ]
    end = _end(table, lines)
    rows = [
        {**row, **ends_of(row["closed"], row["closed_margin"], most=100.0)}
        for row in table.rows(lang)
        if row["after"] <= end
    ]
    return Picture(_chart(rows, lines, unit, lang), *_words(run, unit, lines), table, lang)


def _unit(given: object, spans: Iterable[Span]) -> Unit:
    if given is None:
        counted = Counter("workdays" if span.unit == "workdays" else "days" for span in spans)
        return "days" if counted["days"] > counted["workdays"] else "workdays"
    for unit in _UNITS:
        if isinstance(given, str) and given == unit:
            return unit
    raise InputError.of("unit", f"须为{'、'.join(_UNITS)}之一", f"{given!r} is none of {', '.join(_UNITS)}")


def _limits(run: Simulation) -> list[tuple[Text, Span]]:
    """Return the figures by which terms ran, without extended ones, the most frequent first: title and span."""
    clocks = dict(clocks_of(run.model))
    chart = run.model.chart
    shown: Counter[int] = Counter()
    for tally in run.tallies:
        shown.update({face: int(n) for face, n in enumerate(tally.shown.tolist()) if n})
    found: Counter[tuple[Text, Span]] = Counter()
    for number, times in shown.items():
        face = chart.faces[number]
        clock = clocks.get(chart.slots.index((face.case, face.clock)))
        if isinstance(clock, Term) and len(face.spans) == 1:
            found[clock.title, face.spans[0]] += times
    return [limit for limit, _ in found.most_common()]


def _shares(run: Simulation, unit: Unit) -> Table:
    """Return the share of the opened cases that was closed within so many days."""
    sides = []
    for tally in run.tallies:
        counts = tally.workdays if unit == "workdays" else _by_day(tally.hours)
        sides.append(100 * np.cumsum(counts) / max(1, tally.number_opened))
    rows = [
        {"after": after, "closed": Estimate.of(map(float, shares))} for after, shares in enumerate(np.stack(sides).T)
    ]
    name = _UNITS[unit]
    titles = {
        "after": Text(f"登记后的{name.zh}数", f"{name.en} after the opening"),
        "closed": Text("已办结（%）", "closed (%)"),
    }
    return Table.of(rows, titles, Text("办结用时", "time to close"))


def _by_day(hours: Any) -> Any:
    """Return counts by whole hours as counts by days: up to 24 hours are one day."""
    return np.concatenate([[0], np.add.reduceat(hours, np.arange(0, len(hours), _HOURS))])


def _end(table: Table, lines: list[dict[str, Any]]) -> int:
    """Return where the axis ends: little happens beyond it."""
    closed = table["closed"]
    reached = next((n for n, share in enumerate(closed) if share >= closed[-1] * (1 - 4 * _TAIL)), len(closed))
    return max(10, int(reached * 1.1), *(int(line["at"] * 1.3) for line in lines))


def _said(title: Text, span: Span, lang: Lang) -> str:
    return Text(f"“{title.zh}”法定{span.text.zh}", f'limit of "{title.en}": {span.text.en}').say(lang)


def _chart(rows: list[dict[str, Any]], lines: list[dict[str, Any]], unit: Unit, lang: Lang) -> Any:
    name = _UNITS[unit]
    end = rows[-1]["after"]
    scale = alt.Scale(domain=[0, end], nice=False)
    across = alt.X(
        "after:Q",
        title=Text(f"登记后的{name.zh}数", f"{name.en} after the opening").say(lang),
        axis=alt.Axis(grid=False, format=",d", tickMinStep=1),
        scale=scale,
    )
    named = Text("已办结（%）", "closed (%)").say(lang)
    share = alt.Y("closed:Q", title=named, scale=alt.Scale(domain=[0, 100]))
    base = chart_of(rows).encode(x=across)
    band = base.mark_area(color=SKY, opacity=0.9, interpolate="step-after").encode(
        y=alt.Y("least:Q", title=named), y2="most:Q"
    )
    line = base.mark_line(color=BLUE, strokeWidth=2, interpolate="step-after").encode(y=share)
    rules = chart_of(lines).mark_rule(color=RED, strokeDash=[5, 3], strokeWidth=1.4).encode(x="at:Q")
    curve = alt.layer(band, line, *([rules] if lines else [])).properties(width=WIDTH, height=260)
    return alt.vconcat(_bars(lines, scale, end), curve, spacing=4) if lines else curve


def _bars(lines: list[dict[str, Any]], scale: alt.Scale, end: int) -> Any:
    """Return the limits as bars above the curve, each with its name, inside a long bar and after a short one."""
    placed = [{**one, "from": 0, "inside": one["at"] > end / 2} for one in lines]
    base = chart_of(placed).encode(y=alt.Y("said:N", sort=None, axis=None))
    bar = base.mark_bar(color=RED, height=15).encode(x=alt.X("from:Q", scale=scale, axis=None), x2="at:Q")
    inside = base.transform_filter("datum.inside").mark_text(align="right", dx=-6, color="white")
    outside = base.transform_filter("!datum.inside").mark_text(align="left", dx=6, color=RED)
    words = [text.encode(x=alt.X("at:Q", scale=scale, axis=None), text="said:N") for text in (inside, outside)]
    return alt.layer(bar, *words).properties(width=WIDTH, height=19 * len(placed))


def _words(run: Simulation, unit: Unit, lines: list[dict[str, Any]]) -> tuple[Text, list[Text]]:
    name = _UNITS[unit]
    about = [scene_of(run), interval_of(run, Text("浅色带", "The band"))]
    if lines:
        about.append(
            Text(
                "红条为法定期限，均自其起始日起算，不自登记起算",
                "Each red bar is a limit of law, which runs from its own start and not from the opening",
            )
        )
    return Text(
        f"办结用时：登记后若干{name.zh}内办结的比例（%）", f"Time to close: share closed within so many {name.en} (%)"
    ), about
