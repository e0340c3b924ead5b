"""Loading of rulebooks from folders of TOML.

A folder holds ``laws.toml``, one ``<procedure>.toml`` for the nation and the fallbacks, and beside it a folder ``<procedure>/`` with one
``<region>.toml`` for each place that differs. Several folders are laid one over the other: the package's own, those of installed packages
(entry points of the group ``ssflow.rules``, each naming a package that holds such a folder's files), and those that an agency names in the
environment variable ``SSFLOW_RULES``. A later folder replaces a figure of the same parameter, place, keys and first day, withdraws one by
writing it again as ``withdrawn``, and adds all others. A broken file stops the rulebooks that it belongs to, and no others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ssflow.converters import why_of
from ssflow.errors import DataError, Fault, UnknownError
from ssflow.rules import asked
from ssflow.rules.citations import Law, load_laws
from ssflow.rules.doubts import Doubt
from ssflow.rules.reading import read_rules
from ssflow.rules.rulebook import Rulebook
from ssflow.rules.values import Value
from ssflow.rules.watching import Watch, load_watches
from ssflow.text import Text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable

    Folders = Sequence[Path | Traversable]

ENVIRONMENT = "SSFLOW_RULES"
ENTRY_POINTS = "ssflow.rules"
LAWS, WATCHED = "laws.toml", "watch.toml"
OWN = Path(__file__).with_name("data")
TOML = ".toml"
_KEPT = 256  # rulebooks, enough for every procedure here in several sets of folders


def default_folders() -> tuple[Path | Traversable, ...]:
    """Return the folders that `rulebook` reads: the package's own, installed packages', the environment's; the last one prevails.

    Raises:
        DataError: the environment names something that is not a folder.

    """
    named = os.environ.get(ENVIRONMENT, "")
    return (*_installed_folders(), *(_named_folders(named) if named else ()))


@cache
def _installed_folders() -> tuple[Path | Traversable, ...]:
    from importlib.metadata import entry_points

    theirs = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)
    return (OWN, *map(_installed_folder, theirs))


def _installed_folder(entry: EntryPoint) -> Traversable:
    from importlib.resources import files

    try:
        return files(entry.value)
    except Exception as error:  # a third-party package may raise anything when it is imported
        raise DataError.of(
            entry.value,
            f"入口点{entry.name}（{ENTRY_POINTS}）须为内有规则文件的包（原文：“{error}”）",
            f"the entry point {entry.name} of {ENTRY_POINTS} has to name a package that holds rules files: {error}",
        ) from error


def _named_folders(named: str) -> tuple[Path, ...]:
    folders = tuple(Path(folder) for folder in named.split(os.pathsep) if folder)
    for folder in folders:
        if not folder.is_dir():
            raise DataError.of(
                folder,
                f"不是文件夹；请更正环境变量{ENVIRONMENT}",
                f"is not a folder; correct the environment variable {ENVIRONMENT}",
            )
    return folders


def rulebook(name: str, folders: Folders | None = None) -> Rulebook:
    """Return the rulebook of a procedure, from the default folders or from others.

    Raises:
        UnknownError: no folder has a file for this procedure.
        DataError: a file is broken, ambiguous, or cites a law that is not entered; the error names it, with all its faults.
        InputError: ``name`` is not a name, or ``folders`` not a list of folders.

    """
    if not isinstance(name, str):
        asked.refuse([asked.wrong_type("name", name, "程序的名称", "the name of a procedure")])
    return _rulebook(name, _checked(folders))


def rulebook_names(folders: Folders | None = None) -> tuple[str, ...]:
    """Return the procedures for which the folders hold figures.

    Raises:
        DataError: a folder cannot be read.
        InputError: ``folders`` is not a list of folders.

    """
    found = {path.name.removesuffix(TOML) for folder in _checked(folders) for path in _toml_in(folder)}
    return tuple(sorted(found - {name.removesuffix(TOML) for name in (LAWS, WATCHED)}))


def unread_files(folders: Folders | None = None) -> tuple[Path | Traversable, ...]:
    """Return the files that no rulebook reads, because their folder does not have the name of a procedure.

    Raises:
        DataError: a folder cannot be read.
        InputError: ``folders`` is not a list of folders.

    """
    folders = _checked(folders)
    names = rulebook_names(folders)
    beside = (inner for folder in folders for inner in _listed(folder) if inner.is_dir())
    return tuple(path for inner in beside if inner.name not in names for path in _toml_in(inner))


def _checked(folders: Folders | None) -> tuple[Path | Traversable, ...]:
    """Return the given folders, checked, or the default ones."""
    if folders is None:
        return default_folders()
    several: object = folders
    wanted = "文件夹（Path）的列表", "a list of folders (Path)"
    if isinstance(several, str) or not isinstance(several, Iterable):
        asked.refuse([asked.wrong_type("folders", several, *wanted)])
    given = tuple(folders)
    faults = (
        asked.wrong_type(f"folders[{i}]", folder, *wanted) for i, folder in enumerate(given) if not _is_folder(folder)
    )
    asked.refuse(faults)
    return given


def _is_folder(given: object) -> bool:
    return hasattr(given, "iterdir") and not isinstance(given, type)


def _listed(folder: Path | Traversable) -> list[Path | Traversable]:
    """Return the entries of a folder, by name."""
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        why = why_of(error)
        raise DataError.of(
            str(folder), f"不是可以读取的文件夹：{why.zh}", f"is not a folder that can be read: {why.en}"
        ) from error


def _toml_in(folder: Path | Traversable) -> list[Path | Traversable]:
    return [path for path in _listed(folder) if path.name.endswith(TOML) and path.is_file()]


def laws_of(folders: Folders | None = None) -> Mapping[str, Law]:
    """Return the laws that the folders enter; a later folder may enter a law anew.

    Raises:
        DataError: a file of laws is broken; all its faults are listed.
        InputError: ``folders`` is not a list of folders.

    """
    return _laws(_checked(folders))


@lru_cache(maxsize=_KEPT)
def _laws(folders: tuple[Path | Traversable, ...]) -> Mapping[str, Law]:
    laws: dict[str, Law] = {}
    for folder in folders:
        if (folder / LAWS).is_file():
            laws.update(load_laws(folder / LAWS))
    return laws


def watch_list(folders: Folders | None = None) -> tuple[Watch, ...]:
    """Return the laws that the folders watch, by the day of the next look; a later folder may enter one anew.

    Raises:
        DataError: a file of laws or a watch list is broken; all its faults are listed.
        InputError: ``folders`` is not a list of folders.

    """
    found = _watches(_checked(folders))
    return tuple(sorted(found.values(), key=lambda watch: (watch.look_by, watch.id)))


@lru_cache(maxsize=_KEPT)
def _watches(folders: tuple[Path | Traversable, ...]) -> Mapping[str, Watch]:
    watches: dict[str, Watch] = {}
    for folder in folders:
        if (folder / WATCHED).is_file():
            watches.update(load_watches(folder / WATCHED, _laws(folders)))
    return watches


def _laws_for(name: str, folders: tuple[Path | Traversable, ...]) -> Mapping[str, Law]:
    """Return the laws that a rulebook may cite. Broken laws of a folder without figures for the procedure do not stop it."""
    laws: dict[str, Law] = {}
    for folder in folders:
        try:
            laws.update(_laws((folder,)))
        except DataError:
            if any(_files(folder, name)):
                raise
    return laws


@lru_cache(maxsize=_KEPT)
def _rulebook(name: str, folders: tuple[Path | Traversable, ...]) -> Rulebook:
    known = rulebook_names(folders)
    if name not in known:
        raise UnknownError("rulebook", name, known, _where_it_would_be(name, known, folders))
    values: dict[tuple[object, ...], Value] = {}
    withdrawn: list[Value] = []
    origins: dict[tuple[object, ...], Path | Traversable] = {}
    keys: dict[str, tuple[str, ...]] = {}
    choices: dict[str, tuple[str, ...]] = {}
    doubts: list[Doubt] = []
    laws = _laws_for(name, folders)
    for folder in folders:
        for path, area in _files(folder, name):
            read = read_rules(path, laws, choices, area)
            keys.update(read.keys)
            choices.update(read.choices)
            doubts += read.doubts
            withdrawn += read.withdrawn
            for wrong in read.withdrawn:
                before = values.get(wrong.identity)
                if before is not None and before.says == wrong.says:
                    del values[wrong.identity]
            for value in read.values:
                values[value.identity] = value
                origins[value.identity] = path
    book = Rulebook(
        name, tuple(values.values()), keys, tuple(doubts), laws, choices, tuple(withdrawn), _watches_for(name, folders)
    )
    faults: dict[str, list[Fault]] = {}
    for value, fault in book.faults():
        faults.setdefault(str(origins[value.identity]), []).append(fault)
    for file, found in faults.items():
        raise DataError(file, *found)
    return book


def _watches_for(name: str, folders: tuple[Path | Traversable, ...]) -> tuple[Watch, ...]:
    """Return the watches of one procedure. Broken laws or a broken watch list of another folder do not stop it; `watch_list` reports them."""
    try:
        return tuple(watch for watch in watch_list(folders) if name in watch.procedures)
    except DataError:
        if len(folders) == 1 or any(any(_files(folder, name)) for folder in folders[1:]):
            raise
        return _watches_for(name, folders[:1])


def _where_it_would_be(name: str, known: Sequence[str], folders: Iterable[Path | Traversable]) -> Text:
    """Return which file would hold a missing rulebook, and which files have similar names."""
    if near := get_close_matches(name, known, n=1):
        file = f"{near[0]}{TOML}"
        files = [str(folder / file) for folder in folders if (folder / file).is_file()]
        return Text(
            f"没有文件{name}{TOML}；现有{'、'.join(files)}，是否指{near[0]}？",
            f"there is no file {name}{TOML}; there is {' and '.join(files)}: did you mean {near[0]}?",
        )
    return Text(
        f"没有文件{name}{TOML}；可用：{'、'.join(known)}", f"there is no file {name}{TOML}; known: {', '.join(known)}"
    )


def _files(folder: Path | Traversable, name: str) -> Iterator[tuple[Path | Traversable, str | None]]:
    """Yield the files of a rulebook in a folder, each with the area in its name; the main file has none."""
    main, beside = folder / f"{name}{TOML}", folder / name
    if main.is_file():
        yield main, None
    if beside.is_dir():
        yield from ((path, path.name.removesuffix(TOML)) for path in _toml_in(beside))
