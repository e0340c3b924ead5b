"""Events in the names of the present definition: a part with an older name in a record is read under its present name.

Records are never rewritten. The definition gives the older names of a part by ``was=``, and the names of an event are replaced when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

from attrs import evolve

from ssflow.case import Event, EventKind, Happening, LinkRef
from ssflow.errors import SsflowError, UnknownError
from ssflow.process import Process
from ssflow.process.names import Names
from ssflow.process.parts import Titled
from ssflow.records.contract import CaseRow, ObligationRow, VersionRow
from ssflow.text import Text

P = TypeVar("P", bound=Titled)
ProcessOf = Callable[[str], type[Process]]

_OF_CLOCKS = (EventKind.overdue, EventKind.redated)
_NAMED = 4096  # combinations of names, of which records have few


def recorded_process(name: str, process_of: ProcessOf) -> type[Process]:
    """Return the procedure that a record names; raises UnknownError if none has or had this name, DefinitionError if it cannot be used."""
    try:
        return process_of(name)
    except LookupError as error:
        hint = Text(
            f'记录中有此名称；请安装提供该程序的程序包，如系改名，请在其定义中写was = "{name}"',
            f'a record has it: install the package that brings it, and if it was renamed, write was = "{name}" in its definition',
        )
        raise UnknownError("procedure", name, getattr(error, "known", ()), hint) from error


def recorded_part(process: type[Process], kind: str, parts: Mapping[str, P], name: str) -> P:
    """Return the part that a record names; raises UnknownError if no part of the procedure has or had this name."""
    if name not in parts:
        known = dict.fromkeys(part.name for part in parts.values())
        hint = Text(
            f'记录中有此名称，{process.__name__}的定义中没有；如系改名，请在该部件写was="{name}"，删去的请恢复；现有：{"、".join(known)}',
            f'a record has it and {process.__name__} does not: if it was renamed, write was="{name}" where it is defined, '
            f"and if it was removed, restore it; there are {', '.join(known)}",
        )
        what = f"{kind} of {process.name}"
        raise UnknownError(what, name, known, hint)
    return parts[name]


def in_present_names(event: Event, process: type[Process], process_of: ProcessOf) -> Event:
    """Return the event in the present names of the procedure; raises UnknownError for a name that the procedure does not know."""
    return event if _is_present(event, process) else _in_present_names(event, process, process_of)


def _in_present_names(event: Event, process: type[Process], process_of: ProcessOf) -> Event:
    names = process.names

    def state(name: str) -> str:
        return recorded_part(process, "state", names.states, name).name if name else ""

    def role(name: str) -> str:
        return recorded_part(process, "role", names.roles, name).name if name else ""

    def done(kind: EventKind, name: str) -> str:
        if kind in _OF_CLOCKS:
            return recorded_part(process, "clock", names.clocks, name).name if name else ""
        return recorded_part(process, "activity", names.activities, name).name if name else ""

    def happenings(several: tuple[Happening, ...]) -> tuple[Happening, ...]:
        return tuple(evolve(one, activity=done(one.kind, one.activity)) for one in several)

    current: dict[str, Any] = {
        "process": process.name,
        "activity": done(event.kind, event.activity),
        "by": role(event.by),
        "corrector": role(event.corrector),
        "source": state(event.source),
        "target": state(event.target),
        "came_from": state(event.came_from),
        "places": tuple(
            (recorded_part(process, "place", names.places, place).name, code) for place, code in event.places
        ),
        "links": links_in_present_names(event.links, process_of),
        "sets_aside": happenings(event.sets_aside),
        "brings": happenings(event.brings),
    }
    if event.regime in names.regimes:  # a lost regime is kept as written, so that an old log loads
        current["regime"] = names.regimes[event.regime].name
    changes = {name: value for name, value in current.items() if getattr(event, name) != value}
    return evolve(event, **changes) if changes else event


def _is_present(event: Event, process: type[Process]) -> bool:
    """Return whether an event is found by a few look-ups to have only present names; False for one with links, which needs a full check."""
    states, roles = (event.source, event.target, event.came_from), (event.by, event.corrector)
    places = tuple([place for place, _ in event.places]) if event.places else ()
    return (
        event.process == process.name
        and _are_present(process.names, event.kind in _OF_CLOCKS, event.activity, states, roles, places)
        and not (event.regime or event.links or event.sets_aside or event.brings)
    )


@lru_cache(_NAMED)
def _are_present(
    names: Names,
    of_clock: bool,
    happened: str,
    states: tuple[str, ...],
    roles: tuple[str, ...],
    places: tuple[str, ...],
) -> bool:
    """Return whether the names in a record are the present names of their parts; all but that of what happened may be empty."""
    parts = names.clocks if of_clock else names.activities
    all_parts = (parts, (happened,)), (names.states, states), (names.roles, roles), (names.places, places)
    given = [(known, name) for known, those in all_parts for name in those if name]
    return bool(happened) and all(name in known and known[name].name == name for known, name in given)


def row_in_present_names(row: CaseRow, process_of: ProcessOf) -> CaseRow:
    """Return a line of the list of cases in the names of the present definition; unknown names stay as written."""
    process = installed(process_of, row.process)
    if process is None or (process.name, row.state) == (row.process, _now(process.names.states, row.state)):
        return row
    return evolve(row, process=process.name, state=_now(process.names.states, row.state))


def owed_in_present_names(row: ObligationRow, process_of: ProcessOf) -> ObligationRow:
    """Return a line of a work list in the names of the present definition; unknown names stay as written."""
    process = installed(process_of, row.process)
    if process is None:
        return row
    clock, role = _now(process.names.clocks, row.clock), _now(process.names.roles, row.role)
    if (process.name, clock, role) == (row.process, row.clock, row.role):
        return row
    return evolve(row, process=process.name, clock=clock, role=role)


def unregistered(row: VersionRow, process_of: ProcessOf) -> Text | None:
    """Return why the open cases of a line cannot continue with the definitions of a registry; None if they can.

    A text that names no version is damaged. That is no reason to keep the other cases waiting, and shows when the case is read.
    """
    try:
        process = recorded_process(row.process, process_of)
        if row.version is not None:
            process.at(row.version)
    except SsflowError as error:
        return Text(
            f"有{row.cases}件未办结的办件（如{row.example}）不能办理：{error.say('zh')}",
            f"{row.cases} open cases, {row.example} among them, cannot go on: {error.say('en')}",
        )
    return None


def _now(parts: Mapping[str, Titled], name: str) -> str:
    return parts[name].name if name in parts else name


def links_in_present_names(links: tuple[LinkRef, ...], process_of: ProcessOf) -> tuple[LinkRef, ...]:
    """Return related cases with the present names of their procedures; names of procedures that are not installed stay as written."""
    return tuple(_present_link(link, process_of) for link in links)


def _present_link(link: LinkRef, process_of: ProcessOf) -> LinkRef:
    process = installed(process_of, link.process)
    is_present = process is None or link.process in [version.name for version in process.versions()]
    return link if process is None or is_present else evolve(link, process=process.name)


def installed(process_of: ProcessOf, name: str) -> type[Process] | None:
    """Return the procedure of a name; None if it is not installed or cannot be used."""
    with suppress(LookupError, SsflowError):
        return process_of(name)
    return None
