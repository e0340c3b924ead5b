"""``ssflow case list``: all cases of a database."""

from __future__ import annotations

from pathlib import Path

import click

from ssflow import machines
from ssflow.cli.database import cases_of
from ssflow.cli.input.options import db_option, speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import named, table
from ssflow.cli.output.prose import Prose, prose
from ssflow.documents import Document, text_document
from ssflow.errors import DefinitionError, UnknownError
from ssflow.process import Process, State
from ssflow.records import CaseRow
from ssflow.text import Text
from ssflow.views.plain import plain
from ssflow.views.wording import moment

Read = tuple[type[Process], State] | Text  # the procedure and the state of a row, or why they cannot be read


@command("list", Text("列出办件", "List the cases"), "按登记的先后列出全部办件。")
@db_option
@speaks
def list_cases(screen: Screen, db: Path | str) -> None:
    """List all cases in the order of their opening."""
    rows = [(row, _read(row)) for row in cases_of(db).rows()]
    if screen.as_json:
        screen.document({"cases": [_document(row, read) for row, read in rows]})
    else:
        _tell(screen, rows)
    if any(isinstance(read, Text) for _, read in rows):
        raise click.exceptions.Exit(1)


def _read(row: CaseRow) -> Read:
    if row.fault:
        return row.fault
    try:
        process = machines.get(row.process)
        versions = (version for version in process.versions() if row.state in version.names.states)
        return process, next(versions, process).state(row.state)
    except (UnknownError, DefinitionError) as error:  # its package is gone or broken; the other rows are not affected
        return error.text


def _document(row: CaseRow, read: Read) -> Document:
    return {
        "case": row.id,
        "process": row.process,
        "state": row.state,
        "state_title": None if isinstance(read, Text) else text_document(read[1].title),
        "version": row.version,
        "closed": row.closed,
        "closes": plain(row.closes),
        "unreadable": text_document(read) if isinstance(read, Text) else None,
    }


def _tell(screen: Screen, rows: list[tuple[CaseRow, Read]]) -> None:
    t = screen.t
    shown = table(
        t("办件", "case"),
        t("程序", "procedure"),
        t("状态", "state"),
        t("版本", "version"),
        t("下一时点", "next moment"),
    )
    kinds = {
        (row.process, row.state, row.closed, row.fault): (row, read) for row, read in rows
    }  # few, of however many cases
    titles = {kind: _titles(screen, *one) for kind, one in kinds.items()}
    for row, _ in rows:
        process, state = titles[row.process, row.state, row.closed, row.fault]
        shown.add_row(row.id, process, state, str(row.version), moment(row.closes) if row.closes else "")
    screen.show(shown if rows else t("尚无办件", "no cases yet"))


def _titles(screen: Screen, row: CaseRow, read: Read) -> tuple[Prose, Prose]:
    """Return the procedure and the state in words; for a row that cannot be read, their names and why."""
    if isinstance(read, Text):
        why = screen.t(f"无法读取：{read.zh}", f"cannot be read: {read.en}")
        return prose(row.process), prose(row.state, "\n", (why, "red"))
    process, state = read
    said = screen.say(state.title) + (screen.t("（办结）", " (final)") if row.closed else "")
    return named(screen.say(process.title), process.name), prose(said)
