"""The tool that tries mutants: what it changes, what it leaves alone, and that it tells a killed mutant from one that lives."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tools.mutants.equivalents import Equivalent, equivalents, unmatched
from tools.mutants.mutations import Mutant, mutants, mutated

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ssflow"
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants are tried in forked processes")
LEFT_ALONE = '''"""A docstring."""
from typing import TYPE_CHECKING, Protocol
if TYPE_CHECKING:
    LIMIT = 1 + 2
__all__ = ["one", "two"][:2]

class Shape(Protocol):
    size: int = 1

def named(size: "int | None", name: str = "a") -> "int | None":
    """Another: 1 < 2."""
    text = f"{name} and not {size}"
'''

SEVERAL_KINDS = """
from functools import cache, wraps
from attrs import frozen

LIMIT = 1 + 2

def doubled(function):
    @wraps(function)
    def call(*given):
        return 2 * function(*given)
    return call

@frozen
class Shape:
    size: int = 3 + 1

    @property
    def whole(self):
        return self.size + 1

    @classmethod
    def of(cls, size):
        return cls(size + 1)

    @doubled
    def more(self, by=1 + 1):
        return self.size + by

@cache
def kept(size):
    def inner(one):
        return one + size
    return inner(1)

def several(sizes):
    yield from (size + 1 for size in sizes if size < 3)

def results():
    return [LIMIT, Shape().size, Shape().whole, Shape.of(1).size, Shape().more(), kept(2), *several([1, 2, 3])]
