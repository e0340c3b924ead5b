"""The applications in `examples`, which need packages that are no part of the lock: the dependency group ``hosts``."""

import hashlib
import sys

from tools.environment import LOCK, PROJECT, ROOT, made_with, run

ENVIRONMENT = ROOT / ".venv-hosts"
EXAMPLES = ("fastapi", "django")


def hosts(*arguments: str) -> int:
    """Run the tests of the applications, in a browser too."""
    tests = (
        "python",
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        "--numprocesses",
        "auto",
        "--dist",
        "loadfile",  # an application is started once for a file
        "tests/hosts",
        *arguments,
    )
    return _set_up() or run(*tests, inside=ENVIRONMENT)


def example(*arguments: str) -> int:
    """Serve one of the applications until it is interrupted."""
    if arguments not in [(name,) for name in EXAMPLES]:
        print(f"which example: {' or '.join(EXAMPLES)}?")
        return 2
    return _set_up() or run("python", "-m", f"examples.{arguments[0]}", inside=ENVIRONMENT)


def _set_up() -> int:
    """Make the environment, unless it is there and current."""
    stamp = ENVIRONMENT / "installed"
    made_of = (LOCK.read_bytes(), PROJECT.read_bytes(), sys.version.encode())
    current = hashlib.sha256(b"\n".join(made_of)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == current:
        return 0
    failed = made_with("hosts", ENVIRONMENT)
    if not failed:
        stamp.write_text(current, encoding="utf-8")
    return failed
