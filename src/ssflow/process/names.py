"""The names of a procedure's parts in its records: present names and older ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from ssflow.converters import clashes, former_faults, former_of
from ssflow.errors import Fault
from ssflow.process.figures import Clock
from ssflow.process.parts import Place, Role, Titled
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.process import Process
    from ssflow.process.states import State

P = TypeVar("P", bound=Titled)


@frozen(eq=False)
class Names:
    """The parts of a procedure by every name that its records may have for them. It is made once, with the procedure."""

    places: Mapping[str, Place]
    roles: Mapping[str, Role]
    clocks: Mapping[str, Clock]
    states: Mapping[str, State]
    activities: Mapping[str, Activity[Any]]
    regimes: Mapping[str, Enum]

    @classmethod
    def of(cls, process: type[Process]) -> Names:
        """Return the names of a procedure whose parts are gathered."""
        return cls(
            places=_by_name(process.places),
            roles=_by_name(process.roles),
            clocks=_by_name(process.clocks),
            states=_by_name(process.states),
            activities=_by_name(process.activities),
            regimes=_members(process.regime.of) if process.regime else {},
        )


def _by_name(parts: Iterable[P]) -> dict[str, P]:
    return {name: part for part in parts for name in (*part.was, part.name)}


def _members(enumeration: type[Enum]) -> dict[str, Enum]:
    present = enumeration.__members__
    return {**{old: present[name] for old, name in former_of(enumeration).items()}, **present}


def former_names(process: type[Process]) -> Iterator[Fault]:
    """Yield a fault for each older name that does not tell which part is meant, or that records cannot hold."""
    for kind in (process.places, process.roles, process.clocks, process.states, process.activities):
        yield from clashes([part.name for part in kind], [(part.name, part.was) for part in kind])
    yield from clashes([process.name], [("was", process.former)])
    yield from former_faults(
        process.facts, process.regime.of if process.regime else None, *(a.data for a in process.activities)
    )
    for figure in process.figures:
        if figure.was and not isinstance(figure, Clock):
            text = Text(
                "其名称不在记录之中，写was=不起作用；请删去",
                "no record has its name, so was= does nothing; remove it",
            )
            yield Fault(figure.name, text)
