"""The moves of a procedure as a picture: a column for each state, a row for each move, an arrow between its states.

Nothing crosses and nothing is laid out by chance, so the picture is as exact as a table. States are numbered, and each row names the
numbers of its states, so that nobody has to follow a line up to a title; every other row is shaded. It is made of attributes alone,
without scripts, style sheets and ids, like the pictures of the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.calendar.account.looks import FAINT, LINE, PAPER, QUIET, TEXT
from ssflow.process import State
from ssflow.sheets.procedures.moves import MoveGroup
from ssflow.sheets.procedures.table_of_moves import who
from ssflow.sheets.words import Words

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_FONTS = "system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_LINK, _CLOCK = "#2f6fb5", "#b5562f"
# In pixels: a column, a row, the margin, a wide and a narrow letter; and the rise of the slanted titles per unit of length.
_COLUMN, _ROW, _MARGIN, _WIDE, _NARROW, _RISE = 26, 24, 20, 13, 6.6, 0.72


@frozen
class _Line:
    """One row: the columns that a move leaves (0 is the opening), the one it reaches, and the text beside it."""

    sources: tuple[int, ...]
    target: int
    said: str
    ink: str


def draw(sheet: Sheet, words: Words) -> str:
    """Return the moves of a sheet as an ``<svg>``. Moves of the clock are drawn in another colour; final states are ringed."""
    states = sheet.states()
    rows = list(_rows(sheet, states, words))
    titles = [words.state(None), *(f"{number} {words.state(state)}" for number, state in enumerate(states, 1))]
    head = max(_length(title) for title in titles) * _RISE + 16
    beside = len(titles) * _COLUMN + 4
    width = beside + max([_length(line.said) for line in rows] + [(_length(titles[-1]) * _RISE)]) + 8
    height = head + len(rows) * _ROW + 4
    parts = [
        *_shades(len(rows), head, width),
        *_columns(titles, states, head, height),
        *(_arrow(line, head + i * _ROW + 16, beside) for i, line in enumerate(rows)),
    ]
    return _card(words.say(sheet.process.title), "".join(parts), width, height, words)


def _rows(sheet: Sheet, states: tuple[State, ...], words: Words) -> Iterator[_Line]:
    column: dict[State | None, int] = {state: number for number, state in enumerate((None, *states))}
    for activity in sheet.activities():
        for move in sheet.moves(activity):
            said = (
                words.say(activity.title)
                + words.bracket(who(activity, words))
                + _regimes(move, words, several=sheet.regime is None)
            )
            sources = tuple(column[source] for source in move.sources if source in column)
            if sources:
                target = column[move.target]
                numbers = words.t("、", ", ").join(str(source) if source else words.state(None) for source in sources)
                path = f"  {numbers}" if sources == (target,) else f"  {numbers} → {target}"
                yield _Line(sources, target, said + path, _LINK if activity.by else _CLOCK)


def _regimes(move: MoveGroup, words: Words, *, several: bool) -> str:
    return " · " + words.regimes(move.under) if move.under and several else ""


def _shades(rows: int, head: float, width: float) -> Iterator[str]:
    """Yield a shade behind every other row, which leads the eye from an arrow to its text."""
    for number in range(0, rows, 2):
        yield f'<rect x="0" y="{head + number * _ROW + 4:.0f}" width="{width:.0f}" height="{_ROW}" fill="{FAINT}" opacity=".35"/>'


def _columns(titles: list[str], states: tuple[State, ...], head: float, height: float) -> Iterator[str]:
    for number, title in enumerate(titles):
        x = _x(number)
        final = number > 0 and states[number - 1].final
        ring = f'<circle cx="{x}" cy="{head - 4:.0f}" r="5.5" fill="none" stroke="{QUIET}"/>' if final else ""
        yield (
            f'<path d="M{x} {head + 4:.0f}V{height:.0f}" stroke="{LINE}"/>{ring}'
            f'<circle cx="{x}" cy="{head - 4:.0f}" r="3" fill="{QUIET}"/>'
            f'<text transform="translate({x + 3} {head - 14:.0f}) rotate(-45)" font-size="12">{escape(title, quote=False)}</text>'
        )


def _arrow(line: _Line, y: float, beside: int) -> str:
    ink, end = line.ink, _x(line.target)
    said = f'<text x="{beside}" y="{y + 4:.0f}" font-size="12">{escape(line.said, quote=False)}</text>'
    if line.sources == (line.target,):
        return f'<circle cx="{end}" cy="{y:.0f}" r="5" fill="{PAPER}" stroke="{ink}" stroke-width="1.6"/>{said}'
    furthest = max(line.sources, key=lambda source: abs(source - line.target))
    others = [source for source in line.sources if (source < line.target) != (furthest < line.target)]
    parts = [_shaft(_x(source), end, y, ink) for source in [furthest, *others[:1]]]
    dots = "".join(
        f'<circle cx="{_x(s)}" cy="{y:.0f}" r="3.2" fill="{PAPER}" stroke="{ink}" stroke-width="1.6"/>'
        for s in line.sources
    )
    return "".join(parts) + dots + said


def _shaft(begin: int, end: int, y: float, ink: str) -> str:
    """Return a line with a head at its end; a move that stays in its state has none."""
    if begin == end:
        return ""
    back = 7 if begin < end else -7
    return (
        f'<path d="M{begin} {y:.0f}H{end - back}" stroke="{ink}" stroke-width="1.6"/>'
        f'<path d="M{end} {y:.0f}l{-back - back // 7} -4v8z" fill="{ink}"/>'
    )


def _x(column: int) -> int:
    return column * _COLUMN + 8


def _length(text: str) -> float:
    """Return the approximate width of a text."""
    return sum(_WIDE if ord(letter) > 0x2E7F else _NARROW for letter in text)


def _card(title: str, body: str, width: float, height: float, words: Words) -> str:
    """Return a card with a background of its own, readable on light and dark pages alike."""
    w, h = round(width) + 2 * _MARGIN, round(height) + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{words.t("zh-Hans", "en")}" width="{w}" height="{h}" '
        f'viewBox="0 0 {w} {h}" style="max-width:100%;height:auto" font-family="{_FONTS}" fill="{TEXT}">'
        f'<title>{escape(title, quote=False)}</title><rect x=".5" y=".5" width="{w - 1}" height="{h - 1}" rx="10" '
        f'fill="{PAPER}" stroke="{FAINT}"/><g transform="translate({_MARGIN} {_MARGIN})">{body}</g></svg>'
    )
