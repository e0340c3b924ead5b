"""Where a command's answer goes: readable text and tables, or one JSON document."""

from __future__ import annotations

import json
import sys
from typing import Any

from attrs import field, frozen
from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from ssflow.text import Lang, Text

# Piped output has no width of its own; a terminal's is taken as it is.
WIDTH = 100
INDENT = 2


def _console() -> Console:
    plain = Console(highlight=False, markup=False, emoji=False)
    return plain if plain.is_terminal else Console(highlight=False, markup=False, emoji=False, width=WIDTH)


@frozen
class Screen:
    """The answer of one command, in one language.

    A command that is asked for JSON calls `document` once and nothing else.
    """

    lang: Lang
    as_json: bool = False
    _console: Console = field(factory=_console, init=False, repr=False)

    def t(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en

    def say(self, text: Text) -> str:
        """A text in the language of the screen."""
        return text.say(self.lang)

    def document(self, content: Any) -> None:
        """Print the one JSON document; characters that the terminal cannot show are escaped."""
        unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        self._console.out(json.dumps(content, ensure_ascii=not unicode, indent=2))

    def title(self, text: str, beside: str = "") -> None:
        """Print the first line of an answer."""
        self._console.print(Styled.assemble((text, "bold"), f"  {beside}" if beside else ""))

    def heading(self, text: str) -> None:
        """Print the heading of a section, set off by a blank line."""
        self._console.print()
        self._console.print(Styled(text, "bold cyan"))

    def rule(self, text: str) -> None:
        """Print a line across with a heading in it."""
        self._console.print()
        self._console.rule(Styled(text, "bold"), align="left", style="cyan")

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """Print a paragraph, broken at the width and indented as a block."""
        self._console.print(Padding(Styled(text, style), (0, 0, 0, indent)) if indent else Styled(text, style))

    def item(self, mark: str, text: str, style: str = "", indent: int = INDENT) -> None:
        """Print a paragraph behind a mark; further lines stand under the first."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Styled(mark, style), Styled(text, style))
        self.show(grid, indent)

    def show(self, content: RenderableType, indent: int = 0) -> None:
        """Print a table or another piece of rich content."""
        self._console.print(Padding(content, (0, 0, 0, indent)) if indent else content)

    def raw(self, text: str) -> None:
        """Print a text of another format exactly as it is."""
        self._console.out(text, end="")


def table(*headings: str, whole: int = 1, airy: bool = False) -> Table:
    """An empty table; the first ``whole`` columns, which hold names and days, are never broken."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", leading=int(airy))
    for number, heading in enumerate(headings):
        made.add_column(heading, no_wrap=number < whole, overflow="fold")
    return made


def named(title: str, name: str) -> Styled:
    """A title, and under it the name that commands take."""
    return Styled.assemble(title, "\n", (name, "dim"))
