"""Loading of notices from files and folders: the package's own, and those that a user lays over them.

The package's own notices are in ``notices/``, those of regions in ``notices/regional/``. A back end names further files and
folders in the environment variable ``SSFLOW_NOTICES``; a program gives them to `WorkCalendar.with_notices`. A later notice
takes the place of an earlier one with the same id, which is the name of its file.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from ssflow.calendar.balancing import lacks
from ssflow.calendar.copies import IsWeekend, Sourced, kept_apart, laid_over, on_saturday_or_sunday
from ssflow.calendar.files import files_below, readable
from ssflow.calendar.notices import SATURDAY, Notice, checked, clashes, consistent
from ssflow.converters import read_toml, structure, why_of
from ssflow.doors import check_kind
from ssflow.errors import DataError, Fault, InputError, UnknownError
from ssflow.regions import region_name
from ssflow.text import Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")
ENVIRONMENT = "SSFLOW_NOTICES"


def load_notice(path: Path | Traversable | str) -> Notice:
    """Return a notice from its TOML file; the file's name becomes its ``id``.

    Raises:
        InputError: ``path`` is not a path.
        DataError: the file is not a notice, or contradicts itself.

    """
    if isinstance(path, Path | str) or not hasattr(path, "read_text"):
        path = readable(_path(path))
    raw = read_toml(path)
    if "id" in raw:
        raise DataError(
            str(path),
            Fault(
                "id",
                Text(
                    "文件名就是id，请删去这个键", "has an id of its own; the name of the file is the id, so remove it"
                ),
            ),
        )
    return consistent(structure({"id": path.name.removesuffix(".toml"), **raw}, Notice, path), path)


def given_notices(given: Iterable[Notice | Path | str], *, is_chinese: bool) -> Iterator[Sourced]:
    """Yield notices that a program gives as such or as the paths of files and folders; see `fit` and `load_notices`."""
    for item in given:
        if isinstance(item, Notice):
            yield item.id, fit(item, item.id, is_chinese=is_chinese)
        else:
            yield from _loaded(item, is_chinese=is_chinese)


def load_notices(path: Path | str, *, is_chinese: bool = True) -> tuple[Notice, ...]:
    """Return the notices of a file, or of all files in a folder and its folders.

    Files are TOML as the package has it, the JSON of holiday-cn, or iCalendar. In a folder, other files are passed over, and so are
    files of a year that is not arranged yet. Only notices for a Chinese calendar are checked against the holidays of China.

    Raises:
        InputError: ``path`` is not a path, or ``is_chinese`` is neither True nor False.
        DataError: there is no such file, it is of no kind that can be read, it contradicts itself or names a place
            that does not exist.

    """
    check_kind("is_chinese", is_chinese, bool)
    return tuple(notice for _, notice in _loaded(path, is_chinese=is_chinese))


def fit(notice: Notice, source: Path | str, *, is_chinese: bool = True) -> Notice:
    """Return a notice that can be laid over ours, with ``complete`` settled.

    If it was None, it is True for China and False abroad; for a copy of others, True only if the copy lacks nothing.

    Raises:
        InputError: a field holds something other than its type says.
        DataError: the notice contradicts itself, names a place that does not exist, or claims to arrange a whole year of
            China and does not: offices work on a statutory holiday, or its rests and make-up days do not add up.

    """
    checked(notice, source)
    for index, place in enumerate(notice.places):
        try:
            region_name(place)
        except UnknownError as error:
            raise DataError(source, Fault(f"places[{index}]", error.text)) from error
    if not is_chinese:
        return evolve(notice, complete=bool(notice.complete) and not notice.copied)
    if notice.copied:
        return evolve(notice, complete=notice.complete is not False and not any(lacks(notice)))
    notice = evolve(notice, complete=notice.complete is not False)
    if notice.is_national and (faults := (*_weekdays(notice), *_lacking(notice))):
        raise DataError(source, *faults)
    return notice


def default_notices() -> tuple[Notice, ...]:
    """Return the package's notices and those of the environment. Copies of years that ours cover are kept apart.

    Raises:
        DataError: see `load_notices`; or two notices of equal rank contradict each other.

    """
    own, (theirs, _) = _own_notices(), _environment(os.environ.get(ENVIRONMENT, ""))
    return _named_by_environment(lambda: merged(own, theirs)) if theirs else own


def notices_kept_apart() -> tuple[Notice, ...]:
    """Return the notices that the environment names and that are not laid over ours: copies of years that ours cover.

    `differences` returns the days on which they contradict ours.
    """
    return _environment(os.environ.get(ENVIRONMENT, ""))[1]


def merged(
    ours: Iterable[Notice],
    theirs: Iterable[Sourced] = (),
    *,
    replace: bool = False,
    is_weekend: IsWeekend = on_saturday_or_sunday,
) -> tuple[Notice, ...]:
    """Return our notices with theirs laid over them, in the order in which they were published.

    Raises:
        DataError: see `laid_over`; or two notices of equal rank contradict each other.

    """
    laid = laid_over(ours, theirs, replace=replace, is_weekend=is_weekend)
    for one, other, day in clashes(laid):
        raise DataError.of(
            f"{one.id}.toml",
            f"与{other.id}在{day}上互相矛盾，且位次相同：同于{one.known_by}公布、适用于同样的单位；请改正其一",
            f"contradicts {other.id} on {day}, and neither prevails: both were published on {one.known_by} for the same "
            "offices; correct one of them",
        )
    return tuple(sorted(laid, key=lambda notice: (notice.known_by, notice.id)))


def _weekdays(notice: Notice) -> Iterator[Fault]:
    for index, day in enumerate(notice.work):
        if day.weekday() < SATURDAY:
            zh, en = (
                f"{day}不是周末；只有周末才能调为上班日",
                f"{day} is not a weekend day; only weekend days are made working days",
            )
            yield Fault(f"work[{index}]", Text(zh, en))


def _lacking(notice: Notice) -> Iterator[Fault]:
    if notice.complete and (lacking := tuple(lacks(notice))):
        yield from (Fault("", text) for text in lacking)
        zh = "请录入全年的安排；只有一部分或为修改的，写complete = false；只适用于某地的，写places"
        en = "enter the whole year, or write complete = false if it is a part or an amendment, or name its places"
        yield Fault("", Text(zh, en))


def _loaded(path: Path | str, *, is_chinese: bool = True) -> list[Sourced]:
    """Return the notices of a file or folder, each with its file."""
    found = [(file, notice) for file in _files(path) for notice in _readers()[file.suffix](readable(file))]
    for id_, n in Counter(notice.id for _, notice in found).items():
        if n > 1:
            raise DataError.of(
                path,
                f"内有{n}份同名的通知{id_}，其一会取代其他；请给文件改名",
                f"holds {n} notices called {id_}, of which one would replace the other; rename the files",
            )
    if not found and _path(path).is_file():
        raise DataError.of(
            path,
            "没有安排任何一天：通知尚未公布、下载不全，或者不是通知的文件；请重新下载或移除",
            "arranges no day: its notice is not published yet, the fetch failed, or it is not a file of notices; fetch it again "
            "or remove it",
        )
    return [(file, fit(notice, file, is_chinese=is_chinese)) for file, notice in found]


def _names_a_file(path: str) -> bool:
    """Return whether the system can be asked for this path: no null characters, no lone surrogates."""
    try:
        return "\0" not in path and bool(os.fsencode(path) or not path)
    except UnicodeEncodeError:
        return False


def _path(given: object) -> Path:
    """Return a caller's path as a ``Path``."""
    if not isinstance(given, Path | str) or not _names_a_file(str(given)):
        kind = type(given).__name__
        zh = f"须为通知，或者其文件、文件夹的路径，给出的是{kind}"
        raise InputError.of("notices", zh, f"takes notices, or paths of their files and folders, not {kind}")
    try:
        return Path(given).expanduser()
    except RuntimeError as error:  # that user has no home
        zh, en = f"没有这个用户的主文件夹（原文：“{error}”）；请写全路径", f"{error} write the path in full"
        raise DataError.of(given, zh, en) from error


