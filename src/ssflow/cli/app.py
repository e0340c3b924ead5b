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
from ssflow.cli.commands.simulate import simulate
from ssflow.cli.input.language import asked_lang
from ssflow.cli.input.speaking import Group, Option, command, lang_option
from ssflow.cli.input.usage import told
from ssflow.cli.output.faults import INPUT_FAULTS, failure_of
from ssflow.text import Lang, Text

_SHORT = Text("社会保险经办程序与法定期限", "Social-security procedures of China with exact legal deadlines")
_TOLD = """社会保险经办程序与法定期限。

每个命令都可以写--lang zh|en（不写则看SSFLOW_LANG，再看系统语言）和--json。程序、环节、主体、地方、法规、选项可以写编号，也可以写
中文名称或其中一段。"""


class Program(Group):
    """A group of commands that never ends in a traceback for what the user gave it."""

    def main(  # type: ignore[override]  # click overloads it by standalone_mode; we always stand alone
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run the command that the arguments name, and exit with its code."""
        arguments = list(sys.argv[1:] if args is None else args)
        lang = asked_lang(arguments)
        _never_fail_to_print()
        extra |= {"standalone_mode": False, "obj": lang}
        try:
            code = super().main(arguments, prog_name or "ssflow", **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            code = 1
        except click.ClickException as error:
            code = _fail(told(error), arguments, lang)
        except INPUT_FAULTS as error:
            code = _fail(error, arguments, lang)
        sys.exit(code)


def _fail(error: Exception, arguments: Sequence[str], lang: Lang) -> int:
    """Say what is wrong, and with which code to exit."""
    failure = failure_of(error, lang)
    click.echo(failure.say(as_json="--json" in arguments), err=True)
    return failure.exit_code


def _never_fail_to_print() -> None:
    """Let a terminal that lacks a character show a question mark instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@command("ssflow", _SHORT, _TOLD, cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@lang_option
@click.version_option(
    package_name="ssflow",
    cls=Option,
    message="%(prog)s %(version)s",
    told=Text("显示版本后退出。", "Show the version and exit."),
)
def program() -> None:
    """Social-security procedures of China with exact legal deadlines.

    Every command takes --lang zh|en (default: SSFLOW_LANG, else the locale) and --json. Procedures, activities, roles, places, laws
    and choices may be given by their codes, by their titles in either language, or by a part of a title.
    """


for one in (calendar, day_, count, due, list_, show, doubts, law, check, case, simulate, demo):
    program.add_command(one)
