"""The versions of one procedure: each definition names the one that it supersedes, under which older cases continue.

A part of one version is found in another by its name or its older names, so no list of pairs is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ssflow.converters import faults_of, former_of, stored_converter
from ssflow.errors import DefinitionError, Fault
from ssflow.process.parts import Titled
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process

    Definition = type[Process]

P = TypeVar("P", bound=Titled)
T = TypeVar("T")
_KINDS = ("places", "roles", "clocks", "states", "activities")


def family(process: Definition) -> tuple[Definition, ...]:
    """Return a definition, the definitions that it supersedes, and those defined so far that supersede it."""
    from ssflow.process.process import Process as Defined

    sound = (one for one in Defined.__subclasses__() if "names" in vars(one))
    later = (one for one in sound if one is not process and process in one.versions())
    return (*process.versions(), *later)


def counterpart(part: P, to: Definition) -> P | None:
    """Return the counterpart of a part in another version; None if that version has no part with its present or older names."""
    found: P | None = part
    for step in _steps(part.owner, to):
        if found is None or found.owner is None:
            return None
        names = (found.name, *(found.was if step in found.owner.versions() else ()))
        known = _known(found, step)
        found = next((known[name] for name in names if name in known), None)
    return found


def renamed(
    parts: Iterable[Titled], to: Definition, given: Mapping[str, T], join: Callable[[T, T], T] = lambda _, last: last
) -> dict[str, T]:
    """Return a mapping by names of parts of one version under the names of another; parts without a counterpart are left out.

    ``join`` combines the values of two parts that are one in the other version.
    """
    found: dict[str, T] = {}
    for part in parts:
        if part.name in given and (other := counterpart(part, to)) is not None:
            value = given[part.name]
            found[other.name] = join(found[other.name], value) if other.name in found else value
    return found


def regime_in(regime: Enum, to: Definition) -> Enum | None:
    """Return an older version's regime in a newer version; None if the newer version has no regime of this name."""
    return to.names.regimes.get(regime.name)


def facts_in(facts: Any, of: Definition, to: Definition) -> Any:
    """Return the facts of a case in the form and names of another version; facts that this version does not have are left out.

    Raises:
        DefinitionError: the other version cannot hold a value.

    """
    if of is to:
        return facts
    converter = _converter()
    raw = converter.unstructure(facts)
    try:
        return converter.structure(dict(_renamed(raw, of, to)), to.facts)
    except Exception as error:  # cattrs wraps any error of its hooks in a group
        faults = [fault.within("facts") for fault in faults_of(error)]
        raise DefinitionError(to.__name__, faults) from error


@cache
def _converter() -> Any:
    """Return the converter of facts; it is made once, because making it takes longer than all its uses."""
    return stored_converter()


def version_faults(process: Definition) -> Iterator[Fault]:
    """Yield the faults of the version that a definition supersedes."""
    from ssflow.process.process import Process as Defined

    older: object = process.supersedes
    if older is None:
        return
    if not (isinstance(older, type) and issubclass(older, Defined) and older is not Defined):
        yield Fault("supersedes", Text("须为较早一版的程序定义", "name the definition of the version before"))
        return
    if older.version >= process.version:
        yield Fault(
            "version",
            Text(
                f"取代第{older.version}版，版本号须更大；请写version = {older.version + 1}",
                f"it supersedes version {older.version}, so its number is greater; write version = {older.version + 1}",
            ),
        )
    if older.name != process.name and older.name not in process.former:
        yield Fault(
            "supersedes",
            Text(
                f'{older.name}是另一程序；如系改名，请写was = "{older.name}"',
                f'{older.name} is another procedure; if this one was called so, write was = "{older.name}"',
            ),
        )


def _steps(of: Definition | None, to: Definition) -> tuple[Definition, ...]:
    """Return the definitions that lead from one version to another, each of which may have renamed parts."""
    if of is None:
        return ()
    if to in of.versions():
        chain = of.versions()
        return chain[1 : chain.index(to) + 1]
    chain = to.versions()
    return tuple(reversed(chain[: chain.index(of)]))


def _known(part: P, process: Definition) -> Mapping[str, P]:
    """Return the parts of a definition that are of the same kind, by all their names."""
    mine = part.owner.names if part.owner else process.names
    kind = next(kind for kind in _KINDS if getattr(mine, kind).get(part.name) is part)
    known: Mapping[str, P] = getattr(process.names, kind)
    return known


def _renamed(raw: Mapping[str, Any], of: Definition, to: Definition) -> Iterator[tuple[str, Any]]:
    """Yield the names of the other version with the values; values without a name there are left out."""
    is_newer = of in to.versions()
    former = _former_fields(to if is_newer else of)
    there = former if is_newer else {name: old for old, name in former.items()}
    fields = {field.name for field in attrs.fields(to.facts)}
    for name, value in raw.items():
        other = name if name in fields else there.get(name)
        if other in fields:
            yield str(other), value


def _former_fields(process: Definition) -> Mapping[str, str]:
    """Return the older names of the fields of the facts, and of the data that set these."""
    classes = [process.facts, *(activity.data for activity in process.activities if activity.data)]
    return {old: name for cls in classes for old, name in former_of(cls).items()}
