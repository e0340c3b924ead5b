"""What others write: data files in TOML, and plain values of JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ssflow.converters.causes import why_of
from ssflow.converters.faults import faults_of
from ssflow.converters.strict import toml_converter
from ssflow.errors import DataError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")


def read_toml(path: Path | Traversable) -> dict[str, Any]:
    """The content of a TOML file.

    Raises:
        DataError: the file cannot be read or is not TOML; nothing was loaded.

    """
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # what tomllib and the decoding raise are ValueErrors
        why = why_of(error)
        raise DataError.of(
            str(path),
            f"无法作为TOML读取：{why.zh}；请改正，或者移走该文件",
            f"cannot be read as TOML: {why.en}; correct the file or take it away",
        ) from error


def structure(raw: object, cls: type[T], file: Path | Traversable | str, where: str = "") -> T:
    """A typed value from the plain data of a file.

    Raises:
        DataError: a key is missing or unknown, or a value is not what is wanted; all faults are listed with their paths.

    """
    try:
        return toml_converter().structure(raw, cls)
    except Exception as error:
        raise DataError(str(file), *(fault.within(where) for fault in faults_of(error))) from error
