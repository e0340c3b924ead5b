"""The compiler of the engine: Numba turns functions over arrays into machine code. It is an extra, and this package alone imports it.

Compiling takes some seconds, so the machine code is kept on disk. Numba looks only at the file of the function that is kept, and not at those
of the functions that it calls; so the function is kept under a name with a digest of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return a function as machine code, made when a function that calls it is compiled, and inlined there.

    It runs without the lock of the interpreter and makes no arrays, so that those that it is given need not be counted.
    """
    options: dict[str, Any] = {"_nrt": False}
    return cast("Function", njit(nogil=True, error_model="numpy", forceinline=True, **options)(function))


def compiled_and_kept(function: Function) -> Function:
    """Return a function as machine code that is kept on disk; it is made anew in each process where no folder can be written."""
    function.__qualname__ += f"_{_digest_of_sources()}"
    try:
        return cast("Function", njit(nogil=True, error_model="numpy", cache=True)(function))
    except RuntimeError:  # there is no such folder
        return cast("Function", njit(nogil=True, error_model="numpy")(function))


def _digest_of_sources() -> str:
    """Return a digest of the files of this package."""
    digest = blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
