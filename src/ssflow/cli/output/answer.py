"""The screen that takes a command's answer: readable text and tables, or one JSON document."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from attrs import field, frozen
from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table

from ssflow.cli.output.prose import Prose, prose
from ssflow.text import Lang, Text

# Piped output has no width; a terminal's is used as it is.
WIDTH = 100
INDENT = 2
LONG = 1000  # rows of a table


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH
    return console


@frozen
class Screen:
    """The answer of one command, in one language.

    A command with ``--json`` calls `document` once and nothing else.
    """

    lang: Lang
    as_json: bool = False
    _console: Console = field(factory=_console, init=False, repr=False)

    def t(self, zh: str, en: str) -> str:
        """Return one of two wordings."""
        return zh if self.lang == "zh" else en

    def say(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return text.say(self.lang)

    @property
    def width(self) -> int:
        """The number of columns in a line."""
        return self._console.width

    def document(self, content: Any) -> None:
        """Print the one JSON document; characters that the terminal cannot show are escaped."""
        encoding = getattr(sys.stdout, "encoding", None) or ""  # a process may be started without standard output
        unicode = encoding.lower().startswith("utf")
        self.raw(json.dumps(content, ensure_ascii=not unicode, indent=2) + "\n")

    def title(self, text: str, beside: str = "") -> None:
        """Print the first line of an answer."""
        self.show(prose((text, "bold"), f"  {beside}" if beside else ""))

    def heading(self, text: str) -> None:
        """Print the heading of a section, set off by a blank line."""
        self.line()
        self.line(text, "bold cyan")

    def rule(self, text: str) -> None:
        """Print a horizontal line with a heading in it."""
        self.line()
        self.show(Rule(Prose(text, "bold"), align="left", style="cyan"))

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """Print a paragraph, wrapped at the width and indented as a block."""
        self.show(Prose(text, style), indent)

    def item(self, mark: str, text: str | Prose, style: str = "", indent: int = INDENT) -> None:
        """Print a paragraph after a mark."""
        self.show(listed(mark, text, style), indent)

    def show(self, content: RenderableType, indent: int = 0) -> None:
        """Print a table or another piece of rich content."""
        if isinstance(content, Board) and content.is_long:
            self.raw(content.unbroken())
            return
        content = Padding(content, (0, 0, 0, indent), expand=False) if indent else content
        if self._console.is_terminal:
            self._console.print(content)
            return
        with self._console.capture() as captured:
            self._console.print(content)
        # Piped lines have no trailing blanks.
        self.raw("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

    def raw(self, text: str) -> None:
        """Print a text of another format exactly as it is, without rich, which would process each of its lines."""
        self._console.file.write(text)

    def file(self, text: str) -> None:
        """Print a file that has to be UTF-8 with its own line ends, whatever the terminal takes."""
        click.echo(text.encode(), nl=False)


class Board(Table):
    """A table whose plain texts are wrapped by the rules of their language. A long table is not wrapped: measuring its cells would take minutes."""

    def __init__(self, *headings: str, **options: Any) -> None:
        super().__init__(*headings, **options)
        # All rows; rich is given no more of them than it will lay out.
        self._all: list[Sequence[RenderableType | None]] = []

    @property
    def is_long(self) -> bool:
        """Whether the table has more rows than anybody reads one by one."""
        return len(self._all) > LONG

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:
        """Add a row; texts become prose."""
        self._all.append(cells)
        if not self.is_long:
            super().add_row(*(Prose(cell) if isinstance(cell, str) else cell for cell in cells), **options)

    def unbroken(self) -> str:
        """Return each row as one line, in columns."""
        headings = [column.header for column in self.columns]
        rows = [[*map(_line, row)] for row in (headings, *self._all)]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        return "".join("  ".join(map(_padded, row, widths)).rstrip() + "\n" for row in rows)


def _line(cell: object) -> str:
    text = cell.plain if isinstance(cell, Prose) else str(cell)
    return " ".join(text.split()) if "\n" in text else text


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def table(*headings: str, whole: int = 1, shares: Sequence[int] = (), airy: bool = False) -> Board:
    """Return an empty table.

    The first ``whole`` columns, which hold names and days, are never broken. ``shares`` divide the full width among
    the columns; without them each is as wide as it needs. An ``airy`` table has a blank line between rows.
    """
    made = Board(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
        leading=int(airy),
        expand=bool(shares),
    )
    for number, heading in enumerate(headings):
        made.add_column(heading, no_wrap=number < whole, ratio=shares[number] if shares else None)
    return made


def listed(mark: str, text: str | Prose, style: str = "") -> Table:
    """Return a paragraph after a mark; further lines are aligned with the first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Prose(mark, style), Prose(text, style) if isinstance(text, str) else text)
    return grid


def named(title: str, name: str) -> Prose:
    """Return a title, and under it the name that commands take, unless it is the same word."""
    return prose(title) if title == name else prose(title, "\n", (name, "dim"))
