"""The look of the days in a calendar picture: inks, tiles and the names in the legend."""

from __future__ import annotations

from typing import Literal

from attrs import evolve, frozen

from ssflow.text import Text

Look = Literal["plain", "weekend", "rest", "statutory", "extra", "makeup", "counted", "start", "stopped", "due"]

PAPER, TEXT, QUIET, FAINT, LINE = "#fff", "#33302c", "#8b857d", "#cfcac3", "#e4e0da"
_GREY, _RED, _AMBER, _BLUE, _SKY = "#77716a", "#a5331b", "#7d5600", "#1d5187", "#c3d8ef"


@frozen
class Cell:
    """The look of one day, with a few characters under its number (a running number, 休, 班) and a tooltip."""

    look: Look
    label: str = ""
    hint: str = ""


@frozen
class Ink:
    """The ink of a look. Its hue shows the family; lightness, edge, cross and bold figures show the members."""

    text: str
    tile: str
    edge: str
    edged: bool = False
    dashed: bool = False
    crossed: bool = False
    bold: bool = False

    def forecast(self) -> Ink:
        """Return the ink of the same look for a day that is not firm: dashed, and lighter if it is dark."""
        text, tile = (self.tile, _SKY) if self.text == PAPER else (self.text, self.tile)
        return evolve(self, text=text, tile=tile, edged=True, dashed=True)


PLAIN = Ink(TEXT, "none", "#bdb7af")
INKS: dict[Look, Ink] = {
    "plain": PLAIN,
    "weekend": Ink(_GREY, "#f4f2ee", "#bdb7af"),
    "rest": Ink(_RED, "#fdece7", "#d98a76"),
    "statutory": Ink("#8a2410", "#f4bfaf", "#b5533c", bold=True),
    "extra": Ink(_RED, "#fdece7", _RED, edged=True),
    "makeup": Ink(_AMBER, "#fdf3d6", "#b98a2c", edged=True),
    "counted": Ink(_BLUE, "#e1ecf8", "#6f97c4"),
    "start": Ink(_BLUE, PAPER, _BLUE, edged=True, bold=True),
    "stopped": Ink(_GREY, "#ebe8e4", "#a39c94", crossed=True),
    "due": Ink(PAPER, _BLUE, _BLUE, bold=True),
}
NAMES: dict[Look, Text] = {  # in the order of the legend; a plain day needs no name
    "start": Text("起始日", "start"),
    "counted": Text("计入", "counted"),
    "stopped": Text("停止计算", "clock stopped"),
    "due": Text("届满日", "due"),
    "statutory": Text("法定节假日", "statutory holiday"),
    "rest": Text("调休放假", "rest day by notice"),
    "extra": Text("特别放假", "extra rest day"),
    "makeup": Text("调休上班", "make-up working day"),
    "weekend": Text("周末", "weekend"),
}
PROVISIONAL = Text("暂定", "provisional")


def tile(ink: Ink, x: int, y: int, width: int, height: int) -> str:
    """Return the tile of a day as SVG; its dashes come from the group around it, see ``dashed``."""
    if ink == PLAIN:
        return ""
    edge = f' stroke="{ink.edge}"' if ink.edged else ""
    if ink.edged and ink.edge == _BLUE:
        edge += ' stroke-width="1.5"'
    drawn = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{ink.tile}"{edge}/>'
    if ink.crossed:
        drawn += f'<path d="M{x + 4} {y + height - 4}l{width - 8} {8 - height}" stroke="{ink.edge}"/>'
    return drawn


def dashed(drawn: str) -> str:
    """Return one group around everything dashed; an attribute on each day would make a year an eighth longer."""
    return f'<g stroke-dasharray="2">{drawn}</g>' if drawn else ""
