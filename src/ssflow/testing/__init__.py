"""For the tests of agencies' own procedures and stores: the same checks that ssflow's are held to.

Needs the extra ``ssflow[testing]``.
"""

from ssflow.process import faults_of_process
from ssflow.testing.explore import explore
from ssflow.testing.scenarios import Scenario, load_scenarios, run_scenario
from ssflow.testing.store import StoreContract
from ssflow.testing.walks import Walker, data_strategy

__all__ = [
    "Scenario",
    "StoreContract",
    "Walker",
    "data_strategy",
    "explore",
    "faults_of_process",
    "load_scenarios",
    "run_scenario",
]
