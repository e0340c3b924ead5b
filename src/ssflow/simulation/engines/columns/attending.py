"""How cases in columns go through stations: when they come to queue, when the work is over, whether it was in vain."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.intents import Intents, Look
from ssflow.simulation.engines.columns.queueing import ASKED, OWN, QUEUED, Queueing
from ssflow.simulation.engines.columns.standings import Acting
from ssflow.simulation.numbers import NEVER, Flags, Numbers


@define(eq=False)
class Attending:
    """Some cases of a standing in one step: for each role that a station serves when they come to queue, and when the work is over."""

    intents: Intents
    queueing: Queueing
    rows: Numbers
    now: Numbers
    _coming: dict[int, Numbers] = field(factory=dict, init=False)
    _tables: dict[int, Numbers] = field(factory=dict, init=False)

    def look(self, acting: Acting, look: Look) -> None:
        """Put into a look, which has when acts are allowed, when the work on those that a station serves is over."""
        role, selector, model = acting.role, acting.selector, self.intents.model
        assert selector is not None  # noqa: S101 - no station opens cases
        stage = self.queueing.stage[role].take(self.rows)
        served = (stage != OWN).nonzero()[0]
        self._tables[role] = np.zeros(len(self.rows), dtype=np.int32)
        coming = np.maximum(self.queueing.asked[role].take(self.rows), self.now)
        for refused, *_ in look.waits:
            coming[refused] = look.ready[refused]
        np.maximum(coming, ((stage != ASKED) | (look.ready >= model.end)) * np.int32(NEVER), out=coming)
        self._coming[role] = coming
        if not len(served):
            return
        rows, asked = self.rows.take(served), stage.take(served) == ASKED
        joined = np.where(asked, coming.take(served), self.queueing.joined(role, rows))
        over, tables = self.queueing.finish(role, selector, rows, joined, self.intents.visits(selector, rows))
        look.ready[served], self._tables[role][served] = over, tables
        done = (over < model.end).nonzero()[0]
        moves, there = acting.moves(self.intents.place[role].take(rows.take(done))), served.take(done)
        look.edge[there] = model.chart.edges(
            self.intents.nodes.take(self.rows.take(there)), moves, over.take(done) // DAY_MINUTES
        )

    def join(self, until: Numbers, dues: Numbers) -> None:
        """Let those come to queue that do so before something happens."""
        for role, coming in self._coming.items():
            here = (coming < until).nonzero()[0]
            if len(here):
                rows = self.rows.take(here)
                self.queueing.join(role, rows, coming.take(here), dues)
                self.intents.ripe[role][rows] = NEVER

    def finish(self, acting: Acting, here: Numbers, moment: Numbers, edge: Numbers) -> Flags:
        """Let those of some in which a role is first leave their stations, because the work is over; tell in which it was in vain.

        What is not allowed then is from now on ripe.
        """
        role, rows = acting.role, self.rows.take(here)
        done = (self.queueing.stage[role].take(rows) == QUEUED).nonzero()[0]
        vain = np.zeros(len(here), dtype=np.bool_)
        if len(done) and acting.selector:
            there = rows.take(done)
            self.queueing.let_go(role, there, self.intents.visits(acting.selector, there), moment.take(done), "done")
            vain[done] = edge.take(done) <= REFUSED
            lost = vain.nonzero()[0]
            self.intents.over(role, rows.take(lost), self._tables[role].take(here.take(lost)), moment.take(lost))
        return vain
