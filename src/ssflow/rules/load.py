"""From folders of TOML to rulebooks.

A folder holds ``laws.toml``, one ``<procedure>.toml`` for the nation and the fallbacks, and beside it a folder
``<procedure>/`` with one ``<region>.toml`` a place that says only what differs. Several folders are laid one over the
other: the package's own, those of installed packages (entry points of the group ``ssflow.rules``, each naming a package that
holds such a folder's files), and those that an agency names in the environment variable ``SSFLOW_RULES``. A later folder
replaces a figure of the same parameter, place, keys and first day, and adds all others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ssflow.converters import read_toml, structure
from ssflow.errors import DataError, UnknownError
from ssflow.regions import NATION, area_name
from ssflow.rules.citations import Law, load_laws
from ssflow.rules.doubts import Doubt, DoubtEntry
from ssflow.rules.rulebook import Rulebook
from ssflow.rules.values import Entry, Value

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENVIRONMENT = "SSFLOW_RULES"
ENTRY_POINTS = "ssflow.rules"
LAWS = "laws.toml"
_WORDS = ("region", "keys", "choices", "doubts")


@frozen(kw_only=True)
class _Head:
    """The words of a rules file that are not parameters."""

    region: str = NATION
    keys: dict[str, tuple[str, ...]] = field(factory=dict)
    choices: dict[str, tuple[str, ...]] = field(factory=dict)
    doubts: tuple[DoubtEntry, ...] = ()


def default_folders() -> tuple[Path | Traversable, ...]:
    """The folders that `rulebook` reads: ours, installed packages', the environment's; the last one prevails.

    Raises:
        DataError: the environment names something that is not a folder.

    """
    named = os.environ.get(ENVIRONMENT, "")
    return (*_installed_folders(), *(_named_folders(named) if named else ()))


@cache
def _installed_folders() -> tuple[Path | Traversable, ...]:
    from importlib.metadata import entry_points
    from importlib.resources import files

    theirs = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)
    return (files("ssflow.rules") / "data", *(files(entry.value) for entry in theirs))


def _named_folders(named: str) -> tuple[Path, ...]:
    folders = tuple(Path(folder) for folder in named.split(os.pathsep) if folder)
    for folder in folders:
        if not folder.is_dir():
            raise DataError(folder, f"is not a folder; correct the environment variable {ENVIRONMENT}")
    return folders


def rulebook(name: str, folders: Sequence[Path | Traversable] | None = None) -> Rulebook:
    """The rulebook of a procedure, from the default folders or from others.

    Raises:
        UnknownError: no folder has a file for this procedure.
        DataError: a file is broken, ambiguous, or cites a law that is not entered; it is named.

    """
    return _rulebook(name, tuple(default_folders() if folders is None else folders))


def rulebook_names(folders: Sequence[Path | Traversable] | None = None) -> tuple[str, ...]:
    """The procedures for which the folders hold figures."""
    found = {
        path.name.removesuffix(".toml")
        for folder in (default_folders() if folders is None else folders)
        for path in folder.iterdir()
        if path.name.endswith(".toml") and path.name != LAWS
    }
    return tuple(sorted(found))


@cache
def laws_of(folders: tuple[Path | Traversable, ...]) -> Mapping[str, Law]:
    """The laws that the folders enter; a later folder may enter a law anew."""
    laws: dict[str, Law] = {}
    for folder in folders:
        if (folder / LAWS).is_file():
            laws.update(load_laws(folder / LAWS))
    return laws


@cache
def _rulebook(name: str, folders: tuple[Path | Traversable, ...]) -> Rulebook:
    known = rulebook_names(folders)
    if name not in known:
        raise UnknownError("rulebook", name, known)
    values: dict[tuple[object, ...], Value] = {}
    keys: dict[str, tuple[str, ...]] = {}
    choices: dict[str, tuple[str, ...]] = {}
    doubts: list[Doubt] = []
    laws = laws_of(folders)
    for folder in folders:
        seen: set[tuple[object, ...]] = set()
        for path in _files(folder, name):
            raw = read_toml(path)
            head = structure({word: raw.pop(word) for word in _WORDS if word in raw}, _Head, path)
            keys.update(head.keys)
            choices.update(head.choices)
            for doubt in _doubts(head, path):
                _check_citations(doubt.cites, laws, path)
                doubts.append(doubt)
            for value in _values(raw, head.region, path, choices):
                _check_citations(value.cites, laws, path)
                if value.identity in seen:
                    raise DataError(str(path), f"{value.parameter}: two figures from {value.since} for the same cases")
                seen.add(value.identity)
                values[value.identity] = value
    book = Rulebook(name, tuple(values.values()), keys, tuple(doubts), laws, choices)
    for fault in book.faults():
        raise DataError(f"{name}.toml", fault)
    return book


def _files(folder: Path | Traversable, name: str) -> Iterable[Path | Traversable]:
    main, beside = folder / f"{name}.toml", folder / name
    if main.is_file():
        yield main
    if beside.is_dir():
        yield from sorted((p for p in beside.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)


def _values(
    raw: dict[str, Any], region: str, path: Path | Traversable, choices: Mapping[str, tuple[str, ...]]
) -> Iterable[Value]:
    try:
        area_name(region)
    except UnknownError as error:
        raise DataError(str(path), str(error)) from error
    for parameter, entries in raw.items():
        if not isinstance(entries, list):
            raise DataError(str(path), f"{parameter} is not a list of figures; write [[{parameter}]] above each")
        for number, entry in enumerate(entries, 1):
            where = f"{parameter}, figure {number}"
            try:
                yield structure(entry, Entry, path, where).to_value(parameter, region, choices.get(parameter, ()))
            except ValueError as error:
                raise DataError(str(path), f"{where}: {error}") from error


def _doubts(head: _Head, path: Path | Traversable) -> Iterable[Doubt]:
    for number, entry in enumerate(head.doubts, 1):
        try:
            yield entry.to_doubt(head.region)
        except ValueError as error:
            raise DataError(str(path), f"doubt {number}: {error}") from error


def _check_citations(cites: Iterable[object], laws: Mapping[str, Law], path: Path | Traversable) -> None:
    for cite in cites:
        law = getattr(cite, "law", "")
        if law not in laws:
            raise DataError(str(path), f"cites {law!r}, which {LAWS} does not enter; add [{law}] there")
