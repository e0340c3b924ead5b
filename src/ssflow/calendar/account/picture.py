"""A calendar as a picture: months of days, coloured by what they are, and a legend. The module knows nothing of deadlines.

The picture is made of attributes alone. Without scripts, style sheets and ids it looks the same everywhere, also where
notebooks are cleaned before they are shown, and several of them on one page do not meddle with each other.
"""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from html import escape

from attrs import frozen

from ssflow.calendar.account.looks import (
    FAINT,
    INKS,
    LINE,
    NAMES,
    PAPER,
    PLAIN,
    PROVISIONAL,
    QUIET,
    TEXT,
    Cell,
    Ink,
    Look,
    dashed,
    tile,
)
from ssflow.calendar.weekdays import NARROW
from ssflow.doors import check_callable, check_day, check_kind, check_lang
from ssflow.errors import InputError
from ssflow.text import Lang, Text

__all__ = ["Cell", "Look", "draw"]

_MONTHS = "January February March April May June July August September October November December"
_FONTS = "system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# In pixels: a day, the head of a month, between months, the margin of the card, a line of the legend.
_W, _H, _HEAD, _GAP, _MARGIN, _ROW = 32, 34, 42, 28, 24, 22
_PITCH = 7 * _W + _GAP
_MOST_YEARS = 10  # longer pictures are megabytes that nobody can look at


def draw(
    first: date,
    last: date,
    cell: Callable[[date], Cell],
    lang: Lang,
    *,
    columns: int = 4,
    is_firm: Callable[[date], bool] = lambda _: True,
) -> str:
    """Return the months from the first day to the last as one ``<svg>``, ``columns`` of them in a row.

    ``cell`` is asked once for each of these days; the other days of their months are faint. Days that are not
    firm are dashed. The legend names the looks that occur.

    Raises:
        InputError: there is no day or no column to draw, or more than ten years, or an argument is of another kind.

    """
    check_day("first", first)
    check_day("last", last)
    check_callable("cell", cell)
    check_lang("lang", lang)
    check_callable("is_firm", is_firm)
    check_kind("columns", columns, int)
    if last < first or columns < 1:
        raise InputError.of(
            "",
            f"{first}至{last}、{columns}列无法画图：至少须有一天、一列",
            f"no picture of {first} to {last} in {columns} columns: give a day and a column or more",
        )
    if last - first > timedelta(days=366 * _MOST_YEARS):
        raise InputError.of(
            "last",
            f"{first}至{last}过长，至多画{_MOST_YEARS}年；请分段画",
            f"{first} to {last} is too long for a picture of at most {_MOST_YEARS} years; draw it in parts",
        )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    sheet = _Sheet({day: cell(day) for day in days}, lang, frozenset(day for day in days if not is_firm(day)))
    months = sorted({(day.year, day.month) for day in days})
    columns = min(columns, len(months))
    parts, y = [], 0
    for row in (months[i : i + columns] for i in range(0, len(months), columns)):
        parts += [_month(sheet, *month, i * _PITCH, y) for i, month in enumerate(row)]
        y += _HEAD + _H * max(len(_weeks(*month)) for month in row) + _GAP
    legend, height = _legend(sheet, columns)
    parts.append(f'<g transform="translate(0 {y})" font-size="11.5">{legend}</g>')
    title = Text(f"{first}至{last}日历", f"Calendar from {first} to {last}").say(lang)
    return _card(title, "".join(parts), columns * _PITCH - _GAP, y + height, lang)


@frozen
class _Sheet:
    """The data of a picture: days and their cells, the language, and the days that are a forecast."""

    cells: Mapping[date, Cell]
    lang: Lang
    forecast: frozenset[date]

    def ink(self, day: date) -> Ink:
        ink = INKS[self.cells[day].look]
        return ink.forecast() if day in self.forecast else ink

    def legend(self) -> Iterator[tuple[Ink, Text]]:
        """Yield the looks that occur, drawn as the first day of each, and their names."""
        first = {self.cells[day].look: day for day in sorted(self.cells, reverse=True)}
        yield from ((self.ink(first[look]), name) for look, name in NAMES.items() if look in first)
        if self.forecast:
            yield PLAIN.forecast(), PROVISIONAL


