"""The documentation site: both languages, the reference of the library from its docstrings, searched without a network."""

import shutil

from tools.environment import ROOT, environment_of, pytest_with, run, set_up_with

PROJECT = ROOT / "build" / "site"


def site(*arguments: str) -> int:
    """Build the site, then look through it in a browser."""
    shutil.rmtree(PROJECT, ignore_errors=True)
    build = ("python", "-m", "tools.site", str(PROJECT))
    if failed := set_up_with("site") or run(*build, inside=environment_of("site")):
        return failed
    print(f"open {PROJECT / 'html' / 'index.html'}", flush=True)
    return pytest_with("site", "tests/site", *arguments)
