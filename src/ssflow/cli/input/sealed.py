"""The secret of a host and the file of its seals, as commands read them."""

from __future__ import annotations

import os
from pathlib import Path

from ssflow.converters.files import reading
from ssflow.errors import DataError, Fault, InputError
from ssflow.records import Seal

SECRET = "SSFLOW_SECRET"  # noqa: S105 - the name of a variable


def read_secret(file: Path | None) -> bytes:
    """Return the secret in a file, without its line end, or that of the environment; never one of the command line, which others can list.

    Raises:
        InputError: there is no secret.
        DataError: there is no such file, or it cannot be read.

    """
    if file is not None:
        return _content(file).rstrip(b"\r\n")
    if SECRET not in os.environ:
        raise InputError.of(
            "--secret",
            f"请指明密钥所在的文件，或者把密钥写在{SECRET}里",
            f"name the file of the secret, or set {SECRET}",
        )
    return os.environ[SECRET].encode(errors="surrogateescape")


def read_seals(file: Path) -> tuple[Seal, ...]:
    """Return the seals of a file, one on each line.

    Raises:
        DataError: there is no such file, it cannot be read, or a line is not a seal.

    """
    seals = []
    for number, line in enumerate(_content(file).splitlines(), 1):
        try:
            seals.append(Seal.read(line.decode(errors="replace")))
        except InputError as error:
            raise DataError(file, *(Fault(str(number), fault.text) for fault in error.faults)) from error
    return tuple(seals)


def _content(file: Path) -> bytes:
    with reading(file):
        return file.read_bytes()
