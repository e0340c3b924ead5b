"""A mutant is tried in a process that loads the changed module in place of the file's, and then the tests."""

import ast
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import pytest

from tools.mutants.mutations import Mutant, mutated
from tools.mutants.touching import ARGUMENTS, SOURCE
from tools.mutants.trying import Watched


def run(mutant: Mutant | None, watched: Watched) -> int:
    """Run tests until one fails, within a process that ends afterwards."""
    if mutant:
        sys.meta_path.insert(0, _Finder(mutant))
    files = list(dict.fromkeys(test.partition("::")[0] for test in watched.tests))
    return int(pytest.main([*ARGUMENTS, "-x", *files], plugins=[_Chosen(watched), watched]))


class _Chosen:
    """Only the tests that touch the mutant, in their order."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those of one file stay together, so that what they share is made once."""
        items[:] = in_order(items, self.watched)


def in_order(items: list[pytest.Item], watched: Watched) -> list[pytest.Item]:
    """The tests that are asked, by file in the order of the first of each."""
    first: dict[Path, int] = {}
    asked = [(watched.tests[item.nodeid][0], item) for item in items if item.nodeid in watched.tests]
    for place, item in asked:
        first[item.path] = min(place, first.get(item.path, sys.maxsize))
    return [item for _, item in sorted(asked, key=lambda found: (first[found[1].path], found[0]))]


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
