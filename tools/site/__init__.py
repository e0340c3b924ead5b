"""The documentation site: both languages, the reference of the library from its docstrings, searched without a network."""

import shutil

from tools.environment import ROOT, made_with, run

ENVIRONMENT = ROOT / ".venv-site"
PROJECT = ROOT / "build" / "site"


def site(*arguments: str) -> int:
    """Build the site, then look through it in a browser."""
    shutil.rmtree(PROJECT, ignore_errors=True)
    failed = made_with("site", ENVIRONMENT) or run("python", "-m", "tools.site", str(PROJECT), inside=ENVIRONMENT)
    if failed:
        return failed
    print(f"open {PROJECT / 'html' / 'index.html'}", flush=True)
    tests = (
        "python",
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        "--numprocesses",
        "auto",
        "tests/site",
        *arguments,
    )
    return run(*tests, inside=ENVIRONMENT)
