"""A change within a function is made in a process that runs: the functions that are there get other code, and nothing is loaded anew."""

import gc
import inspect
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType

from tools.mutants.mutations import Mutant, mutated

_KINDS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
Swaps = list[tuple[FunctionType, CodeType]]


def functions(root: Path) -> dict[str, list[FunctionType]]:
    """Every function that is loaded from below a folder, by file: also the methods, and those that a decorator has wrapped."""
    found, below = defaultdict(list), f"{root}{os.sep}"
    gc.unfreeze()  # what is frozen is not told
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(below):
            found[Path(thing.__code__.co_filename).relative_to(root).as_posix()].append(thing)
    return found


def swaps(root: Path, mutant: Mutant, loaded: Iterable[FunctionType]) -> Swaps:
    """The functions of its file that a mutant changes, each with its new code; empty if only loading the file makes the change."""
    file = root / mutant.file
    was = compile(file.read_text(encoding="utf-8"), str(file), "exec", dont_inherit=True)
    pairs = list(_changed(was, compile(mutated(root, mutant), str(file), "exec", dont_inherit=True)))
    if not all(one.co_flags & inspect.CO_OPTIMIZED for one, _ in pairs):  # the code of a module or a class runs once
        return []
    found = [(function, new) for function in loaded for old, new in pairs if function.__code__ == old]
    return found if all(_fits(function.__code__, new) for function, new in found) else []


def swap(found: Swaps) -> None:
    """Give the functions their new code."""
    for function, code in found:
        function.__code__ = code


def _fits(was: CodeType, now: CodeType) -> bool:
    """Whether a function may go on with other code: it names the same outer variables, and is a generator or coroutine if it was one."""
    return was.co_freevars == now.co_freevars and was.co_flags & _KINDS == now.co_flags & _KINDS


def _changed(was: CodeType, now: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The code that a change touches: what holds it, if that is a function, and what is within."""
    if was == now:
        return
    inner = list(zip(_inner(was), _inner(now), strict=False))
    if was.co_flags & inspect.CO_OPTIMIZED or _own(was) != _own(now):
        yield was, now
    if len(_inner(was)) == len(_inner(now)):
        for one, other in inner:
            yield from _changed(one, other)


def _inner(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _own(code: CodeType) -> CodeType:
    """The code without that of the functions within it."""
    return code.replace(co_consts=tuple(None if isinstance(one, CodeType) else one for one in code.co_consts))
