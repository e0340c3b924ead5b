"""The tests that wait for a dependency group that is no part of the lock, each in an environment of its own that has the group."""

from tools.environment import ROOT, made_with, run


def peers(*arguments: str) -> int:
    """Run the tests that hold results against other tools."""
    return _tests("peers", "tests/logs/test_peers.py", *arguments)


def engines(*arguments: str) -> int:
    """Run the tests with the queues and engines that a host may run."""
    return _tests("engines", "tests/adapters", *arguments)


def _tests(group: str, *arguments: str) -> int:
    environment = ROOT / f".venv-{group}"
    tests = ("python", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *arguments)
    return made_with(group, environment) or run(*tests, inside=environment)
