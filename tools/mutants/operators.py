"""What may stand in the place of a piece of code: the other comparison, the other bound, one part fewer."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

SWAPPED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.Break: (ast.Continue, ast.Pass),
    ast.Continue: (ast.Break, ast.Pass),
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "startswith": "endswith", "endswith": "startswith"}
# What decides which of several values is taken, or which part of a value is new: a keyword of these is left out.
KEYWORDS_OF = {"evolve", "min", "max", "sorted"}


def instead(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    for other in SWAPPED.get(type(node), ()):
        yield other()
    if others := OTHERS.get(type(node)):
        yield from others(node)


def _returns(node: ast.Return) -> Iterator[ast.AST]:
    if node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))


def _names(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)


def _attributes(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)


def _without_sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _without_one(node: ast.BoolOp) -> Iterator[ast.AST]:
    for number in range(len(node.values)):
        left = node.values[:number] + node.values[number + 1 :]
        yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


def _either(node: ast.IfExp) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse


def _decided(node: ast.If) -> Iterator[ast.AST]:
    """A condition that is always met, and one that never is."""
    for value in (True, False):
        yield _with(node, test=ast.Constant(value))


def _filtered(node: ast.comprehension) -> Iterator[ast.AST]:
    for value in (True, False) if node.ifs else ():
        yield _with(node, ifs=[ast.Constant(value)])


def _never(node: ast.While) -> Iterator[ast.AST]:
    if ast.unparse(node.test) != "True":
        yield _with(node, test=ast.Constant(False))


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
        if node.value == 1:
            yield ast.Constant(0)


def _open_slices(node: ast.Slice) -> Iterator[ast.AST]:
    for name in ("lower", "upper", "step"):
        if getattr(node, name) is not None:
            yield _with(node, **{name: None})


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """A call without the order that it makes, and without one of the keywords that decide."""
    called = ast.unparse(node.func).rpartition(".")[2]
    if called in {"sorted", "reversed"}:
        yield ast.Call(ast.Name("list", ast.Load()), node.args[:1], [])
    for number, keyword in enumerate(node.keywords) if called in KEYWORDS_OF else ():
        if keyword.arg:
            yield _with(node, keywords=node.keywords[:number] + node.keywords[number + 1 :])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


OTHERS: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Return: _returns,
    ast.Name: _names,
    ast.Attribute: _attributes,
    ast.UnaryOp: _without_sign,
    ast.BoolOp: _without_one,
    ast.IfExp: _either,
    ast.If: _decided,
    ast.comprehension: _filtered,
    ast.While: _never,
    ast.Constant: _constants,
    ast.Slice: _open_slices,
    ast.Call: _calls,
}
