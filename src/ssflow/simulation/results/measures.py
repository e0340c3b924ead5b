"""The measures of a run, each with a name, a title and a number."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ssflow.process import Term
from ssflow.process.figures import Clock
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.results.stations import capacities_of, utilisation_of, wait_at
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.tables.estimates import quantile, ratio
from ssflow.text import Text

_HOURS = 24


@frozen
class Measure:
    """A measure: one number of a run, NaN if the run has none."""

    name: str
    title: Text
    value: float

    @property
    def unit(self) -> str:
        """The unit of a difference of the measure: ``pp`` (percentage points), ``workdays``, ``days`` or ``cases``."""
        if self.title.en.endswith("(%)"):
            return "pp"
        kind = self.name.partition("_")[0]
        return {"workdays": "workdays", "days": "days", "wait": "days"}.get(kind, "cases")


def measures_of(tally: Tally) -> Iterator[Measure]:
    """Yield how many cases were opened and closed, how long they took, where they ended, how many terms were late."""
    model, opened, closed = tally.model, tally.number_opened, tally.number_closed
    yield Measure("opened", Text("登记件数", "cases opened"), opened)
    yield Measure("closed", Text("办结件数", "cases closed"), closed)
    yield Measure("open", Text("期末未结件数", "open at the end"), opened - closed)
    mean = ratio(tally.minutes, closed) / DAY_MINUTES
    yield Measure("days", Text("办结用时（自然日）：平均", "days to close: mean"), mean)
    for percent in (50, 90, 99):
        value = quantile(tally.hours, percent / 100) / _HOURS
        yield Measure(f"days_p{percent}", Text(f"办结用时（自然日）：P{percent}", f"days to close: P{percent}"), value)
    for percent in (50, 90, 99):
        value = quantile(tally.workdays, percent / 100)
        title = Text(f"办结用时（工作日）：P{percent}", f"working days to close: P{percent}")
        yield Measure(f"workdays_p{percent}", title, value)
    for place, state in enumerate(model.chart.process.states):
        if state.final:
            title = Text(f"办结为“{state.zh}”（%）", f'closed as "{state.en}" (%)')
            yield Measure(f"closed_{state.name}", title, 100 * ratio(int(tally.finished[place]), closed))
    for slot, clock in terms_of(model):
        title = Text(f"“{clock.zh}”逾期（%）", f'"{clock.en}" late (%)')
        share = 100 * ratio(int(tally.ran_out[slot]), int(tally.started[slot]))
        yield Measure(f"late_{clock.name}", title, share)
    for capacity in capacities_of(model):
        name = capacity.station.name
        title = Text(f"在“{name.zh}”排队天数：平均", f'days in the queue of "{name.en}": mean')
        yield Measure(f"wait_{capacity.station.id}", title, wait_at(tally, capacity))
        title = Text(f"“{name.zh}”利用率（%）", f'utilisation of "{name.en}" (%)')
        yield Measure(f"utilisation_{capacity.station.id}", title, utilisation_of(tally, capacity))


def terms_of(model: Model) -> Iterator[tuple[int, Clock]]:
    """Yield the terms of the simulated procedure with their slots."""
    yield from ((slot, clock) for slot, clock in clocks_of(model) if isinstance(clock, Term))


def clocks_of(model: Model) -> Iterator[tuple[int, Clock]]:
    """Yield the clocks of the simulated procedure with their slots."""
    for slot, (case, clock) in enumerate(model.chart.slots):
        if case == MAIN:
            yield slot, model.chart.process.clock(clock)
