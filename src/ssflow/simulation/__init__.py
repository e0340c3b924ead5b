"""Simulation: many cases played by the definitions that handle one.

The chart of a procedure is found by the case kernel itself (`chart`), through one door (`kernel`). A `Scenario` says what law does not;
two engines (`columns`, `event`) play it by the same draws, and a `Simulation` is what they found.
"""

from ssflow.calendar.arrays.columns import require_numpy

require_numpy("cases are simulated")

from ssflow.simulation.arrivals import Arrivals  # noqa: E402
from ssflow.simulation.comparing import Comparison  # noqa: E402
from ssflow.simulation.door import simulate  # noqa: E402
from ssflow.simulation.durations import Duration  # noqa: E402
from ssflow.simulation.estimates import Estimate  # noqa: E402
from ssflow.simulation.loading import default_scenario, default_scenarios, load_scenario  # noqa: E402
from ssflow.simulation.practices import Practice  # noqa: E402
from ssflow.simulation.profiles import Before, Profile  # noqa: E402
from ssflow.simulation.replay import Replay  # noqa: E402
from ssflow.simulation.results import Simulation  # noqa: E402
from ssflow.simulation.scenario import Hours, Scenario  # noqa: E402
from ssflow.simulation.stations import Serves, Station  # noqa: E402
from ssflow.simulation.tables import Table  # noqa: E402

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
