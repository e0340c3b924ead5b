"""What all tests and examples share: the terminal of whoever runs them is not theirs, and how long Hypothesis searches."""

import os
import re

import pytest
from hypothesis import HealthCheck, settings

# What only Django and Alembic load, when they have been set up: tests/store/test_django_app.py, tests/hosts/test_alembic.py.
collect_ignore_glob = ["src/ssflow/store/django/*", "src/ssflow/store/alembic/*"]

# These are meant to change what the program prints, so each test sets those that it is about. Language, time zone and encoding
# of the machine stay: no answer may depend on them. SSFLOW_TEST_... say what the tests have at hand.
TERMINAL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TERM")
for name in [name for name in os.environ if name in TERMINAL or re.match("SSFLOW_(?!TEST_)", name)]:
    del os.environ[name]

# ``dev`` by default, another where the environment variable HYPOTHESIS_PROFILE says so. ``ci``, which `dev.py test` takes, tries the
# same examples each time, so that a failure is met again by whoever runs it; the others say how to meet theirs again. The same examples
# prove nothing more at their second run, so they are half as many; `dev.py mutants` judges the properties by ten.
common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("dev", max_examples=60, **common)
settings.register_profile("ci", max_examples=30, derandomize=True, **common)
settings.register_profile("thorough", max_examples=2000, **common)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that are called differently each time, as by an address: several processes could not share them."""
    if moving := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"give these tests ids of their own: {', '.join(moving)}")
