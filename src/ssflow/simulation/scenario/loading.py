"""The reading of scenarios from TOML files, and the scenarios that come with the library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ssflow import machines
from ssflow.calendar import WorkCalendar
from ssflow.case import Legislation
from ssflow.converters import read_toml, structure
from ssflow.doors import check_kind
from ssflow.errors import DataError, Fault, InputError, SsflowError, UnknownError
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.open_cases import OpenCase, read_open_cases
from ssflow.simulation.scenario.practices import Practice
from ssflow.simulation.scenario.profiles import Profile
from ssflow.simulation.scenario.scenario import Hours, Scenario
from ssflow.simulation.scenario.stations import Station
from ssflow.text import NO_TEXT, Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


_LISTS = ("profile", "practice", "station")
_PART = re.compile(r"(?P<name>[^.\[]+)(?:\[(?P<number>\d+)\])?")


@frozen(kw_only=True)
class _File:
    """A scenario as its file writes it; see `Scenario` for the meaning."""

    process: str
    title: Text = NO_TEXT
    note: Text = NO_TEXT
    places: str | dict[str, Any]
    start: date
    arrivals: Arrivals
    profile: tuple[Profile, ...] = ()
    practice: tuple[Practice, ...] = ()
    station: tuple[Station, ...] = ()
    hours: Hours = field(factory=Hours)
    follow: int = 366
    warm_up: int = 0
    seed: int = 1
    as_of: date | None = None
    open_cases: str = ""


def load_scenario(path: Path) -> Scenario:
    """Return the scenario in a file.

    Raises:
        DataError: something is wrong with it; all faults are listed with their paths.

    """
    check_kind("path", path, Path)
    return _loaded(path)


def default_scenario(process: str) -> Scenario:
    """Return the scenario that comes with the library for a procedure; its numbers are assumptions, and its note says so.

    Raises:
        UnknownError: there is no such procedure, or it has none.

    """
    machines.get(process)
    path = files("ssflow.simulation") / "scenarios" / f"{process}.toml"
    if not path.is_file():
        hint = Text(
            "该程序没有随附的方案；请用load_scenario读入自己的方案",
            "no scenario comes with this procedure; read one of your own with load_scenario",
        )
        raise UnknownError("scenario", process, default_scenarios(), hint)
    return _loaded(path)


def default_scenarios() -> tuple[str, ...]:
    """Return the names of the procedures for which a scenario comes with the library."""
    folder = files("ssflow.simulation") / "scenarios"
    return tuple(sorted(path.name.removesuffix(".toml") for path in folder.iterdir() if path.name.endswith(".toml")))


def _loaded(path: Path | Traversable) -> Scenario:
    raw = read_toml(path)
    try:
        return _read(raw, path)
    except InputError as error:
        raise DataError(str(path), *error.faults) from error
    except DataError as error:  # of its form; what it says besides may be wrong too
        raise DataError(str(path), *error.faults, *_others(raw, error.faults, path)) from error


def _read(raw: dict[str, Any], path: Path | Traversable) -> Scenario:
    """Return the scenario in the data of a file; raises DataError for faults of form, and InputError for those of what it says."""
    read = structure(raw, _File, path)
    law = Legislation()
    if read.as_of:
        law = Legislation(WorkCalendar.china().as_of(read.as_of))
    return Scenario(
        process=read.process,
        title=read.title,
        note=read.note,
        places=read.places,
        start=read.start,
        arrivals=read.arrivals,
        profiles=read.profile,
        practices=read.practice,
        stations=read.station,
        hours=read.hours,
        follow=read.follow,
        warm_up=read.warm_up,
        seed=read.seed,
        open_cases=_open_cases(Path(str(path)).parent / read.open_cases, read.process) if read.open_cases else (),
        law=law,
    )


def _others(raw: dict[str, Any], faults: Sequence[Fault], path: Path | Traversable) -> list[Fault]:
    """Return the faults in what the sound parts of a file say; none if a part is broken without which nothing can be judged.

    Where an entry of a list is broken, what may only follow from its absence is not told: that a list has too little, and what stations serve.
    """
    broken = {_part_of(fault.path)[:2] for fault in faults}
    kept = {
        name: [number for number in range(len(raw[name])) if (name, number) not in broken]
        for name in _LISTS
        if isinstance(raw.get(name), list)
    }
    sound = {name: value for name, value in raw.items() if (name, None) not in broken}
    try:
        _read(sound | {name: [raw[name][number] for number in numbers] for name, numbers in kept.items()}, path)
    except DataError:
        return []
    except InputError as error:
        is_whole = not any(name in _LISTS for name, _ in broken)
        found = [(_part_of(fault.path), fault.text) for fault in error.faults]
        return [
            Fault(name + rest if number is None else f"{name}[{kept[name][number]}]{rest}", text)
            for (name, number, rest), text in found
            if is_whole or name not in _LISTS or (number is not None and name != "station")
        ]
    return []


def _part_of(path: str) -> tuple[str, int | None, str]:
    """Return the part of a file that a path begins with: its name, the number of the entry if it is a list, and the rest of the path."""
    found = _PART.match(path)
    if found is None:
        return path, None, ""
    return found["name"], int(found["number"]) if found["number"] else None, path[found.end() :]


def _open_cases(database: Path, process: str) -> tuple[OpenCase, ...]:
    """Return the open cases in a database file, which must exist: a misspelt name creates no new file."""
    from ssflow.records import Cases
    from ssflow.store import SQLiteStore

    if not database.is_file():
        raise InputError.of(
            "open_cases",
            f"没有文件{database}；路径从方案文件所在的文件夹算起",
            f"there is no file {database}; a path begins in the folder of the scenario",
        )
    try:
        definition = machines.get(process)
    except SsflowError:
        return ()  # the scenario says so by itself
    try:
        return read_open_cases(Cases(SQLiteStore(database)), definition)
    except InputError:
        raise
    except SsflowError as error:
        raise InputError(Fault("open_cases", error.text)) from error
