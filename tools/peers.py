"""The tests that hold results against other tools, which are no part of the lock: the dependency group ``peers``."""

from tools.environment import ROOT, made_with, run

PEERS = ROOT / ".venv-peers"
TESTS = ("tests/logs/test_peers.py",)


def peers(*arguments: str) -> int:
    """Run the tests that wait for other tools, in an environment that has them."""
    tests = ("python", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *TESTS, *arguments)
    return made_with("peers", PEERS) or run(*tests, inside=PEERS)
