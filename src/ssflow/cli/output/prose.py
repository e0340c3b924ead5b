"""Text with the line breaks of Chinese and English.

rich breaks lines at blanks, and Chinese has none: it would cut a paragraph anywhere, before a full stop too, or start a new line for a long
run of characters. `Prose` breaks between any two Chinese characters, but never before a closing mark, after an opening one, or between a
number and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text as Styled

_OPENING, _CLOSING = "（《“「【〔(", "，。；：、！？）》”」】〕),.;:"
_WIDE = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[{_WIDE}]|[^\s{_WIDE}{re.escape(_OPENING)}]+(?:(?<=[0-9])[{_WIDE}])?)?[{re.escape(_CLOSING)}]*\s*|\s+"
)


class Prose(Styled):
    """A styled text with the line breaks of both languages."""

    def wrap(self, console: Console, width: int, *, justify: JustifyMethod | None = None, **_: Any) -> Lines:
        """Return the lines of the text at a width, without trailing blanks."""
        lines = Lines()
        for paragraph in self.split(allow_blank=True):
            for line in paragraph.divide(_breaks(paragraph.plain, max(width, 1))):
                line.rstrip()
                lines.append(line)
        if justify == "right":
            lines.justify(console, width, justify="right", overflow="fold")
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the width of the longest unit that is not broken, and that of the longest line."""
        longest = max((cell_len(unit.rstrip()) for unit in _units(self.plain)), default=0)
        return Measurement(longest, max((cell_len(line) for line in self.plain.splitlines()), default=0))


def prose(*parts: str | tuple[str, str]) -> Prose:
    """Return a prose of several parts, each a text or a text with its style."""
    made = Prose()
    for part in parts:
        made.append(*((part,) if isinstance(part, str) else part))
    return made


def lines(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph at a width."""
    breaks = [0, *_breaks(text, max(width, 1)), len(text)]
    return [text[first:last].rstrip() for first, last in pairwise(breaks)]


def _units(text: str) -> Iterator[str]:
    return (match[0] for match in _UNIT.finditer(text) if match[0])


def _breaks(text: str, width: int) -> list[int]:
    """Return the offsets at which a paragraph is broken."""
    breaks: list[int] = []
    position = filled = 0
    for piece in _pieces(text, width):
        if filled and filled + cell_len(piece.rstrip()) > width:
            breaks.append(position)
            filled = 0
        filled += cell_len(piece)
        position += len(piece)
    return breaks


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the units of a text; one that is longer than a line, character by character."""
    for unit in _units(text):
        yield from [unit] if cell_len(unit.rstrip()) <= width else unit
