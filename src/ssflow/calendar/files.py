"""Limits on reading files and folders from elsewhere, so that no reading hangs or grows without bound."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from stat import S_ISREG

from ssflow.converters import why_of
from ssflow.errors import DataError

LARGEST = 4 * 1024 * 1024  # bytes; the largest holiday calendar seen had a quarter of a megabyte
MOST = 10_000  # entries of a folder


def files_below(folder: Path, endings: Collection[str]) -> Iterator[Path]:
    """Yield the files with one of these endings in a folder and its folders, sorted; a folder reached twice is read once.

    Hidden folders are passed over, such as ``.git`` in a clone and ``..data`` in a mounted one.

    Raises:
        DataError: a folder cannot be read, or has too many entries to be a folder of notices.

    """
    seen: set[tuple[int, int]] = set()
    found: list[Path] = []
    entries = 0
    for here, folders, files in os.walk(folder, followlinks=True, onerror=_unreadable):
        entries += len(folders) + len(files)
        if entries > MOST:
            raise DataError.of(
                folder,
                f"内有{MOST}个以上的文件，不像通知的文件夹；请指明通知所在的文件夹",
                f"holds more than {MOST} files and is not a folder of notices; name the folder that holds them",
            )
        status = Path(here).stat()
        folders[:] = [] if (status.st_dev, status.st_ino) in seen else [name for name in folders if name[0] != "."]
        if (status.st_dev, status.st_ino) not in seen:
            found += [Path(here, name) for name in files if Path(name).suffix in endings]
        seen.add((status.st_dev, status.st_ino))
    return iter(sorted(found))


def readable(path: Path) -> Path:
    """Return the path, if it names a file that can be read to its end.

    Raises:
        DataError: the path is that of a pipe, a device, a folder, or a file larger than any file of notices.

    """
    try:
        status = path.stat()
    except OSError as error:
        raise _cannot_be_read(path, error) from error
    if not S_ISREG(status.st_mode):
        raise DataError.of(
            path,
            "不是普通文件（是管道、设备或文件夹）；请移除",
            "is not a plain file but a pipe, a device or a folder; remove it",
        )
    if status.st_size > LARGEST:
        raise DataError.of(
            path,
            f"有{status.st_size}字节，超过{LARGEST}字节，不是通知；请移除",
            f"has {status.st_size} bytes, more than {LARGEST}, and is not a notice; remove it",
        )
    return path


def _unreadable(error: OSError) -> None:
    raise _cannot_be_read(Path(error.filename or "."), error) from error


def _cannot_be_read(path: Path, error: OSError) -> DataError:
    why = why_of(error)
    return DataError.of(
        path, f"无法读取：{why.zh}；请检查路径与权限", f"cannot be read: {why.en}; check the path and its permissions"
    )
