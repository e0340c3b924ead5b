"""The picture of lateness by the day of opening, in weeks and weekdays: what a festival does to cases opened before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt
import numpy as np

from ssflow.calendar import WorkCalendar
from ssflow.calendar.weekdays import WEEKDAYS, weekday_of
from ssflow.doors import check_kind, check_lang
from ssflow.errors import UnknownError
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import first_run_only, scene_of
from ssflow.pictures.scales import chart_of, nothing
from ssflow.pictures.style import AMBER, DARK, RED, SALMON, SAND, STONE, width_of
from ssflow.simulation import Simulation
from ssflow.simulation.results.measures import terms_of
from ssflow.tables import Table
from ssflow.text import Lang, Text

# In pixels: a day, its least width, all weeks together, the least height of a day, a line of names.
_CELL, _LEAST, _WIDEST, _LOW, _LINE = 15, 4, 900, 13, 15


def lateness(run: Simulation, lang: Lang = "zh", term: str | None = None) -> Picture:
    """Return the picture of the share of cases opened on each day in run 0 that had a term late by a working day or more.

    ``term`` is one of the terms; left out, any of them counts. Rest days without openings are grey.

    Raises:
        InputError: the cases were not kept.
        UnknownError: the procedure has no such term, or it never ran.

    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = _by_day(run, term)
    calendar = run.scenario.law.calendar.in_region(run.scenario.codes[run.scenario.definition.places[0].name])
    rows = [_row(row, calendar, lang) for row in table.rows(lang)]
    named = None if term is None else _terms(run)[term]
    what = Text("任一期限", "any term") if named is None else Text(f"“{named.zh}”", f'"{named.en}"')
    title = Text(f"各登记日的办件中{what.zh}逾期的比例（%）", f"Cases late in {what.en}, by day of opening (%)")
    about = [
        scene_of(run),
        Text(
            "逾期指晚一个工作日以上；灰格为无人登记之日", "Late: by one working day or more; grey: no case was opened"
        ),
        first_run_only(run),
    ]
    return Picture(_chart(rows, lang), title, about, table, lang)


def _terms(run: Simulation) -> dict[str, Text]:
    """Return the terms that began in any case, by their names, with their titles."""
    return {
        clock.name: clock.title
        for slot, clock in terms_of(run.model)
        if any(tally.started[slot] for tally in run.tallies)
    }


def _by_day(run: Simulation, term: str | None) -> Table:
    check_kind("term", term, str, type(None))
    terms = _terms(run)
    if term is not None and term not in terms:
        raise UnknownError("clock", term, terms)
    cases = run.cases
    opened = cases["opened"]
    came = ~np.isnat(opened)
    days = (opened[came].astype("datetime64[D]") - np.datetime64(run.model.origin)).astype(int)
    any_late = np.zeros(len(opened), dtype=bool)
    for name in terms if term is None else [term]:
        any_late |= cases[f"{name}_late"] > 0
    length = int(days.max()) + 1 if len(days) else 0
    number = np.bincount(days, minlength=length)
    late = np.bincount(days[any_late[came]], minlength=length)
    share = [100 * int(part) / int(whole) if whole else None for part, whole in zip(late, number, strict=True)]
    titles = {
        "day": Text("登记日", "day of opening"),
        "opened": Text("登记件数", "cases opened"),
        "late": Text("其中逾期件数", "of these late"),
        "share": Text("逾期（%）", "late (%)"),
    }
    columns = {
        "day": np.datetime64(run.model.origin) + np.arange(length),
        "opened": number,
        "late": late,
        "share": share,
    }
    return Table(columns, titles, Text("各登记日的逾期", "delays by day of opening"))


def _row(row: dict[str, Any], calendar: WorkCalendar, lang: Lang) -> dict[str, Any]:
    day: date = row["day"]
    kind = calendar.day(day)
    before = calendar.day(day - timedelta(days=1)) if day > calendar.first_day else None
    starts = kind.name and not (before and before.name == kind.name)
    return {
        "day": day.isoformat(),
        "week": (day - timedelta(days=day.weekday())).isoformat(),
        "weekday": weekday_of(day).say(lang),
        "opened": row["opened"],
        "late": row["late"],
        "share": row["share"],
        "kind": kind.kind.value.say(lang),
        "rests": not kind.is_workday,
        "festival": kind.name.say(lang) if kind.name and starts else "",
    }


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    if not rows:
        return nothing(Text("没有办件登记", "no case was opened"), lang)
    weeks = sorted({row["week"] for row in rows})
    cell = max(_LEAST, min(_CELL, _WIDEST // max(1, len(weeks))))
    firsts = _first_weeks(weeks)
    across = alt.X(
        "week:O",
        sort=weeks,
        title=Text(
            "登记的周（标有月份的为当月第一个周一）", "week of opening (labelled: the first Monday of a month)"
        ).say(lang),
        axis=alt.Axis(
            values=firsts, labelExpr="slice(datum.value, 0, 7)", labelAngle=0, labelOverlap="greedy", ticks=True
        ),
    )
    down = alt.Y(
        "weekday:O", sort=[day.say(lang) for day in WEEKDAYS], title=None, axis=alt.Axis(ticks=False, domain=False)
    )
    base = chart_of(rows).encode(x=across, y=down)
    hints = [
        alt.Tooltip(f"{name}:N", title=title.say(lang))
        for name, title in {
            "day": Text("登记日", "day of opening"),
            "kind": Text("工作日历", "calendar"),
            "opened": Text("登记件数", "cases opened"),
            "late": Text("其中逾期件数", "of these late"),
        }.items()
    ]
    shade = alt.Color(
        "share:Q",
        title=Text("逾期（%）", "late (%)").say(lang),
        scale=alt.Scale(range=[SAND, SALMON, RED, DARK], domainMin=0),
        legend=alt.Legend(orient="right", direction="vertical", gradientLength=7 * max(cell, _LOW) - 24, offset=14),
    )
    edge = 1 if cell > _LEAST + 4 else 0.4
    layers = [
        base.transform_filter("datum.opened == 0").mark_rect(color=STONE, stroke="white", strokeWidth=edge),
        base.transform_filter("datum.opened > 0")
        .mark_rect(stroke="white", strokeWidth=edge)
        .encode(color=shade, tooltip=hints),
        *_names(rows, weeks, cell),
    ]
    return alt.layer(*layers).properties(width=alt.Step(cell), height=alt.Step(max(cell, _LOW)))


def _names(rows: list[dict[str, Any]], weeks: list[str], cell: int) -> Iterator[Any]:
    """Yield the names of festivals above the weeks in which they begin, in two lines, where the name before leaves room."""
    free, end = [0.0, 0.0], len(weeks) * cell
    for row in rows:
        room = width_of(row["festival"]) + 4
        at = min(weeks.index(row["week"]) * cell, end - room)
        line = next((number for number, until in enumerate(free) if at >= until), None)
        if not row["festival"] or line is None:
            continue
        free[line] = at + room
        text = chart_of([{"festival": row["festival"]}]).mark_text(color=AMBER, align="left", baseline="bottom")
        yield text.encode(x=alt.value(at), y=alt.value(-5 - _LINE * line), text="festival:N")


def _first_weeks(weeks: list[str]) -> list[str]:
    """Return the weeks with the first Monday of a month; over many years, of a quarter or year."""
    months = {week[:7]: week for week in reversed(weeks) if int(week[8:]) <= 7}
    step = 1 if len(months) <= 14 else 3 if len(months) <= 42 else 12
    return [week for month, week in sorted(months.items()) if (int(month[5:]) - 1) % step == 0]
