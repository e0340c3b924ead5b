"""``--ics``: days and deadlines as a file for other calendars."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ssflow.calendar import Day, Deadline
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.faults import MissingExtraError


def print_icalendar(screen: Screen, entries: Iterable[Day | Deadline], name: str) -> None:
    """Print an iCalendar file and nothing else.

    Raises:
        MissingExtraError: the package icalendar is not installed.

    """
    from ssflow.export import to_icalendar

    if screen.as_json:
        raise click.UsageError(screen.t("--ics与--json不能并用", "--ics and --json are two formats; leave one out"))
    try:
        text = to_icalendar(entries, lang=screen.lang, name=name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "icalendar":
            raise
        raise MissingExtraError("--ics", "icalendar") from error
    screen.file(text)
