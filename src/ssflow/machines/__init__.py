"""The procedures, each a folder, or a module if it is small. They are discovered, never listed.

A folder with a ``definition.py`` defines one `ssflow.process.Process` of the same name, and so does a module. The data of its activities
is in ``data.py``, guards of its own in ``guards.py``, and the folder offers the definition and the data; ``shared`` holds what several
procedures share, ``reckoning`` what is computed from facts and figures. Installed packages add procedures by entry points of the group
``ssflow.machines``, each naming a module; the name of the entry point is that of the procedure. A package that cannot be used
stops its own procedures and no others: `failing` says why. A procedure is also found by its older names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ssflow.errors import DefinitionError, Fault, InputError, UnknownError
from ssflow.process import Process
from ssflow.process.registry import claimed_twice
from ssflow.text import Text

ENTRY_POINTS = "ssflow.machines"


@cache
def _ours() -> dict[str, str]:
    found = (module for module in iter_modules(__path__) if not module.ispkg or _is_defined_in(module.name))
    return {module.name: f"{__name__}.{module.name}" for module in found}


def _is_defined_in(folder: str) -> bool:
    return any(module.name == "definition" for module in iter_modules([f"{path}/{folder}" for path in __path__]))


@cache
def _theirs() -> Mapping[str, tuple[str, ...]]:
    """Return the modules that installed packages bring under each name: there should be one, and none under a name of this package."""
    from importlib.metadata import entry_points

    found: dict[str, tuple[str, ...]] = {}
    for entry in entry_points(group=ENTRY_POINTS):
        found[entry.name] = tuple(dict.fromkeys((*found.get(entry.name, ()), entry.value)))
    return found


def names() -> tuple[str, ...]:
    """Return the names of all procedures, sorted, including those that cannot be used."""
    return tuple(sorted({*_ours(), *_theirs()}))


def sound() -> tuple[type[Process], ...]:
    """Return all procedures that can be used, by name."""
    return tuple(found for name in names() if isinstance(found := _looked_up(name), type))


def failing() -> dict[str, DefinitionError]:
    """Return why each of the other procedures cannot be used, by its name, or by the module that claims a name of this package.

    Procedures with an ambiguous older name are among them, though they can be used under the present one.
    """
    found = {name: error for name in names() if isinstance(error := _looked_up(name), DefinitionError)}
    claimed = {module: _of_ours(name, module) for name in _ours() for module in _theirs().get(name, ())}
    twice = {fault.path: DefinitionError(fault.path, [fault]) for fault in claimed_twice(sound())}
    return found | claimed | twice


def get(name: str) -> type[Process]:
    """Return the procedure with this present or older name. Modules of packages under a name of ssflow are ignored.

    Raises:
        UnknownError: there is no such procedure; the error lists those that exist.
        DefinitionError: its module cannot be imported or does not define one procedure of its own name, or several packages bring it.
        InputError: ``name`` is not a name.

    """
    if not isinstance(name, str):
        kind = type(name).__name__
        raise InputError.of(
            "name", f"须为程序的名称；实际为{kind}", f"the name of a procedure is required, not a {kind}"
        )
    found = _looked_up(name) if name in _ours() or name in _theirs() else _renamed(name)
    if isinstance(found, DefinitionError):
        raise found.with_traceback(None)
    return found


@cache
def _former() -> Mapping[str, tuple[type[Process], ...]]:
    """Return the procedures that claim each older name: there should be one."""
    found: dict[str, tuple[type[Process], ...]] = {}
    for process in sound():
        for name in process.former:
            found[name] = (*found.get(name, ()), process)
    return found


def _renamed(name: str) -> type[Process] | DefinitionError:
    """Return the procedure with this older name; raises UnknownError if there is none."""
    claiming = _former().get(name, ())
    if not claiming:
        raise UnknownError("procedure", name, names())
    return claiming[0] if len(claiming) == 1 else DefinitionError(name, list(claimed_twice(claiming)))


@cache
def _looked_up(name: str) -> type[Process] | DefinitionError:
    """Return the procedure of a name that is among `names`, or why it cannot be used."""
    modules = (_ours()[name],) if name in _ours() else _theirs()[name]
    if len(modules) > 1:
        zh, en = "、".join(modules), ", ".join(modules)
        return _unusable(name, f"有几个程序包提供：{zh}；请只留一个", f"several packages bring it: {en}; keep one")
    try:
        module = import_module(modules[0])
    except DefinitionError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a package that is not ours may raise anything when it is imported
        kind = type(error).__name__
        return _unusable(
            modules[0],
            f"无法导入（原文：“{kind}: {error}”）；请修正或卸载该程序包",
            f"it cannot be imported ({kind}: {error}); repair the package, or remove it",
        )
    named = dict.fromkeys(value for value in vars(module).values() if isinstance(value, type))  # under any names
    defined = [value for value in named if issubclass(value, Process) and _is_of(value, module.__name__)]
    if [process.name for process in defined] == [name]:
        return defined[0]
    classes = [process.__name__ for process in defined]
    return _unusable(
        modules[0],
        f"须定义一个名为{name}的程序，定义的却是{'、'.join(classes) or '无'}",
        f"it defines {', '.join(classes) or 'none'} instead of one procedure named {name}",
    )


def _is_of(process: type[Process], module: str) -> bool:
    """Return whether a procedure is defined in a module, or in a package of this name, and not merely imported there."""
    return f"{process.__module__}.".startswith(f"{module}.")


def _of_ours(name: str, module: str) -> DefinitionError:
    return _unusable(
        module,
        f"{name}是ssflow自有的程序；请另取名称",
        f"{name} is a procedure of ssflow; give yours another name",
    )


def _unusable(subject: str, zh: str, en: str) -> DefinitionError:
    return DefinitionError(subject, [Fault("", Text(zh, en))])
