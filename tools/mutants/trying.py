"""A mutant is tried: the tests that touch it run in a process that loads the changed module in place of the file's."""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest

from tools.mutants.forking import Ended, forked
from tools.mutants.mutations import Mutant, mutated
from tools.mutants.touching import ARGUMENTS, SOURCE, TestFile

# Few tests first: most mutants are killed by the first that are asked. Seconds of a processor.
ROUNDS = (4.0, 15.0)
# Where the tests of a package are that has no folder of its own there.
ROOMS = {"records": ("tests/store/", "tests/case/")}
NOTHING: frozenset[int] = frozenset()


class Verdict(Enum):
    """What became of a mutant."""

    killed = "killed"
    late = "timed out"
    survived = "survived"
    untouched = "touched by no test"
    equivalent = "equivalent"


def tried(mutant: Mutant, files: Sequence[TestFile], most: float) -> Verdict:
    """Run the tests that touch a mutant, the fastest first, for as long as `most` seconds would do without it."""
    rounds = list(_rounds(mutant, files, most))
    for tests, expected in rounds:
        processor = 10 + 6 * expected
        ended = forked(lambda tests=tests: _run(mutant, tests), processor, 60 + 20 * processor)
        if ended is not Ended.well:
            return Verdict.late if ended is Ended.late else Verdict.killed
    return Verdict.survived if rounds else Verdict.untouched


def _rounds(mutant: Mutant, files: Sequence[TestFile], most: float) -> Iterator[tuple[list[str], float]]:
    """The tests that touch a mutant in lots of growing cost: the fastest, those of its own package before others; then some of each file."""
    package = mutant.file.partition("/")[0]
    costs = {file.name: file.seconds for file in files}
    waiting = [test for file in files for test in file.tests if mutant.lines & test.lines.get(mutant.file, NOTHING)]
    room = ROOMS.get(package, f"tests/{package}/")
    waiting.sort(
        key=lambda test: (
            mutant.inner.isdisjoint(test.lines.get(mutant.file, NOTHING)),
            test.seconds * (1 if test.file.startswith(room) else 3),
        )
    )
    for limit in (*ROUNDS, most - sum(ROUNDS)):
        if limit not in ROUNDS:
            of_file = Counter[str]()
            numbered = [(of_file.update([test.file]) or of_file[test.file], test) for test in waiting]
            waiting = [test for _, test in sorted(numbered, key=lambda found: found[0])]
        lot, cost = [], 0.0
        for test in waiting:
            more = test.seconds + (0 if any(test.file == one.file for one in lot) else costs[test.file])
            if not lot or cost + more <= limit:
                lot.append(test)
                cost += more
        if lot:
            yield [test.test for test in lot], cost
        chosen = set(map(id, lot))
        waiting = [test for test in waiting if id(test) not in chosen]


def _run(mutant: Mutant, tests: list[str]) -> int:
    """Run tests until one fails, within a process that ends afterwards."""
    sys.meta_path.insert(0, _Finder(mutant))
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return int(pytest.main([*ARGUMENTS, "-x", *files], plugins=[_Chosen(tests)]))


class _Chosen:
    """Only the tests that touch the mutant, in their order."""

    def __init__(self, tests: Iterable[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those of one file stay together, so that what they share is made once."""
        first: dict[Path, int] = {}
        for item in items:
            place = self.order.get(item.nodeid, sys.maxsize)
            first[item.path] = min(place, first.get(item.path, sys.maxsize))
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order),
            key=lambda item: (first[item.path], self.order[item.nodeid]),
        )


class _Finder(MetaPathFinder):
    """Finds the changed module before all others."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self.name = f"ssflow.{name}"

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """The spec of the changed module."""
        if fullname != self.name:
            return None
        file = SOURCE / self.mutant.file
        folder = [str(file.parent)] if file.name == "__init__.py" else None
        loader = _Loader(fullname, str(file), mutated(SOURCE, self.mutant))
        return spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=folder)


class _Loader(SourceFileLoader):
    """Compiles the changed tree; the file and what was compiled of it stay as they are."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self.tree = tree

    def get_code(self, *_: str) -> CodeType:
        """The code of the changed module."""
        return compile(self.tree, self.path, "exec", dont_inherit=True)
