"""``ssflow case``: cases in a database file."""

from __future__ import annotations

import click

from ssflow.cli.commands.acting import do, open_
from ssflow.cli.commands.looking import list_cases, options, show_case
from ssflow.cli.commands.passing import advance, overdue
from ssflow.cli.commands.planning import plan


@click.group(short_help="Open cases, act in them, look at them · 办理与查看办件")
def case() -> None:
    """Open cases, act in them and look at them, in a database file."""


for command in (open_, do, show_case, options, list_cases, plan, overdue, advance):
    case.add_command(command)
