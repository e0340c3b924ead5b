"""Checks for the procedures and stores of agencies, the same as for those of ssflow itself.

Needs the extra ``ssflow[testing]``.
"""

from importlib.util import find_spec

from ssflow.errors import MissingExtraError

if not all(map(find_spec, ("hypothesis", "pytest"))):
    raise MissingExtraError("ssflow.testing", "testing")

from ssflow.process import faults_of_process
from ssflow.testing.conformance import conformance, examples_of
from ssflow.testing.evidence import Evidence
from ssflow.testing.explore import explore
from ssflow.testing.scenarios import Scenario, load_scenarios, run_scenario
from ssflow.testing.store import OutboxContract, StoreContract
from ssflow.testing.trials import Trial
from ssflow.testing.walks import Walker, data_strategy

__all__ = [
    "Evidence",
    "OutboxContract",
    "Scenario",
    "StoreContract",
    "Trial",
    "Walker",
    "conformance",
    "data_strategy",
    "examples_of",
    "explore",
    "faults_of_process",
    "load_scenarios",
    "run_scenario",
]
