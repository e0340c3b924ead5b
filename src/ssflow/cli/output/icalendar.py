"""``--ics``: days and deadlines as a file for other calendars."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.calendar import Day, Deadline
from ssflow.cli.output.answer import Screen
from ssflow.errors import InputError, MissingExtraError


def print_icalendar(screen: Screen, entries: Iterable[Day | Deadline], name: str) -> None:
    """Print an iCalendar file and nothing else.

    Raises:
        InputError: ``--json`` was given too.
        MissingExtraError: the package icalendar is not installed.

    """
    from ssflow.export import to_icalendar

    if screen.as_json:
        raise InputError.of(
            "--ics", "与--json是两种输出格式；请去掉一个", "this and --json are two formats; leave one out"
        )
    try:
        text = to_icalendar(entries, lang=screen.lang, name=name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "icalendar":
            raise
        raise MissingExtraError("--ics", "icalendar") from error
    screen.file(text)
