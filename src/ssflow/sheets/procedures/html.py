"""A sheet in a notebook: its picture, its figures, its doubts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ssflow.process.figures import Figure
from ssflow.regions import region_name
from ssflow.rules import Value
from ssflow.sheets.procedures.figures import SET, cases, without_value
from ssflow.sheets.procedures.picture import draw
from ssflow.sheets.words import DOUBT, Words, is_doubtful
from ssflow.sources import GRADES
from ssflow.text import Lang

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_CELL = 'style="text-align:left;vertical-align:top"'
_WHOLE = '<span style="white-space:nowrap">{}</span>'  # short texts are not broken


def html(sheet: Sheet, lang: Lang) -> str:
    """Return a sheet as a piece of HTML, without scripts and style sheets."""
    words = Words(lang, sheet.book.laws)
    title = f"<h3>{escape(words.say(sheet.process.title))}</h3>"
    about = "".join(f"<p>{escape(line)}</p>" for line in _about(sheet, words))
    rows = "".join(_rows(sheet, words))
    t = words.t
    heads = [t("项目", "figure"), t("数值", "value"), t("地方", "place"), t("施行期间", "in force")]
    heads += [t("适用、起算", "for whom, from when"), t("依据", "basis")]
    head = "".join(f"<th {_CELL}>{heading}</th>" for heading in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"<div>{title}{about}{_overview(sheet, words)}{draw(sheet, words)}{table}{_doubts(sheet, words)}</div>"


def _overview(sheet: Sheet, words: Words) -> str:
    """Return the overview: each question with its answers."""
    colon, semicolon = words.t("：", ": "), words.t("；", "; ")
    parts = []
    for question, rows in groupby(sheet.overview().rows, key=lambda row: row.question):
        said = "".join(
            f"<li>{escape(words.say(row.about) + colon if row.about else '')}"
            f"{escape(semicolon.join(words.say(answer.text) for answer in row.answers))}</li>"
            for row in rows
        )
        parts.append(f"<li><b>{escape(words.say(question.value))}</b><ul>{said}</ul></li>")
    return f"<ul>{''.join(parts)}</ul>"


def _about(sheet: Sheet, words: Words) -> Iterator[str]:
    t = words.t
    places = [
        words.say(place.title) + words.bracket(f"{region_name(code)} {code}")
        for place in sheet.process.places
        if (code := sheet.places.get(place.name))
    ]
    when = (
        t(f"{sheet.on}施行的数值", f"figures in force on {sheet.on}")
        if sheet.on
        else t("历来的数值", "figures of all times")
    )
    yield t("，", ", ").join([*places, when])
    yield from map(words.say, sheet.absences())
    if sheet.regime:
        yield t("办法：", "regime: ") + words.regimes([sheet.regime])
    if open_ := sheet.regime_depends_on:
        yield t("适用何种办法，取决于：", "the regime depends on: ") + words.places(open_)
    if ended := sheet.ends_at_once():
        yield t("登记即办结：", "The case ends as it is opened: ") + words.listed(map(words.state, ended))


def _rows(sheet: Sheet, words: Words) -> Iterator[str]:
    for figure, values in sheet.figures():
        head = f"<b>{escape(words.say(figure.title))}</b>"
        if not values:
            yield _row(head, f"{_unknown(sheet, figure, words)}", "", "", "", "")
        for value in values:
            yield _row(head, *_cells(sheet, figure, value, words))
            head = ""


def _cells(sheet: Sheet, figure: Figure, value: Value, words: Words) -> Iterator[str]:
    mark = f"{DOUBT} " if is_doubtful(value) else ""
    yield f"{mark}<b>{escape(words.say(figure.text_of(value)))}</b>"
    yield _WHOLE.format(escape(words.place(value)))
    yield _WHOLE.format(escape(words.since(value.since, value.until, None)))
    yield "<br>".join(escape(case.replace("`", "")) for case in cases(sheet, figure, value, words))
    yield escape(words.basis(value.cites) + words.bracket(words.say(GRADES[value.confidence])))


def _unknown(sheet: Sheet, figure: Figure, words: Words) -> str:
    said = without_value(sheet, figure)
    return words.say(said) if said == SET else f"{DOUBT} {words.say(said)}"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td {_CELL}>{cell}</td>" for cell in cells) + "</tr>"


def _doubts(sheet: Sheet, words: Words) -> str:
    doubts = "".join(f"<li>{escape(words.say(doubt.text))}</li>" for doubt in sheet.book.doubts)
    said = words.t(f"存疑{len(sheet.book.doubts)}条", f"{len(sheet.book.doubts)} doubts")
    return f"<details><summary>{said}</summary><ol>{doubts}</ol></details>" if doubts else ""
