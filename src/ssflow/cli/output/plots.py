"""``--plot``: the picture of an answer, written into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ssflow.cli.output.answer import Screen
from ssflow.errors import MissingExtraError

if TYPE_CHECKING:
    from ssflow.pictures import Picture


def check_plot(file: Path | None) -> None:
    """Refuse, before anything long is done, a file that no picture can be written into.

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
    file_of(file)


def plot(screen: Screen, file: Path | None, draw: Callable[[], Picture], *, tell: bool = True) -> None:
    """Write a picture into a file, if one was asked for, and say so where somebody reads."""
    if file is None:
        return
    draw().save(file)
    if tell:
        screen.line()
        screen.line(screen.t(f"图已存入{file}", f"the picture is in {file}"), "dim")
