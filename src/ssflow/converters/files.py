"""What others write: data files in TOML, and plain values of JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ssflow.converters.faults import faults_of
from ssflow.converters.strict import json_converter, toml_converter
from ssflow.errors import DataError, InputError

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
        raise DataError.of(
            str(path),
            f"无法作为TOML读取（{error}）；请改正，或者移走该文件",
            f"cannot be read as TOML: {error}; correct the file or take it away",
        ) from error


def read_json(raw: object, cls: type[T]) -> T:
    """A typed value from plain JSON values, as a form sends them.

    Raises:
        InputError: a field is missing, unknown or wrong; ``faults`` lists all with their fields.

    """
    try:
        return json_converter().structure(raw, cls)
    except Exception as error:
        raise InputError(*faults_of(error)) from error


def structure(raw: object, cls: type[T], file: Path | Traversable | str, where: str = "") -> T:
    """A typed value from the plain data of a file.

    Raises:
        DataError: a key is missing or unknown, or a value is not what is wanted; all faults are listed with their paths.

    """
    try:
        return toml_converter().structure(raw, cls)
    except Exception as error:
        raise DataError(str(file), *(fault.within(where) for fault in faults_of(error))) from error
