"""Commands and options with help in the language that was asked for; click itself uses that of the machine, or English.

Help is a `Text`; the words of click (Usage, Options, default) are translated here. The language of a program is ``ctx.obj`` of its
outermost context, so that ``--help`` knows it before any option is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from inspect import cleandoc
from typing import Any, Generic, TypeVar, cast

import click
from rich.cells import cell_len

from ssflow.cli.input.language import ENVIRONMENT, LANGUAGES, default_lang
from ssflow.cli.input.taught import UnknownValueError
from ssflow.cli.output.breaking import lines
from ssflow.errors import InputError, UnknownError
from ssflow.naming import Name, named
from ssflow.text import Lang, Text

T = TypeVar("T")
Function = Callable[..., Any]

_BROKEN = re.compile(r"(?<=[^\0-\x7f]) (?=[^\0-\x7f])")  # Chinese is joined without a blank
_OF_CLICK = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示本说明后退出。",
    "Show the version and exit.": "显示版本后退出。",
    "required": "必填",
}


def lang_of(ctx: click.Context | None) -> Lang:
    """Return the language in which the program was asked to speak."""
    asked: Lang | None = ctx.find_root().obj if ctx else None
    return asked or default_lang()


def path_of(param: click.Parameter | None) -> str:
    """Return the name of an option or an argument in a fault."""
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.type.shown.en if param and isinstance(param.type, Given) else ""


def _of_click(words: str, lang: Lang) -> str:
    return _OF_CLICK.get(words, words) if lang == "zh" else words


class Formatter(click.HelpFormatter):
    """A formatter of help with the headings of one language."""

    def __init__(self, lang: Lang, **sizes: Any) -> None:
        super().__init__(**sizes)
        self.lang = lang

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, args, "用法：" if self.lang == "zh" and prefix is None else prefix)

    def write_text(self, text: str) -> None:
        """Write paragraphs, separated by blank lines."""
        paragraphs = (_BROKEN.sub("", " ".join(part.split())) for part in text.split("\n\n"))
        self.write("\n\n".join(self._block(part, self.current_indent) for part in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms with their meanings beside them, or below where a term is long."""
        rows = list(rows)
        column = min(max((cell_len(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, meaning in rows:
            beside = self._block(meaning, self.current_indent + column).lstrip()
            head = " " * self.current_indent + term
            gap = " " * (column - cell_len(term)) if cell_len(term) + col_spacing <= column else ""
            self.write(head + (gap or "\n" + " " * (self.current_indent + column)) + beside + "\n")

    def _block(self, text: str, indent: int) -> str:
        return "\n".join(" " * indent + line for line in lines(text, max(self.width - indent, 20)))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_of_click(heading, self.lang)}{'：' if self.lang == 'zh' else ':'}\n")


class Context(click.Context):
    """The context of one call of a command."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the formatter of help."""
        return Formatter(lang_of(self), width=self.terminal_width, max_width=self.max_content_width)


class Command(click.Command):
    """A command whose help has two languages."""

    context_class = Context

    def __init__(self, name: str | None, *, told: Text, short: Text, **how: Any) -> None:
        super().__init__(name, **{**how, "help": told.en, "short_help": short.en})
        self.told, self.short = told, short

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may be written after the name."""
        return [_of_click(piece, lang_of(ctx)) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the command does, on one line, in English; `Group` says it in the language that was asked for."""
        del limit
        return self.short.en

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(cleandoc(self.told.say(lang_of(ctx))))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _of_click("Show this message and exit.", lang_of(ctx))
        return option


class Commands(MutableMapping[str, click.Command]):
    """The commands of a group by name, each imported at its first use from ``module:function``."""

    def __init__(self, found_in: Mapping[str, str]) -> None:
        self._found_in = dict(found_in)
        self._imported: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._imported:
            module, _, command = self._found_in[name].partition(":")
            self._imported[name] = getattr(import_module(module), command)
        return self._imported[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found_in.setdefault(name, "")
        self._imported[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found_in[name]
        self._imported.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found_in)

    def __len__(self) -> int:
        return len(self._found_in)


class Group(Command, click.Group):
    """A group of commands whose help has two languages."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order in which people need them."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, one a line."""
        lang = lang_of(ctx)
        rows = [
            (name, command.short.say(lang)) for name, command in self.commands.items() if isinstance(command, Command)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Option(click.Option):
    """An option whose help has two languages."""

    def __init__(self, decls: Sequence[str] | None = None, *, told: Text, **how: Any) -> None:
        super().__init__(decls, **{**how, "help": told.en})
        self.told = told

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option as it is written, and what it is for."""
        record = super().get_help_record(ctx)
        if record is None or lang_of(ctx) == "en":
            return record
        extra = "；".join(self._extra(self.get_help_extra(ctx)))
        return record[0], self.told.zh + (f"（{extra}）" if extra else "")

    def _extra(self, extra: Mapping[str, Any]) -> Iterator[str]:
        if "default" in extra:
            default = str(extra["default"])
            yield f"默认{self.type.titles[default].zh if isinstance(self.type, OneOf) else default}"
        if "required" in extra:
            yield _OF_CLICK["required"]


class Given(click.ParamType[T], Generic[T]):
    """A kind of argument: its placeholder in the help, and the function that reads it."""

    def __init__(self, zh: str, en: str, read: Callable[[str], T]) -> None:
        self.title = Text(zh, en)
        self.name = en
        self.read = read

    @property
    def shown(self) -> Text:
        """The placeholder of the value in the help and in faults."""
        return Text(self.title.zh, self.title.en.upper())

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the placeholder in the language that was asked for."""
        del param
        return self.shown.say(lang_of(ctx))

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> T:
        """Return the value that was written; a text that cannot be read is refused by the name of the option or argument."""
        del ctx
        if not isinstance(value, str):  # a default, which is a value already
            return cast("T", value)
        return self.read_for(path_of(param), value)

    def read_for(self, path: str, written: str) -> T:
        """Return the value that was written for an option or argument, whose name is given in every fault.

        Raises:
            InputError: the text cannot be read, or names something unknown.

        """
        try:
            return self.read(written)
        except InputError as error:
            raise InputError(*(fault.within(path) for fault in error.faults)) from error
        except UnknownError as error:
            raise UnknownValueError.of(path, *error.text) from error


class OneOf(Given[str]):
    """One of several choices, by its code or its title."""

    def __init__(self, titles: Mapping[Any, Text]) -> None:
        super().__init__("|".join(titles), "|".join(titles), self._read)
        self.titles = titles

    def _read(self, written: str) -> str:
        return named("choice", written, [Name(str(code), str(code), title) for code, title in self.titles.items()])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Return the choices, in Chinese with their titles."""
        del param
        zh = lang_of(ctx) == "zh"
        return f"[{'|'.join(f'{title.zh} {code}' if zh else code for code, title in self.titles.items())}]"


def command(name: str, short: Text, zh: str, cls: type[Command] = Command, **how: Any) -> Callable[[Function], Any]:
    """Return a decorator that makes a command of a function. Its docstring is the English help, ``zh`` the Chinese one."""

    def made(function: Function) -> Any:
        told = Text(zh, function.__doc__ or "")
        return click.command(name, cls=cls, told=told, short=short, **how)(function)

    return made


def option(*decls: str, zh: str, en: str, **how: Any) -> Callable[[Function], Function]:
    """Return a decorator that gives a command an option."""
    return click.option(*decls, cls=Option, told=Text(zh, en), **how)


lang_option = option(
    "--lang",
    type=OneOf(LANGUAGES),
    envvar=ENVIRONMENT,
    expose_value=False,  # the language is known before the command line is read: see ``lang_of``
    zh="用哪种语言回答。",
    en="The language of the answer.",
)
