"""The picture of waiting: how long cases stay in each state, and how much of that is waiting for something that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import altair as alt

from ssflow.doors import check_kind, check_lang
from ssflow.pictures.drawn import Picture
from ssflow.pictures.saying import interval_of, scene_of
from ssflow.pictures.scales import by_row, chart_of, ends_of, height_of, nothing
from ssflow.pictures.style import AMBER, BLUE, RED, SALMON, WIDTH
from ssflow.process import State
from ssflow.simulation import Simulation
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.tables import Estimate, Table
from ssflow.tables.estimates import ratio
from ssflow.text import NO_TEXT, Lang, Text

_STATE, _WAIT = Text("在该状态", "in the state"), Text("其中等待条件", "of these, waiting for a condition")
_QUEUE = Text("其中排队", "of these, queueing")
_KINDS = {_STATE: BLUE, _WAIT: AMBER, _QUEUE: SALMON}


def waiting(run: Simulation, lang: Lang = "zh") -> Picture:
    """Return the picture of the calendar days per opened case in each state, with 95 % intervals over runs.

    Beneath each state is what acts that could otherwise have been done waited and queued for.

    States are counted at the end of each day, waits to the minute.
    """
    check_kind("run", run, Simulation)
    check_lang("lang", lang)
    table = _table(run)
    rows = [
        {**row, "row": number, **ends_of(row["days"], row["days_margin"])}
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
    """Yield each state in which cases spent time, and beneath it what was waited for there, the longest first."""
    nothing = {"act": NO_TEXT, "reason": NO_TEXT}
    for place, state in enumerate(run.model.chart.process.states):
        days = Estimate.of(ratio(float(t.backlog[place].sum()), t.number_opened) for t in run.tallies)
        if not state.final and days.mean:
            yield {"state": state.title, "kind": _STATE, "days": days, **nothing}
            here = [row for row in (*_conditions(run, state), *_queues(run, state)) if row["days"].mean]
            yield from sorted(here, key=lambda row: -row["days"].mean)


def _conditions(run: Simulation, state: State) -> Iterator[dict[str, Any]]:
    """Yield what acts waited for in a state because a condition was not met."""
    for number, refusal in enumerate(run.model.chart.refusals):
        if refusal.state == state.name:
            reason = Text.join(list(dict.fromkeys(ground.reason for ground in refusal.grounds)))
            minutes = [float(t.waited[number]) if number < len(t.waited) else 0.0 for t in run.tallies]
            yield _waited(run, state, refusal.activity, _WAIT, reason, minutes)


def _queues(run: Simulation, state: State) -> Iterator[dict[str, Any]]:
    """Yield how long cases queued at stations in a state."""
    for service in run.model.services:
        if service.state == state.name:
            station = run.model.capacities[service.station].station.name
            reason = Text(f"在“{station.zh}”排队", f'queueing at "{station.en}"')
            yield _waited(
                run, state, service.act, _QUEUE, reason, [float(t.queued[service.number]) for t in run.tallies]
            )


def _waited(
    run: Simulation, state: State, act: str, kind: Text, reason: Text, minutes: Iterable[float]
) -> dict[str, Any]:
    """Return a row of what was waited for, in days per case."""
    days = Estimate.of(ratio(m, t.number_opened * DAY_MINUTES) for m, t in zip(minutes, run.tallies, strict=True))
    title = run.model.chart.process.activity(act).title
    return {"state": state.title, "kind": kind, "act": title, "reason": reason, "days": days}


def _label(row: dict[str, Any], lang: Lang) -> str:
    """Return the state, or what was waited for in it and by whom."""
    waited = Text(f"└ {row['act']}：{row['reason']}", f"└ {row['act']}: {row['reason']}").say(lang)
    return row["state"] if row["kind"] == _STATE.say(lang) else waited


def _chart(rows: list[dict[str, Any]], lang: Lang) -> Any:
    if not rows:
        return nothing(Text("没有办件停留", "no case spent time in any state"), lang)
    labels = [_label(row, lang) for row in rows]
    base = chart_of(rows).encode(y=by_row(labels, lang))
    days = alt.X("days:Q", title=Text("每件自然日数", "calendar days per case").say(lang), scale=alt.Scale(domainMin=0))
    kinds = [
        kind.say(lang) for kind in _KINDS if kind is not _QUEUE or _QUEUE.say(lang) in {row["kind"] for row in rows}
    ]
    ink = alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=list(_KINDS.values())[: len(kinds)]))
    bars = base.mark_bar(height=13).encode(x=days, color=ink)
    whiskers = base.mark_rule(color=RED, strokeWidth=1.6).encode(x="least:Q", x2="most:Q")
    return (bars + whiskers).properties(width=WIDTH, height=height_of(labels, lang, 22))
