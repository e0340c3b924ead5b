"""The errors that click finds in a command line, in both languages; click itself uses that of the machine, or English."""

from __future__ import annotations

import click

from ssflow.cli.input.speaking import path_of
from ssflow.cli.input.taught import UsageError
from ssflow.errors import Fault
from ssflow.text import Text


def told(error: click.ClickException) -> UsageError:
    """Return the fault that an error of click means, with further help."""
    context = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "ssflow"
    fault = _fault(error)
    more = Text(f"用法见{context} --help", f"see {context} --help")
    return UsageError([fault], more)


def _fault(error: click.ClickException) -> Fault:
    said = error.format_message().strip().rstrip(".")
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            path, zh, en = name, *_unknown("选项", "option", near)
        case click.NoSuchCommand(command_name=name, possibilities=near):
            path, zh, en = name, *_unknown("命令", "command", near)
        case click.MissingParameter():
            path, zh, en = path_of(error.param), "须写明", "is required, and is missing"
        case click.BadOptionUsage() if "does not take" in said:
            path, zh, en = error.option_name, "此选项不带值", "this option takes no value"
        case click.BadOptionUsage():
            path, zh, en = error.option_name, "此选项须带一个值", "this option needs a value"
        case click.BadParameter():
            path, zh, en = path_of(error.param), f"此值无法使用（原文：“{error.message}”）", error.message
        case click.UsageError() if "extra argument" in said:
            path, zh, en = said.partition("(")[2].rstrip(")"), "参数多余", "is one argument too many"
        case click.UsageError() if "Missing command" in said:
            path, zh, en = "", "缺少命令", "a command is missing"
        case _:
            path, zh, en = "", f"无法执行（原文：“{said}”）", said
    return Fault(path, Text(zh, en))


def _unknown(zh: str, en: str, near: list[str] | None) -> Text:
    if not near:
        return Text(f"没有这个{zh}", f"there is no such {en}")
    return Text(f"没有这个{zh}；是否指{'、'.join(near)}？", f"there is no such {en}; did you mean {' or '.join(near)}?")
