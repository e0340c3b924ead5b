"""Which test runs which lines: every test file runs once, in a process of its own, under coverage.

In a process of its own each test file meets empty caches, as it does where a mutant is tried. What was found is kept in ``build/mutants``
until the test file changes, or one that its tests run of the parts that are asked for: elsewhere a changed line tells nothing of these.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tools.environment import ROOT
from tools.mutants.forking import Ended, forked
from tools.mutants.preparing import prepared

SOURCE = ROOT / "src" / "ssflow"
KEPT = ROOT / "build" / "mutants" / "touching"
# These look at other processes, at pages or at pictures: what they touch of a mutant is not seen, or others touch it faster.
LEFT_OUT = (
    "tests/simulation/",
    "tests/pictures/",
    "tests/analysis/",
    "tests/site/",
    "tests/adapters/",
    "tests/hosts/",
    "tests/cli/test_fuzz.py",
    "tests/cli/test_program.py",
    "tests/calendar/test_folders_of_others.py",
    "tests/machines/test_found_by_looking.py",
    "tests/store/test_crashes.py",
    "tests/store/test_documented_hosts.py",
    "tests/store/test_django_app.py",
    "tests/store/test_full_disks.py",
    "tests/store/test_power_cuts.py",
    "tests/store/test_races.py",
    "tests/store/test_server_kills.py",
    "tests/test_any_machine.py",
    "tests/test_setup.py",
    "tests/test_notebooks.py",
    "tests/test_mutants.py",
    "tests/test_layers.py",
    "tests/test_words.py",
    "tests/test_docs.py",
    "tests/logs/test_peers.py",
    "docs/zh/",
    "docs/en/notebooks/",
    "README.zh.md",
)
# Plain asserts: pytest would itself load a file that holds both tests and what they test, without the change, and compile tests each time.
ARGUMENTS = (
    "-q",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:cov",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
LONGEST = 900  # seconds of a test file


class Touch(NamedTuple):
    """A test, what it costs in seconds of a processor, and the lines that it runs by file."""

    test: str
    seconds: float
    lines: dict[str, frozenset[int]]

    @property
    def file(self) -> str:
        """The file that holds the test."""
        return self.test.partition("::")[0]


class TestFile(NamedTuple):
    """The tests of a file that pass, what it costs to collect them, and the lines that this runs by file."""

    name: str
    seconds: float
    tests: list[Touch]
    collected: dict[str, frozenset[int]]


def test_files() -> list[str]:
    """Every file with tests or examples that is measured."""
    tests = list((ROOT / "tests").rglob("test_*.py"))
    examples = [path for path in (ROOT / "src").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    pages = [path for path in (ROOT / "docs").rglob("*.md") if ">>> " in path.read_text(encoding="utf-8")]
    names = (path.relative_to(ROOT).as_posix() for path in (*tests, *examples, *pages, ROOT / "README.md"))
    return sorted(name for name in names if not name.startswith(LEFT_OUT))


def measure(names: list[str], parts: Sequence[str], examples: int) -> None:
    """Run the test files of which it is not known what their tests touch of the parts."""
    KEPT.mkdir(parents=True, exist_ok=True)
    missing = [name for name in names if _kept(name, parts) is None]
    if missing:
        prepared(examples)
    for number, name in enumerate(missing, 1):
        start = time.monotonic()
        ended = forked(lambda name=name: _measure(name), LONGEST, 10 * LONGEST)
        said = "" if ended is Ended.well else f": ended {ended.value}, left out"
        print(f"{number} of {len(missing)}, {time.monotonic() - start:.0f} s: {name}{said}", flush=True)


def measured(names: list[str], parts: Sequence[str]) -> Iterator[TestFile]:
    """What is known of the test files and the parts."""
    for name in names:
        if found := _kept(name, parts):
            collected = _as_sets(found["collected"])
            touched = [{**collected, **_merged(collected, _as_sets(files))} for files in found["lines"]]
            tests = [Touch(test, seconds, touched[number]) for number, (test, seconds) in enumerate(found["tests"])]
            yield TestFile(name, found["seconds"], tests, collected)


def _as_sets(files: Mapping[str, Iterable[int]]) -> dict[str, frozenset[int]]:
    return {file: frozenset(lines) for file, lines in files.items()}


def _merged(collected: Mapping[str, frozenset[int]], own: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    return {file: lines | collected.get(file, frozenset()) for file, lines in own.items()}


def _kept(name: str, parts: Sequence[str]) -> dict[str, Any] | None:
    file = _file(name)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if found.get("key") != _key(name):
        return None
    run = {file for files in found["lines"] for file in files if file.startswith(tuple(parts))}
    return found if all(_digest(file) == found["digests"][file] for file in run) else None


def _file(name: str) -> Path:
    return KEPT / (name.replace("/", ".") + ".json")


@cache
def _digest(file: str) -> str:
    """Of a file of the library as it is now; empty if it is gone."""
    path = SOURCE / file
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _key(name: str) -> str:
    """Of a test file and of the helpers beside it."""
    helpers = sorted(path for path in (ROOT / name).parent.glob("*.py") if not path.name.startswith("test_"))
    beside = helpers if name.startswith("tests/") else []
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*beside, ROOT / name))).hexdigest()


def _measure(name: str) -> int:
    """Run a test file and keep what its tests touch; within a process that ends afterwards."""
    from coverage import Coverage

    coverage = Coverage(data_file=None, config_file=False, include=[f"{SOURCE}/*"], messages=False)
    recorder = _Recorder(coverage)
    coverage.start()
    start = time.process_time()
    pytest.main([*ARGUMENTS, name], plugins=[recorder])
    spent = time.process_time() - start
    coverage.stop()
    data = coverage.get_data()
    lines: dict[str, dict[str, list[int]]] = {
        test: {} for test in ("", *recorder.seconds)
    }  # "": while it was collected
    for file in data.measured_files():
        below = Path(file).relative_to(SOURCE).as_posix()
        for line, tests in data.contexts_by_lineno(file).items():
            for test in tests:
                if test in lines:
                    lines[test].setdefault(below, []).append(line)
    found = {
        "key": _key(name),
        "digests": {file: _digest(file) for files in lines.values() for file in files},
        "seconds": max(0.0, spent - sum(recorder.seconds.values())),
        "tests": list(recorder.seconds.items()),
        "collected": lines[""],
        "lines": [lines[test] for test in recorder.seconds],
    }
    _file(name).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


class _Recorder:
    """Tells coverage which test runs, and remembers what each that passes has cost."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around one test with its fixtures."""
        self.failed = False
        self.coverage.switch_context(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            if not self.failed:
                self.seconds[item.nodeid] = time.process_time() - start
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails or is left out shows nothing of a mutant."""
        self.failed = self.failed or report.outcome != "passed"
