"""Where time goes: how long cases stand in each state, and how much of that is waiting for something that is not there yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import by_row, chart_of, height_of
from ssflow.pictures.style import AMBER, BLUE, RED, WIDTH
from ssflow.simulation import Estimate, Simulation, Table
from ssflow.simulation.estimates import ratio
from ssflow.simulation.kernel import DAY_MINUTES
from ssflow.text import NO_TEXT, Lang, Text

_STATE, _WAIT = Text("在该状态", "in the state"), Text("其中等待条件", "of these, waiting for a condition")


def waiting(run: Simulation, lang: Lang = "zh") -> Picture:
    """Calendar days in each state, per case that was opened, and beneath what ripe acts waited for there, with 95 % intervals over runs.

    States are counted at the end of each day, waits to the minute.
    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = _table(run)
    rows = [
        {
            **row,
            "row": number,
            "least": None if row["days_margin"] is None else max(0.0, row["days"] - row["days_margin"]),
            "most": None if row["days_margin"] is None else row["days"] + row["days_margin"],
        }
        for number, row in enumerate(table.rows(lang))
    ]
    title = Text("时间用在何处：平均每件的自然日数", "Where time goes: calendar days per case")
    whiskers = interval_of(run, Text("线段", "The whisker"))
    return Picture(_chart(rows, lang), title, [scene_of(run), whiskers], table, lang)


def _table(run: Simulation) -> Table:
    rows = list(_rows(run))
    titles = {
        "state": Text("状态", "state"),
        "kind": Text("类别", "kind"),
        "act": Text("环节", "activity"),
        "reason": Text("未具备的条件", "reason"),
        "days": Text("每件自然日数", "days per case"),
    }
    return Table.of(rows, titles, Text("时间用在何处", "where time goes"))


def _rows(run: Simulation) -> Iterator[dict[str, Any]]:
    """Each state in which cases stood, and beneath it what was waited for there, the longest first."""
    nothing = {"act": NO_TEXT, "reason": NO_TEXT}
    for place, state in enumerate(run.model.chart.process.states):
        days = Estimate.of(ratio(float(t.backlog[place].sum()), t.number_opened) for t in run.tallies)
        if not state.final and days.mean:
            yield {"state": state.title, "kind": _STATE, "days": days, **nothing}
            waits = [(_waited(run, number), refusal) for number, refusal in enumerate(run.model.chart.refusals)]
            here = [(days, refusal) for days, refusal in waits if refusal.state == state.name and days.mean]
            for days, refusal in sorted(here, key=lambda wait: -(wait[0].mean or 0.0)):
                reason = Text.join(list(dict.fromkeys(ground.reason for ground in refusal.grounds)))
                act = run.model.chart.process.activity(refusal.activity).title
                yield {"state": state.title, "kind": _WAIT, "act": act, "reason": reason, "days": days}


def _waited(run: Simulation, refusal: int) -> Estimate:
    """Days per case that were waited for one unmet condition of one act."""
    minutes = [float(t.waited[refusal]) if refusal < len(t.waited) else 0.0 for t in run.tallies]
    return Estimate.of(ratio(m, t.number_opened * DAY_MINUTES) for m, t in zip(minutes, run.tallies, strict=True))


def _label(row: dict[str, Any], lang: Lang) -> str:
    """The state; or what was waited for in it, and to do what."""
    waited = Text(f"└ {row['act']}：{row['reason']}", f"└ {row['act']}: {row['reason']}").say(lang)
    return waited if row["kind"] == _WAIT.say(lang) else row["state"]


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    labels = [_label(row, lang) for row in rows]
    base = chart_of(rows).encode(y=by_row(labels, lang))
    days = alt.X("days:Q", title=Text("每件自然日数", "calendar days per case").say(lang), scale=alt.Scale(domainMin=0))
    kinds = [kind.say(lang) for kind in (_STATE, _WAIT)]
    ink = alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[BLUE, AMBER]))
    bars = base.mark_bar(height=13).encode(x=days, color=ink)
    whiskers = base.mark_rule(color=RED, strokeWidth=1.6).encode(x="least:Q", x2="most:Q")
    return (bars + whiskers).properties(width=WIDTH - 160, height=height_of(labels, lang, 22))
