"""How cases in columns go through stations: when they come to queue, when the work is over, whether it was in vain."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.columns.intents import Intents, Waiting
from ssflow.simulation.engines.columns.queueing import ASKED, OWN, QUEUED, Queueing
from ssflow.simulation.engines.model import Selector
from ssflow.simulation.numbers import NEVER, Flags, Numbers


@define(eq=False)
class Attending:
    """Some cases of a state in one step: for each role that a station serves when they come to queue, and when the work is over."""

    intents: Intents
    queueing: Queueing
    rows: Numbers
    node: Numbers
    now: Numbers
    vain: Flags = field(init=False)  # whether what the actor of each has done was in vain
    _coming: dict[int, Numbers] = field(factory=dict, init=False)
    _tables: dict[int, Numbers] = field(factory=dict, init=False)
    _vain: dict[int, Flags] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.vain = np.zeros(len(self.rows), dtype=np.bool_)

    def look(self, role: int, selector: Selector, ready: Numbers, waits: list[Waiting]) -> None:
        """Put into ``ready``, which has when acts are allowed, when the work on those that a station serves is over."""
        stage = self.queueing.stage[role].take(self.rows)
        served = np.flatnonzero(stage != OWN)
        coming = np.full(len(self.rows), NEVER, dtype=np.int32)
        self._coming[role], self._vain[role] = coming, np.zeros(len(self.rows), dtype=np.bool_)
        self._tables[role] = np.zeros(len(self.rows), dtype=np.int32)
        if not len(served):
            return
        asked = stage == ASKED
        coming[asked] = np.maximum(self.queueing.asked[role].take(self.rows[asked]), self.now[asked])
        for refused, *_ in waits:
            coming[refused] = ready[refused]
        coming[ready >= self.intents.model.end] = NEVER
        coming[~asked] = NEVER
        rows = self.rows[served]
        joined = np.where(asked[served], coming[served], self.queueing.joined(role, rows))
        over, tables = self.queueing.finish(role, selector, rows, joined, self.intents.visits(selector, rows))
        ready[served], self._tables[role][served] = over, tables
        done = served[over < self.intents.model.end]
        moves = self.intents.move[role].take(self.rows[done])
        edges = self.intents.model.chart.edges(self.node[done], moves, ready[done] // DAY_MINUTES)
        self._vain[role][done] = edges <= REFUSED

    def join(self, until: Numbers, dues: Numbers) -> None:
        """Let those come to queue that do so before something happens."""
        for role, coming in self._coming.items():
            here = np.flatnonzero(coming < until)
            if len(here):
                rows = self.rows[here]
                self.queueing.join(role, rows, coming[here], dues)

    def finish(self, moment: Numbers, actor: Numbers, selectors: dict[int, Selector]) -> None:
        """Let those leave their stations whose work is over; what is not allowed then is from now on ripe."""
        for role in self._coming:
            here = np.flatnonzero((actor == role) & (self.queueing.stage[role].take(self.rows) == QUEUED))
            rows = self.rows[here]
            visits = self.intents.visits(selectors[role], rows)
            self.queueing.let_go(role, rows, visits, moment[here], "done")
            vain = here[self._vain[role][here]]
            self.vain[vain] = True
            self.intents.over(role, self.rows[vain], self._tables[role][vain], moment[vain])
