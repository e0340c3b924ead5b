"""The program: all commands under one name, and one place where errors become sentences."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Any

import click

from ssflow.cli.commands.calendar import calendar
from ssflow.cli.commands.case import case
from ssflow.cli.commands.check import check
from ssflow.cli.commands.count import count
from ssflow.cli.commands.day import day_
from ssflow.cli.commands.demo import demo
from ssflow.cli.commands.doubts import doubts
from ssflow.cli.commands.due import due
from ssflow.cli.commands.law import law
from ssflow.cli.commands.procedures import list_
from ssflow.cli.commands.show import show
from ssflow.cli.input.language import asked_lang
from ssflow.cli.output.faults import INPUT_FAULTS, fault_of

_HELP = """Social-security procedures of China with exact legal deadlines. 社会保险经办程序与法定期限

Every command takes --lang zh|en (default: SSFLOW_LANG, else the locale) and --json.
"""


class Program(click.Group):
    """A group of commands that never ends in a traceback for what the user gave it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which people need them."""
        return list(self.commands)

    def main(  # type: ignore[override]  # click overloads it by standalone_mode; we always stand alone
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run the command that the arguments name, and exit with its code."""
        arguments = list(sys.argv[1:] if args is None else args)
        _never_fail_to_print()
        extra.pop("standalone_mode", None)
        try:
            code = super().main(arguments, prog_name or "ssflow", standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            code = 1
        except INPUT_FAULTS as error:
            fault = fault_of(error, asked_lang(arguments))
            click.echo(fault.say(as_json="--json" in arguments), err=True)
            code = fault.exit_code
        sys.exit(code)


def _never_fail_to_print() -> None:
    """Let a terminal that lacks a character show a question mark instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@click.group("ssflow", cls=Program, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ssflow")
def program() -> None:
    """All commands."""


for command in (calendar, day_, count, due, list_, show, doubts, law, check, case, demo):
    program.add_command(command)
