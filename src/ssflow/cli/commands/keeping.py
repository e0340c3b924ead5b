"""``ssflow case backup``: a copy of the database file."""

from __future__ import annotations

from pathlib import Path

import click

from ssflow.cli.database import copy
from ssflow.cli.input.arguments import FILE
from ssflow.cli.input.options import db_option, speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.text import Text


@command(
    "backup", Text("备份数据库文件", "Copy the database file"), "在他人照常写入时把文件复制一份，核对并确保写到磁盘。"
)
@click.argument("to", type=FILE)
@db_option
@speaks
def backup(screen: Screen, to: Path, db: Path | str) -> None:
    """Copy the file while others go on writing; the copy is checked and written to the disk."""
    copy(db, to)
    if screen.as_json:
        screen.document({"backup": str(to)})
    else:
        screen.line(screen.t(f"已备份到{to}", f"copied to {to}"))
