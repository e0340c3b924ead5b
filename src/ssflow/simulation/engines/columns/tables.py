"""The tables of a model, looked up for thousands of cases at once and filled once for all runs and threads."""

from __future__ import annotations

from attrs import define, field

from ssflow.simulation.engines.columns.effects import Effects
from ssflow.simulation.engines.columns.standings import Standings
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.model import Model


@define(eq=False)
class Tables:
    """The tables of a model: its standings, the effects of moves, and the last days of clocks."""

    model: Model
    standings: Standings = field(init=False)
    effects: Effects = field(init=False)
    dating: Dating = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.standings = Standings(self.model)
        self.effects = Effects(self.model.chart, self.standings)
        self.dating = Dating(self.model.chart)
