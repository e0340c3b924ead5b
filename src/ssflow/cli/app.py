"""The program: all commands under one name, and the one place where errors become sentences."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from ssflow.cli.input.language import asked_lang
from ssflow.cli.input.speaking import Commands, Group, Option, command, lang_option
from ssflow.cli.input.usage import told
from ssflow.text import Lang, Text

# Each is imported when it is called, so that no command waits for what only another needs.
_COMMANDS = {
    "calendar": "ssflow.cli.commands.calendar:calendar",
    "day": "ssflow.cli.commands.day:day_",
    "count": "ssflow.cli.commands.count:count",
    "due": "ssflow.cli.commands.due:due",
    "list": "ssflow.cli.commands.procedures:list_",
    "show": "ssflow.cli.commands.show:show",
    "doubts": "ssflow.cli.commands.doubts:doubts",
    "law": "ssflow.cli.commands.law:law",
    "watch": "ssflow.cli.commands.watch:watch",
    "check": "ssflow.cli.commands.check:check",
    "case": "ssflow.cli.commands.case:case",
    "audit": "ssflow.cli.commands.audit:audit",
    "worker": "ssflow.cli.commands.worker:worker",
    "simulate": "ssflow.cli.commands.simulate:simulate",
    "log": "ssflow.cli.commands.logs:log",
    "demo": "ssflow.cli.commands.demo:demo",
}
_SHORT = Text("社会保险经办程序与法定期限", "Social-security procedures of China with exact legal deadlines")
_TOLD = """社会保险经办程序与法定期限。

每个命令都可以写--lang zh|en（不写则依SSFLOW_LANG，再依系统语言）和--json。程序、环节、主体、地方、法规、选项可以写编号，也可以写
中文名称或其中一部分。"""


class Program(Group):
    """A group of commands that answers bad input of a user without a traceback."""

    def main(  # type: ignore[override]  # click overloads it by standalone_mode; we always run standalone
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run the command that the arguments name, and exit with its code."""
        arguments = list(sys.argv[1:] if args is None else args)
        lang = asked_lang(arguments)
        _never_fail_to_print()
        extra |= {"standalone_mode": False, "obj": lang}
        try:
            code = super().main(arguments, prog_name or "ssflow", **extra)
            _write_out()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            code = 1
        except click.ClickException as error:
            code = _fail(told(error), arguments, lang)
        except Exception as error:
            from ssflow.cli.output.faults import INPUT_FAULTS  # most commands do without it

            if not isinstance(error, INPUT_FAULTS):
                raise
            if isinstance(error, OSError):
                _drop_output()
            code = _fail(error, arguments, lang)
        sys.exit(code)


def _fail(error: Exception, arguments: Sequence[str], lang: Lang) -> int:
    """Print what is wrong, and return the exit code."""
    from ssflow.cli.output.faults import failure_of

    failure = failure_of(error, lang)
    click.echo(failure.say(as_json="--json" in arguments), err=True)
    return failure.exit_code


def _write_out() -> None:
    """Flush the output while a failure can still be reported; at its end the interpreter would report it in words of its own."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has closed the pipe
            _drop_output()


def _drop_output() -> None:
    """Keep the interpreter from trying again to write output that could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _never_fail_to_print() -> None:
    """Make a terminal that lacks a character show a question mark instead of ending the program."""
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


program.commands = Commands(_COMMANDS)
