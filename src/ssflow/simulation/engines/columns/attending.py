"""The passage of cases in columns through stations: when they join a queue, when the work is over, and whether it was in vain."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.intents import Intents, Look
from ssflow.simulation.engines.columns.queueing import ASKED, OWN, QUEUED, Queueing
from ssflow.simulation.engines.standings import Acting
from ssflow.simulation.numbers import NEVER, Flags, Numbers


@define(eq=False)
class Attending:
    """Cases of a standing in one step: for each role that a station serves, when they would join the queue and when the work would be over."""

    intents: Intents
    queueing: Queueing
    rows: Numbers
    now: Numbers
    _coming: dict[int, Numbers] = field(factory=dict, init=False)
    _tables: dict[int, Numbers] = field(factory=dict, init=False)

    def look(self, acting: Acting, look: Look) -> None:
        """Replace, for acts that a station serves, the minute at which they are allowed in a look by the minute at which the work on them is over."""
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
        """Let those intents join their queues that would do so before the next event of their cases."""
        for role, coming in self._coming.items():
            here = (coming < until).nonzero()[0]
            if len(here):
                rows = self.rows.take(here)
                self.queueing.join(role, rows, coming.take(here), dues)
                self.intents.ripe[role][rows] = NEVER

    def finish(self, acting: Acting, here: Numbers, moment: Numbers, edge: Numbers) -> Flags:
        """Let the intents of a role whose work is over leave their stations; return in which cases the work was in vain.

        Work is in vain if the act is no longer allowed; from then on the act is ripe and waits until it is.
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
