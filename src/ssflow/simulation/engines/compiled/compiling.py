"""The compiler of the engine: Numba turns functions over arrays into machine code. It is an extra, and this package alone imports it.

Compiling takes about half a minute, so the machine code is kept on disk. Numba looks only at the file of the function that is kept, and not at
those of the functions and constants that it uses; so the function is kept under a name with a digest of all files of the simulation.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}  # without the lock of the interpreter


def inlined(function: Function) -> Function:
    """Return a function as machine code that becomes a part of each function that calls it."""
    return cast("Function", njit(forceinline=True, **_OPTIONS)(function))


def compiled(function: Function) -> Function:
    """Return a function as machine code."""
    return cast("Function", njit(**_OPTIONS)(function))


def compiled_and_kept(function: Function) -> Function:
    """Return a function as machine code that is kept on disk; it is made anew in each process where no folder can be written."""
    function.__qualname__ += f"_{_digest_of_sources()}"
    try:
        return cast("Function", njit(cache=True, **_OPTIONS)(function))
    except RuntimeError:  # there is no such folder
        return compiled(function)


def _digest_of_sources() -> str:
    """Return a digest of the files of the simulation."""
    digest = blake2b(digest_size=8)
    for path in sorted(Path(__file__).parents[2].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
