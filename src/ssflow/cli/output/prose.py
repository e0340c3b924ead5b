"""Styled text with the line breaks of Chinese and English."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text as Styled

from ssflow.cli.output.breaking import breaks, units


class Prose(Styled):
    """A styled text with the line breaks of both languages."""

    def wrap(self, console: Console, width: int, *, justify: JustifyMethod | None = None, **_: Any) -> Lines:
        """Return the lines of the text at a width, without trailing blanks."""
        lines = Lines()
        for paragraph in self.split(allow_blank=True):
            for line in paragraph.divide(breaks(paragraph.plain, max(width, 1))):
                line.rstrip()
                lines.append(line)
        if justify == "right":
            lines.justify(console, width, justify="right", overflow="fold")
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the width of the longest unit that is not broken, and that of the longest line."""
        longest = max((cell_len(unit.rstrip()) for unit in units(self.plain)), default=0)
        return Measurement(longest, max((cell_len(line) for line in self.plain.splitlines()), default=0))


def prose(*parts: str | tuple[str, str]) -> Prose:
    """Return a prose of several parts, each a text or a text with its style."""
    made = Prose()
    for part in parts:
        made.append(*((part,) if isinstance(part, str) else part))
    return made
