"""What can be changed in a module, one small change at a time: each is a mutant that some test ought to notice."""

import ast
import copy
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from tools.mutants.operators import instead

AROUND = 60  # characters shown before and after a difference
HEADERS = ("body", "orelse", "handlers", "finalbody", "decorator_list")
# Annotations and decorators are the business of other checks.
PASSED_OVER = {"annotation", "returns", "decorator_list", "type_params", "type_comment"}
JUMPS = (ast.Break, ast.Continue)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Edit(NamedTuple):
    """A node that takes the place of another: a field of its holder, or one place in it."""

    statement: ast.stmt
    holder: ast.AST
    field: str
    place: int | None
    node: ast.AST | None


class Mutant(NamedTuple):
    """One change of a file, as a difference of one line."""

    file: str  # below the folder of the library
    number: int  # among the changes of the file
    line: int
    lines: frozenset[int]  # a test that touches it runs one of these
    inner: frozenset[int]  # of a condition, what is done where it holds: tests that come there tell most
    was: str
    now: str

    def __str__(self) -> str:
        """The difference, and of a long line only what is around it."""
        start = max(0, _alike(self.was, self.now) - AROUND)
        end = max(0, _alike(self.was[::-1], self.now[::-1]) - AROUND)
        was, now = (
            f"{'…' * (start > 0)}{line[start : len(line) - end]}{'…' * (end > 0)}" for line in (self.was, self.now)
        )
        return f"src/ssflow/{self.file}:{self.line}\n- {was}\n+ {now}"


def mutants(root: Path, file: str) -> list[Mutant]:
    """All mutants of a file."""
    tree = ast.parse((root / file).read_text(encoding="utf-8"))
    everything = frozenset(range(1, len((root / file).read_text(encoding="utf-8").splitlines()) + 1))
    inside = {id(node) for function in ast.walk(tree) if isinstance(function, FUNCTIONS) for node in _below(function)}
    found = []
    for number, edit in enumerate(edits(tree)):
        was, now = _difference(edit)
        if was != now:
            statement = edit.statement
            if isinstance(edit.node, JUMPS) or isinstance(statement, JUMPS):  # the compiler leaves no trace of some
                statement = edit.holder if isinstance(edit.holder, ast.stmt) else statement
            lines = _lines(statement) if id(statement) in inside or isinstance(statement, FUNCTIONS) else everything
            inner = frozenset({statement.body[0].lineno} if isinstance(statement, ast.If) else ())
            found.append(Mutant(file, number, edit.statement.lineno, lines, inner, was, now))
    return found


def mutated(root: Path, mutant: Mutant) -> ast.Module:
    """The tree of a file with the one change made."""
    tree = ast.parse((root / mutant.file).read_text(encoding="utf-8"))
    for number, edit in enumerate(edits(tree)):
        if number == mutant.number:
            _swap(edit, edit.node)
            return ast.fix_missing_locations(tree)
    raise LookupError(mutant)


def edits(tree: ast.Module) -> list[Edit]:
    """Every change that can be made in a module."""
    return [edit for number, node in enumerate(tree.body) for edit in _of_statement(node, tree, "body", number)]


def _of_statement(node: ast.stmt, holder: ast.AST, field: str, place: int | None) -> Iterator[Edit]:
    if not _counts(node):
        return
    if _may_go(node):
        yield Edit(node, holder, field, place, ast.Pass())
    yield from _inside(node, node, holder, field, place)


def _counts(node: ast.stmt) -> bool:
    """Whether a change of it would change what the program does."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
        return False
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return False
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return False
    if isinstance(node, ast.ClassDef):
        return not any(ast.unparse(base).startswith("Protocol") for base in node.bases)
    return not (isinstance(node, FUNCTIONS) and any("overload" in ast.unparse(name) for name in node.decorator_list))


def _may_go(node: ast.stmt) -> bool:
    """Whether the module still makes sense without the statement."""
    if isinstance(node, ast.Expr | ast.Raise | ast.AugAssign | ast.Delete):
        return True
    if isinstance(node, ast.Assign):
        names = {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
        return all(not isinstance(target, ast.Name | ast.Tuple) for target in node.targets) or any(
            isinstance(target, ast.Name) and target.id in names for target in node.targets
        )
    return False


def _inside(statement: ast.stmt, node: ast.AST, holder: ast.AST, field: str, place: int | None) -> Iterator[Edit]:
    """What can be changed at a node, then below it."""
    for new in instead(node):
        yield Edit(statement, holder, field, place, new)
    for name, value in ast.iter_fields(node):
        if name in PASSED_OVER:
            continue
        for number, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.stmt):
                yield from _of_statement(child, node, name, number)
            elif isinstance(child, ast.AST):
                yield from _inside(statement, child, node, name, number)


def _swap(edit: Edit, node: ast.AST | None) -> ast.AST | None:
    """Put a node in the place of the edit; the one that was there."""
    if edit.place is None:
        was = getattr(edit.holder, edit.field)
        setattr(edit.holder, edit.field, node)
    else:
        nodes = getattr(edit.holder, edit.field)
        was, nodes[edit.place] = nodes[edit.place], node
    if isinstance(node, ast.expr | ast.stmt) and not hasattr(node, "lineno"):
        ast.copy_location(node, was or edit.statement)
    return was


def _difference(edit: Edit) -> tuple[str, str]:
    """The first line that the change makes another, before and after."""
    before = _shown(edit.statement)
    was = _swap(edit, edit.node)
    statement = edit.statement
    if was is statement:
        statement = edit.node
    after = _shown(statement)
    _swap(edit, was)
    return next(((one, two) for one, two in zip(before, after, strict=False) if one != two), (before[0], before[0]))


def _shown(node: ast.AST) -> list[str]:
    """The lines of a statement, without the statements within it."""
    head = copy.copy(node)
    for name in HEADERS:
        if getattr(head, name, None):
            setattr(head, name, [ast.Pass()] if name == "body" else [])
    if isinstance(head, ast.Try | ast.TryStar):
        return ["try:"]
    return ast.unparse(ast.fix_missing_locations(head)).splitlines()


def _lines(statement: ast.stmt) -> frozenset[int]:
    """The lines of a statement without those within it; a function's defaults are touched by what runs the function."""
    last = statement.end_lineno or statement.lineno
    body = getattr(statement, "body", None)
    if isinstance(statement, FUNCTIONS):
        return frozenset(range(statement.body[0].lineno, last + 1))
    return frozenset(range(statement.lineno, max(statement.lineno + 1, body[0].lineno) if body else last + 1))


def _below(function: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(function) if node is not function)


def _alike(one: str, other: str) -> int:
    """How many characters two lines have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
