"""Analyses without chance: the bounds of time that law allows, a span over the year, and the effect of one figure."""

from ssflow.calendar.arrays.columns import require_numpy

require_numpy("ssflow.analysis")

from ssflow.analysis.bounds import Bounds, bounds  # noqa: E402
from ssflow.analysis.sweeps import Sweep, sweep  # noqa: E402
from ssflow.analysis.years import YearView, year_view  # noqa: E402

__all__ = ["Bounds", "Sweep", "YearView", "bounds", "sweep", "year_view"]
