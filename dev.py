"""The daily commands. Needs Python 3.11 or later and nothing else: `python3 dev.py test` sets everything up by itself.

    python3 dev.py demo      play a lost card from loss report to hand-over
    python3 dev.py check     lint, format, types
    python3 dev.py test      check, then all tests and examples
    python3 dev.py docs      the examples and links of the documentation
    python3 dev.py sheets    write the procedure sheets of the documentation anew
    python3 dev.py notebooks run the notebooks of the documentation and write what they show anew
    python3 dev.py bench     the measurements, beside other tools
    python3 dev.py lock      renew requirements.lock from pyproject.toml
    python3 dev.py lowest    all tests with the lowest versions that pyproject.toml allows
    python3 dev.py example   serve an application of examples: example fastapi, example django
    python3 dev.py hosts     the tests of these applications, in an environment that has their packages
    python3 dev.py peers     the tests against other tools, in an environment that has them
    python3 dev.py engines   the tests with queues and engines that a host may run, such as Temporal
    python3 dev.py mutants   change the code in small ways and see whether the tests notice: mutants case --count 60 --seed 1
    python3 dev.py site      build the documentation site, and look through it in a browser
    python3 dev.py ci        what a change has to pass: test, peers, hosts, site, fresh quick
    python3 dev.py fresh     clone, test, install and use it with every Python that is found; fresh quick: what matters most
    python3 dev.py run ...   any command of the environment, for example: run ssflow list

Further arguments go to the command: `python3 dev.py test -k calendar`.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older Python is to be told so
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"ssflow needs Python 3.11 or later; this is {found}. Try: python3.11 dev.py {' '.join(sys.argv[1:])}")

from tools.ci import ci
from tools.environment import LOCK, ROOT, VENV, environment_of, pytest, run, set_up, set_up_with
from tools.fresh import fresh
from tools.groups import engines, example, hosts, peers
from tools.lowest import lowest
from tools.mutants import mutants
from tools.site import site


def check(*arguments: str) -> int:
    """Lint, format, types."""
    return run("ruff", "check", *arguments) or run("ruff", "format", "--check", "--quiet") or run("mypy")


def test(*arguments: str) -> int:
    """Everything that has to hold."""
    os.environ.setdefault("HYPOTHESIS_PROFILE", "ci")
    return check("--quiet") or pytest(*arguments)


def docs(*arguments: str) -> int:
    """The examples of the documentation, and that both languages show the same ones."""
    files = ("README.md", "README.zh.md", "docs", "tests/test_docs.py")
    return pytest(*files, *arguments)


def sheets(*_: str) -> int:
    """The procedure sheets, in both languages, from the definitions."""
    return run("python", "-m", "ssflow.sheets", "docs")


def notebooks(*_: str) -> int:
    """The notebooks, in both languages, run and written anew with their pictures."""
    return run("python", "-m", "tools.notebooks", "docs")


def bench(*arguments: str) -> int:
    """All benchmarks, or the ones named, beside the tools of the group ``peers``; where these cannot be installed, without them."""
    there = sorted(path.stem for path in (ROOT / "benchmarks").iterdir() if path.name[0] not in "._")
    names = arguments or there
    scripts = [path for name in names for path in sorted((ROOT / "benchmarks").glob(f"{name}.py"))]
    scripts += [path for name in names for path in sorted((ROOT / "benchmarks" / name).glob("*.py"))]
    if not scripts:
        print(f"no benchmark is called {' or '.join(names)}; there are {', '.join(there)}")
        return 2
    inside = VENV if set_up_with("peers") else environment_of("peers")  # a benchmark says which tools it has not found
    return max(run("python", str(path), inside=inside) for path in scripts)


def lock(*_: str) -> int:
    """Pin every dependency with its hashes, at its newest version."""
    options = ("--all-extras", "--group", "dev", "--universal", "--generate-hashes", "--python-version", "3.11")
    quiet = ("--no-emit-index-url", "--no-header", "--quiet", "--upgrade")
    return run("uv", "pip", "compile", "pyproject.toml", *options, *quiet, "--output-file", str(LOCK))


def demo(*arguments: str) -> int:
    """The story of a lost card."""
    return run("ssflow", "demo", *arguments)


COMMANDS = {
    "demo": demo,
    "check": check,
    "test": test,
    "docs": docs,
    "sheets": sheets,
    "notebooks": notebooks,
    "bench": bench,
    "lock": lock,
    "lowest": lowest,
    "example": example,
    "hosts": hosts,
    "peers": peers,
    "engines": engines,
    "mutants": mutants,
    "site": site,
    "ci": ci,
    "fresh": fresh,
    "run": run,
}


def main() -> int:
    """Do what the first argument says."""
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS or (name == "run" and not arguments):
        print(__doc__)
        return 2
    set_up()
    return COMMANDS[name](*arguments)


if __name__ == "__main__":
    sys.exit(main())
