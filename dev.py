"""The daily commands. Needs Python 3.11 or later and nothing else: `python3 dev.py test` sets everything up by itself.

    python3 dev.py demo      play a lost card from loss report to hand-over
    python3 dev.py check     lint, format, types
    python3 dev.py test      check, then all tests and examples
    python3 dev.py docs      the examples and links of the documentation
    python3 dev.py sheets    write the procedure sheets of the documentation anew
    python3 dev.py bench     the measurements
    python3 dev.py lock      renew requirements.lock from pyproject.toml
    python3 dev.py run ...   any command of the environment, for example: run ssflow list

Further arguments go to the command: `python3 dev.py test -k calendar`.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed"


def set_up() -> None:
    """Make the environment from the lock, unless it is there and current."""
    current = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == current:
        return
    print("setting up .venv (once; a minute or so)", file=sys.stderr, flush=True)
    venv.create(VENV, with_pip=True)
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    # The lock is whole, so nothing is resolved anew: an older pip would take the newest release of an extra's package.
    subprocess.run([*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    subprocess.run(
        [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "check"], stdout=sys.stderr, check=True
    )
    STAMP.write_text(current, encoding="utf-8")


def run(*command: str) -> int:
    """Run a command of the environment in the project's folder and return its exit code."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")]), "PYTHONUTF8": "1"}
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment, check=False).returncode


def check(*arguments: str) -> int:
    """Lint, format, types."""
    return run("ruff", "check", *arguments) or run("ruff", "format", "--check", "--quiet") or run("mypy")


def test(*arguments: str) -> int:
    """Everything that has to hold."""
    return check("--quiet") or run("python", "-m", "pytest", "--quiet", "--numprocesses", "auto", *arguments)


def docs(*arguments: str) -> int:
    """The examples of the documentation, and that both languages show the same ones."""
    files = ("README.md", "README.zh.md", "docs", "tests/test_docs.py")
    return run("python", "-m", "pytest", "--quiet", *files, *arguments)


def sheets(*_: str) -> int:
    """The procedure sheets, in both languages, from the definitions."""
    return run("python", "-m", "ssflow.sheets", "docs")


def bench(*arguments: str) -> int:
    """All benchmarks, or the ones named."""
    there = sorted(path.stem for path in (ROOT / "benchmarks").iterdir() if path.name[0] not in "._")
    names = arguments or there
    scripts = [path for name in names for path in sorted((ROOT / "benchmarks").glob(f"{name}.py"))]
    scripts += [path for name in names for path in sorted((ROOT / "benchmarks" / name).glob("*.py"))]
    if not scripts:
        print(f"no benchmark is called {' or '.join(names)}; there are {', '.join(there)}")
        return 2
    return max(run("python", str(path)) for path in scripts)


def lock(*_: str) -> int:
    """Pin every dependency with its hashes. Uses uv, which is fetched into the environment for the occasion."""
    run("python", "-m", "pip", "install", "--quiet", "uv")
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
    "bench": bench,
    "lock": lock,
    "run": run,
}


def main() -> int:
    """Do what the first argument says."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older Python is to be told so
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"ssflow needs Python 3.11 or later; this is {found}. Try: python3.11 dev.py {' '.join(sys.argv[1:])}")
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS or (name == "run" and not arguments):
        print(__doc__)
        return 2
    set_up()
    return COMMANDS[name](*arguments)


if __name__ == "__main__":
    sys.exit(main())
