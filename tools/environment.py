"""The environment of the daily commands: made from the lock, once, and never from anything else."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "installed"


def program(environment: Path, name: str) -> str:
    """The path of a program of an environment."""
    return str(environment / ("Scripts" if os.name == "nt" else "bin") / name)


def set_up() -> None:
    """Make the environment from the lock, unless it is there, current, and of the Python that asks."""
    made_of = (LOCK.read_bytes(), PROJECT.read_bytes(), sys.version.encode(), os.fsencode(ROOT))
    current = hashlib.sha256(b"\n".join(made_of)).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == current:
        return
    print("setting up .venv (once; a minute or so)", file=sys.stderr, flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        sys.exit(f"{sys.executable} cannot make environments; on Debian and Ubuntu: apt install python3-venv")
    # The lock is whole, so nothing is resolved anew: an older pip would take the newest release of an extra's package.
    _pip("install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _pip("check")
    STAMP.write_text(current, encoding="utf-8")


def _pip(*words: str) -> None:
    pip = (program(VENV, "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    if subprocess.run([*pip, *words], stdout=sys.stderr, check=False).returncode:
        sys.exit(f"Python {sys.version.split()[0]} could not be set up; pip says why above")


def made_with(group: str, environment: Path) -> int:
    """Make an environment anew of the lock and of a dependency group that is no part of it, at its newest; its exit code."""
    inside = ("--quiet", "--python", program(environment, "python"))
    return (
        run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(environment))
        or run("uv", "pip", "sync", *inside, str(LOCK))
        or run("uv", "pip", "install", *inside, "--group", f"{PROJECT}:{group}")
        or run("uv", "pip", "install", *inside, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    )


def run(*command: str, inside: Path = VENV) -> int:
    """Run a program of an environment in the project's folder and return its exit code."""
    there = Path(program(inside, command[0]))
    if not there.exists() and not there.with_suffix(".exe").exists():
        print(f"the environment has no program {command[0]}; it has those in {there.parent}", file=sys.stderr)
        return 2
    path = os.pathsep.join([str(there.parent), os.environ.get("PATH", "")])
    variables = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    return subprocess.run([str(there), *command[1:]], cwd=ROOT, env=variables, check=False).returncode
