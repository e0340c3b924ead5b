"""Frozen values that are made and changed quickly.

attrs fills the slots of a frozen value by a call of ``object.__setattr__`` for each field, which takes most of the time of a value with many
fields. A class can have an open twin with the same slots: a value is of the twin while its fields are set, and of its own class, which is
frozen, from then on. So the classes of which every act makes values are filled, and copies with other parts are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

__all__ = ["changed", "made_of", "opened", "quick"]

T = TypeVar("T")
_TWINS: dict[type, type] = {}
_COPIED: dict[type, Callable[[Any, Mapping[str, Any]], Any]] = {}
_become = object.__dict__["__class__"].__set__  # sets the class of a frozen value too


def quick(cls: type[T]) -> type[T]:
    """Let a frozen attrs class fill its slots directly. Nothing else changes: defaults, checks of the whole and errors are those of attrs.

    Raises:
        TypeError: a field has a validator, a converter or a default made of other fields, or the class is not made by attrs alone.

    """
    plain: type[Any] = cls
    if not _is_plain(plain) or any(getattr(one.default, "takes_self", False) for one in attrs.fields(plain)):
        raise TypeError(cls)
    plain.__init__ = update_wrapper(_filling(plain), vars(plain)["__init__"])
    return cls


def _filling(cls: type) -> Callable[..., None]:
    """Return an ``__init__`` that fills the fields of a class directly; a subclass is filled as attrs does it."""
    known: dict[str, Any] = {"cls": cls, "twin": _twin(cls), "become": _become, "missing": attrs.NOTHING}
    known["by_attrs"] = vars(cls)["__init__"]
    places, keywords, lines, fields = list[str](), list[str](), list[str](), attrs.fields(cls)
    for one in fields:
        name, value, default = one.alias, one.alias, ""
        if isinstance(one.default, attrs.Factory):  # type: ignore[arg-type]  # it is a class
            known[f"make_{name}"], default = one.default.factory, "=missing"
            value = f"make_{name}() if {name} is missing else {name}"
        elif one.default is not attrs.NOTHING:
            known[f"else_{name}"], default = one.default, f"=else_{name}"
        (keywords if one.kw_only else places).append(f"{name}{default}")
        lines.append(f" self.{one.name} = {value}")
    given = ", ".join(f"{one.alias}={one.alias}" for one in fields)
    head = ", ".join(["self", *places, *(["*", *keywords] if keywords else [])])
    begin = [
        f"def __init__({head}):",
        f" if type(self) is not cls: return by_attrs(self, {given})",
        " become(self, twin)",
    ]
    return made_of([*begin, *lines, " self.__class__ = cls", *_checks(cls)], "__init__", known)


def opened(cls: type[Any]) -> type | None:
    """Return the open twin of an attrs class whose values may be made by setting their fields; None for any other class."""
    return _twin(cls) if _is_plain(cls) and not _checks(cls) else None


def _is_plain(cls: type) -> bool:
    """Return whether an attrs class takes each field as it is given, and does nothing else when it is made but to check the whole."""
    if "__attrs_attrs__" not in vars(cls) or type(cls) is not type or hasattr(cls, "__attrs_pre_init__"):
        return False
    props, ours = attrs.inspect(cls), {object, Generic}
    return (
        props.added_init
        and "__new__" not in {name for base in cls.__mro__ if base not in ours for name in vars(base)}
        and not props.is_exception
        and props.hashability is not attrs.ClassProps.Hashability.HASHABLE_CACHED
        and all(one.init and one.validator is None and one.converter is None for one in attrs.fields(cls))
        and not any("__init_subclass__" in vars(base) for base in cls.__mro__ if base not in ours)
    )


def _checks(cls: type) -> list[str]:
    """Return the line that checks a whole value, if its class does so."""
    return [" self.__attrs_post_init__()"] if hasattr(cls, "__attrs_post_init__") else []


def _twin(cls: type) -> type:
    """Return a class with the same slots, whose values can be changed; there is one for each class."""
    if cls not in _TWINS:
        _TWINS[cls] = _open_twin(cls)
    return _TWINS[cls]


def _open_twin(cls: type) -> type:
    open_ended = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(cls.__name__, (cls,), {"__slots__": (), "__module__": cls.__module__, **open_ended})


if TYPE_CHECKING:
    from attrs import evolve as changed  # so that the parts are checked
else:

    def changed(value: T, **parts: Any) -> T:
        """Return a value with other parts, as `attrs.evolve` does; fields of a quick value have no checks that would have to run again."""
        copied = _COPIED.get(type(value)) or _copying(type(value))
        return copied(value, parts)


def _copying(cls: type) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Return the function that copies a value of a class with other parts, compiled on first use where the class has a twin."""
    fields = attrs.fields(cls)
    if not _is_plain(cls) or any(one.alias != one.name for one in fields):
        _COPIED[cls] = lambda value, parts: attrs.evolve(value, **parts)
    else:
        lines = [
            "def copied(value, parts):",
            " self = new(twin)",
            *(f" self.{one.name} = value.{one.name}" for one in fields),
            " for name, part in parts.items(): setattr(self, name, part)",
            " self.__class__ = cls",
            *_checks(cls),
            " return self",
        ]
        _COPIED[cls] = made_of(lines, "copied", {"new": object.__new__, "twin": _twin(cls), "cls": cls})
    return _COPIED[cls]


def made_of(lines: Iterable[str], name: str, known: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the function of a name that some lines of Python define, which use what is ``known``."""
    scope = dict(known)
    exec("\n".join(lines), scope)  # noqa: S102 - the lines hold names of fields, and attrs makes classes in the same way
    made: Callable[..., Any] = scope[name]
    return made
