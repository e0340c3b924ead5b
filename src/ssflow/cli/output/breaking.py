"""The line breaks of Chinese and English.

rich breaks lines at blanks, and Chinese has none: it would cut a paragraph anywhere, before a full stop too, or start a new line for a long
run of characters. Here lines break between any two Chinese characters, but never before a closing mark, after an opening one, or between a
number and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rich.cells import cell_len

_OPENING, _CLOSING = "（《“「【〔(", "，。；：、！？）》”」】〕),.;:"
# Letters of Europe, and marks; a set of the many other characters takes long to compile.
_NARROW = r"\0-\u052f\u2000-\u22ff"
_WORD = rf"(?:(?![\s{re.escape(_OPENING)}])[{_NARROW}])+(?:(?<=[0-9])[^{_NARROW}])?"
_UNIT = re.compile(rf"[{re.escape(_OPENING)}]*(?:[^{_NARROW}]|{_WORD})?[{re.escape(_CLOSING)}]*\s*|\s+")


def lines(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph at a width."""
    ends = [0, *breaks(text, max(width, 1)), len(text)]
    return [text[first:last].rstrip() for first, last in pairwise(ends)]


def units(text: str) -> Iterator[str]:
    """Yield the parts of a text that are not broken."""
    return (match[0] for match in _UNIT.finditer(text) if match[0])


def breaks(text: str, width: int) -> list[int]:
    """Return the offsets at which a paragraph is broken."""
    found: list[int] = []
    position = filled = 0
    for piece in _pieces(text, width):
        if filled and filled + cell_len(piece.rstrip()) > width:
            found.append(position)
            filled = 0
        filled += cell_len(piece)
        position += len(piece)
    return found


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the units of a text; one that is longer than a line, character by character."""
    for unit in units(text):
        yield from [unit] if cell_len(unit.rstrip()) <= width else unit
