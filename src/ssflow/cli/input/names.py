"""The names that the command line takes: procedures and their parts, laws, members of enumerations, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from ssflow import machines
from ssflow.calendar.wording import whole_number
from ssflow.cli.input.arguments import REGION
from ssflow.cli.input.places import read_region
from ssflow.errors import InputError, UnknownError
from ssflow.naming import Name, named, plain
from ssflow.process import Activity, Place, Process, Role, State
from ssflow.process.parts import Titled
from ssflow.rules.citations import Citation, Law
from ssflow.text import title_of

_N = r"第?\(?([0-9零〇一二两三四五六七八九十百]+)\)?"  # 第58条, 第五十八条, 第(二)项
_ARTICLE = re.compile(rf"{_N}条(?:{_N}款)?(?:{_N}项)?")
_PART = re.compile(rf"{_N}部分(?:{_N}项)?|part (\d+)(?:, item (\d+))?")
_CITED = re.compile(
    rf"(?P<law>.+?)(?:, art\. (?=\d)|, (?=part \d)|\s*(?={_N}(?:条|部分))|\s+(?=[\d.()]+$))(?P<article>.+)"
)
_STATE = "中华人民共和国"


def procedure(written: str) -> type[Process]:
    """Return the named procedure. Other procedures are loaded only if the name is not a code."""
    if plain(written) in machines.names():
        return machines.get(plain(written))
    return named("procedure", written, [Name(process, process.name, process.title) for process in machines.sound()])


def activity(process: type[Process], written: str, state: State | None) -> Activity[Any]:
    """Return an activity of a procedure. Those possible in a state are the likely ones; None is before the opening."""
    return named(
        "activity",
        written,
        [
            Name(part, part.name, part.title, likely=bool(part.by and part.leaving(state)))
            for part in process.activities
        ],
    )


def role(process: type[Process], written: str) -> Role:
    """Return a role of a procedure."""
    return named("role", written, [Name(part, part.name, part.title) for part in process.roles])


def place(process: type[Process], written: str) -> Place:
    """Return a place that the cases of a procedure name."""
    return named("place", written, [Name(part, part.name, part.title) for part in process.places])


def mapping(to: type[Process], pairs: Iterable[tuple[str, str]], ends: Iterable[str]) -> dict[Titled, Titled | None]:
    """Return what becomes of states and clocks of older versions in the present one; None is a clock that ends."""
    wanted: list[tuple[str, str | None]] = [*pairs, *((clock, None) for clock in ends)]
    return {
        old: None if new is None else named("part", new, _mapped(to))
        for written, new in wanted
        for old in _in_older(to, written)
    }


def _in_older(to: type[Process], written: str) -> list[Titled]:
    """Return the state or clock of this name in each older version that has one."""
    found: list[Titled] = []
    unknown = UnknownError("part", written)
    for process in to.versions()[1:]:
        try:
            found.append(named("part", written, _mapped(process)))
        except UnknownError as error:
            unknown = error
    if not found:
        raise unknown
    return found


def _mapped(process: type[Process]) -> list[Name[Titled]]:
    return [Name(part, part.name, part.title) for part in (*process.states, *process.clocks)]


def once(option: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs of an option by their names, none of which may occur twice."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise InputError.of(option, f"“{name}”写了两次", f"{name!r} is given twice")
        found[name] = value
    return found


def named_places(process: type[Process], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the places of a case, each by its name and its code: 发卡地=广州."""
    found = once("--place", ((place(process, name).name, written) for name, written in pairs))
    return {name: REGION.read_for(f"--place {name}", written) for name, written in found.items()}


def where(process: type[Process], region: str, pairs: Iterable[tuple[str, str]]) -> str | dict[str, str] | None:
    """Return the places of a case by ``--region`` or by ``--place``; None if neither is written.

    Raises:
        InputError: both are written, or a place is not known.

    """
    if region and pairs:
        raise InputError.of(
            "--place", "--region和--place只写一种", "write --region PLACE or --place NAME=PLACE, not both"
        )
    return region or named_places(process, pairs) or None


def places_of(process: type[Process], given: Sequence[tuple[str, str]]) -> str | dict[str, str]:
    """Return the places of a case; a single one without a name is used for all.

    Raises:
        InputError: one of several places has no name.

    """
    alone = [place for name, place in given if not name]
    if alone and len(given) > 1:
        raise InputError.of(
            "--place",
            "只写一个地方则各地点均为该地；有几个地方的，逐一写明名称",
            "a single place is used for all; if there are several, write each with its name",
        )
    return read_region(alone[0]) if alone else named_places(process, given)


def law(laws: Mapping[str, Law], written: str) -> str:
    """Return the id of a law, found by its title, with or without 中华人民共和国, by its number, or as citations call it."""
    return named("law", written, [Name(law.id, law.id, law.title, others=tuple(_others(law))) for law in laws.values()])


def _others(law: Law) -> Iterable[str]:
    if law.title.zh.startswith(_STATE):
        yield law.title.zh.removeprefix(_STATE)
    if law.number:
        yield law.number
    yield from Citation(law.id).text({law.id: law})


def citation(laws: Mapping[str, Law], written: str, article_: str) -> tuple[str, str]:
    """Return a law and an article, written apart or in one as citations are: 《社会保险法》第十八条, decree-765 20(2), Social Insurance Law, art. 18."""
    try:
        return law(laws, written), article(article_)
    except UnknownError:
        cited = _CITED.fullmatch(plain(written))
        if article_ or cited is None:
            raise
        return law(laws, cited["law"]), article(cited["article"])


def article(written: str) -> str:
    """Return an article as citations write it, also from words: 第六条第二款 is 6(2), 第2部分第3项 of a guide is 2.3."""
    text = plain(written)
    match = _ARTICLE.fullmatch(text) or _PART.fullmatch(text)
    if match is None:
        return text
    number, *inner = (str(whole_number(part) or part) for part in match.groups() if part)
    return ".".join([number, *inner]) if match.re is _PART else number + "".join(f"({part})" for part in inner)


def member(kind: type[Enum], written: str) -> Enum:
    """Return a member of an enumeration, whose value is its title."""
    return named("choice", written, [Name(one, one.name, title_of(one)) for one in kind])
