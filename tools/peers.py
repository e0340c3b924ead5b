"""The tests that hold results against other tools, which are no part of the lock: the dependency group ``peers``."""

import sys

from tools.environment import LOCK, PROJECT, ROOT, program, run

PEERS = ROOT / ".venv-peers"
TESTS = ("tests/logs/test_peers.py",)


def peers(*arguments: str) -> int:
    """Make an environment of the lock and of the other tools at their newest, and run the tests that wait for them."""
    inside = ("--quiet", "--python", program(PEERS, "python"))
    return (
        run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS))
        or run("uv", "pip", "sync", *inside, str(LOCK))
        or run("uv", "pip", "install", *inside, "--group", f"{PROJECT}:peers")
        or run("uv", "pip", "install", *inside, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        or run("python", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *TESTS, *arguments, inside=PEERS)
    )