def _month(sheet: _Sheet, year: int, month: int, x: int, y: int) -> str:
    heading = Text(f"{year}年{month}月", f"{_MONTHS.split()[month - 1]} {year}").say(sheet.lang)
    names = "".join(
        f'<text x="{_W * column + 16}" y="32">{name.say(sheet.lang)}</text>' for column, name in enumerate(NARROW)
    )
    firm, forecast = "", ""
    for week, row in enumerate(_weeks(year, month)):
        for column, day in ((column, date(year, month, n)) for column, n in enumerate(row) if n):
            drawn = _day(sheet, day, _W * column, _HEAD + _H * week)
            firm, forecast = (firm, forecast + drawn) if day in sheet.forecast else (firm + drawn, forecast)
    return (
        f'<g transform="translate({x} {y})" text-anchor="middle">'
        f'<text x="2" y="11" font-size="15" font-weight="600" text-anchor="start">{heading}</text>'
        f'<g font-size="10" fill="{QUIET}">{names}</g>{firm}{dashed(forecast)}</g>'
    )


def _day(sheet: _Sheet, day: date, x: int, y: int) -> str:
    cell = sheet.cells.get(day)
    if cell is None:
        return f'<text x="{x + 16}" y="{y + 21}" fill="{FAINT}">{day.day}</text>'
    ink = sheet.ink(day)
    hint = f"<title>{_said(cell.hint)}</title>" if cell.hint else ""
    label = f'<tspan x="{x + 16}" dy="11" font-size="9">{_said(cell.label)}</tspan>' if cell.label else ""
    number = f'<text x="{x + 16}" y="{y + (16 if label else 21)}">{day.day}{label}</text>'
    weight = ' font-weight="700"' if ink.bold else ""
    fill = f' fill="{ink.text}"' if ink.text != TEXT else ""
    return f"<g{fill}{weight}>{hint}{tile(ink, x + 1, y + 1, _W - 2, _H - 2)}{number}</g>"


def _legend(sheet: _Sheet, columns: int) -> tuple[str, int]:
    """Return the legend and its height. It has as many columns as the words of the language leave room for."""
    per_line = columns * (5 if sheet.lang == "zh" else 3) // 2
    parts, y = [], 0
    for i, (ink, name) in enumerate(sheet.legend()):
        x, y = i % per_line * columns * _PITCH // per_line + 1, i // per_line * _ROW
        swatch = tile(ink, x, y, 14, 14)
        parts.append(dashed(swatch) if ink.dashed else swatch)
        parts.append(f'<text x="{x + 21}" y="{y + 11}">{name.say(sheet.lang)}</text>')
    return "".join(parts), y + 16 if parts else 0


def _card(title: str, body: str, width: int, height: int, lang: Lang) -> str:
    """Return a card with a background of its own, readable on light and dark pages alike."""
    w, h = width + 2 * _MARGIN, height + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{"zh-Hans" if lang == "zh" else "en"}" '
        f'width="{w}" height="{h}" viewBox="0 0 {w} {h}" style="max-width:100%;height:auto" '
        f'font-family="{_FONTS}" font-size="13" fill="{TEXT}"><title>{title}</title>'
        f'<rect x=".5" y=".5" width="{w - 1}" height="{h - 1}" rx="10" fill="{PAPER}" stroke="{LINE}"/>'
        f'<g transform="translate({_MARGIN} {_MARGIN})">{body}</g></svg>'
    )


def _weeks(year: int, month: int) -> list[list[int]]:
    """Return the days of a month, week by week from Monday; 0 where the week belongs to another month."""
    return Calendar().monthdayscalendar(year, month)


def _said(text: str) -> str:
    return escape(_NOT_XML.sub("", text), quote=False)
