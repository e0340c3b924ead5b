"""Frozen values that are made and changed quickly.

attrs fills the slots of a frozen value by a call of ``object.__setattr__`` for each field, which takes most of the time of a value with many
fields. The classes of which every act makes values therefore get the ``__init__`` that attrs makes for an open class with the same slots:
a value is of that class while its fields are set, and of its own, which is frozen, from then on. A changed copy is made in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

__all__ = ["changed", "made_of", "opened", "quick"]

T = TypeVar("T")
_OPENED: dict[type, type] = {}
_COPIED: dict[type, Callable[[Any, Mapping[str, Any]], Any]] = {}
_become = object.__dict__["__class__"].__set__  # sets the class of a frozen value too


def quick(cls: type[T]) -> type[T]:
    """Let a frozen attrs class with slots fill them directly. Nothing else changes: defaults, checks and errors are those of attrs."""
    plain: Any = cls
    checks = getattr(cls, "__attrs_post_init__", None)

    def begin(self: Any) -> None:
        if type(self) is cls:  # a subclass is filled as attrs does it
            _become(self, open_twin)

    def end(self: Any) -> None:
        self.__class__ = cls
        if checks is not None:
            checks(self)

    body = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
        "__attrs_post_init__": end,
    }
    open_twin: Any = type(cls.__name__, (cls,), body)
    _OPENED[cls] = open_twin
    plain.__attrs_pre_init__ = begin
    attrs.define(open_twin, slots=False, eq=False, repr=False, match_args=False, on_setattr=attrs.setters.NO_OP)
    plain.__init__ = open_twin.__init__
    return cls


def opened(cls: type) -> type | None:
    """Return the open class with the slots of a quick one; None for any other class."""
    return _OPENED.get(cls)


if TYPE_CHECKING:
    from attrs import evolve as changed  # so that the parts are checked
else:

    def changed(value: T, **parts: Any) -> T:
        """Return a value with other parts, as `attrs.evolve` does; fields of a quick value have no checks that would have to run again."""
        copied = _COPIED.get(type(value)) or _copying(type(value))
        return copied(value, parts)


def _copying(cls: type) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Return the function that copies a value of a class with other parts, compiled on first use where the class is quick."""
    fields, twin = attrs.fields(cls), _OPENED.get(cls)
    if twin is None or any(not one.init or one.alias != one.name or one.validator or one.converter for one in fields):
        _COPIED[cls] = lambda value, parts: attrs.evolve(value, **parts)
    else:
        lines = [
            "def copied(value, parts):",
            " copy = new(opened)",
            *(f" copy.{one.name} = value.{one.name}" for one in fields),
            " for name, part in parts.items(): setattr(copy, name, part)",
            " copy.__attrs_post_init__()",
            " return copy",
        ]
        _COPIED[cls] = made_of(lines, "copied", {"new": object.__new__, "opened": twin})
    return _COPIED[cls]


def made_of(lines: Iterable[str], name: str, known: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the function of a name that some lines of Python define, which use what is ``known``."""
    scope = dict(known)
    exec("\n".join(lines), scope)  # noqa: S102 - the lines hold names of fields, and attrs makes classes in the same way
    made: Callable[..., Any] = scope[name]
    return made
