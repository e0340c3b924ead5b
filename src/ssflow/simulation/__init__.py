"""Simulation: many cases played by the definitions that handle one.

A `Scenario` says what law does not (``scenario``). The chart of its procedure is found by the case kernel itself (``chart``), two engines
play it by the same draws (``engines``), and a `Simulation` is what they found (``results``).
"""

from ssflow.calendar.arrays.columns import require_numpy

require_numpy("ssflow.simulation")

from ssflow.simulation.entry import simulate  # noqa: E402
from ssflow.simulation.results.comparing import Comparison  # noqa: E402
from ssflow.simulation.results.replay import Replay  # noqa: E402
from ssflow.simulation.results.simulation import Simulation  # noqa: E402
from ssflow.simulation.scenario.arrivals import Arrivals  # noqa: E402
from ssflow.simulation.scenario.durations import Duration  # noqa: E402
from ssflow.simulation.scenario.loading import default_scenario, default_scenarios, load_scenario  # noqa: E402
from ssflow.simulation.scenario.practices import Practice  # noqa: E402
from ssflow.simulation.scenario.profiles import Before, Profile  # noqa: E402
from ssflow.simulation.scenario.scenario import Hours, Scenario  # noqa: E402
from ssflow.simulation.scenario.stations import Serves, Station  # noqa: E402
from ssflow.tables.estimates import Estimate  # noqa: E402
from ssflow.tables.table import Table  # noqa: E402

__all__ = [
    "Arrivals",
    "Before",
    "Comparison",
    "Duration",
    "Estimate",
    "Hours",
    "Practice",
    "Profile",
    "Replay",
    "Scenario",
    "Serves",
    "Simulation",
    "Station",
    "Table",
    "default_scenario",
    "default_scenarios",
    "load_scenario",
    "simulate",
]
