"""The overview of a run on one page: the backlog, the time to close, and where time goes."""

from __future__ import annotations

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.pictures.backlog import backlog
from ssflow.pictures.closing import closing
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import scene_of
from ssflow.pictures.style import titled
from ssflow.pictures.waiting import waiting
from ssflow.simulation import Simulation
from ssflow.text import Lang, Text

_GAP = 34  # between the parts, in pixels


def overview(run: Simulation, lang: Lang = "zh") -> Picture:
    """Return the picture of backlog, time to close and waiting, one above the other; its table is the summary of the run."""
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    scene = scene_of(run)
    parts = [
        titled(part.body, part.title, [text for text in part.about if text != scene], lang, part_of_page=True)
        for part in (backlog(run, lang), closing(run, lang), waiting(run, lang))
    ]
    page = alt.vconcat(*parts, spacing=_GAP).resolve_scale(color="independent")
    return Picture(page, Text("模拟概况", "A simulation at a glance"), [scene], run.summary(), lang)
