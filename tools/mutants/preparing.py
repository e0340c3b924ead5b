"""What a process has loaded before others are forked from it: what is the same for every mutant is loaded once."""

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from tools.environment import ROOT

HEAVY = (
    "pytest",
    "hypothesis",
    "attrs",
    "cattrs",
    "holidays",
    "pendulum",
    "transitions",
    "numpy",
    "click",
    "rich",
    "coverage",
)
# A package is loaded by those behind it, never by those before it: `tests/test_layers.py` holds that.
ORDER = ("calendar", "rules", "process", "machines", "case", "records", "store")
COMPILED = ROOT / "build" / "mutants" / "compiled"
BEHIND = ("life_events", "export", "testing", "simulation", "views", "sheets")


def prepared(examples: int, package: str | None = None) -> None:
    """Load what tests need: all of the library, or what does not load a package, with its data read."""
    from hypothesis import HealthCheck, Phase, settings

    # Each process that is forked would compile the library and the tests anew where the environment keeps compiled code from being written.
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(COMPILED)
    for name in HEAVY:
        import_module(name)
    common = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
    common["phases"] = (
        Phase.explicit,
        Phase.generate,
    )  # one example that fails is enough; no smaller one is looked for
    settings.register_profile("mutants", max_examples=examples, **common)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    sys.path.insert(0, str(ROOT))
    if package is None:
        for name in (*ORDER, *BEHIND):
            import_module(f"ssflow.{name}")
    else:
        for name in ORDER[: ORDER.index(package) if package in ORDER else len(ORDER)]:
            _warm(name)
        assert f"ssflow.{package}" not in sys.modules, package  # noqa: S101 - else a mutant would not be seen
    gc.collect()
    gc.freeze()


@contextmanager
def database(names: Iterable[str]) -> Iterator[None]:
    """One PostgreSQL for all tests of stores that run meanwhile, so that not each process starts its own."""
    from tests.store.postgresql import started

    if not any(name.startswith("tests/store/") for name in names):
        yield
        return
    with started() as (server, _):
        if server:
            os.environ["SSFLOW_TEST_PG_URL"] = server.url
        yield


def _warm(name: str) -> None:
    """Load a package, and what it reads once."""
    import_module(f"ssflow.{name}")
    if name == "calendar":
        from ssflow import WorkCalendar

        assert WorkCalendar.china().firm_through  # noqa: S101 - asked so that it is read
    if name == "machines":
        from ssflow import machines, rulebook

        for machine in machines.names():
            machines.get(machine)
            rulebook(machine)
