"""Packages that load each of their names when it is first used (PEP 562), so that a program waits only for what it needs."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


def lazily(
    package: str, names: Sequence[str], modules: Sequence[str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package, which takes each name from the first of its modules that has it."""

    def load(name: str) -> Any:
        if name in names:
            for module in modules:
                found = getattr(import_module(f"{package}.{module}"), name, None)
                if found is not None:
                    return vars(import_module(package)).setdefault(name, found)
        msg = f"module {package!r} has no attribute {name!r}; its names are {', '.join(names)}"
        raise AttributeError(msg)

    return load, lambda: list(names)
