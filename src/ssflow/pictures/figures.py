"""The picture of a rulebook: its figures by place and over time, each as a bar with its amount, dark where its source is sure."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import altair as alt
from attrs import frozen

from ssflow import machines
from ssflow.calendar.account.looks import PAPER, TEXT
from ssflow.doors import check_kind, check_lang
from ssflow.errors import UnknownError
from ssflow.pictures.drawn import Picture
from ssflow.pictures.moments import end_of, moment, written
from ssflow.pictures.scales import by_day, by_row, chart_of, height_of, nothing
from ssflow.pictures.style import BLUE, SKY, WIDTH, cut
from ssflow.process.figures import Figure
from ssflow.rules import Rulebook, Value
from ssflow.rules.basis import basis_text
from ssflow.sheets import Sheet
from ssflow.sheets.procedures.figures import cases
from ssflow.sheets.words import Words
from ssflow.sources import DOUBTFUL, GRADES
from ssflow.tables import Table
from ssflow.text import LANGS, Lang, Text

_ROW = 21
_BEHIND = 0.25  # share of the years drawn, after the last first day: room for figures that go on
_SURE = Text("法律法规或多源印证", "statute or corroborated")
_WEAK = Text("须再核实", "to be looked at again")


def figures(book: Rulebook, parameter: str | None = None, lang: Lang = "zh") -> Picture:
    """Return the picture of every figure from its first day to its last, in a row for each place and kind of cases, for one parameter or all.

    Raises:
        UnknownError: the rulebook has no such parameter.

    """
    check_kind("book", book, Rulebook)
    check_lang("lang", lang)
    check_kind("parameter", parameter, str, type(None))
    if parameter is not None and parameter not in book.parameters:
        raise UnknownError("parameter", parameter, book.parameters)
    named = _Named(book, lang)
    values = sorted((v for v in book.values if parameter in (None, v.parameter)), key=_order)
    about = Text.join([named.title(name) for name in ([parameter] if parameter else [])])
    process = named.procedure
    title = Text(
        f"{process.zh}{'·' + about.zh if about else ''}：各地历来数值",
        f"{process.en}{', ' + about.en if about else ''}: figures by place and time",
    )
    return Picture(_chart(values, named, parameter), title, [_said(values)], _table(values, named), lang)


@frozen(slots=False)
class _Named:
    """The titles of a rulebook's figures: those of its procedure, if one has its name."""

    book: Rulebook
    lang: Lang

    @cached_property
    def sheet(self) -> Sheet | None:
        with suppress(UnknownError):
            return Sheet(machines.get(self.book.name), self.book)
        return None

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return {figure.name: figure for figure in self.sheet.process.figures} if self.sheet else {}

    @property
    def procedure(self) -> Text:
        return self.sheet.process.title if self.sheet else Text(self.book.name, self.book.name)

    def title(self, parameter: str) -> Text:
        figure = self.figures.get(parameter)
        return figure.title if figure else Text(parameter, parameter)

    def amount(self, value: Value) -> str:
        figure = self.figures.get(value.parameter)
        return (figure.text_of(value) if figure else value.amount_text).say(self.lang)

    def cases(self, value: Value) -> Text:
        figure = self.figures.get(value.parameter)
        if self.sheet is None or figure is None:
            return Text(value.when_text, value.when_text)
        zh, en = (cases(self.sheet, figure, value, Words(lang, self.book.laws)) for lang in LANGS)
        return Text("；".join(zh).replace("`", ""), "; ".join(en).replace("`", ""))

    def label(self, value: Value, *, alone: bool) -> str:
        """Return the row of a figure: its title unless it is ``alone`` in the picture, its place, and its cases."""
        zh = self.lang == "zh"
        what = "" if alone else self.title(value.parameter).say(self.lang) + ("·" if zh else ", ")
        whom = self.cases(value).say(self.lang)
        return f"{what}{value.place.say(self.lang)}" + ((f"（{whom}）" if zh else f" ({whom})") if whom else "")


def _order(value: Value) -> tuple[object, ...]:
    return value.parameter, value.is_fallback, value.region, value.when, value.since


def _said(values: Iterable[Value]) -> Text:
    grades = dict.fromkeys(v.confidence for v in values if v.confidence in DOUBTFUL)
    weak = Text.join([GRADES[grade] for grade in grades], "、", ", ")
    if not grades:
        return Text("各数值均有法律法规或多源印证", "Every figure rests on a statute or is corroborated")
    return Text(f"浅色须再核实：{weak.zh}", f"Light ones are to be looked at again: {weak.en}")


def _table(values: list[Value], named: _Named) -> Table:
    rows = [
        {
            "parameter": value.parameter,
            "title": named.title(value.parameter),
            "region": value.region,
            "place": value.place,
            "when": named.cases(value),
            "since": value.since,
            "until": value.until,
            "value": value.amount_text,
            "confidence": GRADES[value.confidence],
            "cites": basis_text(value.cites, named.book.laws),
        }
        for value in values
    ]
    titles = {
        "parameter": Text("项目", "parameter"),
        "title": Text("名称", "title"),
        "region": Text("代码", "region"),
        "place": Text("地方", "place"),
        "when": Text("适用条件", "when"),
        "since": Text("自", "since"),
        "until": Text("至", "until"),
        "value": Text("数值", "value"),
        "confidence": Text("等级", "confidence"),
        "cites": Text("依据", "basis"),
    }
    return Table.of(rows, titles, Text("数值", "figures"))


def _chart(values: list[Value], named: _Named, parameter: str | None) -> Any:
    if not values:
        return nothing(Text("没有数值", "there is no figure"), named.lang)
    labels = list(dict.fromkeys(named.label(value, alone=parameter is not None) for value in values))
    first, last = _period(values)
    scale = WIDTH / (last - first).total_seconds()
    rows = []
    for value in values:
        since, until = moment(value.since), end_of(value.until) if value.until else last
        amount = named.amount(value)
        said = cut(amount, (until - since).total_seconds() * scale - 10)
        rows.append(
            {
                "row": labels.index(named.label(value, alone=parameter is not None)),
                "since": written(since),
                "until": written(until),
                "amount": amount,  # written whole where there is no room in the bar
                "said": said,
                "grade": (_WEAK if value.confidence in DOUBTFUL else _SURE).say(named.lang),
                "weak": value.confidence in DOUBTFUL,
            }
        )
    ink = alt.Scale(domain=[_SURE.say(named.lang), _WEAK.say(named.lang)], range=[BLUE, SKY])
    across = by_day("since", named.lang, first=written(first), last=written(last))
    base = chart_of(rows).encode(y=by_row(labels, named.lang), x=across)
    bars = base.mark_bar(height=15, stroke=PAPER).encode(
        x2="until:T", color=alt.Color("grade:N", title=None, scale=ink), tooltip=alt.Tooltip("amount:N")
    )
    words = base.mark_text(align="left", dx=5, fontSize=11).encode(
        text="said:N", color=alt.condition("datum.weak", alt.value(TEXT), alt.value(PAPER))
    )
    return (bars + words).properties(width=WIDTH, height=height_of(labels, named.lang, _ROW))


def _period(values: list[Value]) -> tuple[datetime, datetime]:
    """Return the period from the first day of any figure to some time after the last one begins or ends."""
    days = [day for value in values for day in (value.since, value.until) if day and day.year < date.max.year - 1]
    first, last = moment(min(days, default=date(2000, 1, 1))), moment(max(days, default=date(2001, 1, 1)))
    return first, last + max((last - first) * _BEHIND, timedelta(days=366))
