"""``ssflow case verify`` and ``ssflow case backup``: whether the file holds, and a copy of it."""

from __future__ import annotations

from pathlib import Path

import click

from ssflow.cli.database import cases_of, store_of
from ssflow.cli.input.arguments import FILE
from ssflow.cli.input.options import db_option, speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.input.taught import REFUSED
from ssflow.cli.output.answer import Screen
from ssflow.documents import text_document
from ssflow.text import Text


@command(
    "verify",
    Text("核验记录", "Check all that is on record"),
    """逐件读取全部事件，核对封签，重新得出现状，并按程序和现行法重演全部办理。

    末尾若被整齐截去，仅凭文件看不出来：请在别处留存各办件的版本。""",
)
@db_option
@speaks
def verify(screen: Screen, db: Path) -> None:
    """Read every event of every case, check the seals, make each case anew, and play all acts through their procedures.

    A tail that was cut off cleanly does not show in the file alone: keep the versions of the cases elsewhere.
    """
    cases = cases_of(db)
    found, rows = cases.verify(), cases.store.rows()
    if screen.as_json:
        faults = [{"case": one.case, "kind": one.kind.name, "fault": text_document(one.fault)} for one in found]
        screen.document({"cases": {row.id: row.version for row in rows}, "findings": faults})
    elif found:
        for one in found:
            screen.item("-", one.say(screen.lang))
    else:
        events = sum(row.version for row in rows)
        screen.line(
            screen.t(f"{len(rows)}个办件、{events}个事件，均相符", f"all hold: cases {len(rows)}, events {events}")
        )
    if found:
        raise click.exceptions.Exit(REFUSED)


@command(
    "backup", Text("备份数据库文件", "Copy the database file"), "在他人照常写入时把文件复制一份，核对并写实到磁盘。"
)
@click.argument("to", type=FILE)
@db_option
@speaks
def backup(screen: Screen, to: Path, db: Path) -> None:
    """Copy the file while others go on writing; the copy is checked and written to the disk."""
    store_of(db).backup(to)
    if screen.as_json:
        screen.document({"backup": str(to)})
    else:
        screen.line(screen.t(f"已备份到{to}", f"copied to {to}"))
