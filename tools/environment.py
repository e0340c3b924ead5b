"""The environment of the daily commands: made from the lock, once, and never from anything else."""

import hashlib
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
LOCKED = ("--require-hashes", "--only-binary", ":all:")
UV = re.compile(r"^uv==.*(?:\n .*)*", re.MULTILINE)  # its entry in the lock
STAMP = "installed"  # the file of an environment that says of what it was made


def program(environment: Path, name: str) -> str:
    """The path of a program of an environment."""
    return str(environment / ("Scripts" if os.name == "nt" else "bin") / name)


def set_up() -> None:
    """Make the environment from the lock, unless it is there, current, and of the Python that asks."""
    if _is_current(VENV):
        return
    print("setting up .venv (once)", file=sys.stderr, flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        sys.exit(f"{sys.executable} cannot make environments; on Debian and Ubuntu: apt install python3-venv")
    _fill()
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _pip("check")
    _stamp(VENV)


def _fill() -> None:
    """Install what the lock has: uv first, which is quicker by far with all the rest; where it is told of no index, pip goes on.

    The lock is whole, so nothing is resolved anew: an older pip would take the newest release of an extra's package.
    """
    by_pip = ("install", "--no-deps", *LOCKED)
    with TemporaryDirectory(prefix="ssflow-") as folder:
        alone = Path(folder) / "uv.lock"
        alone.write_text("\n".join(UV.findall(LOCK.read_text(encoding="utf-8"))), encoding="utf-8")
        _pip(*by_pip, "-r", str(alone))
    by_uv = ("pip", "sync", "--quiet", "--python", program(VENV, "python"), *LOCKED, str(LOCK))
    if run("uv", *by_uv):
        print("uv could not install this; pip can, and takes a minute or two", file=sys.stderr, flush=True)
        _pip(*by_pip, "-r", str(LOCK))


def _pip(*words: str) -> None:
    pip = (program(VENV, "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    if subprocess.run([*pip, *words], stdout=sys.stderr, check=False).returncode:
        sys.exit(f"Python {sys.version.split()[0]} could not be set up; pip says why above")


def environment_of(group: str) -> Path:
    """The environment of a dependency group that is no part of the lock."""
    return ROOT / f".venv-{group}"


def set_up_with(group: str) -> int:
    """Make the environment of a group from the lock and from the newest of what the group names, unless it is current; its exit code."""
    environment = environment_of(group)
    if _is_current(environment):
        return 0
    inside = ("--quiet", "--python", program(environment, "python"))
    failed = (
        run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(environment))
        or run("uv", "pip", "sync", *inside, str(LOCK))
        or run("uv", "pip", "install", *inside, "--group", f"{PROJECT}:{group}")
        or run("uv", "pip", "install", *inside, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    )
    if not failed:
        _stamp(environment)
    return failed


def _is_current(environment: Path) -> bool:
    stamp = environment / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _made_of()


def _stamp(environment: Path) -> None:
    (environment / STAMP).write_text(_made_of(), encoding="utf-8")


def _made_of() -> str:
    made_of = (LOCK.read_bytes(), PROJECT.read_bytes(), sys.version.encode(), os.fsencode(ROOT))
    return hashlib.sha256(b"\n".join(made_of)).hexdigest()


def pytest(*arguments: str, inside: Path = VENV) -> int:
    """Run tests, as many at once as the machine has processors."""
    return run("python", "-m", "pytest", "--quiet", "--numprocesses", "auto", *arguments, inside=inside)


def pytest_with(group: str, *arguments: str) -> int:
    """Run the tests that wait for a group, in its environment, which is made first; ``--last-failed`` goes on to mean the other tests."""
    return set_up_with(group) or pytest("-p", "no:cacheprovider", *arguments, inside=environment_of(group))


def run(*command: str, inside: Path = VENV) -> int:
    """Run a program of an environment in the project's folder and return its exit code."""
    there = Path(program(inside, command[0]))
    if not there.exists() and not there.with_suffix(".exe").exists():
        print(f"the environment has no program {command[0]}; it has those in {there.parent}", file=sys.stderr)
        return 2
    path = os.pathsep.join([str(there.parent), os.environ.get("PATH", "")])
    variables = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    variables.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # tests start hundreds of Pythons; each would compile all that it imports
    return subprocess.run([str(there), *command[1:]], cwd=ROOT, env=variables, check=False).returncode
