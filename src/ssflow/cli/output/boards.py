"""Tables and other pieces of rich content whose plain texts are wrapped by the rules of their language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table

from ssflow.cli.output.prose import Prose, prose

LONG = 1000  # rows of a table


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
