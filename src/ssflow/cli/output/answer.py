"""The screen that takes a command's answer: readable text and tables, or one JSON document."""

from __future__ import annotations

import json
import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from ssflow.cli.output.breaking import lines
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from ssflow.cli.output.prose import Prose

# Piped output has no width; a terminal's is used as it is.
WIDTH = 100
INDENT = 2
# What asks rich to take a pipe for a terminal, or for one of another width.
_ASKED = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE", "JUPYTER_COLUMNS")
_CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"))


@frozen
class Screen:
    """The answer of one command, in one language.

    A command with ``--json`` calls `document` once and nothing else.
    """

    lang: Lang
    as_json: bool = False

    @cached_property
    def _console(self) -> Console:
        """The console of rich, which is loaded only for a terminal and for tables: loading it takes longer than most answers."""
        from rich.console import Console

        console = Console(highlight=False, markup=False, emoji=False)
        if not console.is_terminal and "COLUMNS" not in os.environ:
            console.width = WIDTH
        return console

    @cached_property
    def _is_plain(self) -> bool:
        """Whether the output is a pipe or a file of the usual width, in which nothing is styled."""
        is_terminal = sys.stdout is not None and sys.stdout.isatty()
        return not is_terminal and "IPython" not in sys.modules and not any(name in os.environ for name in _ASKED)

    def t(self, zh: str, en: str) -> str:
        """Return one of two wordings."""
        return zh if self.lang == "zh" else en

    def say(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return text.say(self.lang)

    @property
    def width(self) -> int:
        """The number of columns in a line."""
        return WIDTH if self._is_plain else self._console.width

    def document(self, content: Any) -> None:
        """Print the one JSON document; characters that the terminal cannot show are escaped."""
        encoding = getattr(sys.stdout, "encoding", None) or ""  # a process may be started without standard output
        unicode = encoding.lower().startswith("utf")
        self.raw(json.dumps(content, ensure_ascii=not unicode, indent=2) + "\n")

    def title(self, text: str, beside: str = "") -> None:
        """Print the first line of an answer."""
        beside = f"  {beside}" if beside else ""
        if self._is_plain:
            self._plainly(text + beside)
            return
        from ssflow.cli.output.prose import prose

        self.show(prose((text, "bold"), beside))

    def heading(self, text: str) -> None:
        """Print the heading of a section, set off by a blank line."""
        self.line()
        self.line(text, "bold cyan")

    def rule(self, text: str) -> None:
        """Print a horizontal line with a heading in it."""
        from rich.rule import Rule

        from ssflow.cli.output.prose import Prose

        self.line()
        self.show(Rule(Prose(text, "bold"), align="left", style="cyan"))

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """Print a paragraph, wrapped at the width and indented as a block."""
        if self._is_plain:
            self._plainly(text, indent)
            return
        from ssflow.cli.output.prose import Prose

        self.show(Prose(text, style), indent)

    def _plainly(self, text: str, indent: int = 0) -> None:
        """Print a paragraph as rich would, without styles."""
        paragraphs = text.translate(_CONTROLS).split("\n")
        told = [f"{' ' * indent}{line}" for one in paragraphs for line in lines(one, WIDTH - indent)]
        self._unpadded("\n".join(told) + "\n")

    def item(self, mark: str, text: str | Prose, style: str = "", indent: int = INDENT) -> None:
        """Print a paragraph after a mark."""
        from ssflow.cli.output.boards import listed

        self.show(listed(mark, text, style), indent)

    def show(self, content: RenderableType, indent: int = 0) -> None:
        """Print a table or another piece of rich content."""
        from rich.console import Group
        from rich.padding import Padding

        from ssflow.cli.output.boards import Board
        from ssflow.cli.output.prose import Prose

        if isinstance(content, Board) and content.is_long:
            self.raw(content.unbroken())
            return
        if indent:
            content = Padding(content, (0, 0, 0, indent), expand=False)
        elif isinstance(content, Prose):  # by itself, rich would print it as a text of its own, with other line breaks
            content = Group(content)
        if self._console.is_terminal:
            self._console.print(content)
            return
        with self._console.capture() as captured:
            self._console.print(content)
        self._unpadded(captured.get())

    def _unpadded(self, text: str) -> None:
        """Print lines without their trailing blanks."""
        self.raw("".join(f"{line.rstrip()}\n" for line in text.splitlines()))

    def raw(self, text: str) -> None:
        """Print a text of another format exactly as it is, without rich, which would process each of its lines."""
        if sys.stdout is not None:  # a process may be started without standard output
            sys.stdout.write(text)

    def file(self, text: str) -> None:
        """Print a file that has to be UTF-8 with its own line ends, whatever the terminal takes."""
        click.echo(text.encode(), nl=False)
