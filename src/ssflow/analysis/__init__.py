"""What law allows, without chance: bounds of time, a span over the year; and what changes with one figure."""

from ssflow.analysis.bounds import Bounds, bounds
from ssflow.analysis.sweeps import Sweep, sweep
from ssflow.analysis.years import YearView, year_view

__all__ = ["Bounds", "Sweep", "YearView", "bounds", "sweep", "year_view"]
