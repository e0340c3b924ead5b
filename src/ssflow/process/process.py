"""A procedure as a value: its parts, gathered from a class body and checked when it is defined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, ClassVar, Self, TypeVar

import attrs

from ssflow.converters import Former, as_names
from ssflow.doors import check_kind
from ssflow.errors import DefinitionError, InputError, UnknownError
from ssflow.process.activities import Activity
from ssflow.process.figures import Clock, Figure, Regime
from ssflow.process.names import Names
from ssflow.process.parts import Part, Place, Role
from ssflow.process.states import State
from ssflow.slots import made_of, opened
from ssflow.text import Text

P = TypeVar("P", bound=Part)


class Process:
    """The model of a procedure. A subclass is the definition; nobody makes instances of it.

    The class body binds the parts (`Role`, `Place`, `Term`, `Lapse`, `Fee`, `Rule`, `Choice`, `State`, activities, ``regime``), ``title``
    and ``facts``: a frozen attrs class, all of whose fields have defaults, for the facts of a case. The data of an event sets the facts of
    the same names. ``corrects`` names the roles that may correct acts of others, ``(office,)``; by default all roles that are not ``sole``.
    ``was`` are the procedure's older names, one or several. ``supersedes`` is the definition of the previous ``version``: cases that began
    under it go on under it, new ones begin under this one.

    Raises:
        DefinitionError: the definition is not sound; all faults are listed.

    """

    title: ClassVar[Text]
    facts: ClassVar[type[Any]]
    version: ClassVar[int] = 1
    supersedes: ClassVar[type[Process] | None] = None
    was: ClassVar[Former] = ()
    regime: ClassVar[Regime[Any] | None] = None
    corrects: ClassVar[tuple[Role, ...]] = ()

    name: ClassVar[str]
    places: ClassVar[tuple[Place, ...]]
    roles: ClassVar[tuple[Role, ...]]
    figures: ClassVar[tuple[Figure, ...]]
    clocks: ClassVar[tuple[Clock, ...]]
    states: ClassVar[tuple[State, ...]]
    activities: ClassVar[tuple[Activity[Any], ...]]
    goes_back: ClassVar[bool]
    names: ClassVar[Names]
    former: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls) -> None:
        from ssflow.process.check import faults_of

        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        parts = [value for value in vars(cls).values() if isinstance(value, Part)]
        cls.places = _of(parts, Place)
        cls.roles = _of(parts, Role)
        cls.figures = _of(parts, Figure)
        cls.clocks = _of(parts, Clock)
        cls.states = _of(parts, State)
        cls.activities = _of(parts, Activity)
        cls.goes_back = any(row.back for activity in cls.activities for row in activity.transitions)
        cls.former = as_names(cls.was)
        faults = faults_of(cls)
        if faults:
            raise DefinitionError(cls.__name__, faults)
        cls.names = Names.of(cls)

    def __new__(cls, *_: object) -> Self:
        """Refuse to make an instance, as Python does for classes that cannot be called: a procedure is a definition."""
        raise InputError.of(
            "",
            f"{cls.__name__}是程序的定义；请用Cases.open登记它的办件",
            f"{cls.__name__} is a definition; open a case of it with Cases.open",
        )

    @classmethod
    def activity(cls, name: str) -> Activity[Any]:
        """Return the activity of this name.

        Raises:
            UnknownError: there is no such activity; the error lists those that exist.

        """
        return _named(cls, "activity", name, cls.names.activities)

    @classmethod
    def state(cls, name: str) -> State:
        """Return the state of this name; raises UnknownError if there is none."""
        return _named(cls, "state", name, cls.names.states)

    @classmethod
    def role(cls, name: str) -> Role:
        """Return the role of this name; raises UnknownError if there is none."""
        return _named(cls, "role", name, cls.names.roles)

    @classmethod
    def clock(cls, name: str) -> Clock:
        """Return the term or lapse of this name; raises UnknownError if there is none."""
        return _named(cls, "clock", name, cls.names.clocks)

    @classmethod
    def versions(cls) -> tuple[type[Process], ...]:
        """Return this definition and those that it supersedes, the newest first."""
        return (cls, *(cls.supersedes.versions() if cls.supersedes else ()))

    @classmethod
    def at(cls, version: int) -> type[Process]:
        """Return the definition of a version, this one or one that it supersedes.

        Raises:
            UnknownError: there is no such version; the error lists those that exist.
            InputError: ``version`` is not a whole number.

        """
        check_kind("version", version, int)
        if cls.version == version:
            return cls
        for process in cls.versions():
            if process.version == version:
                return process
        hint = Text(
            f"记录中有此版本；请保留其定义，并在较新的定义中写supersedes = ...；现有：{_versions_known(cls)}",
            f"a record has it: keep its definition, and name it with supersedes = ... in the newer one; there are {_versions_known(cls)}",
        )
        raise UnknownError(f"version of {cls.name}", str(version), [str(one.version) for one in cls.versions()], hint)

    @classmethod
    def is_version_of(cls, process: type[Process]) -> bool:
        """Return whether both are versions of one procedure, or the same definition."""
        return cls is process or process in cls.versions() or cls in process.versions()

    @classmethod
    def setters(cls, figure: Figure) -> tuple[Activity[Any], ...]:
        """Return the activities that set the last day of a clock themselves; none for another figure."""
        return tuple(activity for activity in cls.activities if activity.sets and activity.sets.clock is figure)

    @classmethod
    def correctors(cls) -> tuple[Role, ...]:
        """Return the roles that may correct acts of others: those that the definition names, else all that are not ``sole``."""
        return cls.corrects or tuple(role for role in cls.roles if not role.sole)

    @classmethod
    def regimes(cls) -> tuple[Enum | None, ...]:
        """Return all regimes; for a procedure without regimes, None alone."""
        return tuple(cls.regime.of.__members__.values()) if cls.regime else (None,)

    @classmethod
    def fold(cls, facts: Any, data: Any) -> Any:
        """Return the facts after an event: its data sets the facts of the same names."""
        if data is None:
            return facts
        kinds = type(data), type(facts)
        if kinds not in _FOLDING:
            _FOLDING[kinds] = _folding(*kinds)
        return _FOLDING[kinds](facts, data)


_FOLDING: dict[tuple[type[Any], type[Any]], Callable[[Any, Any], Any]] = {}


def _folding(data: type[Any], facts: type[Any]) -> Callable[[Any, Any], Any]:
    """Return how data of a class sets facts of another: as `attrs.evolve` does, compiled with the shared fields looked up once."""
    coming, twin = {field.name for field in attrs.fields(data)}, opened(facts)
    fields = [field for field in attrs.fields(facts) if field.init]
    values = {field: f"{'given' if field.name in coming else 'before'}.{field.name}" for field in fields}
    if twin is None:
        lines = [f" return facts({', '.join(f'{field.alias}={value}' for field, value in values.items())})"]
    else:
        lines = [" after = new(twin)", *(f" after.{field.name} = {value}" for field, value in values.items())]
        lines += [" after.__class__ = facts", " return after"]
    known = {"facts": facts, "twin": twin, "new": object.__new__}
    return made_of(["def fold(before, given):", *lines], "fold", known)


def _versions_known(process: type[Process]) -> str:
    return ", ".join(str(one.version) for one in process.versions())


def _of(parts: list[Part], kind: type[P]) -> tuple[P, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _named(process: type[Process], kind: str, name: str, parts: Mapping[str, P]) -> P:
    """Return the part of a present name; ``parts`` has those of older names too."""
    if not isinstance(name, str):
        given = type(name).__name__
        raise InputError.of("name", f"须为名称；实际为{given}", f"a name is required, not a value of type {given}")
    part = parts.get(name)
    if part is None or part.name != name:
        what = f"{kind} of {process.name}"
        raise UnknownError(what, name, dict.fromkeys(part.name for part in parts.values()))
    return part