def _files(given: object) -> Iterator[Path]:
    """Yield the files that a path names."""
    path, endings = _path(given), _readers().keys()
    try:
        there, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        why = why_of(error)
        raise DataError.of(path, f"路径无法使用：{why.zh}", f"the path cannot be used: {why.en}") from error
    if not there:
        raise DataError.of(path, "没有这个文件或文件夹；请改正路径", "is not there; correct the path")
    if not is_folder and path.suffix not in endings:
        raise DataError.of(
            path,
            f"不是通知，也不是通知的文件夹；通知的文件名以{'、'.join(endings)}结尾",
            f"is neither a notice nor a folder of notices; names of notices end in {', '.join(endings)}",
        )
    return files_below(path, endings) if is_folder else iter([path])


@cache
def _environment(named: str) -> tuple[tuple[Sourced, ...], tuple[Notice, ...]]:
    """Return the notices at the paths that the environment names: those to be laid over ours, and those kept apart."""
    theirs = _named_by_environment(lambda: [pair for path in named.split(os.pathsep) if path for pair in _loaded(path)])
    return kept_apart(_own_notices(), theirs)


def _named_by_environment(load: Callable[[], T]) -> T:
    """Return what ``load`` returns; an error of it also says that the environment named the file."""
    try:
        return load()
    except DataError as error:
        said = Text(f"由环境变量{ENVIRONMENT}指定", f"named by the environment variable {ENVIRONMENT}")
        raise DataError(error.file, *error.faults, Fault("", said)) from error


@cache
def _own_notices() -> tuple[Notice, ...]:
    own = map(load_notice, Path(__file__).with_name("notices").rglob("*.toml"))
    return merged(evolve(notice, complete=notice.complete is not False) for notice in own)


def _readers() -> dict[str, Callable[[Path], Iterable[Notice]]]:
    from ssflow.calendar.readers.holiday_cn import read_holiday_cn
    from ssflow.calendar.readers.icalendar import read_icalendar

    return {".toml": lambda path: (load_notice(path),), ".json": read_holiday_cn, ".ics": read_icalendar}