"""


def of_source(folder: Path, source: str) -> list[Mutant]:
    (folder / "module.py").write_text(source, encoding="utf-8")
    return mutants(folder, "module.py")


@pytest.mark.parametrize(
    ("line", "others"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a is b", {"x = a is not b"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = min(a)", {"x = max(a)"}),
        ("x = a + 1", {"x = a - 1", "x = a + 2", "x = a + 0"}),
        ("x = -a", {"x = a"}),
        ("x = True", {"x = False"}),
        ("x = a[b:c]", {"x = a[:c]", "x = a[b:]"}),
        ("x = a if b else c", {"x = a", "x = c"}),
        ("x = [a for a in b if c]", {"x = [a for a in b if True]", "x = [a for a in b if False]"}),
        ("x = sorted(a, key=b)", {"x = list(a)", "x = sorted(a)"}),
        ("x = evolve(a, b=c)", {"x = evolve(a)"}),
        ("x = x.y", {"pass"}),
        ("a.b = c", {"pass"}),
        ("a(b)", {"pass"}),
        ("raise a", {"pass"}),
        ("def f(a=1): ...", {"def f(a=2):", "def f(a=0):"}),
        ("def f(): return a", {"return None"}),
        ("while a: break", {"while False:", "continue", "pass"}),
        ("for a in b: continue", {"break", "pass"}),
        ("if a: ...", {"if True:", "if False:"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_changed(tmp_path: Path, line: str, others: set[str]) -> None:
    """Each small change that a hurried hand might make is a mutant, shown as the line that it makes."""
    assert {mutant.now for mutant in of_source(tmp_path, line)} == others


def test_what_is_left_alone(tmp_path: Path) -> None:
    """Texts, annotations and what only a type checker reads do nothing when the program runs."""
    assert of_source(tmp_path, LEFT_ALONE) == []


def test_a_mutant_is_one_change(tmp_path: Path) -> None:
    """Its tree is that of the file but for the line that it shows, and compiles."""
    found = of_source(tmp_path, "def f(a, b):\n    if a < b:\n        return a\n    return b + 1\n")
    for mutant in found:
        lines = ast.unparse(compile_tree(tmp_path, mutant)).splitlines()
        was = ast.unparse(ast.parse((tmp_path / "module.py").read_text(encoding="utf-8"))).splitlines()
        assert [(one.strip(), two.strip()) for one, two in zip(was, lines, strict=True) if one != two] == [
            (mutant.was, mutant.now)
        ]
    assert len({(mutant.was, mutant.now) for mutant in found}) == len(found) == 9


def compile_tree(folder: Path, mutant: Mutant) -> ast.Module:
    tree = mutated(folder, mutant)
    compile(tree, mutant.file, "exec")
    return tree


def test_the_list_of_equivalents_is_true() -> None:
    """Each entry is a mutant that there is, with a reason; one that matches nothing is found."""
    entries = equivalents()
    known = [mutant for file in {entry.file for entry in entries} for mutant in mutants(SOURCE, file)]

    assert unmatched(entries, known) == []
    assert all(entry.why.strip() for entry in entries)
    gone = Equivalent("case/moments.py", "x = 1", "x = 2", "")
    assert unmatched([gone], mutants(SOURCE, gone.file)) == [gone]


def test_a_function_that_is_loaded_is_changed(tmp_path: Path) -> None:
    """Whatever wraps or holds it: it then does what the changed file does. What only loading does is told, and left alone."""
    from tools.mutants.swapping import functions, swap, swaps

    several: list[tuple[Mutant, dict[str, Any]]] = []
    # Each has a file of its own, so that all functions that are loaded are looked for only once.
    for number in range(len(of_source(tmp_path, SEVERAL_KINDS))):
        (tmp_path / f"m{number}.py").write_text(SEVERAL_KINDS, encoding="utf-8")
        mutant, loaded = mutants(tmp_path, f"m{number}.py")[number], {"__name__": "module"}
        if mutant.was != "return call":  # has run by then
            exec(compile(SEVERAL_KINDS, str(tmp_path / mutant.file), "exec"), loaded)  # noqa: S102 - as an import does
            several.append((mutant, loaded))
    found, there = {}, functions(tmp_path)
    for mutant, loaded in several:
        anew: dict[str, Any] = {"__name__": "module"}
        exec(compile(mutated(tmp_path, mutant), mutant.file, "exec"), anew)  # noqa: S102
        changes = swaps(tmp_path, mutant, there[mutant.file])
        swap(changes)
        found[mutant] = bool(changes)
        assert outcome(loaded) == outcome(anew if changes else loaded), mutant

    assert {mutant.now for mutant, swapped in found.items() if not swapped} == {
        "LIMIT = 1 - 2", "LIMIT = 2 + 2", "LIMIT = 0 + 2", "LIMIT = 1 + 3",
        "size: int = 3 - 1", "size: int = 4 + 1", "size: int = 3 + 2", "size: int = 3 + 0",
        "def more(self, by=1 - 1):", "def more(self, by=2 + 1):",
        "def more(self, by=0 + 1):", "def more(self, by=1 + 2):", "def more(self, by=1 + 0):",
        "return None",  # a function that names its outer one no more does not fit in its place
        "pass",  # nor does one that is no generator any more
    }  # fmt: skip


def outcome(module: dict[str, Any]) -> object:
    try:
        return module["results"]()
    except Exception as error:  # noqa: BLE001 - whatever a change makes of it
        return str(error)


@forks
def test_what_does_not_end_is_ended() -> None:
    """A mutant that loops is told from one that a test kills, and both from one that lives."""
    from tools.mutants.forking import Ended, forked

    def loops() -> int:
        while True:
            pass

    def sleeps() -> int:
        time.sleep(60)
        return 0

    assert forked(loops, processor=0, wall=60) is Ended.late
    assert forked(sleeps, processor=60, wall=0.1) is Ended.late
    assert forked(lambda: 1, 60, 60) is Ended.badly
    assert forked(lambda: 0, 60, 60) is Ended.well


@forks
def test_mutants_are_tried() -> None:
    """A mutant that a test notices is killed; without that test it lives, and the command says so by its exit code."""
    command = (sys.executable, "-m", "tools.mutants", "case/moments.py", "--count", "3", "--seed", "5")
    killed, lived = (
        subprocess.run([*command, "--tests", tests], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        for tests in ("tests/case/test_moments.py", "tests/case/test_connections.py")
    )

    assert "3 killed, 0 timed out, 0 survived" in killed.stdout
    assert killed.returncode == 0
    assert "0 killed" in lived.stdout
    assert lived.returncode == 1
