"""The pictures that results of simulations offer under ``plot``."""

from __future__ import annotations

from attrs import frozen

from ssflow.pictures.backlog import backlog
from ssflow.pictures.closing import Unit, closing
from ssflow.pictures.differences import differences
from ssflow.pictures.drawn import Picture
from ssflow.pictures.lateness import lateness
from ssflow.pictures.overview import overview
from ssflow.pictures.queues import queues
from ssflow.pictures.timeline import timeline
from ssflow.pictures.waiting import waiting
from ssflow.pictures.warm_up import warm_up
from ssflow.simulation import Comparison, Replay, Simulation
from ssflow.text import Lang


@frozen
class RunPlots:
    """The pictures of a run."""

    run: Simulation

    def overview(self, lang: Lang = "zh") -> Picture:
        """Return the overview; see `ssflow.pictures.overview`."""
        return overview(self.run, lang)

    def backlog(self, lang: Lang = "zh") -> Picture:
        """Return the backlog; see `ssflow.pictures.backlog`."""
        return backlog(self.run, lang)

    def closing(self, lang: Lang = "zh", unit: Unit | None = None) -> Picture:
        """Return the closing times; see `ssflow.pictures.closing`."""
        return closing(self.run, lang, unit)

    def lateness(self, lang: Lang = "zh", term: str | None = None) -> Picture:
        """Return the lateness; see `ssflow.pictures.lateness`."""
        return lateness(self.run, lang, term)

    def waiting(self, lang: Lang = "zh") -> Picture:
        """Return the waiting times; see `ssflow.pictures.waiting`."""
        return waiting(self.run, lang)

    def queues(self, lang: Lang = "zh") -> Picture:
        """Return the queues; see `ssflow.pictures.queues`."""
        return queues(self.run, lang)

    def warm_up(self, lang: Lang = "zh", station: str | None = None, window: int | None = None) -> Picture:
        """Return the warm-up; see `ssflow.pictures.warm_up`."""
        return warm_up(self.run, lang, station, window)


@frozen
class ComparisonPlots:
    """The picture of a comparison."""

    comparison: Comparison

    def differences(self, lang: Lang = "zh") -> Picture:
        """Return the differences; see `ssflow.pictures.differences`."""
        return differences(self.comparison, lang)


@frozen
class ReplayPlots:
    """The picture of one case of a run."""

    replay: Replay

    def timeline(self, lang: Lang = "zh") -> Picture:
        """Return the timeline, by the calendar of the simulated law; see `ssflow.pictures.timeline`.

        A case that was open at the start is drawn without its events, because the earlier ones are in its store only.
        """
        replay = self.replay
        events = replay.events if replay.events and replay.events[0].version == 1 else ()
        code = next(iter(replay.case.places.values()), "")
        return timeline(replay.case, events, lang, calendar=replay.law.calendar.in_region(code))
