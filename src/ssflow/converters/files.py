"""Reading of TOML files, and the errors of files that cannot be opened or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ssflow.converters.causes import why_of
from ssflow.converters.faults import faults_of
from ssflow.converters.strict import toml_converter
from ssflow.errors import DataError, InputError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")


def read_toml(path: Path | Traversable) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        DataError: the file cannot be read or is not TOML; nothing was loaded.

    """
    import tomllib

    try:
        with reading(path):
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # tomllib and the decoding raise ValueErrors
        why = why_of(error)
        raise DataError.of(
            str(path),
            f"无法作为TOML读取：{why.zh}；请改正，或者移除该文件",
            f"cannot be read as TOML: {why.en}; correct the file or remove it",
        ) from error


def structure(raw: object, cls: type[T], file: Path | Traversable | str, where: str = "") -> T:
    """Return a typed value from the plain data of a file.

    Raises:
        DataError: a key is missing or unknown, or a value is not what is required; all faults are listed with their paths.

    """
    try:
        return toml_converter().structure(raw, cls)
    except Exception as error:
        raise DataError(str(file), *(fault.within(where) for fault in faults_of(error))) from error


@contextmanager
def reading(path: Path | Traversable) -> Iterator[None]:
    """Wrap the reading of a file; raises DataError if it cannot be opened."""
    try:
        yield
    except OSError as error:
        why = why_of(error)
        zh, en = (
            f"无法打开：{why.zh}；请检查路径和权限",
            f"cannot be opened: {why.en}; check the path and its permissions",
        )
        raise DataError.of(str(path), zh, en) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Wrap the writing of a file; raises InputError if it cannot be written."""
    try:
        yield
    except OSError as error:
        why = why_of(error)
        zh = f"{path}无法写入：{why.zh}；请检查文件夹是否存在、能否写入"
        en = f"{path} cannot be written: {why.en}; see that its folder is there and may be written to"
        raise InputError.of("path", zh, en) from error
