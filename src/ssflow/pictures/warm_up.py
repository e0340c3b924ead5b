"""The picture for choosing a warm-up, by the procedure of Welch: the mean over runs, day by day, and its moving average.

P. D. Welch, The statistical analysis of simulation results, in: S. S. Lavenberg (ed.), Computer Performance Modeling Handbook, 1983.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import accumulate
from typing import Any

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError, UnknownError
from ssflow.pictures.drawn import Picture
from ssflow.pictures.moments import written
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import by_day, chart_of, ends_of
from ssflow.pictures.style import AMBER, BLUE, SKY, STEEL, STONE, WIDTH
from ssflow.simulation import Simulation
from ssflow.tables import Table
from ssflow.text import Lang, Text

USUAL = 21  # days: whole weeks, so that weekdays do not show
_HEIGHT = 260


def warm_up(run: Simulation, lang: Lang = "zh", station: str | None = None, window: int | None = None) -> Picture:
    """Return the picture of open cases at the end of each day of arrivals, their moving average, and the warm-up of the scenario.

    The warm-up is long enough if the average, which leaves out the weekdays and most of chance, is level from its end on. ``station`` takes
    the queue of a station in place of the open cases. ``window`` is the number of days in the average, an odd number, 21 if left out; near
    the first day the average takes as many days as there are on both sides, and the last days have none.

    Raises:
        InputError: the window is even, or longer than the days of arrivals.
        UnknownError: the scenario has no such station.

    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    check_kind("station", station, str, type(None))
    check_kind("window", window, int, type(None))
    days = run.scenario.days - run.scenario.follow
    window = min(USUAL, days - 1 + days % 2) if window is None else window
    if not (1 <= window <= days and window % 2):
        raise InputError.of(
            "window",
            f"须为奇数，且不超过有办件到达的{days}天；实际为{window}",
            f"an odd number of days is required, at most the {days} on which cases arrive, not {window}",
        )
    table = _by_day(run, station, days, window)
    of = table.titles["mean"]
    title = Text(
        f"预热期：每日终了时的{of.zh}及其移动平均（件）",
        f"Warm-up: {of.en} at the end of each day, and the moving average",
    )
    lines = Text(
        f"细线为各次运行的平均，粗线为其{window}天移动平均",
        f"The thin line is the mean over runs, the thick one its moving average over {window} days",
    )
    level = Text(
        "粗线走平后，开头没有办件的影响才算消除", "Where the thick line has become level, the empty beginning is over"
    )
    about = [scene_of(run), lines, interval_of(run, Text("浅色带", "The band")), level, _chosen(run)]
    return Picture(_chart(run, table, lang), title, about, table, lang)


def _by_day(run: Simulation, station: str | None, days: int, window: int) -> Table:
    capacities = {capacity.station.id: capacity.station.name for capacity in run.model.capacities}
    if station is not None and station not in capacities:
        none = None if capacities else Text("方案没有岗位", "the scenario has no stations")
        raise UnknownError("station", station, capacities, hint=none)
    told = run.backlog() if station is None else run.queues()
    name = "open" if station is None else station
    of = Text("未结件数", "open cases")
    if station is not None:
        of = Text(f"“{capacities[station].zh}”排队件数", f'cases queueing at "{capacities[station].en}"')
    columns = {
        "day": told["day"][:days],
        "mean": told[name][:days],
        "mean_margin": told[f"{name}_margin"][:days],
        "average": moving_average(told[name][:days].tolist(), window),
    }
    titles = {
        "day": Text("日期", "day"),
        "mean": of,
        "average": Text(f"{window}天移动平均", f"moving average over {window} days"),
    }
    return Table(columns, titles, Text("预热期", "warm-up"))


def moving_average(given: Iterable[float], window: int) -> list[float | None]:
    """Return the mean around each value: near the first, over as many as there are on both sides; near the last, None."""
    sums, half = list(accumulate(given, initial=0.0)), window // 2
    sides = [min(place, half) for place in range(len(sums) - 1 - half)]
    means = [(sums[place + side + 1] - sums[place - side]) / (2 * side + 1) for place, side in enumerate(sides)]
    return [*means, *[None] * half]


def _chosen(run: Simulation) -> Text:
    """Return the warm-up that the scenario has."""
    days = run.scenario.warm_up
    if not days:
        return Text(
            "方案没有预热期：第一天到达的即计入",
            "The scenario has no warm-up: what arrives on the first day is counted",
        )
    since = run.scenario.start + timedelta(days=days)
    return Text(
        f"灰底为方案的预热期（{days}天）；自{since}起到达的才计入",
        f"Grey: the warm-up of the scenario, {days} days; what arrives from {since} on is counted",
    )


def _chart(run: Simulation, table: Table, lang: Lang) -> Any:
    rows = [
        {
            "day": row["day"].isoformat(),
            "mean": row["mean"],
            "average": row["average"],
            **ends_of(row["mean"], row["mean_margin"]),
        }
        for row in table.rows(lang)
    ]
    base, of = chart_of(rows).encode(x=by_day("day", lang)), table.titles["mean"]
    named = Text(f"{of.zh}（件）", of.en).say(lang)
    count = alt.Y("mean:Q", title=named, scale=alt.Scale(domainMin=0))
    layers = [
        base.mark_area(color=SKY, opacity=0.6).encode(y=alt.Y("least:Q", title=named), y2="most:Q"),
        base.mark_line(color=STEEL, strokeWidth=1).encode(y=count),
        base.mark_line(color=BLUE, strokeWidth=2.6).encode(y=alt.Y("average:Q", title=named)),
    ]
    if run.scenario.warm_up:
        shade, line = _marks(run, lang)
        layers = [shade, *layers, line]
    return alt.layer(*layers).properties(width=WIDTH, height=_HEIGHT)


def _marks(run: Simulation, lang: Lang) -> tuple[Any, Any]:
    """Return the days of the warm-up, and the line at which counting begins."""
    first = run.scenario.start
    ends = {"since": written(first), "until": written(first + timedelta(days=run.scenario.warm_up))}
    base = chart_of([ends])
    whole = {"y": alt.value(0), "y2": alt.value(_HEIGHT)}
    shade = base.mark_rect(color=STONE).encode(x=by_day("since", lang), x2="until:T", **whole)
    return shade, base.mark_rule(color=AMBER, strokeDash=[5, 3], strokeWidth=1.5).encode(x=by_day("until", lang))
