"""From files and folders to notices: ours, and those that a user lays over them.

The package's own notices are in ``notices/``, those of regions in ``notices/regional/``. A back end names further files and
folders in the environment variable ``SSFLOW_NOTICES``; a program gives them to `WorkCalendar.with_notices`. A later notice
with the id of an earlier one, which is the name of its file, takes its place.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ssflow.calendar.notices import Notice, checked, clashes
from ssflow.calendar.statutory import worked_holidays
from ssflow.converters import read_toml, structure
from ssflow.errors import DataError, UnknownError
from ssflow.regions import region_name

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENVIRONMENT = "SSFLOW_NOTICES"


def load_notice(path: Path | Traversable) -> Notice:
    """A notice from its TOML file; the file's name becomes its ``id``.

    Raises:
        DataError: the file is not a notice, or contradicts itself.

    """
    raw = read_toml(path)
    if "id" in raw:
        raise DataError(str(path), "has an id of its own; the name of the file is the id, so take it out")
    return checked(structure({"id": path.name.removesuffix(".toml"), **raw}, Notice, path), path)


def load_notices(path: Path | str, *, is_chinese: bool = True) -> tuple[Notice, ...]:
    """The notices of a file, or of all files in a folder and its folders.

    Files are our own TOML, the JSON of holiday-cn, or iCalendar; others in a folder are passed over. Only notices for a
    Chinese calendar are held to the holidays of China.

    Raises:
        DataError: there is no such file, it is of no kind that can be read, it contradicts itself or speaks for a place
            that does not exist.

    """
    path = Path(path).expanduser()
    readers = _readers()
    if not path.exists():
        raise DataError(path, f"is not there; correct the path, or the environment variable {ENVIRONMENT}")
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in readers)
    elif path.suffix in readers:
        files = [path]
    else:
        raise DataError(path, f"is no notice and no folder of notices; notices end in {', '.join(readers)}")
    notices = tuple(notice for file in files for notice in readers[file.suffix](file))
    for id_, n in Counter(notice.id for notice in notices).items():
        if n > 1:
            raise DataError(
                path, f"holds {n} notices called {id_}, of which one would replace the other; rename the files"
            )
    return tuple(fit(notice, path, is_chinese=is_chinese) for notice in notices)


def fit(notice: Notice, source: Path | str, *, is_chinese: bool = True) -> Notice:
    """The notice, if it can be laid over ours.

    Raises:
        DataError: it contradicts itself, speaks for a place that does not exist, or claims to arrange a whole year of
            China and lets offices work on a statutory holiday.

    """
    checked(notice, source)
    for place in notice.places:
        try:
            region_name(place)
        except UnknownError as error:
            raise DataError(source, f"{notice.id}: {error}") from error
    if notice.is_national and notice.complete and is_chinese:
        for day, name in worked_holidays(notice):
            what = f"{notice.id}: {day} ({name.en}) would be worked"
            raise DataError(source, f"{what}; enter the whole year, or write complete = false, or name its places")
    return notice


def default_notices() -> tuple[Notice, ...]:
    """The package's notices and those of the environment.

    Raises:
        DataError: see `load_notices`; or two notices of equal rank contradict each other.

    """
    return _default_notices(os.environ.get(ENVIRONMENT, ""))


def merged(*groups: Iterable[Notice]) -> tuple[Notice, ...]:
    """All notices in the order in which they were published; of two with one id, the one given later.

    Raises:
        DataError: two notices of equal rank contradict each other.

    """
    by_id = {notice.id: notice for group in groups for notice in group}
    for one, other, day in clashes(by_id.values()):
        raise DataError(
            f"{one.id}.toml",
            f"contradicts {other.id} on {day}, and neither prevails: both were published on {one.known_by} for the same offices",
        )
    return tuple(sorted(by_id.values(), key=lambda notice: (notice.known_by, notice.id)))


@cache
def _default_notices(named: str) -> tuple[Notice, ...]:
    theirs = [load_notices(path) for path in named.split(os.pathsep) if path]
    return merged(_own_notices(), *theirs)


@cache
def _own_notices() -> tuple[Notice, ...]:
    from importlib.resources import files

    return tuple(_below(files("ssflow.calendar") / "notices"))


def _below(folder: Traversable) -> Iterator[Notice]:
    for path in folder.iterdir():
        yield from _below(path) if path.is_dir() else (load_notice(path),)


def _readers() -> dict[str, Callable[[Path], Iterable[Notice]]]:
    from ssflow.calendar.readers.holiday_cn import read_holiday_cn
    from ssflow.calendar.readers.icalendar import read_icalendar

    return {
        ".toml": lambda path: (load_notice(path),),
        ".json": lambda path: (read_holiday_cn(path),),
        ".ics": read_icalendar,
    }
