"""Frozen values that are made quickly.

attrs fills the slots of a frozen value by a call of ``object.__setattr__`` for each field, which takes most of the time of a value with many
fields. The classes of which every act makes values therefore get the ``__init__`` that attrs makes for an open class with the same slots:
a value is of that class while its fields are set, and of its own, which is frozen, from then on.
"""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

T = TypeVar("T")
_OPENED: dict[type, type] = {}
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
