"""The picture of any value that has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ssflow.calendar import WorkCalendar
from ssflow.calendar.arrays.deadlines import Deadlines
from ssflow.case import Case
from ssflow.doors import check_lang
from ssflow.errors import InputError, SsflowError
from ssflow.life_events import Plan
from ssflow.pictures.differences import differences
from ssflow.pictures.drawn import Picture
from ssflow.pictures.due_days import due_days
from ssflow.pictures.duties import duties
from ssflow.pictures.figures import figures
from ssflow.pictures.overview import overview
from ssflow.pictures.plots import ReplayPlots
from ssflow.pictures.timeline import timeline
from ssflow.pictures.year import year
from ssflow.records import Log
from ssflow.rules import Rulebook
from ssflow.simulation import Comparison, Replay, Simulation
from ssflow.text import Lang

Draw = Callable[[Any, Lang], Picture]

# Values that do not know of pictures; notebooks are taught to draw them.
PLAIN: Mapping[type[Any], Draw] = {
    WorkCalendar: lambda calendar, lang: year(calendar, lang=lang),
    Deadlines: due_days,
    Rulebook: lambda book, lang: figures(book, lang=lang),
    Case: lambda case, lang: timeline(case, lang=lang),
    Log: lambda log, lang: timeline(log.case, log.events, lang),
    Plan: duties,
}
_RESULTS: Mapping[type[Any], Draw] = {
    Simulation: overview,
    Comparison: differences,
    Replay: lambda replay, lang: ReplayPlots(replay).timeline(lang),
}


def picture(value: object, lang: Lang = "zh") -> Picture:
    """Return the picture of a calendar, a column of deadlines, a rulebook, a case or its log, a plan, or a result of a simulation.

    Raises:
        InputError: no picture shows such a value.

    """
    check_lang("lang", lang)
    for kind, draw in (*PLAIN.items(), *_RESULTS.items()):
        if isinstance(value, kind):
            return draw(value, lang)
    known = ", ".join(kind.__name__ for kind in (*PLAIN, *_RESULTS))
    given = type(value).__name__
    raise InputError.of(
        "value", f"{given}没有图；可以作图的有：{known}", f"there is no picture of {given}; there is one of {known}"
    )


def load_ipython_extension(shell: Any) -> None:
    """Teach a notebook to draw values that do not know of pictures: ``%load_ext ssflow.pictures``.

    Each is shown as its picture above its usual form. A value that cannot be drawn is shown as before.
    """
    formatter = shell.display_formatter.formatters["text/html"]
    for kind in PLAIN:
        formatter.for_type(kind, _html)


def _html(value: Any) -> str:
    own = value._repr_html_() if hasattr(value, "_repr_html_") else f"<pre>{escape(repr(value))}</pre>"
    try:
        return f"<div>{picture(value).html}{own}</div>"
    except SsflowError:  # an unopened case, a plan of such cases, days that a strict calendar does not know
        return str(own)
