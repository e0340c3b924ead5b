"""The results about terms: how often each began and ran out, how late it was, and by which figures it ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssflow.calendar.spans import spans_text
from ssflow.rules.basis import basis_text
from ssflow.simulation.chart.moves import Face
from ssflow.simulation.engines.tally import padded
from ssflow.simulation.numbers import Numbers
from ssflow.simulation.results.measures import terms_of
from ssflow.tables.estimates import Estimate, ratio
from ssflow.tables.table import Table
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.simulation.results.simulation import Simulation


def late_of(simulation: Simulation) -> Table:
    """Return the table `Simulation.late`."""
    rows = []
    for slot, clock in terms_of(simulation.model):
        started = [int(tally.started[slot]) for tally in simulation.tallies]
        if not any(started):
            continue
        out = [int(tally.ran_out[slot]) for tally in simulation.tallies]
        provisional = [int(tally.provisional[slot]) for tally in simulation.tallies]
        late = [tally.late[slot] for tally in simulation.tallies]
        rows.append(
            {
                "term": clock.name,
                "title": clock.title,
                "began": Estimate.of(map(float, started)),
                "late": Estimate.of(100 * ratio(n, of) for n, of in zip(out, started, strict=True)),
                "workdays": Estimate.of(_mean(counts) for counts in late),
                "provisional": Estimate.of(100 * ratio(n, of) for n, of in zip(provisional, started, strict=True)),
                "basis": _basis(simulation, slot),
            }
        )
    titles = {
        "term": Text("期限", "term"),
        "title": Text("名称", "title"),
        "began": Text("起算次数", "began"),
        "late": Text("逾期（%）", "late (%)"),
        "workdays": Text("逾期工作日数（平均）", "working days late (mean)"),
        "provisional": Text("最后一日暂定（%）", "last day provisional (%)"),
        "basis": Text("数值及依据", "figures and basis"),
    }
    return Table.of(rows, titles, Text("期限与逾期", "terms and delays"))


def _basis(simulation: Simulation, slot: int) -> Text:
    """Return the figures by which a clock ran, the most frequent first."""
    shown = sum(
        (padded(tally.shown, len(simulation.model.chart.faces)) for tally in simulation.tallies), start=np.int64(0)
    )
    counts = {
        face: int(np.asarray(shown)[number])
        for number, face in enumerate(simulation.model.chart.faces)
        if (face.case, face.clock) == simulation.model.chart.slots[slot] and int(np.asarray(shown)[number])
    }
    ordered = sorted(counts, key=lambda face: -counts[face])
    return Text.join(list(dict.fromkeys(_figure(simulation, face) for face in ordered)))


def _figure(simulation: Simulation, face: Face) -> Text:
    """Return the figure of a clock with its basis."""
    spans = spans_text(face.spans)
    rests = basis_text(face.cites, simulation.scenario.law.of(simulation.model.chart.process).laws)
    return Text(f"{spans.zh}（{rests.zh}）", f"{spans.en} ({rests.en})") if rests else spans


def _mean(counts: Numbers) -> float:
    return ratio(float((counts * np.arange(len(counts))).sum()), float(counts.sum()))
