"""The tables of a model, looked up for thousands of cases at once and filled once for all runs and threads."""

from __future__ import annotations

from attrs import define, field

from ssflow.simulation.engines.columns.effects import Effects
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.standings import Standings

WINDOW = 1 << 16  # cases played together: more of them take fewer steps, fewer stay in the cache
WINDOW_OF_THREADS = 1 << 18  # threads hand on the interpreter between two columns, so these have to be longer


@define(eq=False)
class Tables:
    """The tables of a model: its standings, the effects of moves, and the last days of clocks; ``window`` is the number of cases played together."""

    model: Model
    window: int = WINDOW
    standings: Standings = field(init=False)
    effects: Effects = field(init=False)
    dating: Dating = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.standings = Standings(self.model)
        self.effects = Effects(self.model.chart, self.standings)
        self.dating = Dating(self.model.chart)
