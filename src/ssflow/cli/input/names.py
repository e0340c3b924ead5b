"""What can be named on the command line: procedures and their parts, laws, members of enumerations, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from ssflow import machines
from ssflow.cli.input.arguments import REGION
from ssflow.cli.input.naming import Name, named, plain
from ssflow.process import Activity, Place, Process, Role, State
from ssflow.rules.citations import Law
from ssflow.views.kinds import title_of

_ARTICLE = re.compile(r"第?([0-9]+)条(?:第?([0-9]+)款)?(?:第?([0-9]+)项)?")
_PART = re.compile(r"第?([0-9]+)部分(?:第?([0-9]+)项)?")
_STATE = "中华人民共和国"


def procedure(written: str) -> type[Process]:
    """The procedure that was named. The others are looked at only where it is not named by its code."""
    if plain(written) in machines.names():
        return machines.get(plain(written))
    return named("procedure", written, [Name(process, process.name, process.title) for process in machines.sound()])


def activity(process: type[Process], written: str, state: State | None) -> Activity[Any]:
    """An activity of a procedure. Likely is what somebody may do in this state; None is before the opening."""
    return named(
        "activity",
        written,
        [
            Name(part, part.name, part.title, likely=bool(part.by and part.leaving(state)))
            for part in process.activities
        ],
    )


def role(process: type[Process], written: str) -> Role:
    """A role of a procedure."""
    return named("role", written, [Name(part, part.name, part.title) for part in process.roles])


def place(process: type[Process], written: str) -> Place:
    """A place that the cases of a procedure name."""
    return named("place", written, [Name(part, part.name, part.title) for part in process.places])


def named_places(process: type[Process], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The places of a case, each by its name and its code: 发卡地=广州."""
    return {place(process, name).name: REGION.read_for(f"--place {name}", written) for name, written in pairs}


def law(laws: Mapping[str, Law], written: str) -> str:
    """The id of a law: by its title, with or without 中华人民共和国, or by its number."""
    return named("law", written, [Name(law.id, law.id, law.title, others=tuple(_others(law))) for law in laws.values()])


def _others(law: Law) -> Iterable[str]:
    if law.title.zh.startswith(_STATE):
        yield law.title.zh.removeprefix(_STATE)
    if law.number:
        yield law.number


def article(written: str) -> str:
    """An article as citations write it, also from its words: 第6条第2款 is 6(2), 第2部分第3项 of a guide is 2.3."""
    text = plain(written)
    if match := _ARTICLE.fullmatch(text):
        number, *inner = match.groups()
        return number + "".join(f"({part})" for part in inner if part)
    if match := _PART.fullmatch(text):
        return ".".join(part for part in match.groups() if part)
    return text


def member(kind: type[Enum], written: str) -> Enum:
    """A member of an enumeration, whose value is its title."""
    return named("choice", written, [Name(one, one.name, title_of(one)) for one in kind])
