"""``--plot``: the picture of an answer, written into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ssflow.cli.output.answer import Screen
from ssflow.errors import Fault, InputError, MissingExtraError

if TYPE_CHECKING:
    from ssflow.pictures import Picture


def check_plot(file: Path | None) -> None:
    """Refuse a file that cannot hold a picture before any long work begins.

    Raises:
        MissingExtraError: the packages that draw are not installed.
        InputError: the file is of another kind.

    """
    if file is None:
        return
    try:
        from ssflow.pictures.drawn import file_of
    except MissingExtraError as error:
        raise MissingExtraError("--plot", error.extra) from error
    with _of_the_option():
        file_of(file)


@contextmanager
def _of_the_option() -> Iterator[None]:
    """Wrap an operation so that faults of the file name the option that gave it."""
    try:
        yield
    except InputError as error:
        raise InputError(*(Fault("--plot", fault.text) for fault in error.faults)) from error


def plot(screen: Screen, file: Path | None, draw: Callable[[], Picture], *, tell: bool = True) -> None:
    """Write a picture into a file, if one was asked for, and say so on a readable screen."""
    if file is None:
        return
    with _of_the_option():
        draw().save(file)
    if tell:
        screen.line()
        screen.line(screen.t(f"图已存入{file}", f"the picture is in {file}"), "dim")
