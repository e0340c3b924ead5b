"""The days on which offices rest, as shades behind a chart over the calendar."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import altair as alt

from ssflow.calendar import Day, DayKind, WorkCalendar
from ssflow.pictures.moments import written
from ssflow.pictures.scales import chart_of
from ssflow.pictures.style import HONEY, ROSE, STONE
from ssflow.text import Lang, Text

SHADES: dict[str, tuple[Text, str]] = {
    "weekend": (Text("周末", "weekend"), STONE),
    "holiday": (Text("放假", "holiday"), ROSE),
    "makeup": (Text("调休上班", "make-up working day"), HONEY),
}
_CROWDED = timedelta(days=200)  # in a longer period weekends are not shaded


def rests_between(calendar: WorkCalendar, first: datetime, last: datetime, lang: Lang) -> list[dict[str, Any]]:
    """Return runs of rest days, and make-up working days, as far as the calendar knows them."""
    until = min(last.date(), date(calendar.base_calendar.last_year, 12, 31))
    found = []
    for what, run in groupby(calendar.days(max(first.date(), calendar.first_day), until), _shade):
        days = [day.date for day in run]
        if what and not (what == "weekend" and last - first > _CROWDED):
            end = days[-1] + timedelta(days=1)
            found.append({"since": written(days[0]), "until": written(end), "day": SHADES[what][0].say(lang)})
    return found


def colours(
    lang: Lang, drawn: Iterable[tuple[Text, str]], seen: Container[str], columns: int
) -> Callable[[str], alt.Color]:
    """Return the colours of a field of names: one legend for the shades and for what is drawn over them, only as far as they occur."""
    inks = {text.say(lang): ink for text, ink in (*SHADES.values(), *drawn) if text.say(lang) in seen}
    scale = alt.Scale(domain=list(inks), range=list(inks.values()))
    legend = alt.Legend(orient="bottom", columns=columns, symbolType="square", offset=6)
    return lambda field: alt.Color(f"{field}:N", title=None, scale=scale, legend=legend)


def shaded(shades: Sequence[dict[str, Any]], across: alt.X, height: int, colour: Callable[[str], alt.Color]) -> Any:
    """Return the shades, from top to bottom."""
    whole = {"y": alt.value(0), "y2": alt.value(height)}
    return chart_of(shades).mark_rect().encode(x=across, x2="until:T", color=colour("day"), **whole)


def _shade(day: Day) -> str:
    if day.is_workday:
        return "makeup" if day.kind is DayKind.MAKEUP else ""
    return "weekend" if day.kind is DayKind.WEEKEND and not day.name else "holiday"
