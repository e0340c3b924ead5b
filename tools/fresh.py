"""What a newcomer does: clones into an empty folder, runs the two commands of the README, installs the package and uses it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import MappingProxyType
from typing import NamedTuple

from tools.environment import LOCK, ROOT, program, run
from tools.pythons import Python, found

# The tests of what depends most on a Python and on a machine: columns, other countries, the program, the README.
DELICATE = (
    "tests/test_any_machine.py",
    "tests/calendar/test_columns.py",
    "tests/calendar/test_units.py",
    "tests/calendar/test_countries.py",
    "tests/cli/test_program.py",
    "README.md",
    "README.zh.md",
)
CHINESE = MappingProxyType({"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN:zh"})
PLAIN: Mapping[str, str] = MappingProxyType({})
# What the machine of somebody at work says of itself, and a newcomer's does not.
OURS = re.compile(r"PYTHON|VIRTUAL_ENV|SSFLOW_|LC_|LANG")
# The lines of the lock without their hashes.
PIN = re.compile(r"^([\w.-]+==\S+(?: ; .*?)?)(?: \\)?$", re.MULTILINE)
ALONE = "from ssflow import Cases, MemoryStore, WorkCalendar, rulebook; print(WorkCalendar.china().firm_through)"
INSTALL = ("-m", "pip", "install", "--quiet")
SHOWN = ("-X", "utf8", "-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE")


class Step(NamedTuple):
    """A command, the folder in which it is given, and what the machine says of itself."""

    folder: Path
    command: tuple[str, ...]
    machine: Mapping[str, str] = PLAIN


def fresh(*arguments: str) -> int:
    """Prove a clone of the last commit, and the package made of it, on every Python that is found.

    Every Python runs all tests in two languages, and what it installs are the newest versions. With ``quick``, one Python of
    each minor version runs the tests of what depends on it most, and installs the versions of the lock. The Python that asks runs
    them only if there is no other, because `dev.py test` runs all tests with it.
    """
    quick = "quick" in arguments
    pythons = found()
    if quick:
        pythons = list({python.version[:2]: python for python in pythons}.values())
    others = [python for python in pythons if python.version != sys.version_info[:3]]
    clone = (others or pythons) if quick else pythons
    with TemporaryDirectory(prefix="ssflow-") as there:
        source = _clone(ROOT, Path(there) / "source")
        package = _locked(source) if quick else (str(source),)
        # Most of a quick proof is pip, which takes one processor: two go on at once. Two whole suites would be in each other's way.
        with ThreadPoolExecutor(2 if quick else 1) as pool:
            works = list(
                pool.map(lambda python: _works(python, source, package, quick=quick, clones=python in clone), pythons)
            )
    return 0 if all(works) else 1


def _works(python: Python, source: Path, package: tuple[str, ...], *, quick: bool, clones: bool) -> bool:
    """Whether all that a newcomer does works with a Python: what the README says of a clone, if ``clones``, and the package; what fails is shown."""
    folder = Path(mkdtemp(prefix=f"{python}-", dir=source.parent))
    clone, empty = _clone(source, folder / "clone"), folder / "empty"
    empty.mkdir()
    clean = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    readme = _readme(python, clone, quick=quick) if clones else ()
    for step in (*readme, *_installed(python, clone, empty, package)):
        start = time.monotonic()
        ended = subprocess.run(
            step.command, cwd=step.folder, env={**clean, **step.machine}, capture_output=True, check=False
        )
        verdict = "failed" if ended.returncode else "works"
        shown = " ".join((*step.machine.values(), *step.command))
        for there in (folder, source.parent):
            shown = shown.replace(f"{there}/", "")
        print(f"{python} {verdict}, {time.monotonic() - start:3.0f} s: {shown}", flush=True)
        if ended.returncode:
            sys.stdout.buffer.write(ended.stdout + ended.stderr)
            return False
    return True


def _readme(python: Python, clone: Path, *, quick: bool) -> Iterator[Step]:
    """The two commands of the README."""
    dev = (python.program, "dev.py")
    yield Step(clone, (*dev, "demo"))
    if quick:
        yield Step(clone, (*dev, "run", "python", "-m", "pytest", "-q", "-n", "auto", *DELICATE), CHINESE)
        return
    yield Step(clone, (*dev, "test"))
    yield Step(clone, (*dev, "demo"), CHINESE)
    yield Step(clone, (*dev, "test"), CHINESE)


def _installed(python: Python, clone: Path, empty: Path, package: tuple[str, ...]) -> Iterator[Step]:
    """The package without its extras, then with those of the README's examples and of the command, in a folder without a clone."""
    environment = empty.parent / "environment"
    its = program(environment, "python")
    what, *constraints = package
    yield Step(empty, (python.program, "-m", "venv", str(environment)))
    yield Step(empty, (its, *INSTALL, what, *constraints))
    yield Step(empty, (its, "-c", ALONE))
    yield Step(empty, (its, *INSTALL, f"{what}[cli,columns]", *constraints))
    yield Step(empty, (its, "-m", "pip", "check"))
    yield Step(empty, (its, *SHOWN, str(clone / "README.md")))
    yield Step(empty, (its, *SHOWN, str(clone / "README.zh.md")))
    yield Step(empty, (program(environment, "ssflow"), "demo"))


def _clone(source: Path, target: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", str(source), str(target)], check=True)
    return target


def _locked(source: Path) -> tuple[str, ...]:
    """A wheel that the tools of the lock make, and the constraint that only versions of the lock are installed with it."""
    pins = source.parent / "pins.txt"
    pins.write_text("\n".join(PIN.findall(LOCK.read_text(encoding="utf-8"))), encoding="utf-8")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(source.parent))
    if run("python", "-m", "pip", "wheel", *options, str(source)):
        sys.exit("the wheel cannot be built")
    return (str(next(source.parent.glob("*.whl"))), "--constraint", str(pins))
