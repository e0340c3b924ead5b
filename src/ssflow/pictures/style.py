"""The style of pictures: white background, one set of inks, fonts with Chinese letters, and room for labels on every machine.

A picture has its own white background, like the calendars of the library, so that it can be read on light and dark pages alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import altair as alt

from ssflow.calendar.account.looks import FAINT, LINE, PAPER, QUIET, TEXT
from ssflow.text import Lang, Text

# The first font on the machine is taken; every system has one of them with Chinese letters.
FONTS = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
BLUE, STEEL, SKY = "#1d5187", "#6f97c4", "#c3d8ef"
DARK, RED, SALMON, ROSE = "#5c1509", "#a5331b", "#d98a76", "#f4bfaf"
AMBER, HONEY, SAND = "#7d5600", "#f3dc9a", "#fdf3d6"
GREY, STONE = "#77716a", "#ebe8e4"
WIDTH = 640  # of a picture without its labels, in pixels
_WIDE, _NARROW = 12.0, 6.2  # approximate width of a Chinese letter and of others, at the size of labels
_FIRST_WIDE = (
    0x2010  # from here on: the dashes, quotes and lines that Chinese fonts draw as wide as a letter, then the letters
)
LONGEST = 640.0  # of a line in a subtitle, in pixels

_CONFIG: dict[str, Any] = {
    "font": FONTS,
    "background": PAPER,
    "padding": 18,
    "view": {"stroke": None},
    "axis": {
        "labelColor": TEXT, "labelFontSize": 12, "labelSeparation": 10, "titleColor": QUIET, "titleFontSize": 12,
        "titleFontWeight": "normal", "domainColor": FAINT, "tickColor": FAINT, "gridColor": LINE, "labelLimit": 900, "titleLimit": 900,
    },
    "legend": {
        "labelColor": TEXT, "labelFontSize": 12, "titleColor": QUIET, "titleFontSize": 12, "titleFontWeight": "normal",
        "orient": "top", "direction": "horizontal", "labelLimit": 400, "titleLimit": 400, "offset": 8,
    },
    "title": {
        "anchor": "start", "frame": "bounds", "color": TEXT, "fontSize": 16, "fontWeight": 600, "offset": 14,
        "subtitleColor": QUIET, "subtitleFontSize": 12, "subtitlePadding": 6, "subtitleLineHeight": 17, "limit": 2000,
    },
    "text": {"fontSize": 12, "color": TEXT},
}  # fmt: skip


def titled(body: Any, title: Text, about: Iterable[Text], lang: Lang, *, part_of_page: bool = False) -> Any:
    """Return a chart under its title and explanation; on a page of several charts, these begin where the axes begin, one above the other."""
    subtitle = broken([text.say(lang) for text in about], lang)
    look: dict[str, Any] = {"fontSize": 14, "frame": "group"} if part_of_page else {}
    return body.properties(title=alt.TitleParams(title.say(lang), subtitle=subtitle, **look))


def dressed(chart: Any) -> Any:
    """Return a chart in the style of the library."""
    return chart.configure(**_CONFIG)


def width_of(text: str) -> float:
    """Return the approximate width of a text at the size of labels, also where no font on the machine can measure it."""
    return sum(_WIDE if ord(letter) >= _FIRST_WIDE else _NARROW for letter in text)


def extent_of(labels: Iterable[str]) -> float:
    """Return the width of the longest label; without a Chinese font, the renderer would leave no room."""
    return max(map(width_of, labels), default=0.0) + 4


def broken(paragraphs: Iterable[str], lang: Lang, longest: float = LONGEST) -> list[str]:
    """Return paragraphs as lines that are no longer than so many pixels."""
    return [line for paragraph in paragraphs for line in _lines(paragraph, lang, longest)]


def cut(text: str, longest: float) -> str:
    """Return a text shortened to so many pixels; an empty text if not even a few letters fit."""
    if width_of(text) <= longest:
        return text
    shown = text
    while shown and width_of(f"{shown}…") > longest:
        shown = shown[:-1]
    return f"{shown}…" if len(shown) > 1 else ""


def _lines(paragraph: str, lang: Lang, longest: float) -> Iterator[str]:
    """Yield lines broken between words in English and between letters in Chinese, but never before a punctuation mark."""
    line = ""
    for piece in paragraph.split(" ") if lang == "en" else paragraph:
        longer = f"{line} {piece}" if lang == "en" and line else line + piece
        if line and width_of(longer) > longest and piece not in "，。；：、）”％%":
            yield line
            line = piece
        else:
            line = longer
    if line:
        yield line
