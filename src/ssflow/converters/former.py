"""The older names of fields and members of enumerations, in records that stay as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar, get_args

import attrs

from ssflow.converters.fields import field_types
from ssflow.errors import DefinitionError, Fault, InputError
from ssflow.text import Text

C = TypeVar("C", bound=type[Any])
Former = str | tuple[str, ...]

_FORMER: dict[type, Mapping[str, tuple[str, ...]]] = {}  # declarations of the class itself


def was(**former: Former) -> Callable[[C], C]:
    """Return a class decorator that gives fields or members their older names in records: ``@was(lost="mislaid")``.

    Write it above the decorator that makes the class, ``@frozen`` or ``@unique``. Several older names are a tuple. Forms take the present names only.

    Raises:
        DefinitionError: a name is neither a field nor a member, an older name is also a present one, or two names claim it.
        InputError: an older name is not a name.

    """

    def declared(cls: C) -> C:
        given = {name: as_names(names) for name, names in former.items()}
        faults = list(_misplaced(cls, given))
        if not faults:  # base classes have declared theirs
            faults = list(clashes(_names_of(cls), (*_declared(cls.__mro__[1:]), *given.items())))
        if faults:
            raise DefinitionError(cls.__name__, faults)
        _FORMER[cls] = given
        return cls

    return declared


def as_names(names: Former) -> tuple[str, ...]:
    """Return one older name or several as a tuple; raises InputError if they are not names."""
    given: tuple[object, ...] = names if isinstance(names, tuple) else (names,)
    if not all(isinstance(name, str) and name.isidentifier() for name in given):
        raise InputError.of(
            "was",
            '旧名须为名称，例如was="mislaid"；有几个旧名的写成一组：was=("mislaid", "gone")',
            'an older name is a name, was="mislaid"; several are a tuple, was=("mislaid", "gone")',
        )
    return tuple(map(str, given))


def former_of(cls: type) -> Mapping[str, str]:
    """Return the present name for each older one, of a class and of its bases."""
    return {old: name for name, olds in _declared(cls.__mro__) for old in olds}


def former_faults(*classes: type | None) -> Iterator[Fault]:
    """Yield what is wrong with the older names in some classes and in all that they hold, each at its class."""
    for cls in _classes_in(classes):
        yield from (fault.within(cls.__name__) for fault in clashes(_names_of(cls), _declared(cls.__mro__)))


def clashes(present: Iterable[str], former: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Fault]:
    """Yield a fault for each older name that is ambiguous; ``former`` has pairs of a name and its older names."""
    known, claimed = set(present), dict[str, str]()
    for name, olds in former:
        for old in olds:
            if old in known:
                yield Fault(
                    name,
                    Text(
                        f"was中的{old}也是现用名称，旧记录中的{old}指哪一个，无从分辨；请给新增的另取名称",
                        f"was= names {old}, which is also a present name, so older records would be ambiguous; "
                        "give the new one another name",
                    ),
                )
            elif claimed.setdefault(old, name) != name:
                yield Fault(
                    name,
                    Text(
                        f"was中的{old}已由{claimed[old]}写为旧名；一个旧名只归一个",
                        f"was= names {old}, which is already an older name of {claimed[old]}; an older name belongs to one part only",
                    ),
                )


def _declared(classes: Iterable[type]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for cls in classes:
        yield from _FORMER.get(cls, {}).items()


def _misplaced(cls: type, given: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    known = _names_of(cls)
    for name in given:
        if name not in known:
            yield Fault(
                name,
                Text(
                    f'不是{cls.__name__}的字段或成员；@was(现名="旧名")写在@frozen之上，等号左边是现用名称',
                    f'is neither a field nor a member of {cls.__name__}; write @was(present="older") above @frozen, '
                    "with the present name on the left",
                ),
            )


def _names_of(cls: type) -> tuple[str, ...]:
    if issubclass(cls, Enum):
        return tuple(cls.__members__)
    return tuple(field.name for field in attrs.fields(cls)) if attrs.has(cls) else ()


def _classes_in(kinds: Iterable[Any]) -> Iterator[type]:
    """Yield the attrs classes and enumerations among some types and within them, each once."""
    waiting, seen = list(kinds), set[type]()
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and _names_of(kind) and kind not in seen:
            seen.add(kind)
            yield kind
            waiting += field_types(kind).values() if attrs.has(kind) else ()
