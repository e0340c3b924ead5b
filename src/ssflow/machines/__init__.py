"""The procedures, one file each. They are found by looking, never listed.

A module of this folder defines one `ssflow.process.Process` and is named like it. Installed packages add theirs by entry points of
the group ``ssflow.machines``, each naming a module; the name of the entry point is that of the procedure.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ssflow.errors import DefinitionError, UnknownError
from ssflow.process import Process

ENTRY_POINTS = "ssflow.machines"


@cache
def _modules() -> dict[str, str]:
    from importlib.metadata import entry_points

    ours = {module.name: f"{__name__}.{module.name}" for module in iter_modules(__path__) if not module.ispkg}
    theirs = {entry.name: entry.value for entry in entry_points(group=ENTRY_POINTS)}
    both = sorted(set(ours) & set(theirs))
    if both:
        faults = [f"{name} is a procedure of ssflow; give yours another name" for name in both]
        raise DefinitionError(f"entry points of {ENTRY_POINTS}", faults)
    return ours | theirs


def names() -> tuple[str, ...]:
    """The names of all procedures, sorted."""
    return tuple(sorted(_modules()))


@cache
def get(name: str) -> type[Process]:
    """The procedure of this name.

    Raises:
        UnknownError: there is none; the error lists the ones there are.
        DefinitionError: its module does not define one procedure of its own name, or the procedure is not sound.

    """
    modules = _modules()
    if name not in modules:
        raise UnknownError("procedure", name, names())
    module = import_module(modules[name])
    defined = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Process) and value.__module__ == module.__name__
    ]
    if [process.name for process in defined] != [name]:
        found = ", ".join(process.__name__ for process in defined) or "none"
        raise DefinitionError(f"module {modules[name]}", [f"it defines {found} instead of one procedure named {name}"])
    return defined[0]
